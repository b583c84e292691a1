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
/** Below what was found, or the way of a value: that is a list already, and one looks at what it leads to. */
const belowList = { tree: 44, graph: 100, inspector: 118, lowFrom: 300 } as const;
/** The note that stands where there are no steps. */
const noteHeight = 72;
/** Of a long tree the inspector takes this much all the same, where its head has three lines more; of a graph, which is never too large, less. */
const leastShare = { tree: 0.42, narrowTree: 0.52, graph: 0.3 };
/** From here on its head has fewer lines. */
const wideFrom = 620;
/** The same of a column of its own beside the list. */
const oneLineFrom = 760;
/** Ten lines below its head and its tabs. */
const usable = { oneLine: 262, narrow: 290 } as const;
/** More than that it takes of no column. */
const mostOfTree = 0.58;

/** So much it does without, two of its ten lines, where else a row of a short tree, or what to do first, is out of sight. */
export const lentByInspector = 48;

/** How high it is at least where there is room for all, in a column so wide. */
export const usableInspector = (width: number): number =>
  width >= oneLineFrom ? usable.oneLine : usable.narrow;

/** Of so little the inspector would be a strip below the tree: all of it scrolls, and the inspector fills what is seen. */
const lowFrom = 380;
/** What stays in sight above it then. */
const seenAbove = 30;
/** So few pixels are left out instead of being scrolled to: what can be scrolled by a finger's breadth only looks displaced. */
const tooFewToScroll = 40;

/** How the tree and the inspector share their column: by what the tree has, until the reader says otherwise. */
export function useInspectorRoom(
  window: TreeWindow,
  isDrawn: boolean,
): {
  readonly root: RefObject<HTMLDivElement | null>;
  /** The least height of both. */
  readonly basis: number;
} & Pick<SplitProps, 'size' | 'min' | 'minOther' | 'onResize' | 'onReset'> {
  const { state } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const { height, seen, above, width } = useRoom(root);
  const isBelowList = state.finding.value !== null || state.following.value !== null;
  const least = leastRoom(isDrawn, isBelowList);
  const split = state.chosen('split');
  const inspectorBy = state.chosen('inspectorBy');
  const rows = useRowsWithRoom(window);
  const ofRows = rows === 0 ? noteHeight : treeHeight(rows);
  const needed = isDrawn ? height : ofRows;
  const ofTree = width < wideFrom ? leastShare.narrowTree : leastShare.tree;
  const share = isDrawn ? leastShare.graph : ofTree;
  const wanted = isDrawn ? 0 : Math.min(usableInspector(width), mostOfTree * height);
  const behindRows = height - ofRows;
  const usableHere = behindRows < wanted - lentByInspector ? wanted : Math.min(wanted, behindRows);
  const isLow = seen < least.lowFrom;
  const chosen = Math.round(split.inspector * height);
  const size =
    inspectorBy === 'content'
      ? Math.max(
          minInspector,
          Math.ceil(Math.max(share * height, usableHere)),
          height - (isLow ? least.steps : needed),
        )
      : split.inspector >= 1
        ? 'all'
        : chosen === 0
          ? 0
          : Math.max(minInspector, chosen);
  return {
    root,
    basis: fitted(
      isLow ? least.steps + Math.max(minInspector, seen - seenAbove) : least.both,
      seen - above,
    ),
    size,
    min: least.inspector,
    minOther: inspectorBy === 'content' ? Math.min(least.steps, needed) : least.steps,
    onResize: (pixels) => {
      const inspector = pixels === 'all' ? 1 : pixels / height;
      state.choose({ split: { ...split, inspector }, inspectorBy: 'reader' });
    },
    onReset: () => {
      state.choose({ inspectorBy: 'content' });
    },
  };
}

/** What steps and inspector keep at least, each and with the divider between them. */
function leastRoom(isDrawn: boolean, isBelowList: boolean) {
  const inspector = isBelowList ? belowList.inspector : minInspector;
  const ofTree = isBelowList ? belowList.tree : minTree;
  const ofGraph = isBelowList ? belowList.graph : minGraph;
  const steps = isDrawn ? ofGraph : ofTree;
  const from = isBelowList ? belowList.lowFrom : lowFrom;
  return { steps, inspector, both: steps + inspector + 1, lowFrom: from };
}

/** All the room there is, where what is wanted is hardly more. */
function fitted(wanted: number, room: number): number {
  return wanted > room && wanted - room <= tooFewToScroll ? room : wanted;
}

/** How high tree and inspector are together, how much is seen at once of them and of what stands above them, and how wide they are. */
function useRoom(root: RefObject<HTMLDivElement | null>): {
  readonly height: number;
  readonly seen: number;
  readonly above: number;
  readonly width: number;
} {
  const [room, setRoom] = useState(() => {
    const { clientHeight } = document.documentElement;
    return { height: clientHeight * 0.7, seen: clientHeight, above: 0, width: 1_000 };
  });
  useLayoutEffect(() => {
    const element = root.current;
    const around = element?.parentElement;
    if (element === null || around === null || around === undefined) return;
    const measure = () => {
      // What stands above it may end between two pixels, and a row that is cut by half of one is cut.
      const { height, width, top } = element.getBoundingClientRect();
      const { clientHeight: seen } = around;
      const above = top - around.getBoundingClientRect().top + around.scrollTop;
      const now = { height, seen, above, width };
      setRoom((before) => {
        const isSame = before.height === height && before.seen === seen && before.above === above;
        return isSame && before.width === width ? before : now;
      });
    };
    const observer = new ResizeObserver(measure);
    const observeAll = () => {
      for (const one of [around, ...around.children]) observer.observe(one);
      measure();
    };
    observeAll();
    const comings = new MutationObserver(observeAll);
    comings.observe(around, { childList: true });
    return () => {
      observer.disconnect();
      comings.disconnect();
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
