/**
 * Scrolls the box around an element so far that it is seen. The element's own `scrollIntoView` scrolls what is
 * around the page as well, and VS Code's editor would stay moved.
 */
export function scrollIntoSight(element: Element, block: 'nearest' | 'center'): void {
  const box = scrollBox(element);
  if (box === null) return;
  const inner = element.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  if (block === 'center') {
    box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
  } else {
    box.scrollTop += missing(inner.top, inner.bottom, outer.top, outer.bottom);
  }
  box.scrollLeft += missing(inner.left, inner.right, outer.left, outer.right);
}

/** How far a span must move to lie within another; its begin counts where it is longer. */
function missing(from: number, to: number, boxFrom: number, boxTo: number): number {
  if (from < boxFrom || to - from > boxTo - boxFrom) return from - boxFrom;
  return to > boxTo ? to - boxTo : 0;
}

function scrollBox(element: Element): Element | null {
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
    if (scrolls(overflowY) && box.scrollHeight > box.clientHeight) return box;
    if (scrolls(overflowX) && box.scrollWidth > box.clientWidth) return box;
  }
  return null;
}
