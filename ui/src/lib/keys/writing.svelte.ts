/** Which field is being written into on the keyboard on screen. It opens for a finger or a pen on a field, and for
 *  its button; who types on a keyboard never sees it. */
import { isTextField, type TextField } from '../scan/field';

const KINDS = new Set(['text', 'search', 'url', 'tel', 'textarea']);

export class Writing {
  field = $state.raw<TextField | null>(null);

  /** Watches what is touched until the returned function is called. */
  attach(target: Window): () => void {
    // A click does not say everywhere what made it.
    let pointer = '';
    const down = (event: PointerEvent) => (pointer = event.pointerType);
    const click = (event: MouseEvent) => {
      if (event.detail > 0 && (pointer === 'touch' || pointer === 'pen')) this.open(event.target);
    };
    target.addEventListener('pointerdown', down, { capture: true });
    target.addEventListener('click', click);
    return () => {
      target.removeEventListener('pointerdown', down, { capture: true });
      target.removeEventListener('click', click);
    };
  }

  open(target: EventTarget | null): void {
    if (!isTextField(target) || target.readOnly || target.disabled || !KINDS.has(target.type)) return;
    // It shows the field already.
    if (!target.closest('[data-keyboard]')) this.field = target;
  }

  close(): void {
    this.field = null;
  }
}

/** What a field is called on screen. */
export function nameOf(field: TextField): string {
  const by = field.getAttribute('aria-labelledby');
  const label = (by && document.getElementById(by)) || field.labels?.[0];
  const words = [...(label?.childNodes ?? [])].find((it) => it.textContent?.trim());
  return field.getAttribute('aria-label') ?? words?.textContent?.trim() ?? field.placeholder;
}
