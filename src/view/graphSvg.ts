import type { DrawnNode, FlowDrawing, NodeState } from '../protocol/graph.ts';
import {
  graphNodeCounts,
  graphNodeDetail,
  type SideNames,
  type TakenBy,
  takenByText,
} from '../texts/graphTexts.ts';
import { rowName } from '../texts/titles.ts';
import type { Translate } from '../texts/translate.ts';
import type { NodeStatus } from '../trace/tree.ts';
import { nameInBox, nameOfGroup } from './graphNames.ts';
import { arrowPath, countPlace } from './graphPath.ts';
import { groupsOf, letteringAt } from './graphPicture.ts';

/** The colours of a picture that is saved. */
export interface SvgColours {
  readonly background: string;
  readonly foreground: string;
  readonly quiet: string;
  readonly box: string;
  readonly border: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly warning: string;
  readonly running: string;
  readonly cancelled: string;
}

/** What is saved. */
export interface SavedGraph {
  readonly drawing: FlowDrawing;
  readonly states: ReadonlyMap<number, NodeState>;
  readonly statusOf: (place: number) => NodeStatus;
  readonly taken: readonly number[] | null;
  readonly way: ReadonlySet<number>;
  /** What the two are called that are compared; null: it is one alone. */
  readonly sides: SideNames | null;
  /** Of a box that one of them alone came to, what that one is called; else empty. */
  readonly onlyIn: (place: number) => string;
  /** Which of the two alone took an arrow. */
  readonly sideOf: (edge: number) => TakenBy | null;
  /** The sign of each state. */
  readonly signs: Readonly<Record<NodeStatus, string>>;
  readonly colours: SvgColours;
  readonly t: Translate;
}

const margin = 24;
/** Of the lines below the graph that say what its arrows mean. */
const keyHeight = 22;

/** The whole graph as a file of its own: all of it, with the colours of the theme. Texts of the flow are texts in it. */
export function graphSvg(saved: SavedGraph): string {
  const { drawing, colours, taken } = saved;
  const key = keySvg(saved);
  const width = drawing.width + 2 * margin;
  const height = drawing.height + 2 * margin + key.length * keyHeight;
  const holding = groupsOf(drawing.nodes);
  const places = [...drawing.nodes.keys()];
  const groups = places.filter((place) => holding.has(place));
  groups.sort((a, b) => areaOf(drawing.nodes[b]) - areaOf(drawing.nodes[a]));
  const edges = drawing.edges.map(({ route, kind }, index) => {
    if (route.length < 4) return '';
    const count = taken?.[index] ?? 0;
    const head = arrowOf(index, saved);
    const isUntaken = taken !== null && count === 0 && head === 'plain';
    const dashes = kind === 'part' ? '2 3' : isUntaken ? '4 4' : arrowDashes[head];
    const line = lineSvg(arrowPath(route), head, dashes, colours);
    if (count < 2) return line;
    const { x, y, isBeside } = countPlace(route);
    const [right, down, anchor] = isBeside ? [6, 4, 'start'] : [0, -6, 'middle'];
    return `${line}<text x="${String(x + right)}" y="${String(y + down)}" text-anchor="${anchor}" fill="${colours.foreground}" font-size="12">×${String(count)}</text>`;
  });
  const head = (id: string, colour: string) =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8Z" fill="${colour}"/></marker>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="${String(-margin)} ${String(-margin)} ${String(width)} ${String(height)}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(drawing.name)}</title>`,
    `<defs>${arrowKinds.map((kind) => head(kind, arrowColour(kind, colours))).join('')}</defs>`,
    `<rect x="${String(-margin)}" y="${String(-margin)}" width="${String(width)}" height="${String(height)}" fill="${colours.background}"/>`,
    ...groups.map((place) => boxSvg(place, true, saved)),
    ...edges,
    ...places.filter((place) => !holding.has(place)).map((place) => boxSvg(place, false, saved)),
    ...key,
    '</svg>',
    '',
  ].join('\n');
}

const arrowKinds = ['plain', 'way', 'this', 'other'] as const;
type ArrowKind = (typeof arrowKinds)[number];
/** Told without colours, too. */
const arrowDashes: Readonly<Record<ArrowKind, string>> = {
  plain: '',
  way: '',
  this: '',
  other: '8 4',
};

function arrowOf(edge: number, { way, sideOf }: SavedGraph): ArrowKind {
  return sideOf(edge) ?? (way.has(edge) ? 'way' : 'plain');
}

function arrowColour(kind: ArrowKind, colours: SvgColours): string {
  const { quiet: plain, failed: way, running, warning: other } = colours;
  return { plain, way, this: running, other }[kind];
}

function lineSvg(path: string, kind: ArrowKind, dashes: string, colours: SvgColours): string {
  const dash = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  return `<path d="${path}" fill="none" stroke="${arrowColour(kind, colours)}" stroke-width="1.5"${dash} marker-end="url(#${kind})"/>`;
}

/** Which of two that are compared took which arrows, line by line below the graph. */
function keySvg({ drawing, sides, colours, t }: SavedGraph): readonly string[] {
  if (sides === null) return [];
  return (['this', 'other'] as const).map((side, index) => {
    const y = drawing.height + margin + index * keyHeight;
    const line = lineSvg(`M0 ${String(y)}H40`, side, arrowDashes[side], colours);
    return `${line}<text x="50" y="${String(y)}" dominant-baseline="central" fill="${colours.foreground}">${escaped(takenByText(side, sides, t))}</text>`;
  });
}

/** A longer name is cut: a file system has a bound, and its end is the time. */
const mostOfName = 30;

/** What the file of a saved graph is named by: letters, digits and hyphens, whatever the flow is called. */
export function graphFileName({ name }: Pick<FlowDrawing, 'name'>): string {
  const plain = Array.from(name.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-'))
    .slice(0, mostOfName)
    .join('');
  return plain.replace(/^-+|-+$/g, '') || 'flow';
}

function boxSvg(place: number, isGroup: boolean, saved: SavedGraph): string {
  const { drawing, states, statusOf, signs, colours, t } = saved;
  const node = drawing.nodes[place];
  if (node === undefined) return '';
  const { x, y, width, height } = node;
  const status = statusOf(place);
  const state = states.get(place);
  const colour = statusColour(status, colours);
  const onlyIn = saved.onlyIn(place);
  const own = status === 'failed' ? colours.failed : colours.border;
  const border = onlyIn === '' ? own : colours.warning;
  const counts = state === undefined ? '' : graphNodeCounts(state);
  const nameOf = isGroup ? nameOfGroup : nameInBox;
  const { names, lines } = nameOf(rowName(node, t), node, letteringAt(1));
  const below = lines.detail ?? 0;
  const text = (at: number, line: number, fill: string, size: number, words: string, end = false) =>
    `<text x="${String(at)}" y="${String(line)}" fill="${fill}" font-size="${String(size)}"${end ? ' text-anchor="end"' : ''}>${escaped(words)}</text>`;
  return [
    `<g transform="translate(${String(x)} ${String(y)})">`,
    `<rect width="${String(width)}" height="${String(height)}" rx="4" fill="${isGroup ? 'none' : colours.box}" stroke="${border}"${status === 'notRun' ? ' stroke-dasharray="3 3"' : ''}/>`,
    `<path d="${signs[status]}" transform="translate(10 ${String((lines.names[0] ?? 0) - 13)})" fill="none" stroke="${colour}" stroke-width="1.3"/>`,
    ...names.map((name, index) =>
      text(lines.left, lines.names[index] ?? 0, colours.foreground, lines.size, name.trimEnd()),
    ),
    isGroup
      ? text(width - 12, below, colours.quiet, 12, graphNodeDetail(state, status, t, onlyIn), true)
      : text(lines.left, below, colours.quiet, 12, graphNodeDetail(state, status, t, onlyIn)),
    isGroup || counts === '' ? '' : text(width - 10, below, colours.quiet, 12, counts, true),
    '</g>',
  ].join('');
}

function statusColour(status: NodeStatus, colours: SvgColours): string {
  switch (status) {
    case 'succeeded':
      return colours.succeeded;
    case 'failed':
    case 'unended':
      return colours.failed;
    case 'recovered':
    case 'stalled':
      return colours.warning;
    case 'running':
      return colours.running;
    case 'cancelled':
      return colours.cancelled;
    case 'notRun':
      return colours.quiet;
  }
}

const areaOf = (node: DrawnNode | undefined) => (node?.width ?? 0) * (node?.height ?? 0);

/** Signs of XML, and those that it doesn't know at all. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
