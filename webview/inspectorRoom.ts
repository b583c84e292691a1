import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TreeWindow } from '../src/protocol/tree.ts';
import type { SplitProps } from './controls/split.tsx';
import { isInInspector } from './inInspector.ts';
import { usePanel } from './panelContext.ts';
import { treeHeight } from './tree/executionTree.tsx';

/** The time axis and four rows. */
const minTree = 120;
/** Of the steps as a graph: a row of boxes with the tools above it, and the cursor in time. */
const minGraph = 170;
/** Its head with the tabs, and some lines. */
const minInspector = 180;
/** The note that stands where there are no steps. */
const noteHeight = 72;
/** Of a long tree the inspector takes this much all the same, where its head has three lines more; of a graph, which is never too large, less. */
const leastShare = { tree: 0.42, narrowTree: 0.52, graph: 0.3 };
/** From here on its head has one line. */
const wideFrom = 620;

/** Of so little the inspector would be a strip below the tree: all of it scrolls, and the inspector fills what is seen. */
const lowFrom = 380;
/** What stays in sight above it then. */
const seenAbove = 30;

/** How the tree and the inspector share their column: by what the tree has, until the reader says otherwise. */
export function useInspectorRoom(
  window: TreeWindow,
  isDrawn: boolean,
): {
  readonly root: RefObject<HTMLDivElement | null>;
  /** The least height of both, where the window is low. */
  readonly basis: number | null;
} & Pick<SplitProps, 'size' | 'min' | 'minOther' | 'onResize' | 'onReset'> {
  const { state } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const { height, seen, isNarrow } = useRoom(root);
  const { split, inspectorBy } = state.choices.value;
  const rows = useRowsWithRoom(window);
  const least = isDrawn ? minGraph : minTree;
  const ofRows = rows === 0 ? noteHeight : treeHeight(rows);
  const needed = isDrawn ? height : ofRows;
  const ofTree = isNarrow ? leastShare.narrowTree : leastShare.tree;
  const share = isDrawn ? leastShare.graph : ofTree;
  const isLow = seen < lowFrom;
  const chosen = Math.round(split.inspector * height);
  const size =
    inspectorBy === 'content'
      ? Math.max(minInspector, Math.ceil(share * height), height - (isLow ? least : needed))
      : split.inspector >= 1
        ? 'all'
        : chosen === 0
          ? 0
          : Math.max(minInspector, chosen);
  return {
    root,
    basis: isLow ? least + Math.max(minInspector, seen - seenAbove) : null,
    size,
    min: minInspector,
    minOther: inspectorBy === 'content' ? Math.min(least, needed) : least,
    onResize: (wanted) => {
      const inspector = wanted === 'all' ? 1 : wanted / height;
      state.choose({ split: { ...split, inspector }, inspectorBy: 'reader' });
    },
    onReset: () => {
      state.choose({ inspectorBy: 'content' });
    },
  };
}

/** How high tree and inspector are together, how much of them is seen at once, and whether they are narrow. */
function useRoom(root: RefObject<HTMLDivElement | null>): {
  readonly height: number;
  readonly seen: number;
  readonly isNarrow: boolean;
} {
  const [room, setRoom] = useState(() => {
    const { clientHeight } = document.documentElement;
    return { height: clientHeight * 0.7, seen: clientHeight, isNarrow: false };
  });
  useLayoutEffect(() => {
    const element = root.current;
    const around = element?.parentElement;
    if (element === null || around === null || around === undefined) return;
    const measure = () => {
      // What stands above it may end between two pixels, and a row that is cut by half of one is cut.
      const { height, width } = element.getBoundingClientRect();
      const { clientHeight: seen } = around;
      const isNarrow = width < wideFrom;
      setRoom((before) => {
        const isSame = before.height === height && before.seen === seen;
        return isSame && before.isNarrow === isNarrow ? before : { height, seen, isNarrow };
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(around);
    return () => {
      observer.disconnect();
    };
  }, []);
  return room;
}

/**
 * How many rows the tree has room for: those it had at most since the execution was opened, so that closing a row moves
 * nothing below; and no more than it had while the reader is in the inspector, so that a run that grows doesn't push
 * away what he reads.
 */
function useRowsWithRoom({ query: { key }, totalRows }: TreeWindow): number {
  const room = useRef({ key, rows: totalRows });
  if (room.current.key !== key) room.current = { key, rows: totalRows };
  else if (totalRows > room.current.rows && !isInInspector()) {
    room.current.rows = totalRows;
  }
  return room.current.rows;
}
