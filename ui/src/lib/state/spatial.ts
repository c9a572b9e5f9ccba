/** Arrow keys move the focus to the nearest thing in that direction, so that a keyboard alone reaches everything. */
import { isTextField } from '../scan/field';

const REACHABLE = 'button:not(:disabled), [tabindex="0"], input:not(:disabled), textarea:not(:disabled)';

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** How far it is to there, sideways counted double; none where it lies in another direction. */
export function distance(from: Box, to: Box, direction: Direction): number | null {
  const vertical = direction === 'ArrowUp' || direction === 'ArrowDown';
  const forward = {
    ArrowUp: from.top - to.bottom,
    ArrowDown: to.top - from.bottom,
    ArrowLeft: from.left - to.right,
    ArrowRight: to.left - from.right,
  }[direction];
  if (forward < -4) return null;
  const [a, b, c, d] = vertical
    ? [from.left, from.right, to.left, to.right]
    : [from.top, from.bottom, to.top, to.bottom];
  const sideways = Math.max(0, a - d, c - b);
  const centres = Math.abs((a + b) / 2 - (c + d) / 2);
  return Math.max(0, forward) + 2 * sideways + centres / 100;
}

/** A list that holds the focus itself is scrolled first; at its end the focus moves on. */
function scrollsOn(element: HTMLElement, direction: Direction): boolean {
  if (!element.classList.contains('scrolls')) return false;
  if (direction === 'ArrowUp') return element.scrollTop > 0;
  return direction === 'ArrowDown' && element.scrollTop + element.clientHeight < element.scrollHeight - 1;
}

export function moveFocus(event: KeyboardEvent): void {
  const { key } = event;
  if (key !== 'ArrowUp' && key !== 'ArrowDown' && key !== 'ArrowLeft' && key !== 'ArrowRight') return;
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTextField(event.target)) return;
  const all = [...document.querySelectorAll<HTMLElement>(REACHABLE)].filter(
    (it) => !it.closest('[inert]') && it.checkVisibility(),
  );
  const active = document.activeElement;
  if (active instanceof HTMLElement && scrollsOn(active, key)) return;
  const from = active instanceof HTMLElement && all.includes(active) ? active.getBoundingClientRect() : null;
  event.preventDefault();
  if (!from) return (all.find((it) => it.closest('main')) ?? all[0])?.focus();
  let [best, nearest]: [HTMLElement | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const it of all) {
    if (it === active) continue;
    const far = distance(from, it.getBoundingClientRect(), key);
    if (far !== null && far < nearest) [best, nearest] = [it, far];
  }
  best?.focus();
}
