import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DrawnNode, FlowDrawing, NodeState } from '../../src/protocol/graph.ts';
import type { NodeStatus } from '../../src/trace/tree.ts';
import {
  graphNodeCounts,
  graphNodeDetail,
  graphNodeText,
  type SideNames,
} from '../../src/texts/graphTexts.ts';
import { rowName } from '../../src/texts/titles.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { cutToWidth } from '../../src/view/cutToWidth.ts';
import { nameInBox, nameOfGroup } from '../../src/view/graphNames.ts';
import { arrowPath, countPlace, straightPath } from '../../src/view/graphPath.ts';
import type { GraphPicture, Lettering } from '../../src/view/graphPicture.ts';
import { takenBy } from '../../src/view/graphWays.ts';
import { enumerated } from '../../src/texts/sentences.ts';
import { BelowBox } from './belowBox.tsx';
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
  /** Of a box that the other run alone came to, what that one is called; else empty. */
  readonly onlyIn: (place: number) => string;
  /** What the two are called; null: none is compared. */
  readonly sides: SideNames | null;
  /** The arrows that led to the failure. */
  readonly way: ReadonlySet<number>;
  /** The boxes where it failed. */
  readonly failing: readonly number[];
  readonly selected: number | null;
  readonly focused: number | null;
  readonly found: ReadonlySet<number>;
  /** Ids of nodes that a followed value went through. */
  readonly onTrail: ReadonlySet<string>;
  readonly t: Translate;
}

/** Of more failures at once, names would hide each other. */
const mostFarFailing = 5;
/** So large on the screen a group has room for its name, in pixels. */
const leastFarGroup = { width: 110, height: 60 } as const;
/** How wide a name beside a far box may be, and how large it is, in pixels. */
const farNameWidth = 240;
export const farName = 12;

/** The element id of a box, for `aria-activedescendant`. */
export const boxId = (place: number): string => `flow-box-${String(place)}`;

/**
 * What was drawn of a look, by its number: what is the same element is not compared. It grows to what the flow has, and goes
 * with the look.
 */
function useKept(
  look: GraphLook,
  lettering: Lettering | null,
  make: (index: number) => VNode | null,
): (index: number) => VNode | null {
  const kept = useMemo(
    () => new Map<number, VNode | null>(),
    [look, lettering?.name, lettering?.wrapped, lettering?.detail, lettering?.hasCounts],
  );
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
  const { lettering } = picture;
  const box = useKept(look, lettering, (place) => (
    <Box key={place} place={place} look={look} isGroup lettering={lettering} />
  ));
  return <g>{picture.groups.map(box)}</g>;
}

/** What groups are called, above the arrows that lead into them. */
export function GroupTexts({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const { lettering } = picture;
  const texts = useKept(look, lettering, (place) => {
    const node = look.drawing.nodes[place];
    if (node === undefined || lettering === null) return null;
    const [state, status] = [look.states.get(place), look.statusOf(place)];
    return (
      <g key={place} transform={`translate(${String(node.x)} ${String(node.y)})`}>
        <BoxTexts
          {...{ node, state, status, lettering, onlyIn: look.onlyIn(place) }}
          isGroup
          t={look.t}
        />
      </g>
    );
  });
  if (lettering === null) return null;
  return (
    <g class="flow-group-texts" aria-hidden="true">
      {picture.groups.map(texts)}
    </g>
  );
}

/** Boxes; of very many from afar one picture for each state, and the few that count. */
export function NodeLayer({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const { lettering } = picture;
  // Without texts its colour tells the state of a box.
  const isFilled = lettering === null && !picture.isFar;
  const box = useKept(look, lettering, (place) => (
    <Box key={place} isGroup={false} isFilled={isFilled} {...{ place, look, lettering }} />
  ));
  if (!picture.isFar) return <g>{picture.nodes.map(box)}</g>;
  const paths = new Map<NodeStatus, string>();
  for (const place of picture.nodes) {
    const node = look.drawing.nodes[place];
    if (node === undefined) continue;
    const { x, y, width, height } = node;
    const status = look.statusOf(place);
    const path = `M${String(x)} ${String(y)}h${String(width)}v${String(height)}h${String(-width)}Z`;
    paths.set(status, (paths.get(status) ?? '') + path);
  }
  return (
    <g>
      {[...paths].map(([status, path]) => (
        <path key={status} class={`flow-far flow-state-${status}`} d={path} />
      ))}
      {farNamed(look).map(box)}
    </g>
  );
}

/** Those that stand out among many that are seen from afar. */
function farNamed({ failing, selected, focused }: GraphLook): readonly number[] {
  const near = [...failing.slice(0, mostFarFailing), selected, focused];
  return [...new Set(near.filter((place) => place !== null))];
}

/** Names that are read from afar: of what stands out, and of groups that have room for them. Above all else. */
export function FarNames(props: {
  readonly look: GraphLook;
  readonly picture: GraphPicture;
  readonly scale: number;
}) {
  const { look, picture, scale } = props;
  if (picture.lettering !== null) return null;
  const { nodes } = look.drawing;
  const groups = picture.groups.filter((place) => {
    const { width, height } = nodes[place] ?? { width: 0, height: 0 };
    return width * scale >= leastFarGroup.width && height * scale >= leastFarGroup.height;
  });
  const name = (place: number, isGroup: boolean) => {
    const node = nodes[place];
    if (node === undefined) return null;
    const text = cutToWidth(
      rowName(node, look.t),
      isGroup ? node.width : farNameWidth / scale,
      farName / scale,
    );
    return (
      <text
        key={place}
        class={`flow-far-name flow-${look.statusOf(place)}`}
        x={isGroup ? node.x + 6 / scale : node.x + node.width / 2}
        y={isGroup ? node.y + 14 / scale : node.y - 5 / scale}
        text-anchor={isGroup ? 'start' : 'middle'}
      >
        {text}
      </text>
    );
  };
  return (
    <g aria-hidden="true">
      {groups.map((place) => name(place, true))}
      {farNamed(look).map((place) => name(place, false))}
    </g>
  );
}

function Box(props: {
  readonly place: number;
  readonly look: GraphLook;
  readonly isGroup: boolean;
  readonly isFilled?: boolean;
  readonly lettering: Lettering | null;
}) {
  const { place, look, isGroup, isFilled = false, lettering } = props;
  const node = look.drawing.nodes[place];
  if (node === undefined) return null;
  const { t } = look;
  const state = look.states.get(place);
  const status = look.statusOf(place);
  const { x, y, width, height } = node;
  const onlyIn = look.onlyIn(place);
  const classes = [
    isGroup ? 'flow-group' : 'flow-node',
    `flow-${status}`,
    ...(state?.run?.failing === true && status === 'failed' ? ['flow-failing'] : []),
    ...(onlyIn === '' ? [] : ['flow-only-other']),
    ...(place === look.selected ? ['flow-selected'] : []),
    ...(place === look.focused ? ['flow-focused'] : []),
    ...(look.found.has(place) ? ['flow-found'] : []),
    ...(look.onTrail.has(node.nodeId) ? ['flow-on-trail'] : []),
  ];
  const said = graphNodeText(node, state, status, t, onlyIn);
  // What its dashes say, in words.
  const text = look.onTrail.has(node.nodeId)
    ? enumerated([said, t('The followed value went through here')], t)
    : said;
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
      {isFilled && (
        <rect class={`flow-far flow-state-${status}`} width={width} height={height} rx={4} />
      )}
      {lettering !== null && !isGroup && (
        <BoxTexts
          node={node}
          state={state}
          status={status}
          isGroup={isGroup}
          {...{ lettering, onlyIn, t }}
          below={{ drawing: look.drawing, place }}
        />
      )}
      <title>{text}</title>
    </g>
  );
}

/** What a box says, as far as there is room for it. */
function BoxTexts(props: {
  readonly node: DrawnNode;
  readonly state: NodeState | undefined;
  readonly status: NodeStatus;
  readonly isGroup: boolean;
  readonly lettering: Lettering;
  readonly onlyIn: string;
  /** Of a box: what else may be below it. */
  readonly below?: { readonly drawing: FlowDrawing; readonly place: number };
  readonly t: Translate;
}) {
  const { node, state, status, isGroup, lettering, onlyIn, below, t } = props;
  const { width } = node;
  const { hasCounts } = lettering;
  // Right of the name of a group stands its detail, right of the detail of a box its counts.
  const detail = isGroup && !hasCounts ? null : lettering.detail;
  const nameOf = isGroup ? nameOfGroup : nameInBox;
  const { names, lines } = nameOf(rowName(node, t), node, lettering);
  const [first = 0, second] = lines.names;
  const counts = isGroup || !hasCounts || state === undefined ? '' : graphNodeCounts(state);
  const besideDetail = isGroup ? width - 90 : lines.left + (counts === '' ? 10 : 66);
  return (
    <>
      {lines.sign === 0 ? (
        <rect class={`flow-stripe flow-state-${status}`} width={10} height={node.height} rx={4} />
      ) : (
        <StatusSign status={status} x={10} y={first - 13 * lines.sign} by={lines.sign} />
      )}
      <text
        class="flow-name"
        x={lines.left}
        y={first}
        {...(lines.size === lettering.name
          ? {}
          : { style: { fontSize: `${String(lines.size)}px` } })}
      >
        {names[0]}
        {second !== undefined && (
          <tspan x={lines.left} y={second}>
            {names[1]}
          </tspan>
        )}
      </text>
      {detail !== null && lines.detail !== null && (
        <text
          class="flow-detail"
          x={isGroup ? width - 12 : lines.left}
          y={lines.detail}
          text-anchor={isGroup ? 'end' : 'start'}
        >
          {cutToWidth(graphNodeDetail(state, status, t, onlyIn), width - besideDetail, detail)}
        </text>
      )}
      {below !== undefined && lines.detail === null && state?.run !== undefined && (
        <BelowBox
          {...below}
          text={graphNodeDetail(state, status, t, onlyIn)}
          size={lettering.below}
        />
      )}
      {counts !== '' && lines.detail !== null && (
        <text class="flow-detail" x={width - 10} y={lines.detail} text-anchor="end">
          {counts}
        </text>
      )}
    </>
  );
}

/** Arrows, with how often they were taken; from afar one picture for each kind. */
export function EdgeLayer({ look, picture }: { look: GraphLook; picture: GraphPicture }) {
  const { drawing } = look;
  const arrow = useKept(look, picture.lettering, (index) => (
    <Arrow key={index} index={index} look={look} />
  ));
  if (picture.isFar) {
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
  const { x, y, isBeside } = countPlace(edge.route);
  return (
    <g data-edge={index}>
      <path class="flow-edge-hit" d={path} />
      <path
        class={`flow-edge ${kind}${edge.kind === 'part' ? ' flow-part' : ''}`}
        d={path}
        marker-end={`url(#flow-head-${kind})`}
      />
      {count > 1 && (
        <text
          class="flow-count"
          {...{ x, y, ...(isBeside ? { dx: '0.5em' } : { dy: '-0.8em' }) }}
          text-anchor={isBeside ? 'start' : 'middle'}
          dominant-baseline="central"
        >
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

function edgeClass(look: GraphLook, index: number): (typeof edgeKinds)[number] {
  const { taken, takenByOther, way } = look;
  const side = takenBy(look, index);
  if (side !== null) return `flow-by-${side}`;
  // Of two that are compared lines tell who took them, as the legend says.
  if (takenByOther === null && way.has(index)) return 'flow-way';
  if (taken === null) return 'flow-plain';
  return (taken[index] ?? 0) > 0 ? 'flow-taken' : 'flow-untaken';
}

/** The heads of arrows. */
export function EdgeHeads({ widening }: { widening: number }) {
  const size = 7 * Math.min(2, widening);
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
          markerWidth={size}
          markerHeight={size}
          orient="auto-start-reverse"
          markerUnits="userSpaceOnUse"
        >
          <path d="M0 0L8 4L0 8Z" />
        </marker>
      ))}
    </defs>
  );
}
