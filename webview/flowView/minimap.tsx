import type { RefObject } from 'preact';
import type { FlowDrawing } from '../../src/protocol/graph.ts';
import { usePanel } from '../panelContext.ts';

const size = { width: 160, height: 110 } as const;

/** All of the graph in a corner, with a frame around what is seen; a click goes there. */
export function Minimap(props: {
  readonly drawing: FlowDrawing;
  readonly frame: RefObject<SVGRectElement | null>;
  readonly failing: readonly number[];
  readonly onGo: (x: number, y: number) => void;
}) {
  const { t } = usePanel();
  const { drawing, frame, failing, onGo } = props;
  const { nodes, width, height } = drawing;
  const boxes = (places: Iterable<number>) => {
    let path = '';
    for (const place of places) {
      const node = nodes[place];
      if (node === undefined) continue;
      path += `M${String(node.x)} ${String(node.y)}h${String(node.width)}v${String(node.height)}h${String(-node.width)}Z`;
    }
    return path;
  };
  const go = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const matrix = svg.getScreenCTM();
    if (matrix === null) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onGo(x, y);
  };
  return (
    <svg
      class="flow-minimap"
      aria-hidden="true"
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
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
      <title>{t('Overview')}</title>
      <path class="flow-minimap-boxes" d={boxes(nodes.keys())} />
      <path class="flow-minimap-failing" d={boxes(failing)} />
      <rect ref={frame} class="flow-minimap-frame" />
    </svg>
  );
}
