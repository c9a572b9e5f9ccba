import { expect, test } from 'vitest';
import { add, compare, isZero, parts, subtract } from './decimal';

test.each([
  ['0.1', '0.2', '0.3'],
  ['24', '24', '48'],
  ['99999999999999.9999', '0.0001', '100000000000000'],
  ['-0.5', '0.25', '-0.25'],
  ['1.50', '0', '1.5'],
  ['', '3', '3'],
])('%s + %s = %s, exactly', (a, b, sum) => {
  expect(add(a, b)).toBe(sum);
});

test('a difference may be below zero, and compares so', () => {
  expect(subtract('480', '492')).toBe('-12');
  expect(compare('24', '24.0')).toBe(0);
  expect(compare('0.3', '0.25')).toBe(1);
  expect(compare('-1', '0')).toBe(-1);
  expect(isZero('0.000')).toBe(true);
});

test('what is no decimal has no parts', () => {
  expect(parts('1e9')).toBeNull();
  expect(parts('abc')).toBeNull();
  expect(parts('0042.10')).toEqual({ negative: false, whole: '42', fraction: '10' });
});
