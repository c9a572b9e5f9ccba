import { expect, test } from 'vitest';
import type { RecordsView, RecordView } from '../ipc/bindings';
import { RecordPages } from './pages.svelte';

const record = (event: string) => ({ event }) as RecordView;
const page = (events: string[], before: string | null) => ({ records: events.map(record), before }) as RecordsView;

test('older pages are added, what is new comes first, nothing is shown twice', async () => {
  let newest = page(['c', 'b'], 'b');
  const pages = new RecordPages({ records: (_, before) => Promise.resolve(before ? page(['a'], null) : newest) });
  await pages.refresh();
  await pages.more();
  expect(pages.before).toBeNull();
  newest = page(['d', 'c'], 'c');
  await pages.refresh();
  expect(pages.records.map((it) => it.event)).toEqual(['d', 'c', 'a']);
  await pages.choose('problems');
  expect(pages.records.map((it) => it.event)).toEqual(['d', 'c']);
});
