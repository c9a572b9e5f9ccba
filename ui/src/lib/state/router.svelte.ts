/** Which screen is open, and the way back. Home is always at the bottom. */
import type { Screen } from '../ipc/bindings';

const HOME: Screen = { at: 'home' };

export function sameScreen(a: Screen, b: Screen): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class Router {
  #stack = $state.raw<Screen[]>([HOME]);
  /** Whatever opened last closes first. */
  readonly #escapes: (() => void)[] = [];

  get screen(): Screen {
    return this.#stack.at(-1) ?? HOME;
  }

  go(screen: Screen): void {
    if (screen.at === 'home') return this.home();
    const before = this.#stack.findIndex((it) => sameScreen(it, screen));
    this.#stack = before > 0 ? this.#stack.slice(0, before + 1) : [...this.#stack, screen];
  }

  /** Goes there without a way back to here: what is done is not reopened. */
  replace(screen: Screen): void {
    this.#stack = [...this.#stack.slice(0, -1)];
    if (this.#stack.length === 0) this.#stack = [HOME];
    this.go(screen);
  }

  home(): void {
    this.#stack = [HOME];
  }

  back(): void {
    if (this.#stack.length > 1) this.#stack = this.#stack.slice(0, -1);
  }

  /** Until the returned function is called, Escape does this instead of going back. */
  onEscape(close: () => void): () => void {
    this.#escapes.push(close);
    return () => {
      const at = this.#escapes.lastIndexOf(close);
      if (at >= 0) this.#escapes.splice(at, 1);
    };
  }

  escape(): void {
    const close = this.#escapes.at(-1);
    if (close) close();
    else this.back();
  }
}
