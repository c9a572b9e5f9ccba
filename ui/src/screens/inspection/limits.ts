/** How a characteristic is spoken of. */
import type { Format } from '../../lib/i18n/format';
import type { Words } from '../../lib/i18n/words';
import type { CharacteristicView, ReadingView } from '../../lib/ipc/bindings';

type Limits = Pick<CharacteristicView, 'lower_spec' | 'upper_spec' | 'unit' | 'decimals'>;

export function limits(it: Limits, words: Words, format: Format): string {
  const { inspection: say } = words;
  const unit = it.unit ?? '';
  const [lower, upper] = [it.lower_spec, it.upper_spec].map((limit) =>
    limit === null ? null : format.measure(limit, it.decimals),
  );
  if (lower != null && upper != null) return say.limits(lower, upper, unit).trim();
  if (lower != null) return say.atLeast(lower, unit).trim();
  return upper != null ? say.atMost(upper, unit).trim() : say.noLimits;
}

export function written(reading: ReadingView, it: CharacteristicView, format: Format): string {
  return reading.value === null ? (reading.text ?? '') : format.measure(reading.value, it.decimals);
}

export function taken(it: CharacteristicView): number {
  return it.readings.filter((reading) => reading !== null).length;
}

export function anyOutside(it: CharacteristicView): boolean {
  return it.readings.some((reading) => reading?.conforming === false);
}
