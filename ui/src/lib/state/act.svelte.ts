/** One thing being done: a second tap of a bouncing glove does nothing, a refusal is told. */
import type { Refusal } from '../ipc/bindings';

/** A second tap within this is the same tap. */
const BOUNCE_MS = 300;

export function refusalOf(error: unknown): Refusal {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const params = 'params' in error && typeof error.params === 'object' ? error.params : {};
    return { code: error.code, params: { ...(params as Refusal['params']) } };
  }
  return { code: 'internal', params: { what: String(error) } };
}

export class Act {
  busy = $state(false);

  constructor(
    private readonly refused: (refusal: Refusal) => void,
    /** Zero where what was tapped is gone after the first tap anyway. */
    private readonly bounce_ms = BOUNCE_MS,
    private readonly pause: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** Whether it was done; false also where something was under way. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const calm = this.bounce_ms > 0 ? this.pause(this.bounce_ms) : Promise.resolve();
    try {
      await work();
      return true;
    } catch (error) {
      this.refused(refusalOf(error));
      return false;
    } finally {
      void calm.then(() => (this.busy = false));
    }
  }
}
