/** How a stop is spoken of. */
import type { Stop } from '../../lib/ipc/bindings';
import type { Format } from '../../lib/i18n/format';
import type { Words } from '../../lib/i18n/words';

export function lasted(stop: Stop, words: Words, format: Format): string {
  const minutes = Math.max(1, Math.round(stop.seconds / 60));
  return minutes < 60
    ? words.common.minutes(format.integer(minutes))
    : words.common.hours(format.hoursMinutes(stop.seconds));
}

export function explainTitle(stop: Stop, words: Words, format: Format): string {
  return words.reasons.explain(lasted(stop, words, format), format.time(stop.from));
}
