/** Records, newest first, page after page; the first page follows what happens. */
import type { RecordFilter, RecordsView, RecordView } from '../ipc/bindings';
import type { Ipc } from '../ipc/ipc';

export class RecordPages {
  filter = $state<RecordFilter>('all');
  first = $state.raw<RecordsView | null>(null);
  #older = $state.raw<RecordsView[]>([]);
  readonly #ipc: Pick<Ipc, 'records'>;

  constructor(ipc: Pick<Ipc, 'records'>) {
    this.#ipc = ipc;
  }

  readonly records: RecordView[] = $derived.by(() => {
    const all = [this.first, ...this.#older].flatMap((page) => page?.records ?? []);
    return all.filter((it, n) => all.findIndex((other) => other.event === it.event) === n);
  });

  get before(): string | null {
    return (this.#older.at(-1) ?? this.first)?.before ?? null;
  }

  /** The newest page again; older ones stay as they were read. */
  async refresh(): Promise<void> {
    const { filter } = this;
    const view = await this.#ipc.records(filter, null);
    if (filter === this.filter) this.first = view;
  }

  async choose(filter: RecordFilter): Promise<void> {
    this.filter = filter;
    this.#older = [];
    await this.refresh();
  }

  async more(): Promise<void> {
    const { filter, before } = this;
    if (before === null) return;
    const view = await this.#ipc.records(filter, before);
    if (filter === this.filter) this.#older = [...this.#older, view];
  }
}
