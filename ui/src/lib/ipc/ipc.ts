/** Everything the UI may ask of the station. `tauri.ts` is the real one, `fake.ts` runs the UI in a browser. */
import type {
  CharacteristicId, EventId, Frame, HandoverView, HomeView, InspectionPointId, InspectionView, MachineId,
  NcrInput, NcrView, OperationId, PadInput, ReadingInput, ReasonId, Recorded, RecordFilter, RecordsView,
  ReportView, ScanAnswer, Screen, Stroke, Theme, TrayCode,
} from './bindings';

/** Every command rejects with a `Refusal` (see bindings): `code` picks the words. */
export interface Ipc {
  frame(): Promise<Frame>;
  /** Called whenever anything visible changed; returns how to stop. */
  onFrame(listener: (frame: Frame) => void): () => void;

  enrol(server: string, code: string): Promise<void>;
  scanBurst(strokes: Stroke[], screen: Screen): Promise<ScanAnswer[]>;
  scanText(text: string, source: 'typed' | 'touch', screen: Screen): Promise<ScanAnswer>;
  scanImage(bytes: Uint8Array, screen: Screen): Promise<ScanAnswer[]>;
  /** A person has read the echo: it may go. */
  readEcho(no: number): Promise<void>;
  tray(): Promise<TrayCode[]>;

  enterPin(pin: string): Promise<void>;
  cancelPin(): Promise<void>;
  lock(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  setLocale(locale: string): Promise<void>;

  home(): Promise<HomeView>;
  report(operation: OperationId): Promise<ReportView>;
  start(operation: OperationId): Promise<void>;
  pause(operation: OperationId, reason: ReasonId | null): Promise<void>;
  finish(operation: OperationId): Promise<void>;
  book(operation: OperationId, pad: PadInput): Promise<void>;
  undo(booking: EventId): Promise<void>;
  machineDown(machine: MachineId, reason: ReasonId | null): Promise<void>;
  machineUp(machine: MachineId, notes: string | null): Promise<void>;
  machineSetup(machine: MachineId): Promise<void>;
  explainStop(stop: EventId, reason: ReasonId): Promise<void>;

  inspection(operation: OperationId, point: InspectionPointId | null): Promise<InspectionView>;
  takeReading(input: ReadingInput): Promise<InspectionView>;
  clearReading(draft: EventId, characteristic: CharacteristicId, sampleNo: number): Promise<InspectionView>;
  recordInspection(draft: EventId, notes: string | null): Promise<Recorded>;
  ncr(uid: EventId): Promise<NcrView>;
  completeNcr(input: NcrInput): Promise<void>;

  handover(): Promise<HandoverView>;
  writeNotes(text: string): Promise<void>;
  submitHandover(): Promise<void>;
  acknowledgeItem(handover: EventId, item: string): Promise<void>;

  records(filter: RecordFilter, before: EventId | null): Promise<RecordsView>;
  syncNow(): Promise<void>;
}
