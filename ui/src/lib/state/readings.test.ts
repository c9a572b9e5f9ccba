import { expect, test } from 'vitest';
import { Station } from '../ipc/fake/station';
import { Readings } from './readings.svelte';

async function begun() {
  const station = new Station('en', 'light');
  const readings = new Readings();
  const view = await station.inspection(30);
  readings.show(view);
  return { station, readings, draft: view.draft };
}

async function take(it: Awaited<ReturnType<typeof begun>>, value: string) {
  const place = it.readings.place;
  if (!place) throw new Error('nothing left to take');
  const input = {
    draft: it.draft,
    characteristic: place.characteristic.id,
    sample_no: place.sampleNo,
    value,
    text: null,
    gauge: null,
  };
  it.readings.advance(place, await it.station.takeReading(input));
}

test('after each reading the next empty place follows by itself', async () => {
  const it = await begun();
  for (const value of ['25.001', '25.002', '24.999', '25.000', '25.003']) await take(it, value);
  expect(it.readings.place?.characteristic.name).toBe('Hole pitch');
  expect(it.readings.place?.sampleNo).toBe(1);
  expect(it.readings.entry.empty).toBe(true);
});

test('the verdict over the last reading stays in sight after the place moved on', async () => {
  const it = await begun();
  await take(it, '25.2');
  expect(it.readings.last?.reading.conforming).toBe(false);
  expect(it.readings.place?.sampleNo).toBe(2);
});

test('a place picked by hand shows its value, and typing replaces it', async () => {
  const it = await begun();
  await take(it, '25.001');
  it.readings.choose(1, 1);
  expect(it.readings.entry.value).toBe('25.001');
  it.readings.entry.press('9');
  expect(it.readings.entry.value).toBe('9');
  it.readings.follow();
  expect(it.readings.place?.sampleNo).toBe(2);
});

test('nothing is left once everything is taken', async () => {
  const it = await begun();
  it.station.inspecting.fill(25, false);
  it.readings.show(await it.station.inspection(30));
  expect(it.readings.place).toBeNull();
});
