import { expect, test } from 'vitest';
import { Format } from './format';

const english = new Format('en-GB', 'Europe/Paris');
const german = new Format('de-DE', 'Europe/Paris');

test('exact decimals are grouped in the reader’s way and never rounded', () => {
  expect(english.quantity('1234567.1234')).toBe('1,234,567.1234');
  expect(german.quantity('1234567.1234')).toBe('1.234.567,1234');
  expect(english.quantity('-12')).toBe('−12');
  expect(english.quantity('not a number')).toBe('not a number');
});

test('readings keep the plan’s places and any finer ones', () => {
  expect(english.measure('25', 3)).toBe('25.000');
  expect(german.measure('24.98345', 3)).toBe('24,98345');
});

test('what is being typed stays as typed', () => {
  expect(german.typed('1234.')).toBe('1.234,');
  expect(english.typed('0.0')).toBe('0.0');
  expect(english.typed('-0.5')).toBe('−0.5');
});

test('times are the plant’s, with its zone', () => {
  expect(english.time('2026-06-16T09:07:12Z')).toBe('11:07');
  expect(german.timeWithSeconds('2026-06-16T22:30:05Z')).toBe('00:30:05');
  expect(english.zoneName(Date.parse('2026-06-16T09:00:00Z'))).toBe('CEST');
  expect(german.zoneName(Date.parse('2026-01-16T09:00:00Z'))).toBe('MEZ');
  expect(new Format('en-GB', 'America/Chicago').zoneName(Date.parse('2026-06-16T09:00:00Z'))).toBe('CDT');
});

test('days are counted in plant time', () => {
  const lateEvening = Date.parse('2026-06-16T21:50:00Z');
  expect(english.daysBetween(lateEvening, '2026-06-16T22:10:00Z')).toBe(1);
  expect(english.daysBetween(lateEvening, '2026-06-16T03:00:00Z')).toBe(0);
});

test('durations and sizes', () => {
  expect(english.hoursMinutes(2820)).toBe('0:47');
  expect(english.hoursMinutes(36_000)).toBe('10:00');
  expect(english.minutesSeconds(258)).toBe('4:18');
  expect(german.bytes(4_100_000)).toBe('4,1 MB');
  expect(german.percent(0.7142)).toBe('71,4');
});
