/** Deutsche Worte für alles, was die Station als Code sagt. */
import type * as english from './en_codes';
import type { Fill, Said, Speak } from './fill';

type Same<T> = { [code in keyof T]: Speak };

const order = (f: Fill) => `Auftrag ${f.text('order')}${f.maybe('operation', (it) => `, Vorgang ${it}`)}`.trim();
const machine = (f: Fill) => f.text('name') || f.text('machine') || 'Maschine';
const expected = (f: Fill) => f.maybe('expected', (it) => ` Erwartet: ${it}.`);
const made = (f: Fill) =>
  [
    f.count('good') !== 0 || !(f.count('scrap') || f.count('rework')) ? `${f.amount('good')} gut` : '',
    f.count('scrap') ? `${f.amount('scrap')} Ausschuss` : '',
    f.count('rework') ? `${f.amount('rework')} Nacharbeit` : '',
  ]
    .filter(Boolean)
    .join(', ');
/** NCR-0442, or NCR while the plant has not given it a number. */
const ncr = (number: string) => (/^ncr/i.test(number) ? number : `NCR ${number}`.trim());
const because = (f: Fill) => f.maybe('reason', (it) => `: ${it}`);

const shared = {
  already_signed_in: (f: Fill) => ({ bold: f.text('name', 'Sie'), rest: 'bereits angemeldet' }),
  wrong_pin: (f: Fill) => ({
    bold: 'PIN falsch',
    rest: f.has('left') ? `noch ${f.text('left')} ${f.count('left') === 1 ? 'Versuch' : 'Versuche'}` : '',
    todo: 'Noch einmal eingeben oder einen anderen Ausweis scannen.',
  }),
  locked_out: (f: Fill) => ({
    bold: 'Zu viele falsche PINs',
    rest: f.maybe('until', () => `gesperrt bis ${f.time('until')}`),
    todo: 'Warten oder die Schichtleitung fragen. Ein anderer Ausweis geht sofort.',
  }),
  unknown_badge: () => ({
    bold: 'Dieser Ausweis ist hier nicht bekannt',
    todo: 'Noch einmal scannen oder einen anderen Ausweis nehmen. Ein neuer Ausweis kommt mit dem nächsten Abgleich.',
  }),
  no_access: (f: Fill) => ({
    bold: f.text('name') || 'Kein Zugriff',
    rest: 'darf das hier nicht',
    todo: 'Die Schichtleitung bitten, es zu tun oder das Recht zu geben.',
  }),
  not_enrolled: () => ({
    bold: 'Diese Station ist noch nicht eingerichtet',
    todo: 'Zuerst den Anmeldecode aus dem Büro scannen.',
  }),
  not_signed_in: () => ({
    bold: 'Niemand ist angemeldet',
    todo: 'Erst den Ausweis scannen, dann diesen Code noch einmal.',
  }),
  not_a_lead: () => ({ bold: 'Das darf nur die Schichtleitung', todo: 'Eine Schichtleitung scannt ihren Ausweis.' }),
  not_an_inspector: () => ({
    bold: 'Das darf nur die Prüfung',
    todo: 'Eine Prüferin oder ein Prüfer scannt den Ausweis.',
  }),
  same_person: () => ({
    bold: 'Diese Schicht haben Sie selbst übergeben',
    todo: 'Die übernehmende Schichtleitung nimmt den eigenen Ausweis.',
  }),
  order_blocked: (f: Fill) => ({
    bold: order(f),
    rest: `kann jetzt nicht beginnen${because(f)}`,
    todo: 'Am Auftrag steht, worauf er wartet.',
  }),
  predecessor_open: (f: Fill) => ({
    bold: `Der Vorgang davor ist noch offen${f.maybe('expected', (it) => `: ${it}`)}`,
    todo: 'Erst diesen melden oder beenden, oder einen anderen Auftrag nehmen.',
  }),
  predecessor_short: (f: Fill) => ({
    bold: `Der Vorgang davor hat noch nicht genug${f.maybe('expected', (it) => `: ${it}`)}`,
    rest: f.has('needed') ? `${f.amount('good')} von ${f.amount('needed')} gut` : '',
    todo: 'Auf mehr davon warten oder einen anderen Auftrag nehmen.',
  }),
  order_planned: (f: Fill) => ({
    bold: order(f),
    rest: 'ist noch nicht freigegeben',
    todo: 'Die Arbeitsvorbereitung um Freigabe bitten.',
  }),
  order_closed: (f: Fill) => ({
    bold: order(f),
    rest: 'ist abgeschlossen',
    todo: 'Laufkarte prüfen: vielleicht eine alte.',
  }),
  other_work_center: (f: Fill) => ({
    bold: order(f),
    rest: `gehört zu ${f.text('expected') || f.text('work_center') || 'einem anderen Arbeitsplatz'}`,
    todo: 'Dorthin bringen oder einen Auftrag dieser Station scannen.',
  }),
  machine_elsewhere: (f: Fill) => ({
    bold: machine(f),
    rest: 'steht nicht an dieser Station',
    todo: `Die Maschine scannen, die hier steht.${expected(f)}`,
  }),
  no_job_here: () => ({ bold: 'Hier läuft kein Auftrag', todo: 'Einen Auftrag scannen, um ihn zu beginnen.' }),
  not_running: (f: Fill) => ({ bold: order(f), rest: 'läuft nicht', todo: 'Erst beginnen.' }),
  already_running: (f: Fill) => ({ bold: order(f), rest: 'läuft bereits' }),
  machine_is_down: () => ({ bold: 'Die Maschine steht', todo: 'Erst melden, dass sie wieder läuft, dann beginnen.' }),
  inspection_missing: (f: Fill) => ({
    bold: 'Eine Prüfung fehlt noch',
    rest: f.text('name') || f.text('point'),
    todo: 'Erst die Prüfung aufzeichnen, dann beenden.',
  }),
  items_unread: (f: Fill) => ({
    bold: `${f.text('count') || f.text('left') || 'Einige'} ${f.count('count') === 1 ? 'roter Punkt' : 'rote Punkte'} noch nicht gelesen`,
    todo: 'Jeden roten Punkt lesen, dann den Ausweis noch einmal scannen.',
  }),
  undo_too_late: () => ({
    bold: 'Zu spät zum Zurücknehmen',
    todo: 'Die Schichtleitung kann berichtigen. Es wurde nichts geändert.',
  }),
  nothing_to_undo: () => ({ bold: 'Es gibt nichts zurückzunehmen' }),
  number_refused: (f: Fill) => ({
    bold: f.text('value') ? `${f.text('value')} geht nicht` : 'Diese Zahl geht nicht',
    rest: f.maybe('decimals', (it) => `höchstens ${it} Nachkommastellen`),
    todo: 'Zahl berichtigen und noch einmal sichern.',
  }),
  pad_empty: () => ({ bold: 'Noch nichts zu sichern', todo: 'Erst Gut, Ausschuss oder Nacharbeit eingeben.' }),
  large_unconfirmed: (f: Fill) => ({
    bold: f.has('good') ? `${f.amount('good')} gut ist viel` : 'Das ist viel auf einmal',
    todo: 'Zum Bestätigen „Sichern“ gedrückt halten.',
  }),
  reading_missing: (f: Fill) => ({
    bold: 'Ein Messwert fehlt',
    rest: f.text('characteristic') || f.text('name'),
    todo: 'Die leeren Messwerte aufnehmen, dann die Prüfung aufzeichnen.',
  }),
  inspection_too_large: (f: Fill) => ({
    bold: 'Diese Prüfung hat zu viele Messwerte für einen Eintrag',
    rest: f.maybe('readings', () => `${f.amount('readings')} Messwerte, höchstens ${f.amount('max')}`),
    todo: 'Die Qualitätsplanung bitten, den Prüfpunkt zu teilen oder die Stichprobe zu verkleinern.',
  }),
  event_too_large: () => ({
    bold: 'Das ist zu viel für einen Eintrag',
    todo: 'Die Notizen kürzen und noch einmal versuchen.',
  }),
  storage_full: () => ({
    bold: 'Dieses Terminal ist voll',
    rest: 'Neues kann nicht gesichert werden',
    todo: 'Gesichertes ist sicher. Mit dem Werk verbinden, damit Einträge abfließen, oder die IT rufen.',
  }),
  timeout: (f: Fill) => ({
    bold: 'Das Werk hat nicht rechtzeitig geantwortet',
    rest: f.text('server'),
    todo: 'Noch einmal versuchen. Wenn es bleibt: Netzwerk und Serveradresse prüfen.',
  }),
  malformed_answer: (f: Fill) => ({
    bold: 'Was antwortet, ist kein Takt-Server',
    rest: f.text('server'),
    todo: 'Die Serveradresse prüfen.',
  }),
  server_address: (f: Fill) => ({
    bold: 'Diese Serveradresse ist unbrauchbar',
    rest: f.text('server'),
    todo: 'Sie sieht aus wie https://takt.werk.example. Einfaches http geht nur auf diesem Gerät.',
  }),
  already_enrolled: () => ({
    bold: 'Dieses Terminal ist schon angemeldet',
    todo: 'Es braucht keinen weiteren Code.',
  }),
  handover_exists: () => ({
    bold: 'Diese Schicht ist schon übergeben',
    rest: 'und es gibt nichts Neues nachzutragen',
    todo: 'Schreiben, was nachzutragen ist, oder die nächste Schichtleitung übernehmen lassen.',
  }),
  machine_state: (f: Fill) => ({
    bold: f.text('machine') ? `${f.text('machine')} kann das jetzt nicht` : 'Die Maschine kann das jetzt nicht',
    todo: 'Erst wieder anfahren oder beenden, was sie tut.',
  }),
  picture_too_large: (f: Fill) => ({
    bold: 'Die Bilddatei ist zu groß',
    rest: `${f.amount('size')} MB`,
    todo: `Höchstens ${f.amount('limit')} MB. Ein kleineres Bild nehmen.`,
  }),
  no_network: (f: Fill) => ({
    bold: 'Keine Verbindung zum Werk',
    rest: f.text('server'),
    todo: 'Netzwerkkabel oder WLAN und die Serveradresse prüfen, dann noch einmal versuchen.',
  }),
  enrol_code_unknown: () => ({
    bold: 'Dieser Code ist nicht bekannt',
    todo: 'Jedes Zeichen prüfen oder im Büro einen neuen Code holen.',
  }),
  enrol_code_used: () => ({
    bold: 'Dieser Code wurde schon verwendet',
    todo: 'Jeder Code meldet eine Station an. Einen neuen holen.',
  }),
  enrol_code_expired: () => ({
    bold: 'Dieser Code ist abgelaufen',
    todo: 'Ein Code gilt 15 Minuten. Einen neuen holen.',
  }),
  server_refused: (f: Fill) => ({
    bold: 'Das Werk hat diese Station abgewiesen',
    rest: f.text('detail'),
    todo: 'Die IT bitten, die Station zu prüfen.',
  }),
  no_shift: () => ({ bold: 'Jetzt ist keine Schicht geplant', todo: 'Es gibt nichts zu übergeben.' }),
  not_started: (f: Fill) => ({ bold: order(f), rest: 'ist nicht begonnen', todo: 'Erst beginnen.' }),
  already_completed: (f: Fill) => ({ bold: order(f), rest: 'ist schon beendet' }),
  order_not_released: (f: Fill) => ({
    bold: order(f),
    rest: 'ist noch nicht freigegeben',
    todo: 'Die Arbeitsvorbereitung um Freigabe bitten.',
  }),
  order_completed: (f: Fill) => ({
    bold: order(f),
    rest: 'ist abgeschlossen',
    todo: 'Laufkarte prüfen: vielleicht eine alte.',
  }),
  order_cancelled: (f: Fill) => ({
    bold: order(f),
    rest: 'wurde storniert',
    todo: 'Teile zur Seite legen und die Arbeitsvorbereitung fragen.',
  }),
  operation_skipped: (f: Fill) => ({
    bold: order(f),
    rest: 'lässt diesen Vorgang aus',
    todo: 'Zum nächsten Vorgang bringen.',
  }),
  predecessor_not_finished: () => ({
    bold: 'Der Vorgang davor ist noch offen',
    todo: 'Erst diesen melden oder beenden, oder einen anderen Auftrag nehmen.',
  }),
  not_found: () => ({ bold: 'Das gibt es hier nicht mehr', todo: 'Zurückgehen und neu wählen.' }),
  internal: () => ({
    bold: 'In diesem Terminal ging etwas schief',
    rest: 'nichts Gesichertes ist verloren',
    todo: 'Noch einmal versuchen. Bleibt es dabei, die IT rufen: das Protokoll sagt mehr.',
  }),
};

export const echo: Same<typeof english.echo> = {
  ...shared,
  signed_in: (f) => ({ bold: f.text('name'), rest: 'angemeldet' }),
  signed_out: (f) => ({ bold: f.text('name') || 'Station', rest: f.has('name') ? 'abgemeldet' : 'gesperrt' }),
  pin_wanted: (f) => ({ bold: f.text('name'), rest: 'bitte die PIN eingeben' }),
  order_started: (f) => ({ bold: order(f), rest: 'verstanden, begonnen' }),
  order_resumed: (f) => ({ bold: order(f), rest: 'verstanden, geht weiter' }),
  order_opened: (f) => ({ bold: order(f), rest: 'geöffnet' }),
  order_finished: (f) => ({ bold: order(f), rest: 'beendet' }),
  order_paused: (f) => ({ bold: order(f), rest: `unterbrochen${because(f)}` }),
  good_booked: (f) => ({ bold: `${f.amount('good')} gut`, rest: 'auf diesem Terminal gesichert' }),
  booked: (f) => ({ bold: made(f), rest: 'auf diesem Terminal gesichert' }),
  booking_undone: (f) => ({ bold: made(f), rest: 'durch Gegenbuchung zurückgenommen' }),
  machine_down: (f) => ({
    bold: machine(f),
    rest: `steht${f.maybe('reason', (it) => `: ${it}`) || ', Grund noch offen'}`,
  }),
  machine_up: (f) => ({ bold: machine(f), rest: 'läuft wieder' }),
  machine_setup: (f) => ({ bold: machine(f), rest: 'wird gerüstet' }),
  machine_here: (f) => ({ bold: machine(f), rest: 'ist die Maschine dieser Station' }),
  unknown_code: (f) => ({
    bold: 'Dieser Code ist hier nicht bekannt',
    todo: `Ist es ein Etikett dieses Werks?${expected(f)}`,
  }),
  foreign_label: (f) => ({
    bold: 'Dieses Etikett gehört einer anderen Firma',
    todo: `Es wurde nichts geändert. Das eigene Etikett des Werks suchen.${expected(f)}`,
  }),
  damaged_label: () => ({
    bold: 'Das Etikett wurde nicht ganz gelesen',
    todo: 'Noch einmal scannen. Bleibt es dabei, neu drucken lassen.',
  }),
  damaged_badge: () => ({
    bold: 'Der Ausweis wurde nicht ganz gelesen',
    todo: 'Noch einmal scannen oder einen neuen Ausweis holen.',
  }),
  damaged_enrolment: () => ({
    bold: 'Der Anmeldecode wurde nicht ganz gelesen',
    todo: 'Noch einmal scannen oder eintippen.',
  }),
  control_character: () => ({
    bold: 'Der Code enthält Zeichen, die kein Etikett hat',
    todo: 'Noch einmal scannen. Bleibt es dabei, den Scanner prüfen.',
  }),
  empty: () => ({ bold: 'Der Code war leer', todo: 'Noch einmal scannen.' }),
  too_long: (f) => ({
    bold: 'Der Code ist zu lang',
    rest: f.maybe('length', () => `${f.amount('length')} Zeichen`),
    todo: 'Höchstens 2.000 Zeichen gehen. Das kurze Etikett scannen.',
  }),
  ambiguous_code: () => ({
    bold: 'Dieser Code bezeichnet hier mehrere Dinge',
    todo: 'Das gedruckte Etikett scannen statt die Nummer zu tippen.',
  }),
  enrolling: (f) => ({ bold: 'Anmeldecode', rest: `verstanden, fragt ${f.text('server') || 'das Werk'}` }),
  reading_taken: (f) => ({
    bold: `${f.text('name')} ${f.text('value')}`,
    rest: `als Probe ${f.text('sample')} aufgenommen`,
  }),
  unreadable_image: () => ({ bold: 'Das Bild lässt sich nicht öffnen', todo: 'Ein PNG- oder JPEG-Bild nehmen.' }),
  no_code_in_image: () => ({
    bold: 'Kein Code im Bild gefunden',
    todo: 'Näher heran, gerade und ohne Spiegelung aufnehmen.',
  }),
  inspection_recorded: (f) => ({ bold: f.text('name') || 'Prüfung', rest: 'bestanden, auf diesem Terminal gesichert' }),
  inspection_failed: (f) => ({
    bold: f.text('name') || 'Prüfung',
    rest: 'nicht bestanden, NCR angelegt',
    todo: 'Die NCR ergänzen.',
  }),
  codes_left_out: (f: Fill) => ({
    bold: `${f.text('left') || 'Einige'} weitere Codes im Bild`,
    rest: 'wurden nicht gelesen',
    todo: 'Einzeln zeigen.',
  }),
  inspection_opened: (f) => ({ bold: f.text('name') || 'Prüfung', rest: 'geöffnet' }),
  ncr_completed: (f) => ({ bold: ncr(f.text('number')), rest: 'ergänzt, auf diesem Terminal gesichert' }),
  stop_explained: (f) => ({ bold: 'Stillstand begründet', rest: f.text('reason') }),
  lot_seen: (f) => ({ bold: `Charge ${f.text('lot')}`.trim(), rest: f.text('material') || 'gelesen' }),
  serial_seen: (f) => ({ bold: `Seriennummer ${f.text('serial')}`.trim(), rest: f.text('material') || 'gelesen' }),
  repeated_scan: (f) => ({
    bold: 'Noch einmal derselbe Code',
    rest: f.text('order') ? order(f) : 'nichts wurde doppelt getan',
  }),
  handover_opened: () => ({ bold: 'Schichtübergabe', rest: 'geöffnet' }),
  handover_added: (f) => ({ bold: f.text('shift') || 'Schicht', rest: 'Nachtrag zur Übergabe gesichert' }),
  handover_submitted: (f) => ({ bold: f.text('shift') || 'Schicht', rest: 'übergeben, wartet auf Übernahme' }),
  handover_acknowledged: (f) => ({
    bold: f.text('shift') || 'Schicht',
    rest: `übernommen${f.maybe('name', (it) => ` von ${it}`)}`,
  }),
  records_opened: () => ({ bold: 'Einträge', rest: 'geöffnet' }),
  enrolled: (f) => ({ bold: f.text('place') || 'Diese Station', rest: 'ist angemeldet' }),
  command_unknown: (f) => ({
    bold: 'Diese Befehlskarte ist nicht bekannt',
    rest: f.text('verb'),
    todo: 'Eine Karte dieses Werks nehmen.',
  }),
  unknown_command: (f) => ({
    bold: 'Diese Befehlskarte ist nicht bekannt',
    rest: f.text('verb'),
    todo: 'Eine Karte dieses Werks nehmen.',
  }),
  command_argument: (f) => ({
    bold: 'Die Zahl auf der Karte geht nicht',
    rest: f.text('argument'),
    todo: 'Die Karte neu drucken lassen.',
  }),
  keyboard_layout: (f) => ({
    bold: 'Der Scanner spricht eine andere Tastatur',
    rest: f.text('layout'),
    todo: 'Scanner und Terminal auf dieselbe Tastaturbelegung stellen.',
  }),
};

export const error: Same<typeof english.error> = {
  ...shared,
  unknown_code: echo.unknown_code,
  too_long: echo.too_long,
  unreadable_image: echo.unreadable_image,
  no_code_in_image: echo.no_code_in_image,
};

export const otherEcho = (code: string): Said => ({ bold: 'Verstanden', rest: code });
export const otherError = (code: string): Said => ({
  bold: 'Das wurde abgelehnt',
  rest: code,
  todo: 'Es wurde nichts geändert. Bei Bedarf die Schichtleitung rufen.',
});

export const problem: Same<typeof english.problem> = {
  unknown_reference: () => ({
    bold: 'Er nennt etwas, das das Werk nicht kennt',
    todo: 'Das Büro behebt es, nichts ist verloren. Spätere Einträge desselben Auftrags warten.',
  }),
  forbidden: () => ({
    bold: 'Die Person hatte dazu kein Recht',
    todo: 'Eine Schichtleitung entscheidet im Büro, ob es zählt.',
  }),
  schema: () => ({
    bold: 'Das Werk konnte ihn nicht lesen',
    todo: 'IT rufen: Terminal und Server haben vielleicht verschiedene Versionen.',
  }),
  malformed: () => ({
    bold: 'Das Werk konnte ihn nicht lesen',
    todo: 'IT rufen: Terminal und Server haben vielleicht verschiedene Versionen.',
  }),
  unknown_kind: () => ({
    bold: 'Das Werk kennt diese Art Eintrag nicht',
    todo: 'IT rufen: Terminal und Server haben vielleicht verschiedene Versionen.',
  }),
  newer_version: () => ({
    bold: 'Dieses Terminal ist neuer als der Server des Werks',
    todo: 'Geht durch, sobald die IT den Server erneuert hat.',
  }),
  clock_skew: () => ({
    bold: 'Der Uhr dieses Terminals ist nicht zu trauen',
    todo: 'Beiseitegelegt, bis das Büro weiß, wann es war. Die IT soll die Uhr prüfen.',
  }),
  clock_clamped: () => ({
    bold: 'Die Uhr dieses Terminals ging vor',
    todo: 'Gebucht mit der Zeit des Werks. Die IT soll die Uhr prüfen.',
  }),
  actor_missing: () => ({
    bold: 'Er sagt nicht, wer es war',
    todo: 'Eine Schichtleitung entscheidet im Büro, ob es zählt.',
  }),
  actor_inactive: () => ({
    bold: 'Die Person darf das hier nicht mehr',
    todo: 'Der Eintrag bleibt erhalten. Der Schichtleitung sagen.',
  }),
  already_decided: () => ({
    bold: 'Über diese NCR hatte das Büro schon entschieden',
    todo: 'Die Worte bleiben erhalten. Der Qualität sagen, was gefunden wurde.',
  }),
  constraint: () => ({
    bold: 'Die Regeln des Werks lassen ihn nicht zu',
    todo: 'Das Büro sieht ihn an, nichts ist verloren. Spätere Einträge desselben Auftrags warten.',
  }),
  internal: () => ({
    bold: 'Der Server kam damit nicht zurecht',
    todo: 'IT rufen. Der Eintrag bleibt erhalten und geht nach der Reparatur durch.',
  }),
  too_old: () => ({
    bold: 'Seine Nummer war schon vergeben',
    todo: 'IT rufen: Die Platte dieses Terminals ist vielleicht zurückgesetzt. Der Eintrag bleibt erhalten.',
  }),
  not_arrived: () => ({
    bold: 'Wartet auf einen Eintrag, zu dem er gehört',
    todo: 'Geht von selbst durch, sobald jener da ist.',
  }),
  stream_held: () => ({
    bold: 'Wartet auf einen früheren Eintrag desselben Auftrags',
    todo: 'Geht von selbst durch, sobald jener behoben ist.',
  }),
  forked: () => ({
    bold: 'Die Platte dieses Terminals scheint kopiert oder zurückgesetzt',
    todo: 'IT rufen. Bis dahin bleiben die Einträge hier.',
  }),
  on_closed_order: () => ({
    bold: 'Der Auftrag war schon abgeschlossen',
    todo: 'Der Eintrag bleibt erhalten. Der Arbeitsvorbereitung sagen.',
  }),
  held: () => ({
    bold: 'Wartet auf einen früheren Eintrag desselben Auftrags',
    todo: 'Geht von selbst durch, sobald jener behoben ist.',
  }),
  fork: () => ({
    bold: 'Die Platte dieses Terminals scheint kopiert oder zurückgesetzt',
    todo: 'IT rufen. Bis dahin bleiben die Einträge hier.',
  }),
  rejected: () => ({ bold: 'Das Werk hat ihn nicht angenommen', todo: 'Er bleibt erhalten. Das Büro entscheidet.' }),
  quarantined: () => ({ bold: 'Im Werk beiseitegelegt', todo: 'Das Büro sieht ihn an, nichts ist verloren.' }),
};

export const record: Same<typeof english.record> = {
  production_log: (f) => ({ bold: productionWords(f), rest: order(f) }),
  machine_status: (f) => ({ bold: `${f.text('machine', 'Maschine')}: ${statusWord(f)}`, rest: f.text('reason') }),
  stop_explanation: (f) => ({ bold: 'Stillstand begründet', rest: f.text('reason') || f.text('machine') }),
  inspection: (f) => ({
    bold: `Prüfung ${resultWord(f)}`.trim(),
    rest: [f.text('name'), f.has('order') ? order(f) : ''].filter(Boolean).join(', '),
  }),
  ncr: (f) => ({ bold: ncr(f.text('number')), rest: f.has('order') ? order(f) : '' }),
  ncr_detail: (f) => ({
    bold: `${ncr(f.text('number'))} ergänzt`,
    rest: f.has('order') ? order(f) : '',
  }),
  handover: (f) => ({ bold: 'Schicht übergeben', rest: f.text('shift') }),
  handover_acknowledgement: (f) => ({ bold: 'Schicht übernommen', rest: f.text('shift') }),
  scan: (f) => ({ bold: 'Code gelesen', rest: f.text('value') || f.text('code') }),
  sign_in: (f) => ({ bold: signInWord(f), rest: f.text('name') }),
};

function productionWords(f: Fill): string {
  const event = (f.text('event') || f.text('event_type')).toUpperCase();
  const words: { [key in string]?: string } = {
    START: 'Auftrag begonnen',
    PAUSE: 'Auftrag unterbrochen',
    RESUME: 'Auftrag geht weiter',
    COMPLETE: 'Auftrag beendet',
  };
  return words[event] ?? (event === 'CORRECTION' ? `${made(f)} (Gegenbuchung)` : made(f));
}

function statusWord(f: Fill): string {
  const words: { [key in string]?: string } = {
    AVAILABLE: 'frei',
    RUNNING: 'läuft',
    IDLE: 'wartet',
    SETUP: 'rüstet',
    DOWN: 'steht',
    MAINTENANCE: 'Wartung',
    DECOMMISSIONED: 'außer Betrieb',
  };
  return words[f.text('status').toUpperCase()] ?? f.text('status');
}

function resultWord(f: Fill): string {
  const words: { [key in string]?: string } = {
    PASS: 'bestanden',
    FAIL: 'nicht bestanden',
    CONDITIONAL: 'bedingt bestanden',
  };
  return words[f.text('result').toUpperCase()] ?? '';
}

function signInWord(f: Fill): string {
  const words: { [key in string]?: string } = {
    LOGIN: 'Angemeldet',
    LOGOUT: 'Abgemeldet',
    LOGIN_FAILED: 'Anmeldung abgelehnt',
    LOCKED_OUT: 'Ausgesperrt',
  };
  return words[f.text('action').toUpperCase()] ?? 'Angemeldet';
}

export const item: Same<typeof english.item> = {
  open_ncr: (f) =>
    f.has('more')
      ? { bold: `und ${f.amount('more')} weitere offene ${f.count('more') === 1 ? 'NCR' : 'NCRs'}` }
      : {
          bold: `${ncr(f.text('reference'))} ist offen`,
          rest: f.maybe('quantity', () => `${f.amount('quantity')} Stk., Entscheidung offen`),
        },
  unexplained_stops: (f) => ({
    bold: f.count('count') === 1 ? '1 Stillstand ohne Grund' : `${f.amount('count')} Stillstände ohne Grund`,
    rest: f.maybe('minutes', () => `zusammen ${f.amount('minutes')} min`),
  }),
  machine_down: (f) => ({
    bold: `${f.text('reference') || 'Die Maschine'} steht`,
    rest: f.text('reason') || f.maybe('minutes', () => `seit ${f.amount('minutes')} min`),
  }),
  check_due: (f) => ({
    bold: `Prüfung fällig${f.maybe('reference', (it) => `: ${it}`)}`,
    rest: f.maybe('units', () => (f.count('units') > 0 ? `${f.amount('units')} Stk. überfällig` : 'jetzt fällig')),
  }),
  unsynced: (f) => ({
    bold: `${f.amount('count')} ${f.count('count') === 1 ? 'Eintrag' : 'Einträge'} noch nicht im Werk`,
    rest: 'Sicher auf diesem Terminal',
  }),
  open_job: (f) => ({
    bold: `Auftrag ${f.text('reference')} ist offen`.replace('  ', ' '),
    rest: f.maybe('remaining', () => `noch ${f.amount('remaining')}`),
  }),
  safety: (f) => ({ bold: 'Arbeitssicherheit', rest: f.text('reference') }),
  note: (f) => ({ bold: 'Übernommene Notiz', rest: f.text('reference') }),
};
