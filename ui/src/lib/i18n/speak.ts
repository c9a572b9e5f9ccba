/** Small phrases that need words and numbers together. */
import type { Job, JobState, MachineState } from '../ipc/bindings';
import type { IconName } from '../parts/icons';
import type { Format } from './format';
import type { Words } from './words';

/** Pieces in the reader's language; every other unit as the plant writes it. */
export function unitWord(unit: string, words: Words): string {
  return /^(pcs?|pce|ea|st|stk|c62|piece|pieces)$/i.test(unit) ? words.common.pieces : unit;
}

/** 16:00, tomorrow, Fri, 22 Jun. */
export function due(at: string, now: number, words: Words, format: Format): string {
  const days = format.daysBetween(now, at);
  if (days === 0) return format.time(at);
  if (days === 1) return words.common.tomorrow;
  if (days === -1) return words.common.yesterday;
  return days > 1 && days < 7 ? format.weekday(at) : format.day(at);
}

/** A time, with its day where it is not today's. */
export function when(at: string, now: number, words: Words, format: Format): string {
  const days = format.daysBetween(now, at);
  if (days === 0) return format.time(at);
  return words.records.ofDay(days === -1 ? words.common.yesterday : format.day(at), format.time(at));
}

export interface Chip {
  tone: 'run' | 'setup' | 'idle' | 'down' | 'unknown';
  icon: IconName;
  word: string;
}

export function jobChip(state: JobState, words: Words): Chip {
  const word = words.job[state];
  if (state === 'running') return { tone: 'run', icon: 'play', word };
  if (state === 'paused') return { tone: 'idle', icon: 'pause', word };
  return state === 'finished' ? { tone: 'unknown', icon: 'flag', word } : { tone: 'setup', icon: 'check', word };
}

export function machineChip(machine: MachineState, words: Words): Chip {
  const { status } = machine;
  if (status === null) return { tone: 'unknown', icon: 'circleDashed', word: words.status.unknown };
  const word = words.status[status];
  if (status === 'RUNNING') return { tone: 'run', icon: 'play', word };
  if (status === 'SETUP') return { tone: 'setup', icon: 'wrench', word };
  if (status === 'DOWN' || status === 'MAINTENANCE') return { tone: 'down', icon: 'circleStop', word };
  return { tone: 'idle', icon: 'pause', word };
}

/** When the check of a job is due; none where it is done or none is planned. */
export function dueChip(job: Job, words: Words, format: Format): Chip | null {
  const { check } = job;
  if (!check || check.due === 'done') return null;
  const amount = format.quantity(check.amount ?? '0');
  const { due: said } = words.home;
  if (check.due === 'late')
    return { tone: 'down', icon: 'triangleAlert', word: check.amount ? said.late(amount) : said.lateNoAmount };
  if (check.due === 'in_units') return { tone: 'idle', icon: 'clock', word: said.in_units(amount) };
  if (check.due === 'in_minutes') return { tone: 'idle', icon: 'clock', word: said.in_minutes(amount) };
  return { tone: 'down', icon: 'clock', word: said.now };
}
