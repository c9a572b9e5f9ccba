import { expect, test } from 'vitest';
import { bounces, type Contact } from './bounce';

const first: Contact = { at: 1000, x: 300, y: 500, on: 'value-OK', lay: (it) => it === 'value-OK' || it === 'key-2' };
const then = (after_ms: number, on: string, x = 304) => ({ at: 1000 + after_ms, x, y: 498, on });

test('a second contact is the same tap, a second tap is not', () => {
  expect(bounces(null, then(0, 'value-OK'))).toBe(false);
  expect(bounces(first, then(100, 'value-OK'))).toBe(true);
  expect(bounces(first, then(150, 'value-OK'))).toBe(false);
});

test('nobody means what came under their finger only just now', () => {
  expect(bounces(first, then(250, 'record-inspection'))).toBe(true);
  expect(bounces(first, then(320, 'record-inspection'))).toBe(false);
});

test('what moved under the finger was not meant either', () => {
  expect(bounces({ ...first, lay: () => false }, then(250, 'value-OK'))).toBe(true);
});

test('two fingers on two keys are as fast as they like', () => {
  expect(bounces(first, then(60, 'key-2', 330))).toBe(false);
  expect(bounces(first, then(60, 'record-inspection', 420))).toBe(false);
});
