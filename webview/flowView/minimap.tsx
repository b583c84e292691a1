import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FlowDrawing } from '../../src/protocol/graph.ts';
import { type Area, type Extent2d, overview } from '../../src/view/graphViewport.ts';
import { usePanel } from '../panelContext.ts';

const minimapSize = { width: 160, height: 110 } as const;

/** All of the graph in a corner, with a frame around what is seen; a click goes there. */
export function Minimap(props: {
  readonly drawing: FlowDrawing;
  /** A layer of its own: moving it paints none of the boxes. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly failing: readonly number[];
  readonly onGo: (x: number, y: number) => void;
}) {
  const { t } = usePanel();
  const { drawing, frame, failing, onGo } = props;
  const { nodes, width, height } = drawing;
  const all = useMemo(() => boxes(nodes, nodes.keys()), [nodes]);
  const failed = useMemo(() => boxes(nodes, failing), [nodes, failing]);
  const go = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { scale, x, y } = overview(drawing, minimapSize);
    onGo((event.clientX - box.left - x) / scale, (event.clientY - box.top - y) / scale);
  };
  return (
    <div
      class="flow-minimap"
      aria-hidden="true"
      title={t('Overview')}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (event.buttons > 0) go(event);
      }}
    >
      <svg
        {...minimapSize}
        viewBox={`0 0 ${String(Math.max(1, width))} ${String(Math.max(1, height))}`}
      >
        <path class="flow-minimap-boxes" d={all} />
        <path class="flow-minimap-failing" d={failed} />
      </svg>
      <div ref={frame} class="flow-minimap-frame" />
    </div>
  );
}

/** Puts the frame around what is seen. */
export function frameSeen(frame: HTMLElement, graph: Extent2d, seen: Area): void {
  const { scale, x, y } = overview(graph, minimapSize);
  frame.style.transform = `translate(${String(seen.x * scale + x)}px, ${String(seen.y * scale + y)}px)`;
  frame.style.width = `${String(seen.width * scale)}px`;
  frame.style.height = `${String(seen.height * scale)}px`;
}

function boxes(nodes: FlowDrawing['nodes'], places: Iterable<number>): string {
  let path = '';
  for (const place of places) {
    const node = nodes[place];
    if (node === undefined) continue;
    path += `M${String(node.x)} ${String(node.y)}h${String(node.width)}v${String(node.height)}h${String(-node.width)}Z`;
  }
  return path;
}
