/** What every screen works with: the station, its frame, the words, the way around. */
import { createContext } from 'svelte';
import { Format } from '../i18n/format';
import { errorWords, wordsOf, type Said, type Words } from '../i18n/words';
import type { Echo, Frame, Refusal, Stroke } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';
import { Writing } from '../keys/writing.svelte';
import { Act } from './act.svelte';
import { FrameState } from './frame.svelte';
import { LiveView } from './live.svelte';
import { Router } from './router.svelte';
import { Scans } from './scans.svelte';

type Typing = (stroke: Stroke) => boolean;

export class Takt {
  readonly frames: FrameState;
  readonly router = new Router();
  readonly scans: Scans;
  readonly writing = new Writing();
  /** A button was refused: stays until read, or until something newer is said. */
  notice = $state.raw<Refusal | null>(null);
  readonly words: Words = $derived.by(() => wordsOf(this.frame?.locale ?? 'en'));
  readonly format: Format = $derived.by(() => new Format(this.words.tag, this.#zone));
  readonly #typing: Typing[] = [];

  constructor(readonly ipc: Ipc) {
    this.frames = new FrameState(ipc);
    this.scans = new Scans(ipc, this.router, (refusal) => this.refuse(refusal));
  }

  get frame(): Frame | null {
    return this.frames.current;
  }

  get open(): boolean {
    return this.frame?.phase.at === 'open';
  }

  get #zone(): string {
    return this.frame?.place?.zone ?? 'UTC';
  }

  act(bounce_ms?: number): Act {
    return new Act((refusal) => this.refuse(refusal), bounce_ms);
  }

  refuse(refusal: Refusal): void {
    this.notice = refusal;
  }

  errorOf(refusal: Refusal): Said {
    return errorWords(this.words, refusal.code, refusal.params, this.format);
  }

  /** Read: it goes away, here or at the station. */
  async read(echo: Echo | null): Promise<void> {
    if (this.notice) this.notice = null;
    else if (echo) await this.ipc.readEcho(echo.no);
  }

  /** A view that follows the frame while somebody is signed in. Call it while a component is set up. */
  live<T>(load: () => Promise<T>): LiveView<T> {
    const view = new LiveView(load);
    $effect(() => {
      if (this.open && (this.frame?.revision ?? -1) >= 0) void view.refresh();
    });
    return view;
  }

  /** Until the returned function is called, keys typed outside fields go here first. True = taken. */
  onTyped(typing: Typing): () => void {
    this.#typing.push(typing);
    return () => {
      const at = this.#typing.lastIndexOf(typing);
      if (at >= 0) this.#typing.splice(at, 1);
    };
  }

  typed(stroke: Stroke): void {
    this.#typing.findLast((typing) => typing(stroke));
  }
}

const [context, setContext] = createContext<Takt>();

export const useTakt = context;
export const provideTakt = setContext;
