/** A keyboard-wedge scanner seen from the page: a run of strokes faster than any hand, wherever the focus is.
 *
 *  The first strokes of a run cannot be told from typing, so they go through; what they left in a field is taken
 *  back once the run is recognised, and every further stroke is swallowed, the terminator too. A run too short to
 *  be recognised on the way is a scan, too, when a terminator ends it at once: a bin label's "71" must not be
 *  booked. Strokes that turn out to be typing are handed on as such, so that number pads need not listen to keys
 *  themselves.
 *
 *  A quick hand rolls over four keys within a scanner's gaps now and then. In a field that must not eat its words:
 *  pauses that no scanner makes tell at once, else only the station can, which knows whether it is a code. */
import type { Stroke } from '../ipc/bindings';
import { remembered, type Remembered } from './field';
import { BURST_GAP_MS_MAX, BURST_LENGTH_MAX, BURST_LENGTH_MIN, BURST_SETTLE_MS } from './rule';

export interface WedgeListener {
  /** A scanner sent this. Where a quick hand in a field may have written it: `orTyped` types it there after all,
   *  for when it is no code. */
  burst(strokes: Stroke[], orTyped: (() => void) | null): void;
  /** A person typed this, not into a field. */
  typed(stroke: Stroke): void;
}

/** A scanner at work: quicker than any hand rolls. */
const SCANNER_GAP_MS = 20;
/** A scanner's pauses are alike; so far apart are only a hand's. */
const UNEVEN = 3;
/** So many pauses beyond a scanner's gap, and this part of all, and it was a hand. */
const STUTTERS_OF_A_HAND = 2;
const STUTTERS_PART = 0.25;

/** How long a scanner's missing terminator is waited for. A busy terminal hands keys over late, though they carry
 *  their own times: a code must not be torn where the machine stalled. */
export const TERMINATOR_WAIT_MS = 500;

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Meta', 'OS', 'Fn', 'Super']);

function strokeOf(event: KeyboardEvent, t_ms: number): Stroke {
  return {
    key: event.key,
    code: event.code,
    t_ms,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    altgr: event.getModifierState('AltGraph'),
  };
}

/** Enter, Tab, and the control characters by which some scanners send them. */
function ends(stroke: Stroke): boolean {
  if (stroke.key === 'Enter' || stroke.key === 'Tab' || stroke.code === 'NumpadEnter') return true;
  return stroke.ctrl && !stroke.alt && !stroke.altgr && /^[ijm]$/i.test(stroke.key);
}

function isButton(target: EventTarget | null): boolean {
  return typeof HTMLElement !== 'undefined' && target instanceof HTMLElement && target.tagName === 'BUTTON';
}

function counts(stroke: Stroke): boolean {
  return !MODIFIERS.has(stroke.key);
}

/** Pauses between the characters of a run, the shortest first. */
function gaps(run: Stroke[]): number[] {
  const times = run.filter(counts).map((stroke) => stroke.t_ms);
  return times
    .slice(1)
    .map((at, n) => at - (times[n] ?? at))
    .sort((a, b) => a - b);
}

/** Whether a hand may have typed this: slow for a scanner, and either not ended as a scanner ends, or uneven. */
function mayBeTyped(run: Stroke[], ended: boolean): boolean {
  const pauses = gaps(run);
  const [quickest, slowest] = [pauses[0] ?? 0, pauses.at(-1) ?? 0];
  const slow = (pauses[pauses.length >> 1] ?? 0) > SCANNER_GAP_MS;
  return slow && (!ended || slowest >= UNEVEN * quickest);
}

export class Wedge {
  #run: Stroke[] = [];
  #recognised = false;
  /** Just after a terminator: a second one belongs to it, a next code may follow at once. */
  #closedAt = Number.NEGATIVE_INFINITY;
  #field: Remembered | null = null;
  /** Pauses beyond a scanner's gap in the recognised run. */
  #stutters = 0;
  /** The focus took these keys itself: a field takes all, a button takes Enter and Space. */
  #taken: 'all' | 'press' | 'none' = 'none';
  /** Taken for typing, though the rest of a code may still hang in a stalled terminal. */
  #let: { run: Stroke[]; taken: 'all' | 'press' | 'none'; field: Remembered | null } | null = null;
  /** So many strokes of the run were handed on as typing already. */
  #given = 0;
  /** The scanner's last code ended in silence: it sends no terminator to wait for. */
  #silent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #swallowed = new Set<string>();

  constructor(
    readonly listener: WedgeListener,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** Listens on the window until the returned function is called. */
  attach(target: Window): () => void {
    const down = (event: KeyboardEvent) => this.keydown(event);
    const up = (event: KeyboardEvent) => this.keyup(event);
    target.addEventListener('keydown', down, { capture: true });
    target.addEventListener('keyup', up, { capture: true });
    return () => {
      clearTimeout(this.#timer);
      target.removeEventListener('keydown', down, { capture: true });
      target.removeEventListener('keyup', up, { capture: true });
    };
  }

  keydown(event: KeyboardEvent): void {
    if (event.repeat || event.isComposing || event.key === 'Process') {
      if (this.#recognised) this.#swallow(event);
      return;
    }
    const at = this.#timeOf(event);
    const stroke = strokeOf(event, at);
    const last = this.#run.at(-1);
    // A recognised run may stutter as long as it has not settled: better than two halves of a code.
    const gapMax = this.#recognised ? BURST_SETTLE_MS : BURST_GAP_MS_MAX;
    if (last && at - last.t_ms > BURST_GAP_MS_MAX) this.#stutters += 1;
    if (last && (at - last.t_ms > gapMax || this.#stuttersAsAHand)) this.#end();
    const afterClose = at - this.#closedAt <= BURST_GAP_MS_MAX;
    if (this.#run.length === 0 && !this.#resumes(at)) {
      if (afterClose && ends(stroke)) return this.#swallow(event);
      this.#recognised = afterClose && counts(stroke);
      this.#field = remembered(event.target);
      this.#taken = this.#field ? 'all' : isButton(event.target) ? 'press' : 'none';
    }
    this.#take(stroke, event);
  }

  keyup(event: KeyboardEvent): void {
    if (!this.#swallowed.delete(event.code || event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** By its own time this key follows at once what was let through: they are one run. */
  #resumes(at: number): boolean {
    const before = this.#let;
    this.#let = null;
    const last = before?.run.at(-1);
    if (!before || !last || at - last.t_ms > BURST_GAP_MS_MAX) return false;
    [this.#run, this.#taken, this.#field] = [before.run, before.taken, before.field];
    this.#given = before.run.length;
    return true;
  }

  /** Only looked at in a field, where a hand's words are at stake. */
  get #stuttersAsAHand(): boolean {
    const many = this.#stutters >= Math.max(STUTTERS_OF_A_HAND, this.#run.length * STUTTERS_PART);
    return this.#field !== null && many;
  }

  #take(stroke: Stroke, event: KeyboardEvent): void {
    const follows = this.#run.some(counts);
    if (this.#run.length < BURST_LENGTH_MAX) this.#run.push(stroke);
    if (!this.#recognised && this.#run.filter(counts).length >= BURST_LENGTH_MIN) {
      this.#recognised = true;
      this.#field?.restore();
    }
    // No hand presses Enter within a scanner's gap of another key: a short code's terminator presses nothing.
    if (this.#recognised || (follows && ends(stroke))) this.#swallow(event);
    if (this.#recognised && ends(stroke)) {
      this.#closedAt = stroke.t_ms;
      return this.#end();
    }
    const patience = this.#silent ? BURST_SETTLE_MS : TERMINATOR_WAIT_MS;
    this.#settle(this.#recognised ? patience : BURST_GAP_MS_MAX);
  }

  #settle(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Keys that waited behind a busy page come first: they carry their own times.
      this.#timer = setTimeout(() => this.#end(), 0);
    }, ms);
  }

  #end(): void {
    clearTimeout(this.#timer);
    const [run, recognised, taken, field] = [this.#run, this.#recognised, this.#taken, this.#field];
    const [given, byHand] = [this.#given, this.#stuttersAsAHand];
    this.#run = [];
    this.#given = 0;
    this.#stutters = 0;
    this.#recognised = false;
    this.#field = null;
    const last = run.at(-1);
    const ended = last !== undefined && ends(last);
    const characters = run.filter((stroke) => counts(stroke) && !ends(stroke)).length;
    // What followed a code at once but came to nothing was a quick hand after all.
    const long = recognised && (ended || run.filter(counts).length >= BURST_LENGTH_MIN);
    // No hand ends even two characters that fast: a short label.
    if (long || (ended && characters >= 2)) {
      // An input method may have delivered late what leaked early.
      field?.restore();
      if (byHand && !ended) return field?.type(run);
      const orTyped = field && mayBeTyped(run, ended) ? () => field.type(run) : null;
      if (!orTyped) this.#silent = !ended;
      if (characters > 0) this.listener.burst(run, orTyped);
      return;
    }
    this.#let = { run, taken, field };
    if (taken !== 'all') {
      const pressed = (stroke: Stroke) => taken === 'press' && (stroke.key === 'Enter' || stroke.key === ' ');
      // An end that pressed nothing must not be typed either: it would save.
      const swallowed = (stroke: Stroke) => stroke === last && ended && characters > 0;
      const typed = run.slice(given).filter((stroke) => counts(stroke) && !pressed(stroke) && !swallowed(stroke));
      for (const stroke of typed) this.listener.typed(stroke);
    }
  }

  #swallow(event: KeyboardEvent): void {
    this.#swallowed.add(event.code || event.key);
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** The event's own time where it is one: a busy page must not stretch the gaps. */
  #timeOf(event: KeyboardEvent): number {
    const now = this.now();
    const own = event.timeStamp;
    return own > 0 && own <= now + 1 && now - own < 10_000 ? own : now;
  }
}
