/** The stand-in station: enough memory and rules that every button does something believable. */
import { add, compare, isZero, subtract } from '../../i18n/decimal';
import type {
  BookingView,
  Echo,
  Frame,
  HandoverView,
  HomeView,
  InspectionView,
  NcrInput,
  NcrView,
  PadInput,
  Phase,
  ReadingInput,
  Recorded,
  RecordFilter,
  RecordsView,
  RecordView,
  ReportView,
  ScanAnswer,
  Screen,
  Segment,
  Stop,
  Stroke,
  Theme,
  TrayCode,
} from '../bindings';
import type { Ipc } from '../ipc';
import { FakeHandover } from './handover';
import { FakeInspection } from './inspection';
import { downReasons, named, orders, reworkReasons, scrapReasons, type Order } from './plant';
import { answer, tray } from './scans';

export const START = Date.parse('2026-06-16T09:07:12Z');
const PEOPLE = {
  operator: { id: 1, name: 'Amélie Moreau', initials: 'AM', inspects: false, leads: false },
  inspector: { id: 2, name: 'Ines Lindqvist-Hohenstein', initials: 'IL', inspects: true, leads: false },
  lead: { id: 3, name: 'Robert Braun', initials: 'RB', inspects: true, leads: true },
  next: { id: 4, name: 'Jana Keller', initials: 'JK', inspects: true, leads: true },
};
export type Role = keyof typeof PEOPLE;

export const refuse = (code: string, params: { [key in string]: string } = {}) => Promise.reject({ code, params });
export const uid = (n: number) => `0197a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export class Station implements Ipc {
  orders: Order[] = orders();
  bookings: (BookingView & { operation: number; pad: PadInput })[] = [];
  recordsKept: RecordView[] = [];
  stops: Stop[] = [];
  status: HomeView['machine'] = {
    id: 7,
    code: 'ML-03',
    name: 'Milling 3',
    status: 'RUNNING',
    since: '2026-06-16T07:57:00Z',
    reason: null,
  };
  timeline: Segment[] = [];
  inspecting = new FakeInspection(this);
  handing = new FakeHandover(this);
  ncrDone = false;
  ncrOpen = false;
  phase: Phase = { at: 'open' };
  frameNow: Frame;
  #began = Date.now();
  #listeners: ((frame: Frame) => void)[] = [];
  #no = 0;

  constructor(locale: string, theme: Theme) {
    this.frameNow = {
      revision: 1,
      phase: this.phase,
      locale,
      theme,
      place: {
        organization_name: 'Alpine Drive Components',
        plant_name: 'Lyon, line B',
        zone: 'Europe/Paris',
        work_center_code: 'ML3',
        work_center_name: 'Milling 3',
        machine_id: 7,
        device_code: 'T-014',
      },
      person: PEOPLE.operator,
      shift: {
        name: locale.startsWith('de') ? 'Frühschicht' : 'Early',
        starts_at: '2026-06-16T04:00:00Z',
        ends_at: '2026-06-16T12:00:00Z',
        good: '1172',
        target: '1920',
        elapsed_ratio: 0.64,
        attained_ratio: 0.61,
      },
      sync: {
        on_terminal: 128,
        at_plant: 128,
        in_erp: null,
        unsent: 0,
        oldest_unsent_at: null,
        problems: 0,
        link: 'online',
        last_contact_at: '2026-06-16T09:07:00Z',
        storage: { used: 4_100_000, quota: 512_000_000, ratio: 0.008, level: 'ok' },
      },
      echo: null,
      undo: null,
      demo: true,
      now: '',
    };
    this.#drawTimeline();
  }

  at(): string {
    return new Date(START + Date.now() - this.#began).toISOString();
  }
  get locale(): string {
    return this.frameNow.locale;
  }
  as(role: Role | null): this {
    this.frameNow.person = role ? PEOPLE[role] : null;
    return this;
  }
  changed(): void {
    this.frameNow = { ...this.frameNow, phase: this.phase, revision: this.frameNow.revision + 1, now: this.at() };
    for (const listener of this.#listeners) listener(this.frameNow);
  }
  say(
    tone: Echo['tone'],
    code: string,
    params: Echo['params'] = {},
    raw: string | null = null,
    source = 'wedge',
  ): Echo {
    this.#no += 1;
    const echo: Echo = {
      no: this.#no,
      tone,
      code,
      params,
      raw,
      symbology: source === 'wedge' && raw ? 'QR' : null,
      source,
      at: this.at(),
    };
    this.frameNow.echo = echo;
    this.changed();
    return echo;
  }
  keep(kind: string, params: { [key in string]: string }): void {
    const sync = this.frameNow.sync;
    const online = sync.link === 'online';
    this.recordsKept.unshift({
      event: uid(9000 + this.recordsKept.length),
      kind,
      params,
      by: this.frameNow.person?.name ?? null,
      at: this.at(),
      on_terminal: true,
      at_plant: online,
      in_erp: null,
      problem: null,
    });
    this.frameNow.sync = {
      ...sync,
      on_terminal: sync.on_terminal + 1,
      at_plant: sync.at_plant + (online ? 1 : 0),
      unsent: sync.unsent + (online ? 0 : 1),
    };
  }
  order(operation: number): Order {
    const found = this.orders.find((it) => it.operation === operation);
    if (!found) throw { code: 'not_found', params: {} };
    return this.#computed(found);
  }
  get running(): Order | undefined {
    return this.orders.find((it) => it.state === 'running') ?? this.orders.find((it) => it.state === 'paused');
  }

  // --- session
  frame = () => Promise.resolve({ ...this.frameNow, phase: this.phase, now: this.at() });
  onFrame(listener: (frame: Frame) => void) {
    this.#listeners.push(listener);
    return () => void (this.#listeners = this.#listeners.filter((it) => it !== listener));
  }
  async enrol(server: string, code: string) {
    this.phase = { at: 'enrol', server, busy: true, failed: null };
    this.changed();
    await new Promise((done) => setTimeout(done, 900));
    const failures: { [key in string]?: string } = {
      WRONG: 'enrol_code_unknown',
      USED: 'enrol_code_used',
      OLD: 'enrol_code_expired',
      NONET: 'no_network',
    };
    const failed = failures[code.toUpperCase()];
    this.phase = failed
      ? { at: 'enrol', server, busy: false, failed: { code: failed, params: { server } } }
      : { at: 'locked', pin: null, failed: null };
    this.changed();
    if (failed) return refuse(failed, { server });
  }
  async enterPin(pin: string) {
    if (this.phase.at !== 'locked' || !this.phase.pin) return;
    if (pin !== '2468') {
      this.phase = { ...this.phase, failed: { code: 'wrong_pin', params: { left: '2' } } };
      this.changed();
      return refuse('wrong_pin', { left: '2' });
    }
    this.phase = { at: 'open' };
    this.say('good', 'signed_in', { name: this.as('lead').frameNow.person?.name ?? '' });
  }
  async cancelPin() {
    this.phase = { at: 'locked', pin: null, failed: null };
    this.changed();
  }
  async lock() {
    this.as(null).phase = { at: 'locked', pin: null, failed: null };
    this.say('note', 'signed_out', {}, null, 'touch');
  }
  async setTheme(theme: Theme) {
    this.frameNow.theme = theme;
    this.changed();
  }
  async setLocale(locale: string) {
    this.frameNow.locale = locale;
    this.changed();
  }

  // --- scans
  async scanBurst(strokes: Stroke[], screen: Screen): Promise<ScanAnswer[]> {
    const text = strokes
      .filter((it) => it.key.length === 1)
      .map((it) => it.key)
      .join('');
    return [answer(this, text, 'wedge', screen)];
  }
  scanText = async (text: string, source: 'typed' | 'touch', screen: Screen) => answer(this, text, source, screen);
  async scanImage() {
    return [{ echo: this.say('bad', 'no_code_in_image', {}, null, 'image'), go: null }];
  }
  async readEcho(no: number) {
    if (this.frameNow.echo?.no === no) this.frameNow.echo = null;
    this.changed();
  }
  tray = async (): Promise<TrayCode[]> => tray(this.locale);

  // --- work
  async home(): Promise<HomeView> {
    const job = this.running;
    return {
      job: job ? this.#computed(job) : null,
      machine: this.status,
      queue: this.orders
        .filter((it) => it !== job && it.state !== 'finished')
        .map((it) => ({ ...named(it, this.locale) })),
      unexplained: this.stops.filter((it) => it.reason === null),
      handover_waiting: this.handing.waiting,
      ncrs_to_complete: this.ncrOpen ? [{ uid: uid(500), order: 'WO-24817', what: 'Bore diameter' }] : [],
      timeline: this.timeline,
      down_reasons: downReasons(this.locale),
    };
  }
  async report(operation: number): Promise<ReportView> {
    const job = this.order(operation);
    const packs = ['1', '6', ...(job.pack ? [job.pack] : []), ...(isZero(job.remaining) ? [] : [job.remaining])];
    return {
      job,
      machine: this.status,
      packs,
      scrap_reasons: scrapReasons(this.locale),
      rework_reasons: reworkReasons(this.locale),
      down_reasons: downReasons(this.locale),
      start_refused: job.blocked,
      finish_refused:
        job.check?.due === 'late' ? { code: 'inspection_missing', params: { name: job.check.name } } : null,
      bookings: this.bookings.filter((it) => it.operation === operation),
    };
  }
  async start(operation: number) {
    const found = this.orders.find((it) => it.operation === operation);
    if (found?.blocked) return refuse(found.blocked.code, found.blocked.params);
    for (const it of this.orders) if (it.state === 'running') it.state = 'paused';
    if (found) found.state = 'running';
    this.keep('production_log', {
      event: 'START',
      order: found?.order ?? '',
      operation: String(found?.operation_number),
    });
    this.say(
      'good',
      'order_started',
      { order: found?.order ?? '', operation: String(found?.operation_number) },
      null,
      'touch',
    );
  }
  async pause(operation: number, reason: number | null) {
    const found = this.orders.find((it) => it.operation === operation);
    if (found) found.state = 'paused';
    const label = downReasons(this.locale).find((it) => it.id === reason)?.label ?? '';
    this.say('note', 'order_paused', { order: found?.order ?? '', reason: label }, null, 'touch');
  }
  async finish(operation: number) {
    const found = this.orders.find((it) => it.operation === operation);
    if (found) found.state = 'finished';
    this.say('good', 'order_finished', { order: found?.order ?? '' }, null, 'touch');
  }
  async book(operation: number, pad: PadInput) {
    const found = this.orders.find((it) => it.operation === operation);
    if (!found) return;
    if (Number(pad.good) >= 150 && !pad.large_confirmed) return refuse('large_unconfirmed', { good: pad.good });
    const sum = (list: PadInput['scrap']) => list.reduce((all, it) => add(all, it.quantity), '0');
    const made = { good: pad.good, scrap: sum(pad.scrap), rework: sum(pad.rework) };
    if (isZero(made.good) && isZero(made.scrap) && isZero(made.rework)) return refuse('pad_empty');
    this.#count(found, made, add);
    const booking = uid(100 + this.bookings.length);
    this.bookings.unshift({
      booking,
      at: this.at(),
      by: this.frameNow.person?.name ?? '',
      ...made,
      undone: false,
      operation,
      pad,
    });
    this.frameNow.undo = {
      booking,
      order: found.order,
      ...made,
      until: new Date(Date.parse(this.at()) + 60_000).toISOString(),
    };
    this.keep('production_log', {
      event: 'OUTPUT',
      order: found.order,
      operation: String(found.operation_number),
      ...made,
    });
    this.say(
      'good',
      isZero(made.scrap) && isZero(made.rework) ? 'good_booked' : 'booked',
      { ...made, order: found.order },
      null,
      'touch',
    );
  }
  async undo(booking: string) {
    const found = this.bookings.find((it) => it.booking === booking);
    const job = this.orders.find((it) => it.operation === found?.operation);
    if (!found || !job) return refuse('nothing_to_undo');
    found.undone = true;
    this.#count(job, found, subtract);
    this.frameNow.undo = null;
    this.say(
      'note',
      'booking_undone',
      { good: found.good, scrap: found.scrap, rework: found.rework, order: job.order },
      null,
      'touch',
    );
  }

  // --- machine
  async machineDown(_machine: number, reason: number | null) {
    const label = downReasons(this.locale).find((it) => it.id === reason)?.label ?? null;
    this.#machine('DOWN', label);
    this.say('note', 'machine_down', { name: 'Milling 3', reason: label ?? '' }, null, 'touch');
  }
  async machineUp() {
    this.#machine('RUNNING', null);
    this.say('good', 'machine_up', { name: 'Milling 3' }, null, 'touch');
  }
  async machineSetup() {
    this.#machine('SETUP', null);
    this.say('note', 'machine_setup', { name: 'Milling 3' }, null, 'touch');
  }
  async explainStop(stop: string, reason: number) {
    const label = downReasons(this.locale).find((it) => it.id === reason)?.label ?? '';
    this.stops = this.stops.filter((it) => it.uid !== stop);
    this.say('good', 'stop_explained', { reason: label }, null, 'touch');
  }

  // --- quality, handover, records
  inspection = async (operation: number): Promise<InspectionView> => this.inspecting.view(operation);
  takeReading = (input: ReadingInput) => this.inspecting.take(input);
  clearReading = (_draft: string, characteristic: number, sampleNo: number) =>
    this.inspecting.clear(characteristic, sampleNo);
  recordInspection = (): Promise<Recorded> => this.inspecting.record();
  ncr = async (): Promise<NcrView> => this.inspecting.ncr();
  async completeNcr(input: NcrInput) {
    this.ncrOpen = false;
    this.ncrDone = true;
    this.keep('ncr_detail', { order: 'WO-24817' });
    this.say('good', 'ncr_completed', { severity: input.severity }, null, 'touch');
  }
  handover = async (): Promise<HandoverView> => this.handing.view();
  async writeNotes(text: string) {
    this.handing.write(text);
  }
  submitHandover = () => this.handing.submit();
  acknowledgeItem = async (_handover: string, item: string) => this.handing.acknowledge(item);
  async records(filter: RecordFilter): Promise<RecordsView> {
    const sync = this.frameNow.sync;
    const wanted = this.recordsKept.filter(
      (it) => filter === 'all' || (filter === 'unsent' ? !it.at_plant : it.problem),
    );
    const offline = sync.link === 'offline';
    return {
      sync,
      filter,
      records: wanted.slice(0, 50),
      before: null,
      next_try_at: offline ? new Date(Date.parse(this.at()) + 95_000).toISOString() : null,
      failures: offline ? 4 : 0,
      last_error: offline ? 'no_network' : null,
    };
  }
  async syncNow() {
    if (this.frameNow.sync.link === 'offline') return refuse('no_network', { server: '' });
    this.frameNow.sync = { ...this.frameNow.sync, at_plant: this.frameNow.sync.on_terminal, unsent: 0 };
    this.recordsKept = this.recordsKept.map((it) => ({ ...it, at_plant: true }));
    this.changed();
  }

  #machine(status: 'DOWN' | 'RUNNING' | 'SETUP', reason: string | null): void {
    if (this.status) this.status = { ...this.status, status, reason, since: this.at() };
    this.keep('machine_status', { status, machine: 'Milling 3', reason: reason ?? '' });
  }
  #count(job: Order, made: { good: string; scrap: string; rework: string }, change: typeof add): void {
    job.good = change(job.good, made.good);
    job.scrap = change(job.scrap, made.scrap);
    job.rework = change(job.rework, made.rework);
    if (this.frameNow.shift)
      this.frameNow.shift = { ...this.frameNow.shift, good: change(this.frameNow.shift.good, made.good) };
  }
  #computed(job: Order): Order {
    const open = subtract(job.planned, job.good);
    const ratio = (part: string) => Math.min(1, Number(part) / Number(job.planned));
    return {
      ...named(job, this.locale),
      remaining: compare(open, '0') > 0 ? open : '0',
      over: compare(open, '0') < 0 ? open.slice(1) : '0',
      good_ratio: ratio(job.good),
      scrap_ratio: ratio(job.scrap),
      done_at: Number(job.good) > 20 && job.state === 'running' ? '2026-06-16T10:41:00Z' : null,
    };
  }
  #drawTimeline(): void {
    const minutes: [number, number, Segment['status'], string | null, boolean][] = [
      [0, 22, 'SETUP', null, false],
      [22, 107, 'RUNNING', null, false],
      [107, 116, 'DOWN', 'Tool change', false],
      [116, 232, 'RUNNING', null, false],
      [232, 237, 'DOWN', null, true],
      [237, 245, null, null, false],
      [245, 307, 'RUNNING', null, false],
    ];
    const from = Date.parse('2026-06-16T04:00:00Z');
    const iso = (minute: number) => new Date(from + minute * 60_000).toISOString();
    this.timeline = minutes.map(([a, b, status, reason, unexplained]) => ({
      from_ratio: a / 480,
      to_ratio: b / 480,
      status,
      reason,
      unexplained,
      from: iso(a),
      to: iso(b),
    }));
  }
}
