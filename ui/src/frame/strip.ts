/** What the strip tells: the last echo, or what a button was refused for, which comes first until read. */
import type { Echo, Refusal } from '../lib/ipc/bindings';
import type { Format } from '../lib/i18n/format';
import { echoWords, errorWords, type Words } from '../lib/i18n/words';

export interface Told {
  tone: 'good' | 'note' | 'bad' | 'quiet';
  code: string;
  no: number | null;
  bold: string;
  rest: string;
  todo: string;
  /** Second line: code, source and time. */
  raw: string;
  code_read: string;
}

export function strip(echo: Echo | null, notice: Refusal | null, words: Words, format: Format): Told {
  if (notice) {
    const said = errorWords(words, notice.code, notice.params, format);
    return told('bad', notice.code, null, said);
  }
  if (!echo) return { ...told('quiet', '', null, { bold: words.strip.ready }), raw: words.strip.readyHint };
  const said = echoWords(words, echo.code, echo.params, format);
  const source = words.strip.source[echo.source] ?? echo.source;
  const raw = [echo.symbology, echo.raw, source, format.timeWithSeconds(echo.at)].filter(Boolean).join('   ');
  return { ...told(echo.tone, echo.code, echo.no, said), raw, code_read: echo.raw ?? '' };
}

function told(
  tone: Told['tone'],
  code: string,
  no: number | null,
  said: { bold: string; rest?: string; todo?: string },
): Told {
  return { tone, code, no, bold: said.bold, rest: said.rest ?? '', todo: said.todo ?? '', raw: '', code_read: '' };
}
