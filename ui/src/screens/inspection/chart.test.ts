import { expect, test } from 'vitest';
import type { ChartView } from '../../lib/ipc/bindings';
import { drawing } from './chart';

const point = (value: number) => ({ value, at: '2026-06-16T09:00:00Z', conforming: true, signal: false, draft: false });
const chart = (more: Partial<ChartView>): ChartView => ({
  points: [24.99, 25, 25.01].map(point),
  n: 3,
  mean: 25,
  sd: 0.01,
  ucl: null,
  lcl: null,
  centre: null,
  usl: null,
  lsl: null,
  signal: null,
  ...more,
});

test('everything lies inside the drawing, larger values higher', () => {
  const { dots, lines } = drawing(chart({ usl: 25.03, lsl: 24.97 }), 400, 300);
  for (const { x, y } of dots) expect(x > 0 && x < 400 && y > 0 && y < 300).toBe(true);
  expect(dots[0]?.y).toBeGreaterThan(dots[2]?.y ?? 0);
  expect(lines.map((it) => it.which)).toEqual(['usl', 'lsl']);
});

test('labels of limits that nearly meet do not cover each other', () => {
  const { lines } = drawing(chart({ usl: 25.0301, ucl: 25.03, centre: 25.0299, lcl: 24.9701, lsl: 24.97 }), 400, 200);
  const at = lines.map((it) => it.label_y);
  for (const [n, y] of at.entries()) if (n > 0) expect(y - (at[n - 1] ?? 0)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...at)).toBeLessThanOrEqual(190);
});

test('one point, or many equal ones, is still a drawing', () => {
  for (const points of [[point(5)], [point(5), point(5)]]) {
    const { dots } = drawing(chart({ points }), 400, 200);
    expect(dots.every((it) => Number.isFinite(it.x) && Number.isFinite(it.y))).toBe(true);
  }
});
