import { expect, test } from 'vitest';
import { NumberEntry, padKey, type PadKey } from './entry.svelte';

function typed(keys: string, decimals = 3): NumberEntry {
  const entry = new NumberEntry(decimals);
  for (const key of keys) {
    const pressed = padKey(key);
    if (pressed) entry.press(pressed);
  }
  return entry;
}

test.each([
  ['24', '24'],
  ['24.983', '24.983'],
  ['24,983', '24.983'],
  ['.5', '0.5'],
  [',5', '0.5'],
  ['1.2.3', '1.23'],
  ['1.23456', '1.234'],
  ['007', '7'],
  ['0.050', '0.050'],
  ['5.', '5'],
  ['', '0'],
])('%s is %s', (keys, value) => {
  expect(typed(keys).value).toBe(value);
});

test('no separator where the unit has no decimals', () => {
  expect(typed('1,5', 0).value).toBe('15'.slice(0, 2));
  expect(typed('1,', 0).text).toBe('1');
});

test('a tile adds exactly, and the next digit begins anew', () => {
  const entry = new NumberEntry(1);
  entry.add('24');
  entry.add('24');
  expect(entry.value).toBe('48');
  entry.press('7');
  expect(entry.value).toBe('7');
  entry.add('0.1');
  entry.add('0.2');
  expect(entry.value).toBe('7.3');
});

test('back takes a digit, or the whole of what was not typed', () => {
  const entry = typed('12');
  entry.press('back');
  expect(entry.text).toBe('1');
  entry.put('480');
  entry.press('back');
  expect(entry.empty).toBe(true);
});

test('the sign comes and goes', () => {
  const entry = typed('5');
  entry.press('sign');
  expect(entry.value).toBe('-5');
  entry.press('sign');
  expect(entry.value).toBe('5');
});

test('more digits than the plant keeps are not taken', () => {
  expect(typed('1234567890123456').value).toHaveLength(12);
});

test('both separators are the same key', () => {
  const keys: [string, PadKey | null][] = [
    [',', 'sep'],
    ['.', 'sep'],
    ['Backspace', 'back'],
    ['x', null],
    ['F1', null],
  ];
  for (const [key, pad] of keys) expect(padKey(key)).toBe(pad);
});
