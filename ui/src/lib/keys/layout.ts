/** Which letters lie where, by language: as on the keyboards people know, eleven keys to a row at most. */

export type Layer = 'letters' | 'signs';

const letters = (...rows: string[]): string[][] => rows.map((row) => [...row]);

const QWERTY = letters('qwertyuiop', "asdfghjkl'", 'zxcvbnm,.');
const BY_LANGUAGE: { [language in string]?: string[][] } = {
  de: letters('qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß,.'),
  fr: letters('azertyuiopé', 'qsdfghjklmè', 'wxcvbnçà,.'),
};
const SIGNS = letters('+±×=%&@#_*°', `()[]<>"'!?;`, 'µØ²³€$£§,.');

export const DIGITS = [...'1234567890'];
/** Beside the space bar, on both layers: orders, lots and dimensions are full of them. */
export const BESIDE_SPACE = ['-', '/', ':'];

/** The rows between the digits and the space bar. */
export function rowsOf(locale: string, layer: Layer): string[][] {
  if (layer === 'signs') return SIGNS;
  return BY_LANGUAGE[locale.toLowerCase().split(/[-_]/)[0] ?? ''] ?? QWERTY;
}

/** A letter with Shift. There is no capital ß in common use. */
export function shifted(key: string): string {
  return key === 'ß' ? key : key.toLocaleUpperCase();
}

/** Whether a sentence begins after these words. */
export function beginsSentence(before: string): boolean {
  return /(^|[.!?]\s+|\n)$/.test(before);
}

/** So many units of text the delete key takes: one sign as people see it. */
export function lastSignLength(before: string): number {
  const last = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(before)].at(-1);
  return last?.segment.length ?? 0;
}
