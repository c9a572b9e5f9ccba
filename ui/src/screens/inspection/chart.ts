/** Where everything of a running chart stands, in pixels. The figures are the station's. */
import type { ChartView } from '../../lib/ipc/bindings';

export interface Line {
  which: 'usl' | 'ucl' | 'centre' | 'lcl' | 'lsl';
  value: number;
  y: number;
  /** Where its label stands, moved apart from its neighbours. */
  label_y: number;
}

export interface Dot {
  x: number;
  y: number;
  conforming: boolean;
  signal: boolean;
  draft: boolean;
}

export interface Drawing {
  lines: Line[];
  dots: Dot[];
  path: string;
}

const LABEL_HEIGHT = 20;
const EDGE = 14;
/** Few points do not stretch over the whole width. */
const PLACES_MIN = 24;

export function drawing(chart: ChartView, width: number, height: number): Drawing {
  const known = (['usl', 'ucl', 'centre', 'lcl', 'lsl'] as const).flatMap((which) => {
    const value = chart[which];
    return value === null ? [] : [{ which, value }];
  });
  const values = [...known.map((it) => it.value), ...chart.points.map((it) => it.value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  const [bottom, top] = [low - span * 0.08, high + span * 0.08];
  const y = (value: number) => ((top - value) / (top - bottom)) * height;
  const step = (width - 2 * EDGE) / Math.max(1, Math.max(chart.points.length, PLACES_MIN) - 1);
  const dots = chart.points.map((it, n) => ({ ...it, x: EDGE + n * step, y: y(it.value) }));
  const lines = known.map((it) => ({ ...it, y: y(it.value), label_y: y(it.value) })).sort((a, b) => a.y - b.y);
  return {
    lines: apart(lines, height),
    dots,
    path: dots.map((it) => `${it.x.toFixed(1)},${it.y.toFixed(1)}`).join(' '),
  };
}

/** Pushes labels apart from above, then back from below, so that none covers another. */
function apart(lines: Line[], height: number): Line[] {
  let least = LABEL_HEIGHT / 2;
  for (const line of lines) least = (line.label_y = Math.max(line.label_y, least)) + LABEL_HEIGHT;
  let most = height - LABEL_HEIGHT / 2;
  for (const line of lines.toReversed()) most = (line.label_y = Math.min(line.label_y, most)) - LABEL_HEIGHT;
  return lines;
}
