/** Where the next reading goes, and the number being typed for it. The verdicts are the station's. */
import type { CharacteristicView, InspectionView, ReadingView } from '../ipc/bindings';
import { NumberEntry } from './entry.svelte';

/** A reading may be finer than the plan writes its limits. */
const PLACES_MAX = 6;

export interface Place {
  characteristic: CharacteristicView;
  sampleNo: number;
}

export interface Taken extends Place {
  reading: ReadingView;
}

export class Readings {
  readonly entry = new NumberEntry(PLACES_MAX);
  #view = $state.raw<InspectionView | null>(null);
  /** Picked by hand; else the next empty place. */
  #chosen = $state.raw<{ characteristic: number; sampleNo: number } | null>(null);
  #last = $state.raw<{ characteristic: number; sampleNo: number } | null>(null);

  /** What is looked at; none once everything is taken and nothing was picked. */
  readonly place: Place | null = $derived.by(() => {
    const next = this.#view?.next;
    const at = this.#chosen ?? (next ? { characteristic: next.characteristic, sampleNo: next.sample_no } : null);
    return at ? this.#at(at) : null;
  });

  /** The reading taken last, for a glance after the place has moved on. */
  readonly last: Taken | null = $derived.by(() => {
    const place = this.#last ? this.#at(this.#last) : null;
    const reading = place ? this.reading(place) : null;
    return place && reading ? { ...place, reading } : null;
  });

  show(view: InspectionView): void {
    this.#view = view;
  }

  reading(place: Place): ReadingView | null {
    return place.characteristic.readings[place.sampleNo - 1] ?? null;
  }

  choose(characteristic: number, sampleNo: number): void {
    this.#chosen = { characteristic, sampleNo };
    const place = this.#at(this.#chosen);
    const value = place ? this.reading(place)?.value : null;
    if (value) this.entry.put(value);
    else this.entry.set('');
  }

  /** The first empty place of a characteristic, or its first. */
  open(characteristic: CharacteristicView): void {
    const empty = characteristic.readings.findIndex((it) => it === null);
    this.choose(characteristic.id, empty >= 0 ? empty + 1 : 1);
  }

  /** A reading was taken there: the next empty place follows by itself. */
  advance(place: Place, view: InspectionView): void {
    this.#last = { characteristic: place.characteristic.id, sampleNo: place.sampleNo };
    this.#view = view;
    this.follow();
  }

  /** Back to the next empty place. */
  follow(): void {
    this.#chosen = null;
    this.entry.set('');
  }

  #at(at: { characteristic: number; sampleNo: number }): Place | null {
    const characteristic = this.#view?.characteristics.find((it) => it.id === at.characteristic);
    return characteristic ? { characteristic, sampleNo: at.sampleNo } : null;
  }
}
