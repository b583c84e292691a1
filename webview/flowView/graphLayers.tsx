import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FlowDrawing, NodeState } from '../../src/protocol/graph.ts';
import type { NodeStatus } from '../../src/trace/tree.ts';
import {
  graphNodeCounts,
  graphNodeDetail,
  graphNodeText,
  type TakenBy,
} from '../../src/texts/graphTexts.ts';
import { rowName } from '../../src/texts/titles.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { cutToWidth } from '../../src/view/cutToWidth.ts';
import { arrowMiddle, arrowPath, straightPath } from '../../src/view/graphPath.ts';
import type { GraphPicture } from '../../src/view/graphPicture.ts';
import { StatusSign } from './statusSign.tsx';

/** All that decides how boxes and arrows look. */
export interface GraphLook {
  readonly drawing: FlowDrawing;
  readonly states: ReadonlyMap<number, NodeState>;
  readonly statusOf: (place: number) => NodeStatus;
  /** Null: nothing ran. */
  readonly taken: readonly number[] | null;
  /** Of the one that it is compared with. */
  readonly takenByOther: readonly number[] | null;
  /** The arrows that led to the failure. */
  readonly way: ReadonlySet<number>;
  readonly selected: number | null;
  readonly focused: number | null;
  readonly found: ReadonlySet<number>;
  /** Ids of nodes that a followed value went through. */
  readonly onTrail: ReadonlySet<string>;
  readonly t: Translate;
}

/** The element id of a box, for `aria-activedescendant`. */
export const boxId = (place: number): string => `flow-box-${String(place)}`;

/**
 * What was drawn of a look, by its number: what is the same element is not compared. It grows to what the flow has, and goes
 * with the look.
 */
function useKept(
  look: GraphLook,
  isDetailed: boolean,
  make: (index: number) => VNode | null,
): (index: number) => VNode | null {
  const kept = useMemo(() => new Map<number, VNode | null>(), [look, isDetailed]);
  return (index) => {
    const found = kept.get(index);
    if (found !== undefined) return found;
    const made = make(index);
    kept.set(index, made);
    return made;
  };
}

/** Boxes around others, with their names. */
export function GroupLayer({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const { isDetailed } = picture;
  const box = useKept(look, isDetailed, (place) => (
    <Box key={place} place={place} look={look} isGroup isDetailed={isDetailed} />
  ));
  return <g>{picture.groups.map(box)}</g>;
}

/** Boxes; from afar one picture for each state. */
export function NodeLayer({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const box = useKept(look, picture.isDetailed, (place) => (
    <Box key={place} place={place} look={look} isGroup={false} isDetailed={picture.isDetailed} />
  ));
  if (picture.isDetailed) return <g>{picture.nodes.map(box)}</g>;
  const paths = new Map<NodeStatus, string>();
  for (const place of picture.nodes) {
    const node = look.drawing.nodes[place];
    if (node === undefined) continue;
    const { x, y, width, height } = node;
    const status = look.statusOf(place);
    const path = `M${String(x)} ${String(y)}h${String(width)}v${String(height)}h${String(-width)}Z`;
    paths.set(status, (paths.get(status) ?? '') + path);
  }
  const near = [look.selected, look.focused].filter((place) => place !== null);
  return (
    <g>
      {[...paths].map(([status, path]) => (
        <path key={status} class={`flow-far flow-${status}`} d={path} />
      ))}
      {[...new Set(near)].map(box)}
    </g>
  );
}

function Box(props: {
  readonly place: number;
  readonly look: GraphLook;
  readonly isGroup: boolean;
  readonly isDetailed: boolean;
}) {
  const { place, look, isGroup, isDetailed } = props;
  const node = look.drawing.nodes[place];
  if (node === undefined) return null;
  const { t } = look;
  const state = look.states.get(place);
  const status = look.statusOf(place);
  const { x, y, width, height } = node;
  const classes = [
    isGroup ? 'flow-group' : 'flow-node',
    `flow-${status}`,
    ...(state?.run?.failing === true && status === 'failed' ? ['flow-failing'] : []),
    ...(place === look.selected ? ['flow-selected'] : []),
    ...(place === look.focused ? ['flow-focused'] : []),
    ...(look.found.has(place) ? ['flow-found'] : []),
    ...(look.onTrail.has(node.nodeId) ? ['flow-on-trail'] : []),
  ];
  const text = graphNodeText(node, state, status, t);
  const counts = state === undefined ? '' : graphNodeCounts(state);
  return (
    <g
      id={boxId(place)}
      class={classes.join(' ')}
      role="option"
      aria-selected={place === look.selected}
      aria-label={text}
      data-place={place}
      data-status={status}
      transform={`translate(${String(x)} ${String(y)})`}
    >
      <rect class="flow-box" width={width} height={height} rx={4} />
      {isDetailed && (
        <>
          <StatusSign status={status} x={10} y={isGroup ? 9 : 8} />
          <text class="flow-name" x={34} y={isGroup ? 22 : 21}>
            {cutToWidth(rowName(node, t), width - (isGroup ? 130 : 44))}
          </text>
          <text
            class="flow-detail"
            x={isGroup ? width - 12 : 34}
            y={isGroup ? 22 : 40}
            text-anchor={isGroup ? 'end' : 'start'}
          >
            {cutToWidth(graphNodeDetail(state, status, t), isGroup ? 90 : width - 100, 12)}
          </text>
          {!isGroup && counts !== '' && (
            <text class="flow-detail" x={width - 10} y={40} text-anchor="end">
              {counts}
            </text>
          )}
        </>
      )}
      <title>{text}</title>
    </g>
  );
}

/** Arrows, with how often they were taken; from afar one picture for each kind. */
export function EdgeLayer({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const { drawing } = look;
  const arrow = useKept(look, picture.isDetailed, (index) => (
    <Arrow key={index} index={index} look={look} />
  ));
  if (!picture.isDetailed) {
    const paths = new Map<string, string>();
    for (const index of picture.edges) {
      const kind = edgeClass(look, index);
      paths.set(kind, (paths.get(kind) ?? '') + straightPath(drawing.edges[index]?.route ?? []));
    }
    return (
      <g aria-hidden="true">
        {[...paths].map(([kind, path]) => (
          <path key={kind} class={`flow-edge flow-edge-far ${kind}`} d={path} />
        ))}
      </g>
    );
  }
  return <g aria-hidden="true">{picture.edges.map(arrow)}</g>;
}

function Arrow({ index, look }: { index: number; look: GraphLook }) {
  const edge = look.drawing.edges[index];
  if (edge === undefined || edge.route.length < 4) return null;
  const path = arrowPath(edge.route);
  const kind = edgeClass(look, index);
  const count = look.taken?.[index] ?? 0;
  const [x, y] = arrowMiddle(edge.route);
  return (
    <g data-edge={index}>
      <path class="flow-edge-hit" d={path} />
      <path
        class={`flow-edge ${kind}${edge.kind === 'part' ? ' flow-part' : ''}`}
        d={path}
        marker-end={`url(#flow-head-${kind})`}
      />
      {count > 1 && (
        <text class="flow-count" x={x} y={y} text-anchor="middle" dominant-baseline="central">
          {`×${String(count)}`}
        </text>
      )}
    </g>
  );
}

/** The kinds of arrows, each with a head of its own colour. */
export const edgeKinds = [
  ...(['flow-way', 'flow-taken', 'flow-untaken', 'flow-plain'] as const),
  ...(['flow-by-this', 'flow-by-other'] as const),
] as const;

/** Which of two that are compared took a way alone; null: both did, or none. */
export function takenBy(
  { taken, takenByOther }: Pick<GraphLook, 'taken' | 'takenByOther'>,
  index: number,
): TakenBy | null {
  if (taken === null || takenByOther === null) return null;
  const [isTaken, isTakenByOther] = [taken, takenByOther].map((of) => (of[index] ?? 0) > 0);
  if (isTaken === isTakenByOther) return null;
  return isTaken === true ? 'this' : 'other';
}

function edgeClass(look: GraphLook, index: number): (typeof edgeKinds)[number] {
  const { taken, way } = look;
  const side = takenBy(look, index);
  if (side !== null) return `flow-by-${side}`;
  if (way.has(index)) return 'flow-way';
  if (taken === null) return 'flow-plain';
  return (taken[index] ?? 0) > 0 ? 'flow-taken' : 'flow-untaken';
}

/** The heads of arrows. */
export function EdgeHeads() {
  return (
    <defs>
      {edgeKinds.map((kind) => (
        <marker
          key={kind}
          id={`flow-head-${kind}`}
          class={`flow-head ${kind}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
          markerUnits="userSpaceOnUse"
        >
          <path d="M0 0L8 4L0 8Z" />
        </marker>
      ))}
    </defs>
  );
}
