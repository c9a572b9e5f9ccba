/** What is being reported: good, scrap by reason, rework by reason, and where the typed digits go. */
import { SvelteMap } from 'svelte/reactivity';
import { add, compare, isZero, subtract } from '../i18n/decimal';
import type { PadInput, ReasonCount, ReasonId, ReasonView } from '../ipc/bindings';
import { NumberEntry, type PadKey } from './entry.svelte';

export type Kind = 'scrap' | 'rework';

/** The number pad enters good pieces, or the count of one reason. */
export type Target = { of: 'good' } | { of: Kind; reason: ReasonView };

export class Pad {
  readonly good: NumberEntry;
  readonly #counts = { scrap: new SvelteMap<ReasonId, string>(), rework: new SvelteMap<ReasonId, string>() };
  readonly #entry: NumberEntry;
  target = $state.raw<Target>({ of: 'good' });
  /** The whole rest was taken by holding, or a large amount was confirmed by it. */
  large = $state(false);

  constructor(decimals: number) {
    this.good = new NumberEntry(decimals);
    this.#entry = new NumberEntry(decimals);
  }

  get empty(): boolean {
    return this.good.zero && this.#counts.scrap.size === 0 && this.#counts.rework.size === 0;
  }

  /** What stands in the big display. */
  get shown(): string {
    if (this.target.of === 'good') return this.good.text;
    return this.#entry.text;
  }

  count(kind: Kind, reason: ReasonId): string {
    return this.#counts[kind].get(reason) ?? '0';
  }

  total(kind: Kind): string {
    return [...this.#counts[kind].values()].reduce(add, '0');
  }

  press(key: PadKey): void {
    if (this.target.of === 'good') {
      this.large = false;
      return this.good.press(key);
    }
    this.#entry.press(key);
    this.#put(this.target.of, this.target.reason.id, this.#entry.value);
  }

  addGood(amount: string): void {
    this.aim({ of: 'good' });
    this.large = false;
    this.good.add(amount);
  }

  /** All that remains: asked for with the larger gesture. */
  allGood(amount: string): void {
    this.aim({ of: 'good' });
    this.good.put(amount);
    this.large = true;
  }

  addPiece(kind: Kind, reason: ReasonId): void {
    this.#put(kind, reason, add(this.count(kind, reason), '1'));
    this.#follow(kind, reason);
  }

  takePiece(kind: Kind, reason: ReasonId): void {
    const less = subtract(this.count(kind, reason), '1');
    this.#put(kind, reason, compare(less, '0') > 0 ? less : '0');
    this.#follow(kind, reason);
  }

  /** Digits go there from now on. */
  aim(target: Target): void {
    this.target = target;
    if (target.of !== 'good') this.#entry.put(this.count(target.of, target.reason.id));
  }

  clear(): void {
    this.good.set('');
    this.#counts.scrap.clear();
    this.#counts.rework.clear();
    this.aim({ of: 'good' });
    this.large = false;
  }

  counts(kind: Kind): ReasonCount[] {
    return [...this.#counts[kind]].map(([reason, quantity]) => ({ reason, quantity }));
  }

  input(largeConfirmed: boolean): PadInput {
    return {
      good: this.good.value,
      scrap: this.counts('scrap'),
      rework: this.counts('rework'),
      large_confirmed: this.large || largeConfirmed,
    };
  }

  #put(kind: Kind, reason: ReasonId, quantity: string): void {
    if (isZero(quantity)) this.#counts[kind].delete(reason);
    else this.#counts[kind].set(reason, quantity);
  }

  #follow(kind: Kind, reason: ReasonId): void {
    if (this.target.of === kind && this.target.reason.id === reason) this.#entry.put(this.count(kind, reason));
  }
}

/** The tiles for good pieces. The station's last one is the whole rest: that one is held, not tapped. */
export function tapTiles(packs: string[], remaining: string, pack: string | null): string[] {
  const unique = packs.filter((it, n) => packs.findIndex((other) => compare(other, it) === 0) === n);
  const rest = unique.at(-1);
  const isRest = rest !== undefined && unique.length > 1 && compare(rest, remaining) === 0 && rest !== pack;
  return (isRest ? unique.slice(0, -1) : unique).slice(0, 3);
}
