/** The station behind this window. The only file that knows Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Frame } from './bindings';
import type { Ipc } from './ipc';

export const tauri: Ipc = {
  frame: () => invoke('frame'),
  onFrame(listener) {
    const listening = listen<Frame>('frame', (event) => listener(event.payload));
    return () => void listening.then((stop) => stop());
  },

  enrol: (server, code) => invoke('enrol', { server, code }),
  scanBurst: (strokes, screen) => invoke('scan_burst', { strokes, screen }),
  scanText: (text, source, screen) => invoke('scan_text', { text, source, screen }),
  scanImage: (bytes, screen) => invoke('scan_image', bytes, { headers: { screen: JSON.stringify(screen) } }),
  readEcho: (no) => invoke('read_echo', { no }),
  tray: () => invoke('tray'),

  enterPin: (pin) => invoke('enter_pin', { pin }),
  cancelPin: () => invoke('cancel_pin'),
  lock: () => invoke('lock'),
  setTheme: (theme) => invoke('set_theme', { theme }),
  setLocale: (locale) => invoke('set_locale', { locale }),

  home: () => invoke('home'),
  report: (operation) => invoke('report', { operation }),
  start: (operation) => invoke('start', { operation }),
  pause: (operation, reason) => invoke('pause', { operation, reason }),
  finish: (operation) => invoke('finish', { operation }),
  book: (operation, pad) => invoke('book', { operation, pad }),
  undo: (booking) => invoke('undo', { booking }),
  machineDown: (machine, reason) => invoke('machine_down', { machine, reason }),
  machineUp: (machine, notes) => invoke('machine_up', { machine, notes }),
  machineSetup: (machine) => invoke('machine_setup', { machine }),
  explainStop: (stop, reason) => invoke('explain_stop', { stop, reason }),

  inspection: (operation, point) => invoke('inspection', { operation, point }),
  takeReading: (input) => invoke('take_reading', { input }),
  clearReading: (draft, characteristic, sampleNo) => invoke('clear_reading', { draft, characteristic, sampleNo }),
  recordInspection: (draft, notes) => invoke('record_inspection', { draft, notes }),
  ncr: (uid) => invoke('ncr', { uid }),
  completeNcr: (input) => invoke('complete_ncr', { input }),

  handover: () => invoke('handover'),
  writeNotes: (text) => invoke('write_notes', { text }),
  submitHandover: () => invoke('submit_handover'),
  acknowledgeItem: (handover, item) => invoke('acknowledge_item', { handover, item }),

  records: (filter, before) => invoke('records', { filter, before }),
  syncNow: () => invoke('sync_now'),
};
