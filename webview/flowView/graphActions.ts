import type { DrawnEdge, DrawnNode } from '../../src/protocol/graph.ts';
import { type Direction, neighbour } from '../../src/view/graphWays.ts';

/** What a key does in the graph. */
export type GraphAction =
  | { readonly kind: 'move' | 'select' | 'reveal'; readonly place: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'fit' | 'find' };

const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** What a key does while a box has the focus; null: nothing of ours. */
export function graphAction(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  place: number,
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
): GraphAction | null {
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'f') return { kind: 'find' };
  if (ctrlKey || metaKey) return null;
  if (key === 'Enter' && altKey) return { kind: 'reveal', place };
  if (altKey) return null;
  const direction = directions.get(key);
  if (direction !== undefined) {
    return { kind: 'move', place: neighbour(place, direction, nodes, edges) ?? place };
  }
  switch (key) {
    case 'Enter':
    case ' ':
      return { kind: 'select', place };
    case 'Home':
      return { kind: 'move', place: 0 };
    case 'End':
      return { kind: 'move', place: Math.max(0, nodes.length - 1) };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1.25 };
    case '-':
      return { kind: 'zoom', factor: 0.8 };
    case '0':
      return { kind: 'fit' };
    case '/':
      return { kind: 'find' };
    default:
      return null;
  }
}
