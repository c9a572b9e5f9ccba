import { expect, test } from 'vitest';
import { beginsSentence, BESIDE_SPACE, DIGITS, lastSignLength, rowsOf, shifted } from './layout';

test.each([
  ['en', 'qwertyuiop'],
  ['de-AT', 'qwertzuiopü'],
  ['fr_FR', 'azertyuiopé'],
  ['pl', 'qwertyuiop'],
])('the first row in %s is %s', (locale, row) => {
  expect(rowsOf(locale, 'letters')[0]?.join('')).toBe(row);
});

test.each(['en', 'de', 'fr'])('every letter of %s is there once, and no row is wider than the keyboard', (locale) => {
  const rows = rowsOf(locale, 'letters');
  const all = rows.flat();
  expect(new Set(all).size).toBe(all.length);
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') expect(all).toContain(letter);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(11);
  if (locale === 'de') for (const letter of 'äöüß') expect(all).toContain(letter);
});

test('codes and dimensions can be written: digits, and the signs of labels', () => {
  const all = [...rowsOf('de', 'signs').flat(), ...DIGITS, ...BESIDE_SPACE];
  for (const sign of '0123456789-/:+.,_#()*') expect(all).toContain(sign);
  expect(rowsOf('de', 'signs').every((row) => row.length <= 11)).toBe(true);
});

test('Shift makes capitals, and leaves alone what has none', () => {
  expect([shifted('ä'), shifted('q'), shifted('ß'), shifted(',')]).toEqual(['Ä', 'Q', 'ß', ',']);
});

test('a sentence begins at the start, on a new line and after a full stop', () => {
  expect(['', 'Oil leak. ', 'Oil\n', 'Why? '].every(beginsSentence)).toBe(true);
  expect(['Oil', 'Oil ', '24.'].some(beginsSentence)).toBe(false);
});

test('delete takes one sign as people see it', () => {
  expect([lastSignLength('Öl'), lastSignLength('o\u0308'), lastSignLength('👷‍♀️'), lastSignLength('')]).toEqual([
    1, 2, 5, 0,
  ]);
});
