/** Exact decimals as text, the way they travel: digits, at most one point, perhaps a minus. Never a float. */

const PLAIN = /^(-?)(\d+)(?:\.(\d*))?$/;

interface Scaled {
  units: bigint;
  places: number;
}

function scaled(text: string): Scaled {
  const match = PLAIN.exec(text);
  if (!match) return { units: 0n, places: 0 };
  const [, sign, whole = '0', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign ? -units : units, places: fraction.length };
}

function aligned(a: string, b: string): [bigint, bigint, number] {
  const [left, right] = [scaled(a), scaled(b)];
  const places = Math.max(left.places, right.places);
  const lift = (it: Scaled) => it.units * 10n ** BigInt(places - it.places);
  return [lift(left), lift(right), places];
}

function written(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** a + b */
export function add(a: string, b: string): string {
  const [left, right, places] = aligned(a, b);
  return written(left + right, places);
}

/** a − b */
export function subtract(a: string, b: string): string {
  const [left, right, places] = aligned(a, b);
  return written(left - right, places);
}

/** Below zero where a < b, zero where equal, above where a > b. */
export function compare(a: string, b: string): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(text: string): boolean {
  return scaled(text).units === 0n;
}

/** Its parts for writing it down: sign, whole digits, fraction digits. */
export function parts(text: string): { negative: boolean; whole: string; fraction: string } | null {
  const match = PLAIN.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  return { negative: sign === '-', whole: whole.replace(/^0+(?=\d)/, ''), fraction };
}
