import { expect, test } from 'vitest';
import type { ReasonView } from '../ipc/bindings';
import { Pad, tapTiles } from './pad.svelte';

const surface: ReasonView = { id: 100, code: 'SURFACE', label: 'Surface', group: null, used: 3 };

test('one pad collects good, scrap and rework for one save', () => {
  const pad = new Pad(0);
  expect(pad.empty).toBe(true);
  pad.addGood('24');
  pad.addPiece('scrap', 100);
  pad.addPiece('scrap', 100);
  pad.addPiece('rework', 200);
  expect(pad.input(false)).toEqual({
    good: '24',
    scrap: [{ reason: 100, quantity: '2' }],
    rework: [{ reason: 200, quantity: '1' }],
    large_confirmed: false,
  });
  pad.clear();
  expect(pad.empty).toBe(true);
});

test('a piece taken off again leaves no trace, and never goes below zero', () => {
  const pad = new Pad(0);
  pad.addPiece('scrap', 100);
  pad.takePiece('scrap', 100);
  pad.takePiece('scrap', 100);
  expect(pad.counts('scrap')).toEqual([]);
});

test('the whole rest counts as confirmed until somebody changes it', () => {
  const pad = new Pad(0);
  pad.allGood('164');
  expect(pad.input(false)).toMatchObject({ good: '164', large_confirmed: true });
  pad.press('9');
  expect(pad.input(false)).toMatchObject({ good: '9', large_confirmed: false });
});

test('digits go to a reason while it is aimed at', () => {
  const pad = new Pad(0);
  pad.addPiece('scrap', 100);
  pad.aim({ of: 'scrap', reason: surface });
  expect(pad.shown).toBe('1');
  pad.press('1');
  pad.press('2');
  expect(pad.count('scrap', 100)).toBe('12');
  pad.addPiece('scrap', 100);
  expect(pad.shown).toBe('13');
  pad.addGood('6');
  expect(pad.shown).toBe('6');
});

test.each([
  [['1', '6', '24', '164'], '164', '24', ['1', '6', '24']],
  [['1', '6', '24', '24'], '24', '24', ['1', '6', '24']],
  [['1', '24'], '0', '24', ['1', '24']],
  [['1', '60'], '60', null, ['1']],
  [['1'], '1', null, ['1']],
])('of the tiles %j with %s remaining those are tapped: %j', (packs, remaining, pack, tiles) => {
  expect(tapTiles(packs, remaining, pack)).toEqual(tiles);
});
