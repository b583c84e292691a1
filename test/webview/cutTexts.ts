import type { Page } from 'playwright-core';

/** A text that ends in the middle of a sign, or a control of which nothing is to be seen. */
export interface Cut {
  readonly what: 'text' | 'control';
  readonly text: string;
  /** The element, and what cuts it. */
  readonly target: string;
}

/** What is cut off at a side without being marked as cut, and can't be scrolled into sight. */
export function cutTexts(page: Page): Promise<Cut[]> {
  return page.evaluate(cutInPage);
}

/** Runs in the page. */
function cutInPage(): Cut[] {
  interface Side {
    left: number;
    right: number;
    readonly top: number;
    readonly bottom: number;
  }
  /** Letters of some fonts reach a little out of their boxes. */
  const tolerance = 1.5;
  const found: Cut[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? '').trim() === '' || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const by = cutter(element, rect, 'text');
      if (by !== null) found.push(describe('text', element, by));
    }
  }
  for (const control of document.querySelectorAll('button, input, [role=tab], vscode-button')) {
    if (!isShown(control)) continue;
    const by = cutter(control, control.getBoundingClientRect(), 'control');
    if (by !== null) found.push(describe('control', control, by));
  }
  return found;

  /** What takes a part of the box away at its left or right; of a control, what takes all of it. */
  function cutter(of: Element, box: DOMRect, what: Cut['what']): Element | null {
    const left: Side = { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    if (box.width === 0) return null;
    for (let at: Element | null = of; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const isPage = at === document.documentElement;
      if (/auto|scroll/.test(style.overflowX)) return null;
      if (!isPage && !/hidden|clip/.test(style.overflowX)) {
        if (style.position === 'fixed') at = document.body;
        continue;
      }
      const edge = isPage
        ? { left: 0, right: innerWidth, top: 0, bottom: innerHeight }
        : at.getBoundingClientRect();
      // Out of sight as a whole, below: wrapped there because there is no room for it.
      if (left.top >= edge.bottom - 2 || left.bottom <= edge.top + 2) return null;
      const isCut = left.left < edge.left - tolerance || left.right > edge.right + tolerance;
      const isGone = left.right <= edge.left || left.left >= edge.right;
      if (style.textOverflow === 'ellipsis') {
        left.left = Math.max(left.left, edge.left);
        left.right = Math.min(left.right, edge.right);
        if (left.right - left.left <= 0) return null;
      } else if (what === 'control' ? isGone : isCut && !isGone) return at;
    }
    return null;
  }
  function isShown(element: Element): boolean {
    return (
      // A graph is moved into sight.
      element.closest('.sr-only, .filter-copy, .codicon, .flow-screen') === null &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    );
  }
  function describe(what: Cut['what'], element: Element, by: Element): Cut {
    const name = (one: Element) => [one.localName, ...one.classList].join('.');
    const text = element.getAttribute('aria-label') ?? element.textContent;
    return { what, text: text.slice(0, 60), target: `${name(element)} in ${name(by)}` };
  }
}
