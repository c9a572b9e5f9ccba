import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Stroke } from '../ipc/bindings';
import * as rule from './rule';
import { TERMINATOR_WAIT_MS, Wedge } from './wedge';

/** A keydown as far as the wedge looks at it. */
class Key {
  prevented = false;
  stopped = false;
  readonly repeat = false;
  readonly isComposing = false;
  readonly shiftKey = false;
  readonly altKey = false;
  readonly code: string;

  constructor(
    readonly key: string,
    readonly timeStamp: number,
    readonly target: unknown = null,
    readonly ctrlKey = false,
  ) {
    this.code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
  }
  getModifierState = () => false;
  preventDefault = () => void (this.prevented = true);
  stopImmediatePropagation = () => void (this.stopped = true);
}

let bursts: string[] = [];
let typed: string[] = [];
let orTyped: (() => void) | null = null;
let now = 0;
let wedge: Wedge;

const textOf = (strokes: Stroke[]) => strokes.map((it) => (it.key.length === 1 ? it.key : `<${it.key}>`)).join('');

/** Presses each key with a gap before it; the timers run with the clock. */
function press(keys: string[], gap_ms: number, target: unknown = null): Key[] {
  return keys.map((key) => {
    vi.advanceTimersByTime(gap_ms);
    now += gap_ms;
    const event = new Key(key, now, target);
    wedge.keydown(event as unknown as KeyboardEvent);
    return event;
  });
}
const wait = (ms: number) => {
  vi.advanceTimersByTime(ms);
  now += ms;
};

beforeEach(() => {
  vi.useFakeTimers();
  [bursts, typed, orTyped, now] = [[], [], null, 1000];
  wedge = new Wedge(
    {
      burst: (strokes, or) => {
        bursts.push(textOf(strokes));
        orTyped = or;
      },
      typed: (stroke) => typed.push(stroke.key),
    },
    () => now,
  );
});
afterEach(() => vi.useRealTimers());

test.each([2, 5, 12, 20, 50])(
  'a scanner that sends a key every %i ms is recognised and its terminator presses nothing',
  (gap) => {
    const keys = press([...'WO:24817', 'Enter'], gap);
    expect(bursts).toEqual(['WO:24817<Enter>']);
    expect(keys.map((it) => it.prevented)).toEqual([false, false, false, true, true, true, true, true, true]);
    expect(keys.at(-1)?.stopped).toBe(true);
    wait(500);
    expect(typed).toEqual([]);
  },
);

test('a burst without a terminator ends after silence, sooner once the scanner is known for it', () => {
  press([...'LT:0931'], 8);
  wait(rule.BURST_SETTLE_MS + 5);
  expect(bursts).toEqual([]);
  wait(TERMINATOR_WAIT_MS);
  expect(bursts).toEqual(['LT:0931']);
  press([...'LT:0932'], 8);
  wait(rule.BURST_SETTLE_MS + 5);
  expect(bursts).toEqual(['LT:0931', 'LT:0932']);
});

test('keys that a stalled terminal hands over late still belong to their code', () => {
  press([...'WO:24'], 5);
  const at = now;
  wait(300);
  for (const [n, key] of [...'817', 'Enter'].entries()) {
    wedge.keydown(new Key(key, at + 5 * (n + 1)) as unknown as KeyboardEvent);
  }
  expect(bursts).toEqual(['WO:24817<Enter>']);
});

test('a person is let through, in order, and no scan is seen', () => {
  const keys = press([...'2481', 'Enter'], 120);
  wait(200);
  expect(keys.some((it) => it.prevented)).toBe(false);
  expect(bursts).toEqual([]);
  expect(typed).toEqual(['2', '4', '8', '1', 'Enter']);
});

test.each([5, 40])('a short label at %i ms per key is a scan: nothing of it is typed, nothing is pressed', (gap) => {
  const keys = press(['7', '1', 'Enter'], gap);
  wait(200);
  expect(keys.at(-1)?.prevented).toBe(true);
  expect([bursts, typed]).toEqual([['71<Enter>'], []]);
});

test('a hand that rolls from its last digit onto Enter has typed the digit and saved nothing', () => {
  press(['2', '4'], 300);
  const [enter] = press(['Enter'], 35);
  wait(200);
  expect(enter?.prevented).toBe(true);
  expect([bursts, typed]).toEqual([[], ['2', '4']]);
});

test('a person who presses Enter alone presses what has the focus', () => {
  const [enter] = press(['Enter'], 300);
  expect(enter?.prevented).toBe(false);
});

test('carriage return and line feed are one end, and two scans in a row are two', () => {
  press([...'WO:1', 'Enter'], 4);
  const [lineFeed] = press(['Enter'], 4);
  expect(lineFeed?.prevented).toBe(true);
  const next = press([...'LT:2', 'Enter'], 4);
  expect(next.every((it) => it.prevented)).toBe(true);
  expect(bursts).toEqual(['WO:1<Enter>', 'LT:2<Enter>']);
});

test('a code whose first keys were taken for typing on a stalled terminal is still whole', () => {
  press([...'WO'], 5);
  const at = now;
  wait(300);
  for (const [n, key] of [...':24817', 'Enter'].entries()) {
    wedge.keydown(new Key(key, at + 5 * (n + 1)) as unknown as KeyboardEvent);
  }
  expect(bursts).toEqual(['WO:24817<Enter>']);
});

test('a digit typed right after a scan is a digit, not a scan of its own', () => {
  press([...'WO:1', 'Enter'], 4);
  press(['7'], 40);
  wait(TERMINATOR_WAIT_MS + 50);
  expect([bursts, typed]).toEqual([['WO:1<Enter>'], ['7']]);
});

test('a recognised burst may stutter: a busy page does not tear a code apart', () => {
  press([...'WO:24'], 5);
  press(['8'], 80);
  press([...'17', 'Enter'], 5);
  expect(bursts).toEqual(['WO:24817<Enter>']);
});

test('times are the events’ own: keys that waited behind a busy page still make a burst', () => {
  now = 5000;
  for (const [n, key] of [...'WO:24817', 'Enter'].entries()) {
    wedge.keydown(new Key(key, 2000 + 6 * n) as unknown as KeyboardEvent);
    now += 70;
  }
  expect(bursts).toEqual(['WO:24817<Enter>']);
});

test('control characters, modifiers and function keys of a burst are kept raw and swallowed', () => {
  press(['Shift', ...'010', 'F8'], 5);
  press(['Control'], 5);
  now += 5;
  const event = new Key('j', now, null, true);
  wedge.keydown(event as unknown as KeyboardEvent);
  expect(event.prevented).toBe(true);
  expect(bursts).toEqual(['<Shift>010<F8><Control>j']);
});

describe('in a field', () => {
  class Field {
    tagName = 'INPUT';
    selectionStart: number;
    selectionEnd: number;
    heard: string[] = [];
    constructor(public value: string) {
      this.selectionStart = this.selectionEnd = value.length;
    }
    setSelectionRange(start: number, end: number) {
      [this.selectionStart, this.selectionEnd] = [start, end];
    }
    setRangeText(words: string, start: number, end: number, mode: string) {
      this.value = this.value.slice(0, start) + words + this.value.slice(end);
      const caret = mode === 'end' ? start + words.length : this.selectionStart + words.length;
      this.setSelectionRange(caret, caret);
    }
    dispatchEvent(event: Event) {
      this.heard.push(event.type);
      return true;
    }
  }
  beforeEach(() => vi.stubGlobal('HTMLElement', Field));
  afterEach(() => vi.unstubAllGlobals());

  /** What a browser does with a key that was let through. */
  function type(field: Field, keys: string[], gap_ms: number) {
    for (const key of keys) {
      const [event] = press([key], gap_ms, field);
      if (!event?.prevented && key.length === 1)
        field.setRangeText(key, field.selectionStart, field.selectionEnd, 'end');
    }
  }

  test('what leaked before the burst was recognised is taken back', () => {
    const field = new Field('Oil');
    type(field, [...'WO:24817', 'Enter'], 5);
    expect(field.value).toBe('Oil');
    expect(field.heard).toEqual(['input']);
    expect(bursts).toEqual(['WO:24817<Enter>']);
  });

  test.each([4, 12, 20, 40])('a scanner with Enter at %i ms per key is never taken for a hand', (gap) => {
    const field = new Field('Oil');
    type(field, [...'XX-0931', 'Enter'], gap);
    expect([field.value, bursts, orTyped]).toEqual(['Oil', ['XX-0931<Enter>'], null]);
  });

  test('a hand’s quick words do not make the scanner one without Enter', () => {
    const field = new Field('');
    type(field, [...'ment'], 30);
    wait(1000);
    expect(bursts).toEqual(['ment']);
    type(field, [...'WO:24'], 5);
    wait(rule.BURST_SETTLE_MS + 50);
    expect(bursts, 'its Enter is still waited for').toEqual(['ment']);
  });

  test('a slow scanner whose keys come now sooner, now later is still one code', () => {
    const field = new Field('Oil');
    for (const [n, key] of [...'WO:24817-10', 'Enter'].entries()) type(field, [key], n === 6 ? 70 : 36 + 4 * (n % 3));
    expect([field.value, bursts, orTyped]).toEqual(['Oil', ['WO:24817-10<Enter>'], null]);
  });

  test('four letters rolled off quickly are not eaten: what is no code is typed after all', () => {
    const field = new Field('Oil');
    type(field, [...' men'], 38);
    type(field, [...'tion'], 140);
    expect(bursts).toEqual([' men']);
    expect(field.value).toBe('Oiltion');
    orTyped?.();
    expect(field.value).toBe('Oil mention');
    type(field, ['!'], 140);
    expect(field.value).toBe('Oil mention!');
  });

  test('words go on at a hand’s pace after a roll: they come back before the next one, and nobody is asked', () => {
    const field = new Field('');
    type(field, [...'ment'], 30);
    type(field, [...'ion!'], 85);
    wait(1000);
    expect([field.value, bursts, typed]).toEqual(['mention!', [], []]);
  });

  test('a quick word and Enter may be a slow scan of an unknown label: the station tells', () => {
    const field = new Field('Oil ');
    field.tagName = 'TEXTAREA';
    type(field, [...'leak'], 25);
    type(field, ['Enter'], 80);
    expect(bursts).toEqual(['leak<Enter>']);
    orTyped?.();
    expect(field.value).toBe('Oil leak\n');
  });

  test('a person’s words stay, and are not typed into the pad as well', () => {
    const field = new Field('');
    type(field, [...'Oil leak'], 90);
    wait(200);
    expect(field.value).toBe('Oil leak');
    expect(typed).toEqual([]);
  });
});

test('the numbers are those of the station', () => {
  const rust = readFileSync(new URL('../../../../crates/takt-scan/src/wedge/rule.rs', import.meta.url), 'utf8');
  const number = (name: string) =>
    Number(new RegExp(`const ${name}: \\w+ = ([\\d_.]+)`).exec(rust)?.[1]?.replaceAll('_', ''));
  expect(rule.BURST_GAP_MS_MAX).toBe(number('BURST_GAP_MS_MAX'));
  expect(rule.BURST_LENGTH_MIN).toBe(number('BURST_LENGTH_MIN'));
  expect(rule.BURST_LENGTH_MAX).toBe(number('BURST_LENGTH_MAX'));
  expect(rule.BURST_SETTLE_MS).toBe(number('BURST_SETTLE_MS'));
});
