/** The words of a locale, and the sentence for a code. */
import { de } from './de';
import { en, type Words } from './en';
import { Fill, type Params, type Said, type Speak } from './fill';
import type { Format } from './format';

export type { Words } from './en';
export type { Said } from './fill';

export const LANGUAGES = { en, de } satisfies Record<string, Words>;

/** `de`, `de-AT` and `de_CH` all read German; what has no words here reads English. */
export function wordsOf(locale: string): Words {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? '';
  return (LANGUAGES as Record<string, Words>)[language] ?? en;
}

type Speeches = { [code in string]?: Speak };

function speak(speeches: Speeches, code: string, fill: Fill): Said | null {
  const key = code.toLowerCase().replace(/^scan_/, '');
  return speeches[key]?.(fill) ?? null;
}

export function echoWords(words: Words, code: string, params: Params, format: Format): Said {
  const fill = new Fill(params, format);
  return speak(words.echo, code, fill) ?? speak(words.error, code, fill) ?? words.otherEcho(code);
}

export function errorWords(words: Words, code: string, params: Params, format: Format): Said {
  const fill = new Fill(params, format);
  return speak(words.error, code, fill) ?? speak(words.echo, code, fill) ?? words.otherError(code);
}

/** A verdict has words where its code has none. */
export function problemWords(words: Words, verdict: string, code: string, format: Format): Said {
  const fill = new Fill({}, format);
  return speak(words.problem, code, fill) ?? speak(words.problem, verdict, fill) ?? words.otherError(code);
}

export function recordWords(words: Words, kind: string, params: Params, format: Format): Said {
  return speak(words.record, kind, new Fill(params, format)) ?? { bold: kind };
}

export function itemWords(words: Words, kind: string, params: Params, format: Format): Said {
  return speak(words.item, kind, new Fill(params, format)) ?? { bold: kind };
}
