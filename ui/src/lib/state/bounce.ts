/** A tap that bounces: gloves and worn panels send one touch twice, a little later and a little beside. What a tap
 *  opened, closed or moved lies under the finger before anyone can have read it: the second contact must not press
 *  that either. Keys are left alone. */

/** No finger taps the same thing twice within this. */
export const SAME_MS = 120;
/** Nobody means what came under their finger within this. */
export const NEW_MS = 300;
/** So far apart two contacts of one tap may be. */
const NEAR_PX = 48;

export interface Contact {
  at: number;
  x: number;
  y: number;
  /** What it presses. */
  on: unknown;
  /** Whether this lay there already when the contact came. */
  lay: (thing: unknown, x: number, y: number) => boolean;
}

/** Whether a contact is the one before it once more. Two keys side by side are tapped as fast as one likes. */
export function bounces(last: Contact | null, next: Omit<Contact, 'lay'>): boolean {
  if (!last || Math.hypot(next.x - last.x, next.y - last.y) > NEAR_PX) return false;
  const since = next.at - last.at;
  if (since < 0) return false;
  if (next.on === last.on && since < SAME_MS) return true;
  return since < NEW_MS && !last.lay(next.on, next.x, next.y);
}

/** Where the buttons lie now. */
function layout(): Contact['lay'] {
  const usable = [...document.querySelectorAll('button:not(:disabled)')].filter((it) => !it.closest('[inert]'));
  const places = new Map<unknown, DOMRect>(usable.map((it) => [it, it.getBoundingClientRect()]));
  return (thing, x, y) => {
    const place = places.get(thing);
    // What is no button is pressed by nobody.
    if (!(thing instanceof HTMLButtonElement)) return true;
    return !!place && x >= place.left && x <= place.right && y >= place.top && y <= place.bottom;
  };
}

/** Swallows bounced taps before anything hears them, until the returned function is called. */
export function calm(target: Window): () => void {
  let last: Contact | null = null;
  const click = (event: MouseEvent) => {
    // Pressed by a key or a program: no finger touched anything.
    if (event.detail === 0) return;
    const on = event.target instanceof Element ? (event.target.closest('button') ?? event.target) : event.target;
    const next = { at: event.timeStamp, x: event.clientX, y: event.clientY, on };
    if (!bounces(last, next)) {
      last = { ...next, lay: layout() };
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  target.addEventListener('click', click, { capture: true });
  return () => target.removeEventListener('click', click, { capture: true });
}
