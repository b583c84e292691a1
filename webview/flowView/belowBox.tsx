import type { FlowDrawing } from '../../src/protocol/graph.ts';
import { textWidth } from '../../src/view/cutToWidth.ts';
import { belowBox, placeBelow } from '../../src/view/graphBelow.ts';

/** What a step took, below its box: where that is small its name is all that it has room for. */
export function BelowBox(props: {
  readonly drawing: FlowDrawing;
  readonly place: number;
  readonly text: string;
  /** How large its letters are. */
  readonly size: number;
}) {
  const { drawing, place, text, size } = props;
  const node = drawing.nodes[place];
  const width = textWidth(text, size);
  if (text === '' || node === undefined || width > node.width) return null;
  if (placeBelow(drawing, place, { width, height: size }) === null) return null;
  return (
    <text
      class="flow-detail flow-below"
      x={0}
      y={node.height + belowBox(size) + 0.8 * size}
      style={{ fontSize: `${String(size)}px` }}
    >
      {text}
    </text>
  );
}
