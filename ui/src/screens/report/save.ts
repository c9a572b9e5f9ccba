/** What Save will save, in words. */
import { isZero } from '../../lib/i18n/decimal';
import type { Format } from '../../lib/i18n/format';
import type { Words } from '../../lib/i18n/words';
import type { ReasonView, ReportView } from '../../lib/ipc/bindings';
import type { Kind, Pad } from '../../lib/state/pad.svelte';

/** Letters of reasons that fit under Save; more are counted. */
const NAMED_MAX = 24;

export function saveWords(pad: Pad, report: ReportView, words: Words, format: Format): string {
  if (pad.empty) return words.report.nothing;
  const parts = [];
  if (!pad.good.zero) parts.push(words.report.saveGood(format.quantity(pad.good.value)));
  const lists: [Kind, ReasonView[]][] = [
    ['scrap', report.scrap_reasons],
    ['rework', report.rework_reasons],
  ];
  for (const [kind, all] of lists) {
    const total = pad.total(kind);
    if (isZero(total)) continue;
    const labels = pad.counts(kind).map((it) => all.find((reason) => reason.id === it.reason)?.label ?? '');
    const say = kind === 'scrap' ? words.report.saveScrap : words.report.saveRework;
    const named = labels.join(', ');
    const reasons = named.length > NAMED_MAX && labels.length > 1 ? words.report.someReasons(labels.length) : named;
    parts.push(say(format.quantity(total), reasons));
  }
  return parts.join(', ');
}
