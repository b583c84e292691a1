import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import {
  joinedBands,
  type LineBand,
  nearestBegin,
  wholeLineBegins,
  wholeLinesIn,
} from '../../src/view/wholeLines.ts';

/** What the steps and the inspector keep, with the divider: four rows and some lines. */
const besideSteps = 301;
/** Of the flow: a row of boxes with its tools. */
const besideFlow = 351;
/** The head of the inspector has more lines in a column less wide than this. */
const narrowBelow = 620;
const ofNarrow = 60;
/** Below what was found, or the way of a value, they are what one looks at. */
const belowList = 360;
/** Of what is unfolded so much is in sight wherever that is: some five lines. */
const least = 110;
/** Where nothing is looked for, twice that, or this part of a low window. */
const leastElse = { pixels: 200, part: 0.4 };
/** So low that the page itself scrolls: one way to scroll is enough. */
const pageScrollsBelow = 420;

/**
 * Gives the unfolded reasons the room that they need, as far as steps and inspector have theirs. Where that is not all,
 * they begin and end with whole lines, and look as if there were more.
 */
export function useCardRoom(ref: RefObject<HTMLElement | null>, isOpen: boolean): void {
  useLayoutEffect(() => {
    const card = ref.current;
    const detail = card?.closest<HTMLElement>('.detail');
    if (!isOpen || card === null || !detail) return;
    const fit = () => {
      const isAtEnd = card.scrollTop > 0 && goesOnBy(card) <= 2;
      card.style.paddingBlockEnd = '';
      card.style.maxHeight = maxHeight(card, detail);
      roundEnd(card);
      if (isAtEnd) card.scrollTop = card.scrollHeight;
      showEnds(card);
    };
    const rest = () => {
      const { scrollTop } = card;
      if (scrollTop <= 0 || goesOnBy(card) <= 2) return;
      const whole = nearestBegin(scrollTop, beginsOf(card));
      if (Math.abs(whole - scrollTop) > 1) card.scrollTo({ top: whole });
    };
    const scrolled = () => {
      showEnds(card);
    };
    const resized = new ResizeObserver(fit);
    const observeAll = () => {
      for (const one of [detail, ...detail.children, ...card.children]) resized.observe(one);
      fit();
    };
    const comings = new MutationObserver(observeAll);
    for (const one of [detail, card]) comings.observe(one, { childList: true });
    card.addEventListener('scroll', scrolled);
    card.addEventListener('scrollend', rest);
    observeAll();
    return () => {
      resized.disconnect();
      comings.disconnect();
      card.removeEventListener('scroll', scrolled);
      card.removeEventListener('scrollend', rest);
      card.style.maxHeight = '';
      card.style.paddingBlockEnd = '';
      card.classList.remove('more-above', 'more-below');
    };
  }, [isOpen]);
}

function maxHeight(card: HTMLElement, detail: HTMLElement): string {
  if (innerHeight <= pageScrollsBelow) return 'none';
  const steps = detail.querySelector('.tree-and-inspector');
  if (steps === null) return '';
  const above = steps.getBoundingClientRect().top - detail.getBoundingClientRect().top;
  // In parts of a pixel, as what is around it: rounded, it would become another one by its own height, in each frame.
  const others = above + detail.scrollTop - card.getBoundingClientRect().height;
  const isBelowList = detail.querySelector('.find-panel, .trail-panel') !== null;
  const ofSteps = steps.classList.contains('drawn') ? besideFlow : besideSteps;
  const ofInspector = detail.clientWidth < narrowBelow ? ofNarrow : 0;
  const kept = isBelowList ? belowList : ofSteps + ofInspector;
  const elsewhere = Math.min(leastElse.pixels, innerHeight * leastElse.part);
  const inSight = isBelowList ? least : Math.max(least, elsewhere);
  const borders = card.offsetHeight - card.clientHeight;
  const inside = Math.floor(Math.max(detail.clientHeight - others - kept, inSight)) - borders;
  if (card.scrollHeight <= inside) return 'none';
  const whole = wholeLinesIn(inside, linesOf(card));
  return `${String(whole + borders)}px`;
}

/** Scrolled to its end it begins with a whole line as well: some air behind the last one makes that so. */
function roundEnd(card: HTMLElement): void {
  const end = card.scrollHeight - card.clientHeight;
  if (end <= 1) return;
  const begin = beginsOf(card).find((one) => one >= end);
  if (begin === undefined || begin - end < 1) return;
  const { paddingBottom } = getComputedStyle(card);
  card.style.paddingBlockEnd = `${String(Number.parseFloat(paddingBottom) + begin - end)}px`;
}

function beginsOf(card: HTMLElement): number[] {
  return wholeLineBegins(joinedBands(linesOf(card)));
}

/** What comes later has its lines before: nothing moves when its words are there. */
const cameLater = '.its-problem';

/** The lines of all texts in it. */
function linesOf(card: HTMLElement): LineBand[] {
  const begin = card.getBoundingClientRect().top + card.clientTop - card.scrollTop;
  const lines: LineBand[] = [];
  const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode() !== null) {
    const parent = texts.currentNode.parentElement;
    if (parent?.closest(cameLater) != null) continue;
    const end = parent?.getBoundingClientRect().bottom ?? 0;
    range.selectNodeContents(texts.currentNode);
    for (const { top, bottom, height, width } of range.getClientRects()) {
      // What is for screen readers alone has a pixel, and of a long message some lines are shown.
      const isSeen = height > 4 && width > 1 && bottom <= end + 2;
      if (isSeen) lines.push({ top: top - begin, bottom: bottom - begin });
    }
  }
  for (const kept of card.querySelectorAll(cameLater)) {
    const { top, bottom } = kept.getBoundingClientRect();
    const height = Number.parseFloat(getComputedStyle(kept).lineHeight);
    for (let at = top; at + height <= bottom + 1; at += height)
      lines.push({ top: at - begin, bottom: at + height - begin });
  }
  return lines;
}

function showEnds(card: HTMLElement): void {
  card.classList.toggle('more-above', card.scrollTop > 1);
  card.classList.toggle('more-below', goesOnBy(card) > 2);
}

/** So many pixels are below its edge. */
function goesOnBy({ scrollTop, clientHeight, scrollHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}
