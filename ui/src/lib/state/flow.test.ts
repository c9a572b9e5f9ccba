import { expect, test, vi } from 'vitest';
import type { Frame, ScanAnswer, Screen, Stroke } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';
import { Act, refusalOf } from './act.svelte';
import { FrameState } from './frame.svelte';
import { LiveView } from './live.svelte';
import { Router } from './router.svelte';
import { Scans } from './scans.svelte';

const report: Screen = { at: 'report', operation: 30 };
const records: Screen = { at: 'records' };

test('back leads the way one came, home is always the bottom', () => {
  const router = new Router();
  router.go(report);
  router.go(records);
  router.back();
  expect(router.screen).toEqual(report);
  router.go(records);
  router.go(report);
  router.back();
  expect(router.screen).toEqual({ at: 'home' });
  router.back();
  expect(router.screen).toEqual({ at: 'home' });
});

test('what is done is not reopened by going back', () => {
  const router = new Router();
  router.go({ at: 'inspection', operation: 30, point: null });
  router.replace({ at: 'ncr', uid: 'n' });
  expect(router.screen).toEqual({ at: 'ncr', uid: 'n' });
  router.back();
  expect(router.screen).toEqual({ at: 'home' });
});

test('Escape closes what opened last before it goes back', () => {
  const router = new Router();
  const closed: string[] = [];
  router.go(report);
  const release = router.onEscape(() => closed.push('sheet'));
  router.escape();
  release();
  router.escape();
  expect([closed, router.screen]).toEqual([['sheet'], { at: 'home' }]);
});

test('a second tap of a bouncing glove does nothing', async () => {
  let calm: () => void = () => undefined;
  const act = new Act(
    () => undefined,
    300,
    () => new Promise((done) => (calm = done)),
  );
  const work = vi.fn(() => Promise.resolve());
  expect(await act.run(work)).toBe(true);
  expect(await act.run(work)).toBe(false);
  calm();
  await Promise.resolve();
  await Promise.resolve();
  expect(await act.run(work)).toBe(true);
  expect(work).toHaveBeenCalledTimes(2);
});

test('a refusal is told, whatever was thrown', async () => {
  const told = vi.fn();
  const act = new Act(told, 0);
  await act.run(() => Promise.reject({ code: 'pad_empty', params: {} }));
  expect(told).toHaveBeenCalledWith({ code: 'pad_empty', params: {} });
  expect(refusalOf(new Error('x')).code).toBe('internal');
  expect(refusalOf('x')).toEqual({ code: 'internal', params: { what: 'x' } });
});

test('changes that arrive while a view is fetched are fetched once more, not once each', async () => {
  const answers: ((value: number) => void)[] = [];
  const view = new LiveView(() => new Promise<number>((done) => answers.push(done)));
  void view.refresh();
  void view.refresh();
  void view.refresh();
  answers[0]?.(1);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(view.value, 'what was fetched is shown meanwhile').toBe(1);
  answers[1]?.(2);
  await vi.waitFor(() => expect(view.value).toBe(2));
  expect(answers).toHaveLength(2);
});

test('what a command answered is not overwritten by an older fetch', async () => {
  const answers: ((value: number) => void)[] = [];
  const view = new LiveView(() => new Promise<number>((done) => answers.push(done)));
  void view.refresh();
  view.set(5);
  answers[0]?.(1);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(view.value).toBe(5);
  answers[1]?.(6);
  await vi.waitFor(() => expect(view.value).toBe(6));
});

test('a refused view keeps what it showed', async () => {
  let refuse = false;
  const view = new LiveView(() =>
    refuse ? Promise.reject({ code: 'not_found', params: {} }) : Promise.resolve('there'),
  );
  await view.refresh();
  refuse = true;
  await view.refresh();
  expect([view.value, view.refused?.code]).toEqual(['there', 'not_found']);
});

const stroke = (key: string): Stroke => ({
  key,
  code: key,
  t_ms: 0,
  shift: false,
  ctrl: false,
  alt: false,
  altgr: false,
});
const answer = (go: Screen | null, code = 'order_opened') => ({ go, echo: { no: 7, code } }) as ScanAnswer;

test('two quick scans keep their order, and the second is read on the screen the first opened', async () => {
  const seen: [string, Screen][] = [];
  const pending: ((answers: ScanAnswer[]) => void)[] = [];
  const ipc = {
    scanBurst: (strokes: Stroke[], screen: Screen) => {
      seen.push([strokes.map((it) => it.key).join(''), screen]);
      return new Promise<ScanAnswer[]>((done) => pending.push(done));
    },
  } as unknown as Ipc;
  const router = new Router();
  const scans = new Scans(ipc, router, () => undefined);
  void scans.burst([stroke('1')]);
  const both = scans.burst([stroke('2')]);
  await vi.waitFor(() => expect(pending).toHaveLength(1));
  pending[0]?.([answer(report)]);
  await vi.waitFor(() => expect(pending).toHaveLength(2));
  pending[1]?.([answer(null)]);
  await both;
  expect(seen).toEqual([
    ['1', { at: 'home' }],
    ['2', report],
  ]);
  expect(scans.waiting).toBe(0);
});

test('what may have been typed is typed when it is no code, also when the station cannot tell', async () => {
  const scanBurst = vi
    .fn()
    .mockResolvedValueOnce([answer(null, 'unknown_code')])
    .mockRejectedValueOnce({ code: 'storage_full', params: {} })
    .mockResolvedValueOnce([answer(records)]);
  const readEcho = vi.fn(() => Promise.resolve());
  const scans = new Scans({ scanBurst, readEcho } as unknown as Ipc, new Router(), () => undefined);
  const orTyped = vi.fn();
  expect(await scans.burst([stroke('a')], orTyped)).toBe(false);
  expect(readEcho).toHaveBeenCalledWith(7);
  expect(await scans.burst([stroke('a')], orTyped)).toBe(false);
  expect(orTyped).toHaveBeenCalledTimes(2);
  expect(await scans.burst([stroke('a')], orTyped)).toBe(true);
  expect(orTyped).toHaveBeenCalledTimes(2);
});

test('a scan the station cannot take is told, and the next one is still read', async () => {
  const told: string[] = [];
  const scanText = vi
    .fn()
    .mockRejectedValueOnce({ code: 'storage_full', params: {} })
    .mockResolvedValueOnce(answer(records));
  const router = new Router();
  const scans = new Scans({ scanText } as unknown as Ipc, router, (it) => told.push(it.code));
  await scans.text('A', 'typed');
  await scans.text('B', 'typed');
  expect([told, router.screen]).toEqual([['storage_full'], records]);
});

test('the clock is the frame’s, goes on between frames, and an overtaken frame says nothing', () => {
  let clock = 50_000;
  const frames = new FrameState({} as Ipc, () => clock);
  const frame = (revision: number, now: string) => ({ revision, now }) as Frame;
  frames.take(frame(2, '2026-06-16T09:00:00Z'));
  frames.take(frame(1, '2026-06-16T08:00:00Z'));
  clock += 12_000;
  frames.tick();
  expect(new Date(frames.now).toISOString()).toBe('2026-06-16T09:00:12.000Z');
  expect(frames.secondsUntil('2026-06-16T09:01:00Z')).toBe(48);
  expect(frames.secondsUntil('2026-06-16T08:59:00Z')).toBe(0);
});
