/** What a field held before a scanner's first characters leaked into it, and how a hand's words come back into it. */
import type { Stroke } from '../ipc/bindings';

export interface Remembered {
  /** Puts the field back as it was. */
  restore(): void;
  /** Types the strokes there after all, also where typing went on meanwhile. */
  type(strokes: Stroke[]): void;
}

export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Fields that keep text; buttons and checkboxes keep none. */
export function isTextField(target: EventTarget | null): target is TextField {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  return target.tagName === 'TEXTAREA' || target.tagName === 'INPUT';
}

/** A field as it is now; none where the target holds no text. */
export function remembered(target: EventTarget | null): Remembered | null {
  if (!isTextField(target)) return null;
  const { value, selectionStart, selectionEnd } = target;
  const said = () => target.dispatchEvent(new Event('input', { bubbles: true }));
  return {
    restore() {
      if (target.value === value) return;
      target.value = value;
      if (selectionStart !== null && selectionEnd !== null) target.setSelectionRange(selectionStart, selectionEnd);
      said();
    },
    type(strokes) {
      const words = written(strokes, target.tagName === 'TEXTAREA');
      const start = selectionStart ?? value.length;
      if (target.value === value) target.setRangeText(words, start, selectionEnd ?? start, 'end');
      else insert(target, words, target.value.startsWith(value.slice(0, start)) ? start : null);
      said();
    },
  };
}

/** Inserts at a place, or at the caret; the caret stays behind what was typed meanwhile. */
function insert(field: TextField, words: string, place: number | null): void {
  const caret = field.selectionStart ?? field.value.length;
  const at = place ?? caret;
  field.setRangeText(words, at, at, at === caret ? 'end' : 'preserve');
}

/** What these strokes write. */
function written(strokes: Stroke[], lines: boolean): string {
  const words: string[] = [];
  for (const { key, ctrl, alt, altgr } of strokes) {
    if (key === 'Backspace') words.pop();
    else if (key === 'Enter' && lines) words.push('\n');
    else if (key.length === 1 && (altgr || (!ctrl && !alt))) words.push(key);
  }
  return words.join('');
}
