/** What must hold on every screen. Runs inside the page; answers with what does not hold. */
export function look() {
  const wrong = [];
  const tell = (what, element) => {
    const name = element.dataset?.testid ?? element.getAttribute?.('class') ?? element.tagName;
    wrong.push(
      `${what}: <${element.tagName.toLowerCase()} ${name}> "${(element.textContent ?? '').trim().slice(0, 50)}"`,
    );
  };
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
    wrong.push('the page itself scrolls');

  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], .hidden-words, [hidden]');
  const scrolls = (element) => {
    const style = getComputedStyle(element);
    return /auto|scroll/.test(style.overflowY);
  };

  for (const element of document.body.querySelectorAll('*')) {
    if (!(element instanceof HTMLElement) || !seen(element)) continue;
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (hasText) {
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.display !== 'inline')
        tell('text is cut sideways', element);
      if (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 0)
        tell('text is cut below', element);
      const size = parseFloat(style.fontSize);
      if (size < 17) tell(`text of ${size}px is too small`, element);
      // every line of text lies inside what it stands on
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      const holder = element.closest('button, .bad, .sheet, header, footer');
      const inScroller = (() => {
        for (let up = element; up; up = up.parentElement) if (scrolls(up) && up.tagName !== 'TEXTAREA') return true;
        return false;
      })();
      if (holder && !inScroller) {
        const outer = holder.getBoundingClientRect();
        if (
          box.width > 0 &&
          (box.left < outer.left - 1 ||
            box.right > outer.right + 1 ||
            box.top < outer.top - 3 ||
            box.bottom > outer.bottom + 3)
        )
          tell('text leaves its holder', element);
      }
    }
  }
  for (const sheet of document.querySelectorAll('.sheet, section, aside')) {
    if (!seen(sheet) || scrolls(sheet)) continue;
    const outer = sheet.getBoundingClientRect();
    for (const child of sheet.querySelectorAll('button, p, h1, h2')) {
      if (!seen(child) || child.closest('.scrolls')) continue;
      const box = child.getBoundingClientRect();
      if (box.width > 0 && (box.bottom > outer.bottom + 1 || box.right > outer.right + 1 || box.top < outer.top - 1))
        tell('is pushed out of its sheet', child);
    }
  }
  for (const target of document.querySelectorAll('button, input, textarea')) {
    if (!seen(target) || target.hidden) continue;
    const { width, height } = target.getBoundingClientRect();
    const least = target.classList.contains('primary') ? 88 : 64;
    if (width < 64 - 0.5 || height < least - 0.5)
      tell(`target of ${Math.round(width)}×${Math.round(height)} is below ${least}`, target);
  }
  const targets = [...document.querySelectorAll('button')].filter((it) => seen(it) && !it.closest('.scrolls'));
  for (const [n, a] of targets.entries()) {
    for (const b of targets.slice(n + 1)) {
      if (a.contains(b) || b.contains(a)) continue;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const [w, h] = [
        Math.min(p.right, q.right) - Math.max(p.left, q.left),
        Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top),
      ];
      const covered =
        a.closest('main') && b.closest('.bad')
          ? true
          : b.closest('main') && a.closest('.bad')
            ? true
            : a.closest('footer') && b.closest('.bad');
      if (w > 2 && h > 2 && !covered) tell(`lies over "${b.textContent.trim().slice(0, 30)}"`, a);
    }
  }
  for (const element of document.querySelectorAll('main p, main dd, main dt, main h1, main h2, main output, main li')) {
    if (!seen(element) || element.closest('button, .scrolls, .bar') || element.querySelector('button, .scrolls'))
      continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    for (const button of targets) {
      if (!button.closest('main')) continue;
      const over = button.getBoundingClientRect();
      const [w, h] = [
        Math.min(box.right, over.right) - Math.max(box.left, over.left),
        Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top),
      ];
      if (w > 2 && h > 3) tell(`is covered by "${button.textContent.trim().slice(0, 30)}"`, element);
    }
  }
  return [...new Set(wrong)];
}
