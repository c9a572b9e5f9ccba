/** A tap that bounces: gloves and worn panels send one touch twice, a little later and a little beside. What a tap
 *  opened, closed or moved lies under the finger before anyone can have read it: the second contact must not press
 *  that either. Keys are left alone. */

/** No finger taps the same thing twice within this. */
export const SAME_MS = 120;
/** Nobody means what came under their finger within this. */
export const OTHER_MS = 300;
/** So far apart two contacts of one tap may be. */
const NEAR_PX = 48;

export interface Contact {
  at: number;
  x: number;
  y: number;
  /** What it would press. */
  on: unknown;
}

/** Whether a contact is the one before it once more. */
export function bounces(last: Contact | null, next: Contact): boolean {
  if (!last || Math.hypot(next.x - last.x, next.y - last.y) > NEAR_PX) return false;
  const since = next.at - last.at;
  return since >= 0 && since < (next.on === last.on ? SAME_MS : OTHER_MS);
}

/** Swallows bounced taps before anything hears them, until the returned function is called. */
export function calm(target: Window): () => void {
  let last: Contact | null = null;
  const click = (event: MouseEvent) => {
    // Pressed by a key or a program: no finger touched anything.
    if (event.detail === 0) return;
    const on = event.target instanceof Element ? (event.target.closest('button') ?? event.target) : event.target;
    const next = { at: event.timeStamp, x: event.clientX, y: event.clientY, on };
    const again = bounces(last, next);
    last = again ? { ...next, on: last?.on } : next;
    if (!again) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  target.addEventListener('click', click, { capture: true });
  return () => target.removeEventListener('click', click, { capture: true });
}
