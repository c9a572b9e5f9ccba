/** What fills the words of a code: texts as they are, numbers and times as the reader writes them. */
import type { Format } from './format';

export type Params = { [key in string]?: string };

/** A sentence with its subject in bold, and what to do where something is to be done. */
export interface Said {
  bold: string;
  rest?: string;
  todo?: string;
}

export type Speak = (fill: Fill) => Said;

export class Fill {
  constructor(
    readonly params: Params,
    readonly format: Format,
  ) {}

  has(name: string): boolean {
    return Boolean(this.params[name]);
  }

  text(name: string, otherwise = ''): string {
    return this.params[name] ?? otherwise;
  }

  /** An exact decimal in the reader's writing. */
  amount(name: string): string {
    return this.format.quantity(this.params[name] ?? '0');
  }

  /** For choosing singular or plural only. */
  count(name: string): number {
    return Number(this.params[name] ?? 0);
  }

  time(name: string): string {
    const at = this.params[name];
    return at && !Number.isNaN(Date.parse(at)) ? this.format.time(at) : (at ?? '');
  }

  /** A part of a sentence that is only said when its parameter is there. */
  maybe(name: string, say: (value: string) => string): string {
    const value = this.params[name];
    return value ? say(value) : '';
  }
}
