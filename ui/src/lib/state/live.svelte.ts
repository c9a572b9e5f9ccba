/** A view that is fetched again whenever the frame says that something changed; the old one stays until then. */
import type { Refusal } from '../ipc/bindings';
import { refusalOf } from './act.svelte';

export class LiveView<T> {
  value = $state.raw<T | null>(null);
  refused = $state.raw<Refusal | null>(null);
  #running = false;
  #again = false;
  /** How often a command answered with the view. */
  #answers = 0;

  constructor(private readonly load: () => Promise<T>) {}

  /** Changes that arrive while fetching are fetched once more, not once each; what is there is shown meanwhile, or
   *  a terminal that is never quiet would show nothing new. */
  async refresh(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    while (this.#again) {
      this.#again = false;
      await this.#fetch();
    }
    this.#running = false;
  }

  /** A command answered with the view itself: older fetches must not overwrite it. */
  set(value: T): void {
    this.value = value;
    this.refused = null;
    this.#answers += 1;
    this.#again = this.#running;
  }

  async #fetch(): Promise<void> {
    const answers = this.#answers;
    try {
      const value = await this.load();
      if (answers !== this.#answers) return;
      this.value = value;
      this.refused = null;
    } catch (error) {
      if (answers === this.#answers) this.refused = refusalOf(error);
    }
  }
}
