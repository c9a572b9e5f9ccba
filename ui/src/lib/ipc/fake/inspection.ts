/** The stand-in's check: judges readings, draws a chart, raises an NCR. Its figures are plain floats: it is not the station. */
import type {
  CharacteristicView,
  ChartView,
  InspectionView,
  NcrView,
  ReadingInput,
  ReadingView,
  Recorded,
} from '../bindings';
import { defectTypes, said, type Both } from './plant';
import { refuse, uid, type Station } from './station';

interface Plan {
  id: number;
  name: Both;
  lower: string | null;
  upper: string | null;
  nominal: string | null;
  decimals: number;
  allowed: string[];
  critical: boolean;
}

const PLAN: Plan[] = [
  {
    id: 1,
    name: ['Bore diameter', 'Bohrungsdurchmesser'],
    lower: '24.970',
    upper: '25.030',
    nominal: '25.000',
    decimals: 3,
    allowed: [],
    critical: true,
  },
  {
    id: 2,
    name: ['Hole pitch', 'Lochabstand'],
    lower: '59.90',
    upper: '60.10',
    nominal: '60.00',
    decimals: 2,
    allowed: [],
    critical: false,
  },
  {
    id: 3,
    name: ['Flatness', 'Ebenheit der Auflagefläche'],
    lower: null,
    upper: '0.05',
    nominal: null,
    decimals: 3,
    allowed: [],
    critical: false,
  },
  {
    id: 4,
    name: ['Burr', 'Gratfreiheit'],
    lower: null,
    upper: null,
    nominal: null,
    decimals: 0,
    allowed: ['OK', 'NOK'],
    critical: false,
  },
  {
    id: 5,
    name: ['Surface', 'Oberflächenbeschaffenheit'],
    lower: null,
    upper: null,
    nominal: null,
    decimals: 0,
    allowed: ['OK', 'Scratched', 'Dull', 'Stained'],
    critical: false,
  },
];
const HISTORY = [
  -0.0024, 0.0051, -0.0022, -0.0032, -0.0093, -0.0021, 0.0111, 0.0042, 0.0103, 0.0025, 0.004, 0.0019, -0.0167, 0.0085,
  0.0051, 0.005, -0.0169, 0.035, -0.0089, -0.0047, 0.0031,
];

export class FakeInspection {
  readings = new Map<string, ReadingView>();
  attempt = 1;
  mayRecord = true;

  constructor(private readonly station: Station) {}

  take(input: ReadingInput): Promise<InspectionView> {
    const plan = PLAN.find((it) => it.id === input.characteristic);
    const value = input.value?.replace(',', '.') ?? null;
    if (!plan || (value !== null && Number.isNaN(Number(value))))
      return refuse('number_refused', { value: value ?? '' });
    const outside =
      value !== null &&
      ((plan.lower !== null && Number(value) < Number(plan.lower)) ||
        (plan.upper !== null && Number(value) > Number(plan.upper)));
    const conforming = value !== null ? !outside : input.text === plan.allowed[0];
    this.readings.set(`${input.characteristic}/${input.sample_no}`, { value, text: input.text, conforming });
    return Promise.resolve(this.view(30));
  }
  clear(characteristic: number, sampleNo: number): Promise<InspectionView> {
    this.readings.delete(`${characteristic}/${sampleNo}`);
    return Promise.resolve(this.view(30));
  }
  fill(upTo: number, bad: boolean): void {
    const values: { [id in number]: string[] } = {
      1: ['25.004', '24.998', '25.002', '24.983', bad ? '25.041' : '25.006'],
      2: ['60.01', '59.98', '60.02', '60.00', '60.03'],
      3: ['0.021', '0.018', '0.03', '0.022', '0.019'],
    };
    let taken = 0;
    for (const plan of PLAN) {
      for (let sample = 1; sample <= 5; sample += 1, taken += 1) {
        if (taken >= upTo) return;
        void this.take({
          draft: uid(400),
          characteristic: plan.id,
          sample_no: sample,
          value: values[plan.id]?.[sample - 1] ?? null,
          text: plan.allowed[0] ?? null,
          gauge: null,
        });
      }
    }
  }
  view(operation: number): InspectionView {
    const characteristics = PLAN.map((plan) => this.#characteristic(plan));
    let next: InspectionView['next'] = null;
    for (const it of characteristics) {
      const empty = it.readings.findIndex((reading) => reading === null);
      if (!next && empty >= 0) next = { characteristic: it.id, sample_no: empty + 1 };
    }
    const failed = [1, 2, 3, 4, 5].filter((no) =>
      PLAN.some((plan) => this.readings.get(`${plan.id}/${no}`)?.conforming === false),
    ).length;
    return {
      draft: uid(400),
      job: this.station.order(operation),
      point: 1,
      point_name: this.#say(['In-process check', 'Prüfung während der Fertigung']),
      frequency_type: 'PERIODIC_UNITS',
      frequency_value: 50,
      plan: '4471 rev 6',
      instructions: this.#say([
        'Measure at point B, part clean and dry.',
        'An Punkt B messen, Teil sauber und trocken.',
      ]),
      sample_size: 5,
      attempt_no: this.attempt,
      characteristics,
      next,
      result: failed > 0 ? 'FAIL' : next ? null : 'PASS',
      failed,
      may_record: this.mayRecord,
    };
  }
  record(): Promise<Recorded> {
    const { result, next } = this.view(30);
    if (next) return refuse('reading_missing');
    this.station.ncrOpen = result === 'FAIL';
    this.station.keep('inspection', { result: result ?? 'PASS', name: 'In-process check', order: 'WO-24817' });
    this.station.say(
      result === 'FAIL' ? 'note' : 'good',
      result === 'FAIL' ? 'inspection_failed' : 'inspection_recorded',
      { name: this.view(30).point_name },
      null,
      'touch',
    );
    return Promise.resolve({ result: result ?? 'PASS', ncr: result === 'FAIL' ? uid(500) : null });
  }
  ncr(): NcrView {
    const types = defectTypes(this.station.locale);
    return {
      uid: uid(500),
      number: null,
      operation: 30,
      order: 'WO-24817',
      material_name: this.station.order(30).material_name,
      severity: 'MAJOR',
      defect_type: types[0]?.id ?? 0,
      defect_types: types,
      description: this.#say([
        'Bore diameter outside its limits in 1 of 5 pieces.',
        'Bohrungsdurchmesser bei 1 von 5 Stück außerhalb der Grenzen.',
      ]),
      quantity: '1',
      unit: 'pcs',
      findings: [
        {
          characteristic: this.#say(PLAN[0]?.name ?? ['', '']),
          sample_no: 5,
          read: '25.041',
          lower: '24.97',
          upper: '25.03',
          unit: 'mm',
        },
      ],
      completed: this.station.ncrDone,
      detected_at: '2026-06-16T09:06:30Z',
      detected_by: 'Ines Lindqvist-Hohenstein',
    };
  }

  #say(both: Both): string {
    return said(both, this.station.locale);
  }
  #characteristic(plan: Plan): CharacteristicView {
    const variable = plan.allowed.length === 0;
    return {
      id: plan.id,
      code: `C${plan.id}`,
      name: this.#say(plan.name),
      variable,
      unit: variable ? 'mm' : null,
      decimals: plan.decimals,
      nominal: plan.nominal,
      lower_spec: plan.lower,
      upper_spec: plan.upper,
      method: variable ? 'DIG-07' : null,
      critical: plan.critical,
      allowed: plan.allowed,
      readings: [1, 2, 3, 4, 5].map((no) => this.readings.get(`${plan.id}/${no}`) ?? null),
      chart: variable ? this.#chart(plan) : null,
    };
  }
  #chart(plan: Plan): ChartView {
    const middle = Number(plan.nominal ?? Number(plan.upper) / 2);
    const spread = plan.id === 1 ? 1 : plan.id === 2 ? 3 : 0.4;
    const old = HISTORY.map((it, n) => ({
      value: middle + it * spread,
      at: new Date(Date.parse('2026-06-16T05:00:00Z') + n * 780_000).toISOString(),
      conforming: true,
      signal: n === 17,
      draft: false,
    }));
    const now = [1, 2, 3, 4, 5].flatMap((no) => {
      const reading = this.readings.get(`${plan.id}/${no}`);
      return reading?.value
        ? [
            {
              value: Number(reading.value),
              at: this.station.at(),
              conforming: reading.conforming,
              signal: !reading.conforming,
              draft: true,
            },
          ]
        : [];
    });
    const points = plan.id === 3 && now.length === 0 ? [] : [...(plan.id === 3 ? [] : old), ...now];
    const values = points.map((it) => it.value);
    const mean = values.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
    const sd =
      mean !== null && values.length > 1
        ? Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1))
        : null;
    const controlled = plan.id !== 3;
    return {
      points,
      n: points.length,
      mean,
      sd,
      ucl: controlled ? middle + 0.03 * spread : null,
      lcl: controlled ? middle - 0.03 * spread : null,
      centre: controlled ? middle : null,
      usl: plan.upper === null ? null : Number(plan.upper) + (plan.id === 1 ? 0.012 : 0),
      lsl: plan.lower === null ? null : Number(plan.lower) - (plan.id === 1 ? 0.012 : 0),
      signal: controlled ? { rule: 'beyond_3_sigma', at: '2026-06-16T08:41:00Z' } : null,
    };
  }
}
