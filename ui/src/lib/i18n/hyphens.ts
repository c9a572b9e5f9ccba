/** Where long words may break: the terminal has no hyphenation dictionary, and German reasons are long.
 *  A syllable is a run of vowels with the consonants before it; wrong in places, better than `schade-n`. */

const VOWEL = '[aeiouyäöüéèAEIOUYÄÖÜ]';
const OTHER = '[^aeiouyäöüéèAEIOUYÄÖÜ]';
/** Consonants that begin a syllable together, longest first. */
const ONSET =
  '(?:schl|schm|schn|schr|schw|sch|ch|ck|ph|th|qu|bl|br|dr|fl|fr|gl|gr|kl|kr|pl|pr|tr|zw|[b-df-hj-np-tv-zß])';
const SYLLABLE = new RegExp(`${OTHER}*${VOWEL}+${OTHER}*?(?:(?=${ONSET}${VOWEL})|${OTHER}*$)`, 'g');
const LONG = 11;
/** Letters that stay together at either end of a word. */
const EDGE = 3;

export function softHyphens(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => (word.length < LONG ? word : hyphenated(word)));
}

function hyphenated(word: string): string {
  let written = '';
  for (const syllable of word.match(SYLLABLE) ?? [word]) {
    const at = written.replaceAll('\u00ad', '').length;
    written += at >= EDGE && word.length - at >= EDGE ? `\u00ad${syllable}` : syllable;
  }
  return written;
}
