/** Names and numbers of the stand-in plant. Words a person reads come in both languages, long ones on purpose. */
import type { Job, QueueItem, ReasonView } from '../bindings';

type Both = readonly [english: string, german: string];
const inLocale = (both: Both, locale: string) => both[locale.startsWith('de') ? 1 : 0];

const SCRAP: (readonly [code: string, ...Both])[] = [
  ['SURFACE', 'Surface', 'Oberflächenbeschädigung'],
  ['DIMENSION', 'Dimension', 'Maßabweichung'],
  ['TOOL_WEAR', 'Tool wear', 'Werkzeugverschleiß'],
  ['SETUP_PIECE', 'Setup piece', 'Einrichtteil'],
  ['MATERIAL', 'Material', 'Materialfehler'],
  ['HANDLING', 'Handling', 'Transportschaden'],
  ['ASSEMBLY', 'Assembly', 'Montagefehler'],
  ['POROSITY', 'Porosity', 'Lunker, Porosität'],
  ['CRACK', 'Crack', 'Riss'],
  ['COATING', 'Coating', 'Beschichtungsfehler'],
  ['UNKNOWN', 'Not known', 'Unbekannt'],
];
const REWORK: (readonly [code: string, ...Both])[] = [
  ['DEBURR', 'Deburr', 'Entgraten'],
  ['RECOAT', 'Recoat', 'Nachbeschichten'],
  ['THREAD', 'Recut thread', 'Gewinde nachschneiden'],
  ['CLEAN', 'Clean', 'Reinigen'],
];
const DOWN: (readonly [code: string, group: Both, ...Both])[] = [
  ['TOOL_BREAK', ['Machine', 'Maschine'], 'Tool break', 'Werkzeugbruch'],
  ['TOOL_CHANGE', ['Machine', 'Maschine'], 'Tool change', 'Werkzeugwechsel'],
  ['COOLANT', ['Machine', 'Maschine'], 'Coolant', 'Kühlschmierstoff'],
  ['HYDRAULICS', ['Machine', 'Maschine'], 'Hydraulics', 'Hydraulikstörung'],
  ['NO_MATERIAL', ['Supply', 'Versorgung'], 'No material', 'Materialmangel'],
  ['NO_CRANE', ['Supply', 'Versorgung'], 'No crane', 'Kran nicht verfügbar'],
  ['MEASURING', ['Quality', 'Qualität'], 'Waiting for measuring', 'Warten auf Messraum'],
  ['BREAK', ['People', 'Personal'], 'Break', 'Pause'],
  ['MEETING', ['People', 'Personal'], 'Meeting', 'Besprechung'],
  ['CLEANING', ['People', 'Personal'], 'Cleaning', 'Reinigung'],
];
const DEFECT: (readonly [code: string, ...Both])[] = [
  ['DIM', 'Out of dimension', 'Maßabweichung'],
  ['SURF', 'Surface damage', 'Oberflächenbeschädigung'],
  ['MAT', 'Wrong material', 'Falscher Werkstoff'],
  ['BURR', 'Burr', 'Grat'],
  ['MISSING', 'Missing feature', 'Merkmal fehlt'],
  ['MARK', 'Wrong marking', 'Falsche Kennzeichnung'],
];

const reason = (id: number, code: string, label: string, group: string | null, used: number): ReasonView => ({
  id,
  code,
  label,
  group,
  used,
});
const plain = (list: typeof SCRAP, first: number, locale: string) =>
  list.map(([code, ...both], n) => reason(first + n, code, inLocale(both, locale), null, Math.max(0, 9 - 2 * n)));

export const scrapReasons = (locale: string) => plain(SCRAP, 100, locale);
export const reworkReasons = (locale: string) => plain(REWORK, 200, locale);
export const defectTypes = (locale: string) => plain(DEFECT, 400, locale);
export const downReasons = (locale: string) =>
  DOWN.map(([code, group, ...both], n) =>
    reason(300 + n, code, inLocale(both, locale), inLocale(group, locale), Math.max(0, 8 - n)),
  );

export interface Order extends Job {
  names: { material: Both; operation: Both };
  blocked: QueueItem['blocked'];
}

function order(
  operation: number,
  number: string,
  step: number,
  names: Order['names'],
  planned: string,
  more: Partial<Order> = {},
): Order {
  return {
    operation,
    order: number,
    operation_number: step,
    operation_name: '',
    material_number: '110-4471',
    material_name: '',
    drawing: null,
    instructions: null,
    state: 'ready',
    unit: 'pcs',
    decimals: 0,
    planned,
    good: '0',
    scrap: '0',
    rework: '0',
    remaining: planned,
    over: '0',
    good_ratio: 0,
    scrap_ratio: 0,
    done_at: null,
    pack: '24',
    check: null,
    due_at: null,
    names,
    blocked: null,
    ...more,
  };
}

export const orders = (): Order[] => [
  order(
    30,
    'WO-24817',
    30,
    {
      material: ['Bracket, left, 4-hole', 'Halterung links, 4 Bohrungen'],
      operation: ['Mill contour', 'Kontur fräsen'],
    },
    '480',
    { good: '316', scrap: '6', state: 'running' },
  ),
  order(31, 'WO-24822', 20, { material: ['Flange 60', 'Flansch 60'], operation: ['Mill face', 'Planfräsen'] }, '120', {
    due_at: '2026-06-16T14:00:00Z',
  }),
  order(
    32,
    'WO-24818',
    30,
    { material: ['Bracket, right', 'Halterung rechts, verstärkt'], operation: ['Mill contour', 'Kontur fräsen'] },
    '480',
    {
      due_at: '2026-06-17T10:00:00Z',
      blocked: { code: 'predecessor_open', params: { expected: '20 Turn' } },
    },
  ),
  order(
    33,
    'WO-24830',
    10,
    { material: ['Housing cover', 'Gehäusedeckel Getriebe'], operation: ['Rough', 'Schruppen'] },
    '60',
    {
      due_at: '2026-06-19T10:00:00Z',
      blocked: { code: 'order_planned', params: { order: 'WO-24830' } },
    },
  ),
  order(
    34,
    'WO-24841',
    40,
    { material: ['Hydraulic valve block', 'Hydraulikventilblock'], operation: ['Drill pattern', 'Bohrbild'] },
    '36',
    { due_at: '2026-06-22T10:00:00Z', pack: null },
  ),
];

export function named(it: Order, locale: string): Order {
  return {
    ...it,
    material_name: inLocale(it.names.material, locale),
    operation_name: inLocale(it.names.operation, locale),
  };
}

export const said = inLocale;
export type { Both };
