import type { DrawnNode, NodeState } from '../protocol/graph.ts';
import type { NodeStatus } from '../trace/tree.ts';
import { attemptCount } from './attempts.ts';
import { nodeSinceText } from './flowSinceTexts.ts';
import { formatPercent, formatShortCount } from './format.ts';
import { markedCountsText, markedStateText, markedStatusText } from './markTexts.ts';
import { enumerated, labelled } from './sentences.ts';
import { nodeStatusPresentation, notYetText } from './statusPresentation.ts';
import { rowName } from './titles.ts';
import { rowDuration } from './treeRowTexts.ts';
import type { Translate } from './translate.ts';

/** A box in words: `Save, Failed, 3.60 s, usually 1.20 s, 12 executions, 25% of them failed`. */
export function graphNodeText(
  node: Pick<DrawnNode, 'name' | 'type'>,
  state: NodeState | undefined,
  status: NodeStatus,
  t: Translate,
  onlyIn = '',
): string {
  const marked = { ...emptyMark, ...node, ...state };
  const isOfEnd = state?.run?.status === status;
  const now = isOfEnd ? markedStateText(marked, t) : stateText(state, status, t);
  return enumerated(
    [
      rowName(node, t),
      onlyIn === '' ? now : ranOnlyInText(onlyIn, t),
      markedCountsText(marked, t),
      isOfEnd || state?.since === undefined ? '' : nodeSinceText(state.since, t),
    ],
    t,
  );
}

/** A state at a moment: what ran later, or may yet run, has not done so yet. */
function stateText(state: NodeState | undefined, status: NodeStatus, t: Translate): string {
  const run = state?.run;
  const isToCome = run !== undefined && (run.status !== 'notRun' || run.notYet === true);
  const isNotYet = status === 'notRun' && isToCome;
  return t(isNotYet ? notYetText : nodeStatusPresentation(status).text);
}

/** What stands below the name of a box: how long it took, and how often it was run; or in which of two alone it ran. */
export function graphNodeDetail(
  state: NodeState | undefined,
  status: NodeStatus,
  t: Translate,
  onlyIn = '',
): string {
  // A box has room for some signs: what counts stands first.
  if (onlyIn !== '') return t('“{0}” only', onlyIn);
  const { run, since } = state ?? {};
  if (since !== undefined) return nodeSinceText(since, t);
  if (run === undefined || status === 'notRun' || run.status !== status) {
    return stateText(state, status, t);
  }
  const { durationMs, count = 1 } = run;
  const times = attemptCount({ ...run, count }) ?? count;
  const text = durationMs === null ? markedStatusText(run, t) : rowDuration(run);
  return times === 1 ? text : t('{0} ×{1}', text, times);
}

/** How many executions ran it, and the share that failed at it: `12 · 25%`. Empty for what never ran. */
export function graphNodeCounts({ runs = 0, failures = 0 }: Partial<NodeState>): string {
  if (runs === 0) return '';
  const counted = formatShortCount(runs);
  return failures === 0 ? counted : `${counted} · ${formatPercent(failures / runs)}`;
}

/** An arrow in words; `side` says which of two that are compared took it alone. */
export function graphEdgeText(
  from: string,
  to: string,
  taken: number | null,
  t: Translate,
  side = '',
): string {
  const way = t('{0} → {1}', from, to);
  if (side !== '') return labelled(way, side, t);
  if (taken === null) return way;
  const times =
    taken === 0 ? t('Not taken') : taken === 1 ? t('Taken once') : t('Taken {0} times', taken);
  return labelled(way, times, t);
}

/** Which of two that are compared took a way that the other did not. */
export type TakenBy = 'this' | 'other';

/** What the two are called. */
export type SideNames = Readonly<Record<TakenBy, string>>;

/** What an arrow says that one of the two alone took. */
export function takenByText(side: TakenBy, names: SideNames, t: Translate): string {
  return t('Taken only in “{0}”', names[side]);
}

/** What is said of a box that one of the two alone came to, by what that is called. */
export function ranOnlyInText(side: string, t: Translate): string {
  return t('Ran only in “{0}”', side);
}

const emptyMark = {
  nodeId: '',
  idRange: { start: 0, end: 0 },
  range: { start: 0, end: 0 },
} as const;
