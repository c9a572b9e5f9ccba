/** Numbers, times and durations as the reader's language and the plant's zone write them. */
import { parts } from './decimal';

/** The zone's everyday abbreviation ("CET", "MEZ", "CDT"), or its offset where it has none. */
function zoneName(locale: string, zone: string, at: Date): string {
  const name = (tag: string) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value ?? '';
  const own = name(locale);
  return own.startsWith('GMT') || own.startsWith('UTC') ? name('en-US') : own;
}

export class Format {
  readonly decimalSign: string;
  readonly groupSign: string;
  readonly #time: Intl.DateTimeFormat;
  readonly #seconds: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;

  constructor(
    readonly locale: string,
    readonly zone: string,
  ) {
    const signs = new Intl.NumberFormat(locale).formatToParts(12345.6);
    this.decimalSign = signs.find((part) => part.type === 'decimal')?.value ?? '.';
    this.groupSign = signs.find((part) => part.type === 'group')?.value ?? ',';
    const clock = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    this.#time = new Intl.DateTimeFormat(locale, clock);
    this.#seconds = new Intl.DateTimeFormat(locale, { ...clock, second: '2-digit' });
    this.#day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' });
    this.#weekday = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short' });
    const date = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    this.#date = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...date });
  }

  /** An exact decimal with grouping; what is no decimal stays as it is. */
  quantity(text: string): string {
    const number = parts(text);
    if (!number) return text;
    const whole = number.whole.replace(/\B(?=(\d{3})+(?!\d))/g, this.groupSign);
    return `${number.negative ? '−' : ''}${whole}${number.fraction ? this.decimalSign + number.fraction : ''}`;
  }

  /** An exact decimal padded to so many places, ungrouped: readings and limits. */
  measure(text: string, places: number): string {
    const number = parts(text);
    if (!number) return text;
    const fraction = number.fraction.padEnd(places, '0');
    return `${number.negative ? '−' : ''}${number.whole}${fraction ? this.decimalSign + fraction : ''}`;
  }

  /** What is being typed, as typed: a trailing separator stays. */
  typed(text: string): string {
    const [whole = '', fraction] = text.replace('-', '').split('.');
    const sign = text.startsWith('-') ? '−' : '';
    return `${sign}${this.quantity(whole || '0')}${fraction === undefined ? '' : this.decimalSign + fraction}`;
  }

  integer(value: number): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 }).format(value);
  }

  /** A computed figure with so many places. */
  fixed(value: number, places: number): string {
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    return new Intl.NumberFormat(this.locale, digits).format(value);
  }

  /** 0.714 as "71.4", the sign apart so that it can be small. */
  percent(ratio: number, places = 1): string {
    return this.fixed(ratio * 100, places);
  }

  time(at: string | number): string {
    return this.#time.format(new Date(at));
  }

  timeWithSeconds(at: string | number): string {
    return this.#seconds.format(new Date(at));
  }

  hour(at: string | number): string {
    return this.time(at).slice(0, 2);
  }

  zoneName(at: number): string {
    return zoneName(this.locale, this.zone, new Date(at));
  }

  day(at: string | number): string {
    return this.#day.format(new Date(at));
  }

  /** A calendar date without a time, e.g. a business date. */
  date(day: string): string {
    const form = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' } as const;
    return new Intl.DateTimeFormat(this.locale, form).format(new Date(`${day}T12:00:00Z`));
  }

  weekday(at: string | number): string {
    return this.#weekday.format(new Date(at));
  }

  /** Whole calendar days at the plant between two instants. */
  daysBetween(from: number, to: string | number): number {
    return Math.round((this.#dayStart(to) - this.#dayStart(from)) / 86_400_000);
  }

  /** The plant's calendar day as UTC milliseconds. By parts: how a date is written differs between engines. */
  #dayStart(at: string | number): number {
    const parts = this.#date.formatToParts(new Date(at));
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'));
  }

  /** 0:47, hours and minutes. */
  hoursMinutes(seconds: number): string {
    const minutes = Math.round(seconds / 60);
    return `${this.integer(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
  }

  /** 4:05, minutes and seconds left. */
  minutesSeconds(seconds: number): string {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  bytes(count: number): string {
    const steps = ['B', 'kB', 'MB', 'GB'];
    let [value, step] = [count, 0];
    while (value >= 1000 && step < steps.length - 1) [value, step] = [value / 1000, step + 1];
    return `${this.fixed(value, value < 10 && step > 0 ? 1 : 0)} ${steps[step] ?? ''}`;
  }
}
