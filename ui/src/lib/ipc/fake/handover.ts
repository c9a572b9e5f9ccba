/** The stand-in's shift handover. */
import type { HandoverView, HandoverWaiting, ItemView } from '../bindings';
import { downReasons, scrapReasons } from './plant';
import { refuse, uid, type Station } from './station';

export class FakeHandover {
  stage: HandoverView['stage'] = 'draft';
  notes = '';
  /** Words that are being added to what was submitted. */
  draft = '';
  added: HandoverView['added'] = [];
  /** Red items that came up since it was submitted. */
  fresh: ItemView[] = [];
  #more: ItemView[] = [];
  read = new Set<string>();
  empty = false;
  oee: HandoverView['oee'] = {
    oee: 0.7142,
    availability: 0.884,
    effectiveness: 0.829,
    quality_ratio: 0.9742,
    reason: null,
  };

  constructor(private readonly station: Station) {}

  get waiting(): HandoverWaiting | null {
    if (this.stage !== 'submitted') return null;
    return {
      uid: uid(600),
      from_shift: this.#shift,
      by: 'Robert Braun',
      at: '2026-06-16T09:06:00Z',
      red: this.#items().filter((it) => it.red && !it.acknowledged).length,
    };
  }
  acknowledge(item: string): void {
    this.read.add(item);
    this.station.changed();
  }
  async submit(): Promise<void> {
    if (!this.station.frameNow.person?.leads) return refuse('not_a_lead');
    if (this.stage !== 'draft') return this.#add();
    this.stage = 'submitted';
    this.station.keep('handover', { shift: this.#shift });
    this.station.say('good', 'handover_submitted', { shift: this.#shift }, null, 'touch');
  }
  write(text: string): void {
    if (this.stage === 'draft') this.notes = text;
    else this.draft = text;
  }
  #add(): Promise<void> {
    if (this.draft.trim() === '' && this.fresh.length === 0) return refuse('handover_exists');
    this.notes = [this.notes, this.draft.trim()].filter(Boolean).join('\n\n');
    this.#more.push(...this.fresh);
    this.added.push({ by: this.station.frameNow.person?.name ?? '', at: '2026-06-16T09:20:00Z' });
    [this.draft, this.fresh] = ['', []];
    this.station.keep('handover', { shift: this.#shift });
    this.station.say('good', 'handover_added', { shift: this.#shift }, null, 'touch');
    return Promise.resolve();
  }
  /** The incoming lead's badge takes it, once all red items are read. */
  badge(): boolean {
    const ready =
      this.stage === 'submitted' &&
      this.station.frameNow.person?.name === 'Jana Keller' &&
      this.#items().every((it) => !it.red || it.acknowledged);
    if (ready) this.stage = 'acknowledged';
    return ready;
  }
  view(): HandoverView {
    const german = this.station.locale.startsWith('de');
    const [scrap, down] = [scrapReasons(this.station.locale), downReasons(this.station.locale)];
    const submitted = this.stage === 'submitted' || this.stage === 'acknowledged';
    const hours = ['148', '236', '181', '240', '233', '134', '0', '0'];
    const moods = ['setup', 'run', 'down', 'run', 'unknown', 'run', 'future', 'future'];
    return {
      stage: this.stage,
      uid: submitted ? uid(600) : null,
      shift: this.#shift,
      date: '2026-06-16',
      next_shift: german ? 'Spätschicht' : 'Late',
      next_starts_at: '2026-06-16T12:00:00Z',
      area: 'Milling 3',
      good: this.empty ? '0' : '1172',
      target: '1920',
      scrap: this.empty ? '0' : '31',
      scrap_ratio: this.empty ? null : 0.0258,
      rework: this.empty ? '0' : '8',
      down_seconds: this.empty ? 0 : 2820,
      stops: this.empty ? 0 : 4,
      down_by_reason: this.empty
        ? []
        : [
            { reason: down[1]?.label ?? '', seconds: 1320, stops: 2 },
            { reason: down[6]?.label ?? '', seconds: 900, stops: 1 },
            { reason: null, seconds: 600, stops: 1 },
          ],
      scrap_by_reason: this.empty
        ? []
        : [
            { reason: scrap[0]?.label ?? '', quantity: '18' },
            { reason: scrap[1]?.label ?? '', quantity: '9' },
            { reason: scrap[3]?.label ?? '', quantity: '4' },
          ],
      hours: hours.map((good, n) => ({
        from: new Date(Date.parse('2026-06-16T04:00:00Z') + n * 3_600_000).toISOString(),
        good: this.empty ? '0' : good,
        ratio: this.empty ? 0 : Number(good) / 240,
        mood: this.empty ? 'future' : (moods[n] ?? 'run'),
      })),
      records: this.empty ? 0 : 1204,
      oee: this.oee,
      items: this.empty ? [] : this.#items(),
      unexplained: this.station.stops.filter((it) => it.reason === null),
      down_reasons: down,
      notes: this.notes,
      added: this.added,
      addendum: submitted && this.station.frameNow.person?.leads ? { notes: this.draft, items: this.fresh } : null,
      by: submitted ? 'Robert Braun' : null,
      submitted_at: submitted ? '2026-06-16T09:06:00Z' : null,
      taken_by: this.stage === 'acknowledged' ? 'Jana Keller' : null,
      taken_at: this.stage === 'acknowledged' ? '2026-06-16T09:07:00Z' : null,
      refused: !this.station.frameNow.person?.leads
        ? { code: 'not_a_lead', params: {} }
        : submitted && this.station.frameNow.person.name === 'Robert Braun'
          ? { code: 'same_person', params: {} }
          : null,
    };
  }

  /** A red item that came up after the handover. */
  comeUp(): void {
    this.fresh = [
      {
        uid: uid(799),
        kind: 'machine_down',
        red: true,
        reference: 'Mill 3',
        figures: { minutes: '4' },
        text: null,
        carried: false,
        acknowledged: false,
      },
    ];
  }

  get #shift(): string {
    return this.station.locale.startsWith('de') ? 'Frühschicht' : 'Early';
  }
  #items(): ItemView[] {
    const item = (
      n: number,
      kind: ItemView['kind'],
      red: boolean,
      reference: string | null,
      figures: ItemView['figures'],
      text: string | null = null,
    ): ItemView => ({
      uid: uid(700 + n),
      kind,
      red,
      reference,
      figures,
      text,
      carried: kind === 'note',
      acknowledged: this.read.has(uid(700 + n)),
    });
    return [
      item(1, 'open_ncr', true, 'NCR-0442', { quantity: '96' }),
      item(2, 'unexplained_stops', true, null, { count: '2', minutes: '11' }),
      item(3, 'check_due', true, 'Hole pitch, 4471', { units: '14' }),
      item(4, 'unsynced', false, null, { count: '7' }),
      item(5, 'note', false, null, {}, 'Coolant leak at Mill 2, 2 days old'),
      ...this.#more.map((it) => ({ ...it, acknowledged: this.read.has(it.uid) })),
    ];
  }
}
