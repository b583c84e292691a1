import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DrawnNode } from '../../src/protocol/graph.ts';
import { holds, leastRead, seenArea, type Viewport } from '../../src/view/graphViewport.ts';
import type { ViewportControl } from './useViewport.ts';

/** Whether what runs is brought into sight: while it is played from its begin on, else as long as the reader goes with it. */
export type Following = 'no' | 'withReader' | 'played';

/**
 * Brings a step that began to run into sight. Who has moved the graph meanwhile, and sees nothing of what ran before, looks
 * at something else, and stays there.
 */
export function useRunningInSight(
  running: number | null,
  following: Following,
  nodes: readonly DrawnNode[],
  viewport: ViewportControl,
  /** What the graph itself brought into sight last. */
  placed: { current: Viewport | null },
): void {
  const before = useRef<{ following: Following; node: DrawnNode | undefined }>({
    following: 'no',
    node: undefined,
  });
  useLayoutEffect(() => {
    const node = running === null ? undefined : nodes[running];
    if (node === undefined) return;
    const last = before.current;
    before.current = { following, node };
    if (following === 'no') return;
    const { viewport: at, screen } = viewport.now();
    const isBegin = following === 'played' && last.following !== 'played';
    const isSeen =
      last.node !== undefined && at.scale >= leastRead && holds(seenArea(at, screen), last.node);
    if (!isBegin && !isSeen && at !== placed.current) return;
    viewport.show(node);
    placed.current = viewport.now().viewport;
  }, [running, following]);
}
