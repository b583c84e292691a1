import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import { lentByInspector, usableInspector } from '../inspectorRoom.ts';
import { usePanel } from '../panelContext.ts';
import { treeHeight } from '../tree/executionTree.tsx';
import type { ReasonLength } from '../tree/treeMemory.ts';

/** Of a longer tree as many rows are in sight whatever stands above it. */
const mostRows = 8;
/** The title, two lines of what was seen, two of what to do first, and one of its problem. */
const shortHeight = 132;

interface Measured {
  /** Of what the card was measured, and where: it has other lines elsewhere. */
  readonly of: string;
  /** How high the card is in full. */
  readonly full: number;
  /** What stands above the steps beside it. */
  readonly above: number;
}

/**
 * How much of the reasons there is room for where the steps have what their rows need, and what is known of one has some
 * lines. It is measured in full before anything of it is painted, and anew where the panel has another width.
 */
export function useReasonLength(
  card: RefObject<HTMLElement | null>,
  { query: { key }, totalRows }: TreeWindow,
  /** Whether it is to be as long as there is room for. */
  isAsked: boolean,
): ReasonLength {
  const { state } = usePanel();
  const [detail, setDetail] = useState({ width: 0, height: 0 });
  const [measured, setMeasured] = useState<Measured | null>(null);
  // As many as it had: a row that is opened folds nothing above it.
  const rows = useRef({ key, count: totalRows });
  if (rows.current.key !== key) rows.current = { key, count: totalRows };
  const of = `${key} ${String(detail.width)}`;
  useLayoutEffect(() => {
    const around = card.current?.closest('.detail');
    if (around === null || around === undefined) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = around;
      setDetail((before) =>
        before.width === width && before.height === height ? before : { width, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    return () => {
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const around = card.current?.closest('.detail');
    const steps = around?.querySelector('.tree-and-inspector');
    const isKnown = !isAsked || measured?.of === of;
    if (isKnown || card.current === null || !around || !steps) return;
    const above = steps.getBoundingClientRect().top - around.getBoundingClientRect().top;
    setMeasured({
      of,
      full: card.current.scrollHeight,
      above: above + around.scrollTop - card.current.offsetHeight,
    });
  });
  if (!isAsked) return 'brief';
  // What comes above it, as a banner does, folds nothing: it follows the window and the divider alone.
  const size = [innerWidth, innerHeight, detail.width].join(' ');
  const tree = state.treeMemory.of(key);
  if (tree.reasons?.size === size) return tree.reasons.length;
  if (measured?.of !== of) return 'full';
  const stepsNeed = treeHeight(Math.min(mostRows, rows.current.count));
  const left = detail.height - measured.above - stepsNeed - usableInspector(detail.width);
  const length = lengthIn(left, measured.full);
  if (detail.width > 0) tree.reasons = { size, length };
  return length;
}

function lengthIn(left: number, full: number): ReasonLength {
  if (full <= left) return 'full';
  return shortHeight <= left + lentByInspector ? 'short' : 'brief';
}
