/** A number being typed on the pad: text with at most one separator, exact, never a float. */
import { add, isZero } from '../i18n/decimal';

const DIGITS_MAX = 12;

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'sep' | 'back' | 'sign' | 'clear';

export class NumberEntry {
  /** As typed: digits, a point for either separator, perhaps a minus. Empty = nothing typed. */
  text = $state('');
  /** The next digit begins anew: what stands here was not typed. */
  fresh = $state(false);

  constructor(public decimals: number) {}

  get empty(): boolean {
    return this.text === '' || this.text === '-';
  }

  /** As it is sent: no trailing point. */
  get value(): string {
    return this.empty ? '0' : this.text.replace(/\.$/, '');
  }

  get zero(): boolean {
    return isZero(this.value);
  }

  press(key: PadKey): void {
    if (key === 'clear') return this.set('');
    if (key === 'back') return this.#back();
    if (key === 'sign') return this.#sign();
    if (this.fresh) this.set('');
    if (key === 'sep') return this.#separator();
    this.#digit(key);
  }

  /** Adds to what stands there, and the next digit begins anew. */
  add(amount: string): void {
    this.text = add(this.value, amount);
    this.fresh = true;
  }

  /** Puts a number there that was not typed. */
  put(value: string): void {
    this.text = value;
    this.fresh = true;
  }

  set(text: string): void {
    this.text = text;
    this.fresh = false;
  }

  #digit(digit: string): void {
    const [, fraction] = this.text.split('.');
    if (fraction !== undefined && fraction.length >= this.decimals) return;
    if (this.text.replace(/\D/g, '').length >= DIGITS_MAX) return;
    const sign = this.text.startsWith('-') ? '-' : '';
    const rest = this.text.slice(sign.length);
    this.text = sign + (rest === '0' ? digit : rest + digit);
  }

  #separator(): void {
    if (this.decimals === 0 || this.text.includes('.')) return;
    this.text = `${this.empty ? `${this.text}0` : this.text}.`;
  }

  #back(): void {
    const shorter = this.fresh ? '' : this.text.slice(0, -1);
    this.set(shorter);
  }

  #sign(): void {
    const text = this.fresh ? '' : this.text;
    this.set(text.startsWith('-') ? text.slice(1) : `-${text}`);
  }
}

/** The pad key of a stroke; none for any other key. Both separators are the same key. */
export function padKey(key: string): PadKey | null {
  if (/^\d$/.test(key)) return key as PadKey;
  if (key === '.' || key === ',' || key === 'Decimal' || key === 'Separator') return 'sep';
  if (key === 'Backspace') return 'back';
  if (key === 'Delete') return 'clear';
  if (key === '-') return 'sign';
  return null;
}
