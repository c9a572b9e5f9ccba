/** Every state worth looking at, by name: `?scene=<name>`. The screen is opened by the browser test. */
import type { RecordView } from '../bindings';
import { uid, type Station } from './station';

type Scene = (station: Station) => void;

const due = (station: Station, how: string, amount: string | null) => {
  const job = station.orders[0];
  if (job) job.check = { point: 1, name: 'In-process check', due: how, amount, draft: false };
};
const stop = (station: Station) => {
  station.stops = [
    { uid: uid(800), machine: 7, from: '2026-06-16T07:52:00Z', to: '2026-06-16T07:57:00Z', seconds: 300, reason: null },
    { uid: uid(801), machine: 7, from: '2026-06-16T08:30:00Z', to: '2026-06-16T08:36:00Z', seconds: 360, reason: null },
  ];
};
const locked = (station: Station) => {
  station.as(null).phase = { at: 'locked', pin: null, failed: null };
};
const records = (station: Station) => {
  const add = (n: number, kind: string, params: { [key in string]: string }, more: Partial<RecordView> = {}) =>
    station.recordsKept.push({
      event: uid(n),
      kind,
      params,
      by: 'Amélie Moreau',
      at: `2026-06-16T09:0${Math.max(0, 7 - n)}:12Z`,
      on_terminal: true,
      at_plant: true,
      in_erp: null,
      problem: null,
      ...more,
    });
  add(1, 'production_log', {
    event: 'OUTPUT',
    good: '24',
    scrap: '2',
    rework: '0',
    order: 'WO-24817',
    operation: '30',
  });
  add(2, 'machine_status', { status: 'DOWN', machine: 'Milling 3', reason: 'Tool change' });
  add(3, 'inspection', { result: 'FAIL', name: 'In-process check', order: 'WO-24817' });
  add(4, 'ncr', { order: 'WO-24817' });
  add(5, 'scan', { value: 'WO:WO-24817*K7' });
  add(6, 'sign_in', { action: 'LOGIN', name: 'Amélie Moreau' });
  add(7, 'handover', { shift: 'Early' });
};
const offline = (station: Station) => {
  station.frameNow.sync = {
    ...station.frameNow.sync,
    link: 'offline',
    at_plant: 121,
    unsent: 7,
    oldest_unsent_at: '2026-06-16T08:58:00Z',
    last_contact_at: '2026-06-16T08:57:41Z',
  };
  station.recordsKept = station.recordsKept.map((it, n) => ({ ...it, at_plant: n > 2 }));
};

export const scenes: { [name in string]?: Scene } = {
  enrol: (s) => blank(s, false),
  'enrol-busy': (s) => blank(s, true),
  'enrol-expired': (s) => blank(s, false, 'enrol_code_expired'),
  'enrol-no-network': (s) => blank(s, false, 'no_network'),
  'first-sync': (s) => {
    blank(s, false);
    s.phase = { at: 'first_sync', rows: 18_432 };
  },
  locked: locked,
  'locked-unknown': (s) => {
    locked(s);
    s.say('bad', 'unknown_badge', {}, null);
  },
  pin: (s) => pin(s, null),
  'pin-wrong': (s) => pin(s, null, 'wrong_pin'),
  'pin-locked-out': (s) => pin(s, '2026-06-16T09:11:30Z', 'locked_out'),
  home: (s) => {
    due(s, 'in_units', '9');
    stop(s);
    s.say('good', 'order_started', { order: 'WO-24817', operation: '30' }, 'WO:WO-24817*K7');
  },
  'home-busy': (s) => {
    due(s, 'late', '14');
    stop(s);
    s.handing.stage = 'submitted';
    s.ncrOpen = true;
    s.frameNow.sync = { ...s.frameNow.sync, link: 'busy', at_plant: 119, unsent: 9 };
    if (s.orders[0]) Object.assign(s.orders[0], { good: '11316', planned: '12480', rework: '12' });
  },
  'home-empty': (s) => {
    s.orders = [];
    s.timeline = [];
    s.status = null;
    if (s.frameNow.shift) s.frameNow.shift = null;
  },
  'home-empty-queue': (s) => {
    s.orders = s.orders.slice(1);
  },
  'home-down': (s) => {
    due(s, 'now', null);
    s.status = { id: 7, code: 'ML-03', name: 'Milling 3', status: 'DOWN', since: '2026-06-16T08:52:00Z', reason: null };
  },
  'home-paused': (s) => {
    if (s.orders[0]) s.orders[0].state = 'paused';
    s.status = {
      id: 7,
      code: 'ML-03',
      name: 'Milling 3',
      status: 'SETUP',
      since: '2026-06-16T08:52:00Z',
      reason: null,
    };
  },
  'home-over': (s) => {
    if (s.orders[0]) s.orders[0].good = '492';
  },
  'home-offline': (s) => {
    due(s, 'in_minutes', '12');
    offline(s);
  },
  'home-refused': (s) => {
    s.frameNow.sync = { ...s.frameNow.sync, link: 'refused', at_plant: 90, unsent: 38, problems: 2 };
    s.say('bad', 'foreign_label', { expected: 'WO-24817 op 30' }, 'WO:77120-0010*QX');
  },
  report: (s) => {
    due(s, 'in_units', '9');
    void s.book(30, { good: '24', scrap: [{ reason: 100, quantity: '2' }], rework: [], large_confirmed: false });
  },
  'report-blocked': (s) => void s.say('note', 'order_opened', { order: 'WO-24818', operation: '30' }, 'WO:WO-24818*K7'),
  'inspection-empty': (s) => void s.as('inspector'),
  inspection: (s) => {
    s.as('inspector').inspecting.fill(4, false);
  },
  'inspection-signal': (s) => {
    s.as('inspector').inspecting.fill(5, true);
  },
  'inspection-attribute': (s) => {
    s.as('inspector').inspecting.fill(16, false);
  },
  'inspection-pass': (s) => {
    s.as('inspector').inspecting.fill(25, false);
  },
  'inspection-fail': (s) => {
    s.as('inspector').inspecting.fill(25, true);
  },
  'inspection-not-inspector': (s) => {
    s.inspecting.mayRecord = false;
    s.inspecting.fill(25, false);
  },
  ncr: (s) => void (s.as('inspector').ncrOpen = true),
  handover: (s) => {
    s.as('lead');
    stop(s);
    s.handing.notes =
      'Insert change on Milling 3 at 10:45 after bore trend. First three parts measured, fine. Second box of blanks from L-0931 is blocked, use L-0934.';
  },
  'handover-take': (s) => {
    s.as('next').handing.stage = 'submitted';
    s.handing.notes = 'Insert change on Milling 3 at 10:45 after bore trend.';
    s.handing.read.add(uid(701));
  },
  'handover-ready': (s) => {
    s.as('next').handing.stage = 'submitted';
    for (const n of [701, 702, 703]) s.handing.read.add(uid(n));
  },
  'handover-taken': (s) => {
    s.as('next').handing.stage = 'acknowledged';
    for (const n of [701, 702, 703]) s.handing.read.add(uid(n));
  },
  'handover-added': (s) => {
    s.as('lead').handing.stage = 'submitted';
    s.handing.notes = 'Insert change on Milling 3 at 10:45 after bore trend.';
    s.handing.added = [{ by: 'Robert Braun', at: '2026-06-16T09:20:00Z' }];
    s.handing.comeUp();
  },
  'handover-empty': (s) => {
    s.as('operator').handing.empty = true;
    s.handing.oee = { oee: null, availability: null, effectiveness: null, quality_ratio: null, reason: 'nothing_made' };
  },
  'handover-none': (s) => void (s.handing.stage = 'none'),
  records: (s) => records(s),
  'records-offline': (s) => {
    records(s);
    offline(s);
  },
  'records-problems': (s) => {
    records(s);
    s.frameNow.sync = {
      ...s.frameNow.sync,
      problems: 2,
      storage: { used: 431_000_000, quota: 512_000_000, ratio: 0.842, level: 'low' },
    };
    const problem = (n: number, verdict: string, code: string) => {
      const record = s.recordsKept[n];
      if (record) s.recordsKept[n] = { ...record, problem: { verdict, code, detail: 'work_order_operations 10442' } };
    };
    problem(0, 'quarantined', 'UNKNOWN_REFERENCE');
    problem(2, 'held', 'HELD');
  },
  'records-empty': () => undefined,
};

function blank(station: Station, busy: boolean, failed?: string): void {
  station.as(null).frameNow.place = null;
  station.frameNow.shift = null;
  station.frameNow.demo = false;
  station.phase = {
    at: 'enrol',
    server: 'https://takt.plant.example',
    busy,
    failed: failed ? { code: failed, params: { server: 'https://takt.plant.example' } } : null,
  };
}

function pin(station: Station, until: string | null, failed?: string): void {
  station.as(null).phase = {
    at: 'locked',
    pin: { name: 'Robert Braun', initials: 'RB', digits_max: 6, locked_until: until },
    failed: failed ? { code: failed, params: { left: '2', until: until ?? '' } } : null,
  };
}
