/** Everything that reads a code goes through here, one after the other, so that two quick scans keep their order. */
import type { Refusal, ScanAnswer, Stroke } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';
import { refusalOf } from './act.svelte';
import type { Router } from './router.svelte';

/** What the decoder takes at most; a larger file is not even read. */
const PICTURE_BYTES_MAX = 32 * 1024 * 1024;

/** Answers to what means nothing: where a hand may have typed it, it was no scan. */
const NO_CODE = new Set(['unknown_code', 'keyboard_layout', 'not_enrolled']);

export class Scans {
  /** Codes sent and not answered yet. */
  waiting = $state(0);
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly ipc: Ipc,
    private readonly router: Router,
    private readonly refused: (refusal: Refusal) => void,
  ) {}

  /** Whether it was a scan; where it may have been typed, `orTyped` types it if it was none. */
  async burst(strokes: Stroke[], orTyped: (() => void) | null = null): Promise<boolean> {
    let scanned = false;
    await this.#queue(async () => {
      const answers = await this.ipc.scanBurst(strokes, this.router.screen);
      scanned = !orTyped || !answers.every((it) => NO_CODE.has(it.echo.code));
      // Nobody scanned: there is nothing to be read.
      if (!scanned) for (const { echo } of answers) void this.ipc.readEcho(echo.no).catch(() => undefined);
      return answers;
    });
    if (!scanned) orTyped?.();
    return scanned;
  }

  text(text: string, source: 'typed' | 'touch'): Promise<void> {
    return this.#queue(async () => [await this.ipc.scanText(text, source, this.router.screen)]);
  }

  image(file: Blob): Promise<void> {
    if (file.size > PICTURE_BYTES_MAX) {
      this.refused({
        code: 'picture_too_large',
        params: { limit: '32', size: String(Math.ceil(file.size / 1_048_576)) },
      });
      return Promise.resolve();
    }
    return this.#queue(async () => this.ipc.scanImage(new Uint8Array(await file.arrayBuffer()), this.router.screen));
  }

  #queue(read: () => Promise<ScanAnswer[]>): Promise<void> {
    this.waiting += 1;
    this.#last = this.#last.then(() => this.#read(read));
    return this.#last;
  }

  async #read(read: () => Promise<ScanAnswer[]>): Promise<void> {
    try {
      for (const answer of await read()) if (answer.go) this.router.go(answer.go);
    } catch (error) {
      this.refused(refusalOf(error));
    } finally {
      this.waiting -= 1;
    }
  }
}
