import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { GraphStates } from '../../src/protocol/graph.ts';
import { graphEdgeText, graphNodeText, takenByText } from '../../src/texts/graphTexts.ts';
import { rowName } from '../../src/texts/titles.ts';
import { placeAt, takenBy } from '../../src/view/graphWays.ts';
import type { GraphLook } from './graphLayers.tsx';
import { besidePointer, type HoveredEdge, PassedValues } from './passedValues.tsx';
import type { ViewportControl } from './useViewport.ts';

/** What the pointer is on, and what it tells there: what passed along an arrow, and of a box that has no name what it is. */
export function useHovered(of: {
  readonly screen: RefObject<HTMLElement | null>;
  readonly look: GraphLook;
  readonly states: GraphStates | null;
  readonly viewport: ViewportControl;
  /** From afar boxes are one picture: which of them is meant, only its place tells. */
  readonly isFar: boolean;
}): {
  readonly tip: VNode | null;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  /** The box that is pressed. */
  readonly placeOf: (event: MouseEvent) => number | null;
} {
  const { screen, look, states, viewport, isFar } = of;
  const { nodes, edges } = look.drawing;
  const [edge, setEdge] = useState<HoveredEdge | null>(null);
  const [box, setBox] = useState<{ place: number; at: HoveredEdge['at'] } | null>(null);
  const placeOf = (event: MouseEvent): number | null => {
    const drawn = numberOf(event.target, 'data-place');
    if (!isFar || screen.current === null) return drawn;
    const { left, top } = screen.current.getBoundingClientRect();
    const { scale, x, y } = viewport.now().viewport;
    const [across, down] = [event.clientX - left - x, event.clientY - top - y];
    return placeAt(nodes, across / scale, down / scale) ?? drawn;
  };
  const atPointer = (event: PointerEvent) =>
    screen.current === null ? {} : besidePointer(event, screen.current);
  const onPointerMove = (event: PointerEvent): void => {
    const isMoved = event.buttons > 0;
    setEdge(isMoved ? null : edgeAt(event));
    const place = isMoved || !isFar ? null : placeOf(event);
    // What is an element of its own has a title.
    const isTold = place === null || place === numberOf(event.target, 'data-place');
    // Within a box nothing changes, so nothing is drawn anew.
    setBox((now) => (isTold ? null : now?.place === place ? now : { place, at: atPointer(event) }));
  };
  const edgeAt = (event: PointerEvent): HoveredEdge | null => {
    const index = numberOf(event.target, 'data-edge');
    const found = index === null ? undefined : edges[index];
    const [from, to] = [nodes[found?.source ?? -1], nodes[found?.target ?? -1]];
    if (index === null || found === undefined || from === undefined || to === undefined)
      return null;
    const { t, sides } = look;
    const times = states?.taken?.[index] ?? null;
    const side = takenBy(look, index);
    return {
      text: graphEdgeText(
        ...([rowName(from, t), rowName(to, t), times, t] as const),
        side === null || sides === null ? '' : takenByText(side, sides, t),
      ),
      row: times === 0 ? null : (look.states.get(found.source)?.run?.row ?? null),
      at: atPointer(event),
    };
  };
  const node = box === null ? undefined : nodes[box.place];
  const tip =
    edge !== null ? (
      <PassedValues edge={edge} execution={states?.execution?.key ?? null} />
    ) : box !== null && node !== undefined ? (
      <div class="flow-tip" role="tooltip" style={box.at}>
        {graphNodeText(
          node,
          look.states.get(box.place),
          look.statusOf(box.place),
          look.t,
          look.onlyIn(box.place),
        )}
      </div>
    ) : null;
  const onPointerLeave = () => {
    setEdge(null);
    setBox(null);
  };
  return { tip, onPointerMove, onPointerLeave, placeOf };
}

function numberOf(target: EventTarget | null, attribute: 'data-place' | 'data-edge') {
  const element = target instanceof Element ? target.closest(`[${attribute}]`) : null;
  return element === null ? null : Number(element.getAttribute(attribute));
}
