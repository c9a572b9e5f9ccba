/** The frame as last pushed, and the terminal's clock going on between two frames. */
import type { Frame } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';

export class FrameState {
  current = $state.raw<Frame | null>(null);
  /** Milliseconds since 1970 by the clock the frame brought, moving every second. */
  now = $state(0);
  #offset_ms = 0;

  constructor(
    private readonly ipc: Ipc,
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Listens and ticks until the returned function is called. */
  follow(): () => void {
    const stop = this.ipc.onFrame((frame) => this.take(frame));
    void this.ipc.frame().then((frame) => this.take(frame));
    const timer = setInterval(() => this.tick(), 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  /** A frame that overtook a newer one says nothing. */
  take(frame: Frame): void {
    if (this.current && frame.revision < this.current.revision) return;
    this.#offset_ms = Date.parse(frame.now) - this.clock();
    this.current = frame;
    this.tick();
  }

  tick(): void {
    this.now = this.clock() + this.#offset_ms;
  }

  /** Whole seconds until then, never below zero. */
  secondsUntil(at: string): number {
    return Math.max(0, Math.ceil((Date.parse(at) - this.now) / 1000));
  }
}
