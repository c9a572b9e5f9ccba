/** What the stand-in makes of a code. */
import type { ScanAnswer, Screen, TrayCode } from '../bindings';
import type { Role, Station } from './station';

const BADGES: { [key in string]?: Role } = {
  'BG:op': 'operator',
  'BG:insp': 'inspector',
  'BG:lead': 'lead',
  'BG:next': 'next',
};

export function answer(station: Station, text: string, source: string, screen: Screen): ScanAnswer {
  const stay = (
    tone: 'good' | 'note' | 'bad',
    code: string,
    params: { [key in string]: string } = {},
    go: Screen | null = null,
  ) => ({
    echo: station.say(tone, code, params, text.startsWith('BG:') ? null : text, source),
    go,
  });
  if (station.phase.at === 'enrol') {
    void station.enrol(station.phase.server, text.split('|')[1] ?? text).catch(() => undefined);
    return { echo: station.say('note', 'enrolled', {}, null, source), go: null };
  }
  const badge = text.startsWith('BG:') ? BADGES[text] : undefined;
  if (text.startsWith('BG:')) return badge ? signIn(station, badge, stay) : stay('bad', 'unknown_badge');
  if (station.phase.at !== 'open') return stay('bad', 'not_signed_in');
  const order = station.orders.find((it) => text === `WO:${it.order}`);
  if (order) {
    const params = { order: order.order, operation: String(order.operation_number) };
    if (order.blocked)
      return stay(
        'bad',
        order.blocked.code,
        { ...params, ...order.blocked.params },
        { at: 'report', operation: order.operation },
      );
    for (const it of station.orders) if (it.state === 'running') it.state = 'paused';
    order.state = 'running';
    return stay('good', 'order_started', params, { at: 'home' });
  }
  if (text.startsWith('LT:')) return stay('good', 'lot_seen', { lot: text.slice(3) });
  if (text === 'CMD:RECORDS') return stay('note', 'records_opened', {}, { at: 'records' });
  if (text === 'CMD:HANDOVER') return stay('note', 'handover_opened', {}, { at: 'handover' });
  if (text === 'CMD:INSPECT' && station.running)
    return stay(
      'note',
      'inspection_opened',
      {},
      { at: 'inspection', operation: station.running.operation, point: station.running.check?.point ?? null },
    );
  if (text.startsWith('WO:')) return stay('bad', 'foreign_label', { expected: 'ADC' });
  return stay('bad', screen.at === 'report' ? 'damaged_label' : 'unknown_code', { expected: 'WO-24817' });
}

function signIn(
  station: Station,
  role: Role,
  stay: (
    tone: 'good' | 'note' | 'bad',
    code: string,
    params?: { [key in string]: string },
    go?: Screen | null,
  ) => ScanAnswer,
): ScanAnswer {
  if (role === 'lead' && station.phase.at === 'locked') {
    station.phase = {
      at: 'locked',
      pin: { name: 'Robert Braun', initials: 'RB', digits_max: 6, locked_until: null },
      failed: null,
    };
    return stay('note', 'pin_wanted', { name: 'Robert Braun' });
  }
  station.phase = { at: 'open' };
  station.as(role);
  const taken = station.handing.badge();
  if (taken) return stay('good', 'handover_acknowledged', { name: station.frameNow.person?.name ?? '' });
  return stay('good', 'signed_in', { name: station.frameNow.person?.name ?? '' });
}

const SYMBOL =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><rect width="21" height="21" fill="#fff"/><path d="M0 0h7v7h-7zM14 0h7v7h-7zM0 14h7v7h-7zM9 2h2v3h-2zM9 9h4v2h-4zM15 9h3v4h-3zM9 15h3v4h-3zM14 16h2v2h-2zM18 18h3v3h-3z"/></svg>';

export function tray(locale: string): TrayCode[] {
  const german = locale.startsWith('de');
  const code = (kind: string, label: string, text: string): TrayCode => ({ kind, label, code: text, svg: SYMBOL });
  return [
    code('badge', `Amélie Moreau, ${german ? 'Bedienung' : 'operator'}`, 'BG:op'),
    code('badge', `Ines Lindqvist-Hohenstein, ${german ? 'Prüfung' : 'inspector'}`, 'BG:insp'),
    code('badge', `Robert Braun, ${german ? 'Schichtleitung' : 'shift lead'}`, 'BG:lead'),
    code('badge', `Jana Keller, ${german ? 'Spätschicht' : 'late shift'}`, 'BG:next'),
    code('order', 'WO-24817', 'WO:WO-24817'),
    code('order', 'WO-24822', 'WO:WO-24822'),
    code('order', 'WO-24818', 'WO:WO-24818'),
    code('lot', 'L-0931', 'LT:L-0931'),
    code('command', german ? 'Prüfung öffnen' : 'Open the check', 'CMD:INSPECT'),
    code('command', german ? 'Schichtübergabe' : 'Shift handover', 'CMD:HANDOVER'),
    code('command', german ? 'Einträge' : 'Records', 'CMD:RECORDS'),
    code('wrong', german ? 'Fremdes Etikett' : 'Another company’s label', 'WO:X-1'),
    code('wrong', german ? 'Unbekannter Ausweis' : 'Unknown badge', 'BG:??'),
  ];
}
