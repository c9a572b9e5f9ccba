/** English words for everything the station says by code. */
import type { Fill, Said, Speak } from './fill';

const order = (f: Fill) => `Order ${f.text('order')}${f.maybe('operation', (it) => `, op ${it}`)}`.trim();
const machine = (f: Fill) => f.text('name') || f.text('machine') || 'Machine';
const expected = (f: Fill) => f.maybe('expected', (it) => ` Expected: ${it}.`);
const made = (f: Fill) =>
  [
    f.count('good') !== 0 || !(f.count('scrap') || f.count('rework')) ? `${f.amount('good')} good` : '',
    f.count('scrap') ? `${f.amount('scrap')} scrap` : '',
    f.count('rework') ? `${f.amount('rework')} rework` : '',
  ]
    .filter(Boolean)
    .join(', ');
/** NCR-0442, or NCR while the plant has not given it a number. */
const ncr = (number: string) => (/^ncr/i.test(number) ? number : `NCR ${number}`.trim());
const because = (f: Fill) => f.maybe('reason', (it) => `: ${it}`);

/** Said by an echo and by a refused button alike. */
const shared = {
  already_signed_in: (f) => ({ bold: f.text('name', 'You'), rest: 'already signed in here' }),
  wrong_pin: (f) => ({
    bold: 'Wrong PIN',
    rest: f.has('left') ? `${f.text('left')} ${f.count('left') === 1 ? 'try' : 'tries'} left` : '',
    todo: 'Type it again, or scan another badge.',
  }),
  locked_out: (f) => ({
    bold: 'Too many wrong PINs',
    rest: f.maybe('until', () => `locked until ${f.time('until')}`),
    todo: 'Wait, or ask your shift lead. Another badge works at once.',
  }),
  unknown_badge: () => ({
    bold: 'This badge is not known here',
    todo: 'Scan it again or use another badge. A new badge arrives with the next sync.',
  }),
  no_access: (f) => ({
    bold: f.text('name') || 'No access',
    rest: 'may not do this here',
    todo: 'Ask your shift lead to do it, or to grant the right.',
  }),
  not_enrolled: () => ({
    bold: 'This station is not set up yet',
    todo: 'Scan the enrolment code from the office first.',
  }),
  not_signed_in: () => ({ bold: 'Nobody is signed in', todo: 'Scan your badge first, then this code again.' }),
  not_a_lead: () => ({ bold: 'Only a shift lead can do this', todo: 'Let a shift lead scan their badge.' }),
  not_an_inspector: () => ({ bold: 'Only an inspector can do this', todo: 'Let an inspector scan their badge.' }),
  same_person: () => ({
    bold: 'You handed this shift over yourself',
    todo: 'The incoming lead takes it over with their own badge.',
  }),
  order_blocked: (f) => ({
    bold: order(f),
    rest: `cannot start now${because(f)}`,
    todo: 'See the order for what it waits for.',
  }),
  predecessor_open: (f) => ({
    bold: `The step before is not finished${f.maybe('expected', (it) => `: ${it}`)}`,
    todo: 'Report or finish that step first, or pick another order.',
  }),
  predecessor_short: (f) => ({
    bold: `The step before has not made enough${f.maybe('expected', (it) => `: ${it}`)}`,
    rest: f.has('needed') ? `${f.amount('good')} of ${f.amount('needed')} good` : '',
    todo: 'Wait for more of it, or pick another order.',
  }),
  order_planned: (f) => ({ bold: order(f), rest: 'is not released yet', todo: 'Ask planning to release it.' }),
  order_closed: (f) => ({ bold: order(f), rest: 'is closed', todo: 'Check the traveller: it may be an old one.' }),
  other_work_center: (f) => ({
    bold: order(f),
    rest: `belongs to ${f.text('expected') || f.text('work_center') || 'another work center'}`,
    todo: 'Take it there, or scan an order of this station.',
  }),
  machine_elsewhere: (f) => ({
    bold: machine(f),
    rest: 'is not at this station',
    todo: `Scan the machine that stands here.${expected(f)}`,
  }),
  no_job_here: () => ({ bold: 'No job is running here', todo: 'Scan an order to start it.' }),
  not_running: (f) => ({ bold: order(f), rest: 'is not running', todo: 'Start it first.' }),
  already_running: (f) => ({ bold: order(f), rest: 'is already running' }),
  machine_is_down: () => ({ bold: 'The machine is down', todo: 'Say that it runs again, then start the job.' }),
  inspection_missing: (f) => ({
    bold: 'A check is still missing',
    rest: f.text('name') || f.text('point'),
    todo: 'Record the check, then finish the job.',
  }),
  items_unread: (f) => ({
    bold: `${f.text('count') || f.text('left') || 'Some'} red ${f.count('count') === 1 ? 'item' : 'items'} not read yet`,
    todo: 'Read each red item, then scan the badge again.',
  }),
  undo_too_late: () => ({ bold: 'Too late to undo', todo: 'A shift lead can correct it. Nothing was changed.' }),
  nothing_to_undo: () => ({ bold: 'There is nothing to undo' }),
  number_refused: (f) => ({
    bold: f.text('value') ? `${f.text('value')} cannot be taken` : 'This number cannot be taken',
    rest: f.maybe('decimals', (it) => `at most ${it} decimal places`),
    todo: 'Correct the number and save again.',
  }),
  pad_empty: () => ({ bold: 'Nothing to save yet', todo: 'Enter good, scrap or rework first.' }),
  large_unconfirmed: (f) => ({
    bold: f.has('good') ? `${f.amount('good')} good is a lot` : 'That is a lot at once',
    todo: 'Hold Save to confirm it.',
  }),
  reading_missing: (f) => ({
    bold: 'A reading is missing',
    rest: f.text('characteristic') || f.text('name'),
    todo: 'Take the empty readings, then record the check.',
  }),
  inspection_too_large: (f) => ({
    bold: 'This check has too many readings for one record',
    rest: f.maybe('readings', () => `${f.amount('readings')} readings, at most ${f.amount('max')}`),
    todo: 'Ask quality planning to split the checkpoint or to take a smaller sample.',
  }),
  event_too_large: () => ({
    bold: 'This is too much for one record',
    todo: 'Shorten the notes and try again.',
  }),
  storage_full: () => ({
    bold: 'This terminal is full',
    rest: 'nothing new can be saved',
    todo: 'What is stored is safe. Connect it to the plant so that records can leave, or call IT.',
  }),
  timeout: (f) => ({
    bold: 'The plant did not answer in time',
    rest: f.text('server'),
    todo: 'Try again. If it stays, check the network and the server address.',
  }),
  malformed_answer: (f) => ({
    bold: 'What answered is not a Takt server',
    rest: f.text('server'),
    todo: 'Check the server address.',
  }),
  server_address: (f) => ({
    bold: 'This server address cannot be used',
    rest: f.text('server'),
    todo: 'It looks like https://takt.plant.example. Plain http works on this machine only.',
  }),
  already_enrolled: () => ({ bold: 'This terminal is enrolled already', todo: 'It needs no further code.' }),
  handover_exists: () => ({
    bold: 'This shift has been handed over already',
    rest: 'and there is nothing new to add',
    todo: 'Write what is to be added, or let the next lead take it over.',
  }),
  machine_state: (f) => ({
    bold: f.text('machine')
      ? `${f.text('machine')} cannot change to that now`
      : 'The machine cannot change to that now',
    todo: 'Bring it up first, or end what it does.',
  }),
  picture_too_large: (f) => ({
    bold: 'The picture file is too large',
    rest: `${f.amount('size')} MB`,
    todo: `At most ${f.amount('limit')} MB are taken. Take a smaller picture.`,
  }),
  no_network: (f) => ({
    bold: 'No connection to the plant',
    rest: f.text('server'),
    todo: 'Check the network cable or Wi-Fi and the server address, then try again.',
  }),
  enrol_code_unknown: () => ({
    bold: 'This code is not known',
    todo: 'Check each character, or ask for a new code in the office.',
  }),
  enrol_code_used: () => ({
    bold: 'This code was already used',
    todo: 'Each code enrols one station. Ask for a new one.',
  }),
  enrol_code_expired: () => ({ bold: 'This code has expired', todo: 'A code lasts 15 minutes. Ask for a new one.' }),
  server_refused: (f) => ({
    bold: 'The plant refused this station',
    rest: f.text('detail'),
    todo: 'Ask IT to check the station.',
  }),
  no_shift: () => ({ bold: 'No shift is planned now', todo: 'There is nothing to hand over.' }),
  not_started: (f) => ({ bold: order(f), rest: 'has not been started', todo: 'Start it first.' }),
  already_completed: (f) => ({ bold: order(f), rest: 'is already finished' }),
  order_not_released: (f) => ({ bold: order(f), rest: 'is not released yet', todo: 'Ask planning to release it.' }),
  order_completed: (f) => ({ bold: order(f), rest: 'is closed', todo: 'Check the traveller: it may be an old one.' }),
  order_cancelled: (f) => ({ bold: order(f), rest: 'was cancelled', todo: 'Put the parts aside and ask planning.' }),
  operation_skipped: (f) => ({ bold: order(f), rest: 'leaves this step out', todo: 'Take it to its next step.' }),
  predecessor_not_finished: () => ({
    bold: 'The step before is not finished',
    todo: 'Report or finish that step first, or pick another order.',
  }),
  not_found: () => ({ bold: 'It is no longer here', todo: 'Go back and pick again.' }),
  internal: () => ({
    bold: 'Something went wrong in this terminal',
    rest: 'nothing you saved is lost',
    todo: 'Try once more. If it stays, call IT: the log has the details.',
  }),
} satisfies Record<string, Speak>;

const echoWords = {
  ...shared,
  signed_in: (f) => ({ bold: f.text('name'), rest: 'signed in' }),
  signed_out: (f) => ({ bold: f.text('name') || 'Station', rest: f.has('name') ? 'signed out' : 'locked' }),
  pin_wanted: (f) => ({ bold: f.text('name'), rest: 'please enter your PIN' }),
  order_started: (f) => ({ bold: order(f), rest: 'understood, job started' }),
  order_resumed: (f) => ({ bold: order(f), rest: 'understood, job goes on' }),
  order_opened: (f) => ({ bold: order(f), rest: 'opened' }),
  order_finished: (f) => ({ bold: order(f), rest: 'finished' }),
  order_paused: (f) => ({ bold: order(f), rest: `paused${because(f)}` }),
  good_booked: (f) => ({ bold: `${f.amount('good')} good`, rest: 'saved on this terminal' }),
  booked: (f) => ({ bold: made(f), rest: 'saved on this terminal' }),
  booking_undone: (f) => ({ bold: made(f), rest: 'taken back by a counter-entry' }),
  machine_down: (f) => ({
    bold: machine(f),
    rest: `is down${f.maybe('reason', (it) => `: ${it}`) || ', reason still open'}`,
  }),
  machine_up: (f) => ({ bold: machine(f), rest: 'runs again' }),
  machine_setup: (f) => ({ bold: machine(f), rest: 'is being set up' }),
  machine_here: (f) => ({ bold: machine(f), rest: 'is this station’s machine' }),
  unknown_code: (f) => ({
    bold: 'This code is not known here',
    todo: `Check that it is a label of this plant.${expected(f)}`,
  }),
  foreign_label: (f) => ({
    bold: 'This label belongs to another company',
    todo: `Nothing was changed. Find the plant’s own label.${expected(f)}`,
  }),
  damaged_label: () => ({
    bold: 'The label was read, but not whole',
    todo: 'Scan it again. If it stays, have it printed anew.',
  }),
  damaged_badge: () => ({ bold: 'The badge was not read whole', todo: 'Scan it again, or ask for a new badge.' }),
  damaged_enrolment: () => ({
    bold: 'The enrolment code was not read whole',
    todo: 'Scan it again, or type the code.',
  }),
  control_character: () => ({
    bold: 'The code holds characters no label has',
    todo: 'Scan again. If it stays, check the scanner’s settings.',
  }),
  empty: () => ({ bold: 'The code was empty', todo: 'Scan it again.' }),
  too_long: (f) => ({
    bold: 'The code is too long',
    rest: f.maybe('length', () => `${f.amount('length')} characters`),
    todo: 'At most 2,000 characters are taken. Scan the short label.',
  }),
  ambiguous_code: () => ({
    bold: 'This code names more than one thing here',
    todo: 'Scan the printed label instead of typing the number.',
  }),
  enrolling: (f) => ({ bold: 'Enrolment code', rest: `understood, asking ${f.text('server') || 'the plant'}` }),
  reading_taken: (f) => ({ bold: `${f.text('name')} ${f.text('value')}`, rest: `taken as sample ${f.text('sample')}` }),
  unreadable_image: () => ({ bold: 'The picture cannot be opened', todo: 'Use a PNG or JPEG picture.' }),
  no_code_in_image: () => ({
    bold: 'No code found in the picture',
    todo: 'Take it closer, straight and without glare.',
  }),
  inspection_recorded: (f) => ({ bold: f.text('name') || 'Check', rest: 'passed, saved on this terminal' }),
  inspection_failed: (f) => ({
    bold: f.text('name') || 'Check',
    rest: 'failed, NCR raised',
    todo: 'Complete the NCR.',
  }),
  codes_left_out: (f: Fill) => ({
    bold: `${f.text('left') || 'Some'} more codes in the picture`,
    rest: 'were not read',
    todo: 'Show them one at a time.',
  }),
  inspection_opened: (f) => ({ bold: f.text('name') || 'Check', rest: 'opened' }),
  ncr_completed: (f) => ({ bold: ncr(f.text('number')), rest: 'completed, saved on this terminal' }),
  stop_explained: (f) => ({ bold: 'Stop explained', rest: f.text('reason') }),
  lot_seen: (f) => ({ bold: `Lot ${f.text('lot')}`.trim(), rest: f.text('material') || 'read' }),
  serial_seen: (f) => ({ bold: `Serial ${f.text('serial')}`.trim(), rest: f.text('material') || 'read' }),
  repeated_scan: (f) => ({ bold: 'The same code again', rest: f.text('order') ? order(f) : 'nothing was done twice' }),
  handover_opened: () => ({ bold: 'Shift handover', rest: 'opened' }),
  handover_added: (f) => ({ bold: f.text('shift') || 'Shift', rest: 'addendum added to its handover' }),
  handover_submitted: (f) => ({ bold: f.text('shift') || 'Shift', rest: 'handed over, waits to be taken' }),
  handover_acknowledged: (f) => ({
    bold: f.text('shift') || 'Shift',
    rest: `taken over${f.maybe('name', (it) => ` by ${it}`)}`,
  }),
  records_opened: () => ({ bold: 'Records', rest: 'opened' }),
  enrolled: (f) => ({ bold: f.text('place') || 'This station', rest: 'is enrolled' }),
  command_unknown: (f) => ({
    bold: 'This command card is not known',
    rest: f.text('verb'),
    todo: 'Use a card of this plant.',
  }),
  unknown_command: (f) => ({
    bold: 'This command card is not known',
    rest: f.text('verb'),
    todo: 'Use a card of this plant.',
  }),
  command_argument: (f) => ({
    bold: 'The number on the card cannot be taken',
    rest: f.text('argument'),
    todo: 'Have the card printed anew.',
  }),
  keyboard_layout: (f) => ({
    bold: 'The scanner speaks another keyboard',
    rest: f.text('layout'),
    todo: 'Set scanner and terminal to the same keyboard layout.',
  }),
} satisfies Record<string, Speak>;

const errorWords = {
  ...shared,
  unknown_code: echoWords.unknown_code,
  too_long: echoWords.too_long,
  unreadable_image: echoWords.unreadable_image,
  no_code_in_image: echoWords.no_code_in_image,
} satisfies Record<string, Speak>;

export const otherEcho = (code: string): Said => ({ bold: 'Understood', rest: code });
export const otherError = (code: string): Said => ({
  bold: 'This was refused',
  rest: code,
  todo: 'Nothing was changed. Call your shift lead if you need it.',
});

const problemWords = {
  unknown_reference: () => ({
    bold: 'It names something the plant does not know',
    todo: 'The office repairs it; nothing is lost. Later entries of the same job wait.',
  }),
  forbidden: () => ({
    bold: 'The person had no right to this',
    todo: 'A shift lead decides in the office whether it counts.',
  }),
  schema: () => ({ bold: 'The plant could not read it', todo: 'Tell IT: terminal and server may differ in version.' }),
  malformed: () => ({
    bold: 'The plant could not read it',
    todo: 'Tell IT: terminal and server may differ in version.',
  }),
  unknown_kind: () => ({
    bold: 'The plant does not know this kind of entry',
    todo: 'Tell IT: terminal and server may differ in version.',
  }),
  newer_version: () => ({
    bold: 'This terminal is newer than the plant’s server',
    todo: 'It goes through once IT has updated the server.',
  }),
  clock_skew: () => ({
    bold: 'The clock of this terminal cannot be believed',
    todo: 'Set aside until the office knows when it was. Tell IT to check the clock.',
  }),
  clock_clamped: () => ({
    bold: 'The clock of this terminal was ahead',
    todo: 'It was booked with the plant’s time. Tell IT to check the clock.',
  }),
  actor_missing: () => ({
    bold: 'It does not say who did it',
    todo: 'A shift lead decides in the office whether it counts.',
  }),
  actor_inactive: () => ({ bold: 'The person may no longer do this here', todo: 'It was kept. Tell your shift lead.' }),
  already_decided: () => ({
    bold: 'The office had decided on this NCR already',
    todo: 'Your words are kept. Tell quality what you had found.',
  }),
  constraint: () => ({
    bold: 'The plant’s rules do not allow it',
    todo: 'The office looks at it; nothing is lost. Later entries of the same job wait.',
  }),
  internal: () => ({ bold: 'The server failed on it', todo: 'Tell IT. It is kept and goes through once repaired.' }),
  too_old: () => ({
    bold: 'Its number was used up before',
    todo: 'Tell IT: this terminal’s disk may have been set back. The entry is kept.',
  }),
  not_arrived: () => ({
    bold: 'Waits for an entry it belongs to',
    todo: 'It goes through by itself once that one has arrived.',
  }),
  stream_held: () => ({
    bold: 'Waits for an earlier entry of the same job',
    todo: 'It goes through by itself once that one is repaired.',
  }),
  forked: () => ({
    bold: 'This terminal’s disk looks copied or set back',
    todo: 'Call IT. Records stay here until it is settled.',
  }),
  on_closed_order: () => ({ bold: 'The order was already closed', todo: 'It was kept. Tell planning.' }),
  held: () => ({
    bold: 'Waits for an earlier entry of the same job',
    todo: 'It goes through by itself once that one is repaired.',
  }),
  fork: () => ({
    bold: 'This terminal’s disk looks copied or set back',
    todo: 'Call IT. Records stay here until it is settled.',
  }),
  rejected: () => ({ bold: 'The plant did not take it', todo: 'It is kept. The office decides what happens to it.' }),
  quarantined: () => ({ bold: 'Set aside at the plant', todo: 'The office looks at it; nothing is lost.' }),
} satisfies Record<string, Speak>;

const recordWords = {
  production_log: (f) => ({ bold: productionWords(f), rest: order(f) }),
  machine_status: (f) => ({ bold: `${f.text('machine', 'Machine')}: ${statusWord(f)}`, rest: f.text('reason') }),
  stop_explanation: (f) => ({ bold: 'Stop explained', rest: f.text('reason') || f.text('machine') }),
  inspection: (f) => ({
    bold: `Check ${resultWord(f)}`.trim(),
    rest: [f.text('name'), f.has('order') ? order(f) : ''].filter(Boolean).join(', '),
  }),
  ncr: (f) => ({ bold: ncr(f.text('number')), rest: f.has('order') ? order(f) : '' }),
  ncr_detail: (f) => ({
    bold: `${ncr(f.text('number'))} completed`,
    rest: f.has('order') ? order(f) : '',
  }),
  handover: (f) => ({ bold: 'Shift handed over', rest: f.text('shift') }),
  handover_acknowledgement: (f) => ({ bold: 'Shift taken over', rest: f.text('shift') }),
  scan: (f) => ({ bold: 'Code read', rest: f.text('value') || f.text('code') }),
  sign_in: (f) => ({ bold: signInWord(f), rest: f.text('name') }),
} satisfies Record<string, Speak>;

function productionWords(f: Fill): string {
  const event = f.text('event') || f.text('event_type');
  const words: { [key in string]?: string } = {
    START: 'Job started',
    PAUSE: 'Job paused',
    RESUME: 'Job goes on',
    COMPLETE: 'Job finished',
  };
  const word = words[event.toUpperCase()];
  if (word) return word;
  return event.toUpperCase() === 'CORRECTION' ? `${made(f)} (counter-entry)` : made(f);
}

function statusWord(f: Fill): string {
  const words: { [key in string]?: string } = {
    AVAILABLE: 'free',
    RUNNING: 'running',
    IDLE: 'idle',
    SETUP: 'setting up',
    DOWN: 'down',
    MAINTENANCE: 'maintenance',
    DECOMMISSIONED: 'out of use',
  };
  return words[f.text('status').toUpperCase()] ?? f.text('status');
}

function resultWord(f: Fill): string {
  const words: { [key in string]?: string } = { PASS: 'passed', FAIL: 'failed', CONDITIONAL: 'passed with conditions' };
  return words[f.text('result').toUpperCase()] ?? '';
}

function signInWord(f: Fill): string {
  const words: { [key in string]?: string } = {
    LOGIN: 'Signed in',
    LOGOUT: 'Signed out',
    LOGIN_FAILED: 'Sign-in refused',
    LOCKED_OUT: 'Locked out',
  };
  return words[f.text('action').toUpperCase()] ?? 'Signed in';
}

const itemWords = {
  open_ncr: (f) =>
    f.has('more')
      ? { bold: `and ${f.amount('more')} more open ${f.count('more') === 1 ? 'NCR' : 'NCRs'}` }
      : {
          bold: `${ncr(f.text('reference'))} is open`,
          rest: f.maybe('quantity', () => `${f.amount('quantity')} pcs, decision open`),
        },
  unexplained_stops: (f) => ({
    bold: f.count('count') === 1 ? '1 stop without a reason' : `${f.amount('count')} stops without a reason`,
    rest: f.maybe('minutes', () => `${f.amount('minutes')} min in all`),
  }),
  machine_down: (f) => ({
    bold: `${f.text('reference') || 'The machine'} is down`,
    rest: f.text('reason') || f.maybe('minutes', () => `for ${f.amount('minutes')} min`),
  }),
  check_due: (f) => ({
    bold: `Check due${f.maybe('reference', (it) => `: ${it}`)}`,
    rest: f.maybe('units', () => (f.count('units') > 0 ? `${f.amount('units')} pcs late` : 'due now')),
  }),
  unsynced: (f) => ({
    bold: `${f.amount('count')} ${f.count('count') === 1 ? 'record' : 'records'} not yet at the plant`,
    rest: 'Safe on this terminal',
  }),
  open_job: (f) => ({
    bold: `Order ${f.text('reference')} is open`.replace('  ', ' '),
    rest: f.maybe('remaining', () => `${f.amount('remaining')} remaining`),
  }),
  safety: (f) => ({ bold: 'Safety', rest: f.text('reference') }),
  note: (f) => ({ bold: 'Note carried over', rest: f.text('reference') }),
} satisfies Record<string, Speak>;

/** One sentence for each code; a code without one falls back to `otherEcho` and `otherError`. */
type Spoken<T> = { [code in keyof T]: Speak };
export const echo: Spoken<typeof echoWords> = echoWords;
export const error: Spoken<typeof errorWords> = errorWords;
export const problem: Spoken<typeof problemWords> = problemWords;
export const record: Spoken<typeof recordWords> = recordWords;
export const item: Spoken<typeof itemWords> = itemWords;
