/** Everything that reads a code goes through here, one after the other, so that two quick scans keep their order. */
import type { Refusal, ScanAnswer, Stroke } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';
import { refusalOf } from './act.svelte';
import type { Router } from './router.svelte';

/** What the decoder takes at most; a larger file is not even read. */
const PICTURE_BYTES_MAX = 32 * 1024 * 1024;

export class Scans {
  /** Codes sent and not answered yet. */
  waiting = $state(0);
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly ipc: Ipc,
    private readonly router: Router,
    private readonly refused: (refusal: Refusal) => void,
  ) {}

  burst(strokes: Stroke[]): Promise<void> {
    return this.#queue(() => this.ipc.scanBurst(strokes, this.router.screen));
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
