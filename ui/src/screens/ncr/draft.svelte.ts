/** An NCR being completed: begins with what the station prefilled, keeps what the inspector changed. */
import type { NcrInput, NcrView, ReasonId, Severity } from '../../lib/ipc/bindings';
import { NumberEntry } from '../../lib/state/entry.svelte';

const PLACES_MAX = 4;

export class NcrDraft {
  severity = $state<Severity>('MAJOR');
  defectType = $state<ReasonId>(0);
  description = $state('');
  readonly quantity = new NumberEntry(PLACES_MAX);
  readonly #uid: string;

  constructor(view: NcrView) {
    this.#uid = view.uid;
    this.severity = view.severity;
    this.defectType = view.defect_type;
    this.description = view.description;
    this.quantity.put(view.quantity);
  }

  get ready(): boolean {
    return this.description.trim() !== '' && !this.quantity.zero;
  }

  input(): NcrInput {
    return {
      uid: this.#uid,
      severity: this.severity,
      defect_type: this.defectType,
      description: this.description.trim(),
      quantity: this.quantity.value,
    };
  }
}
