/** What a field held before a scanner's first characters leaked into it. */

export type Restore = () => void;

interface TextField extends HTMLElement {
  value: string;
  selectionStart: number | null;
  selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
}

/** Fields that keep text; buttons and checkboxes keep none. */
export function isTextField(target: EventTarget | null): target is TextField {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  return target.tagName === 'TEXTAREA' || target.tagName === 'INPUT';
}

/** How to put a field back as it is now; none where the target holds no text. */
export function remembered(target: EventTarget | null): Restore | null {
  if (!isTextField(target)) return null;
  const { value, selectionStart, selectionEnd } = target;
  return () => {
    if (target.value === value) return;
    target.value = value;
    if (selectionStart !== null && selectionEnd !== null) target.setSelectionRange(selectionStart, selectionEnd);
    target.dispatchEvent(new Event('input', { bubbles: true }));
  };
}
