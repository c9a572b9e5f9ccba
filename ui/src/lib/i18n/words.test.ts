import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Format } from './format';
import { echoWords, errorWords, itemWords, LANGUAGES, problemWords, recordWords, wordsOf } from './words';

/** What the station says, as agreed with it. */
const ECHOES =
  'signed_in signed_out already_signed_in pin_wanted wrong_pin locked_out unknown_badge no_access order_started order_resumed order_opened order_blocked order_finished order_paused good_booked booked booking_undone undo_too_late machine_down machine_up machine_setup machine_here machine_elsewhere other_work_center unknown_code foreign_label damaged_label too_long unreadable_image no_code_in_image not_enrolled not_signed_in inspection_recorded inspection_failed inspection_opened ncr_completed stop_explained lot_seen serial_seen repeated_scan handover_submitted handover_added handover_acknowledged handover_opened items_unread not_a_lead not_an_inspector same_person enrolled enrol_code_unknown enrol_code_used enrol_code_expired no_network storage_full no_job_here command_unknown nothing_to_undo keyboard_layout';
const ERRORS =
  'number_refused pad_empty large_unconfirmed inspection_missing predecessor_open predecessor_short order_planned order_closed not_running already_running machine_is_down reading_missing inspection_too_large event_too_large internal no_shift handover_exists';
const RECORDS =
  'production_log machine_status stop_explanation inspection ncr ncr_detail handover handover_acknowledgement scan sign_in';
const ITEMS = 'open_ncr unexplained_stops machine_down check_due unsynced open_job safety note';
const VERDICTS = readFileSync(new URL('../../../../crates/takt-server/src/push/verdict.rs', import.meta.url), 'utf8');
const PROBLEMS = [
  ...[...VERDICTS.matchAll(/pub const \w+: &str = "(\w+)";/g)].map(([, code]) => code ?? ''),
  ...'SCHEMA UNKNOWN_KIND ON_CLOSED_ORDER rejected quarantined held fork'.split(' '),
];

const languages = Object.entries(LANGUAGES);
const format = (locale: string) => new Format(wordsOf(locale).tag, 'Europe/Berlin');

test.each(languages)('%s has words for every code, with and without parameters', (locale, words) => {
  const f = format(locale);
  const params = {
    order: 'WO-1',
    operation: '30',
    name: 'A',
    machine: 'M',
    reason: 'R',
    good: '1',
    scrap: '2',
    expected: 'X',
    number: 'NCR-1',
    until: '2026-06-16T09:00:00Z',
  };
  for (const given of [{}, params]) {
    for (const code of ECHOES.split(' ')) {
      const said = echoWords(words, code, given, f);
      expect(said, code).not.toEqual(words.otherEcho(code));
      expect(`${said.bold} ${said.rest ?? ''} ${said.todo ?? ''}`, code).not.toMatch(/undefined|NaN|null|\[object/);
      expect(said.rest === undefined || !/ {2}|^[,:]/.test(said.rest), `${code}: "${said.rest}"`).toBe(true);
    }
    for (const code of `${ECHOES} ${ERRORS}`.split(' '))
      expect(errorWords(words, code, given, f), code).not.toEqual(words.otherError(code));
    for (const kind of RECORDS.split(' ')) expect(recordWords(words, kind, given, f).bold, kind).not.toBe(kind);
    for (const kind of ITEMS.split(' ')) expect(itemWords(words, kind, given, f).bold, kind).not.toBe(kind);
  }
  expect(PROBLEMS.length).toBeGreaterThan(16);
  for (const code of PROBLEMS) expect(problemWords(words, 'x', code, f), code).not.toEqual(words.otherError(code));
});

test('an unknown code still says something, by its verdict where it has one', () => {
  const { en } = LANGUAGES;
  expect(echoWords(en, 'brand_new', {}, format('en'))).toEqual({ bold: 'Understood', rest: 'brand_new' });
  expect(errorWords(en, 'brand_new', {}, format('en')).bold).toBe('This was refused');
  expect(problemWords(en, 'held', 'BRAND_NEW', format('en'))).toEqual(en.problem.held(null as never));
});

test('the scanner’s own codes need no second table', () => {
  expect(echoWords(LANGUAGES.en, 'scan_foreign_label', {}, format('en')).bold).toContain('another company');
});

test('a refused badge, a large amount and what was booked are spoken with their figures', () => {
  const { en, de } = LANGUAGES;
  expect(echoWords(en, 'booked', { good: '1024', scrap: '2', rework: '0' }, format('en')).bold).toBe(
    '1,024 good, 2 scrap',
  );
  expect(echoWords(de, 'booked', { good: '0', scrap: '1.5', rework: '0' }, format('de')).bold).toBe('1,5 Ausschuss');
  expect(errorWords(de, 'wrong_pin', { left: '1' }, format('de')).rest).toBe('noch 1 Versuch');
});

test('every word is there in every language, none left empty, and German is not English', () => {
  const leaves = (words: object, path = ''): [string, unknown][] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? leaves(value, `${path}${key}.`)
        : [[`${path}${key}`, value] as [string, unknown]],
    );
  const english = new Map(leaves(LANGUAGES.en));
  for (const [locale, words] of languages) {
    const own = leaves(words);
    expect(own.map(([path]) => path).sort(), locale).toEqual([...english.keys()].sort());
    for (const [path, value] of own) expect(value, `${locale} ${path}`).not.toBe('');
  }
  const sentences = leaves(LANGUAGES.de).filter(([, value]) => typeof value === 'string' && value.length > 14);
  for (const [path, value] of sentences) expect(value, path).not.toBe(english.get(path));
});

test('a locale picks its language, an unknown one English', () => {
  expect(wordsOf('de-AT').name).toBe('Deutsch');
  expect(wordsOf('DE').name).toBe('Deutsch');
  expect(wordsOf('pl').name).toBe('English');
});

/** Every code the station's source says or refuses with. */
function codesOfTheStation(): string[] {
  const root = new URL('../../../../crates/takt-station/src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.rs'));
  const said = /(?:Refusal::new|refuse|Said::(?:good|note|bad)|good|note)\(\s*"([a-z_]+)"/g;
  const sources = files.map((name) => readFileSync(new URL(name, root), 'utf8').split('#[cfg(test)]')[0] ?? '');
  return [...new Set(sources.flatMap((source) => [...source.matchAll(said)].map((match) => match[1] ?? '')))];
}

test('what the station says today has words here', () => {
  const { en } = LANGUAGES;
  const codes = codesOfTheStation();
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => echoWords(en, code, {}, format('en')).bold === en.otherEcho(code).bold)).toEqual([]);
});
