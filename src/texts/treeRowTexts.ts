import { assertNever } from '../base/assertNever.ts';
import type { TreeRow } from '../protocol/tree.ts';
import type { EarlierCalls } from '../trace/earlierCalls.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { ItemFailure } from '../trace/iterationItems.ts';
import { attemptCount } from './attempts.ts';
import { failedItemsBadge, failedItemsText, whichItemsText } from './failedItemTexts.ts';
import { formatDuration, formatRunning, formatShortCount } from './format.ts';
import {
  itemsFailedPresentation,
  notYetText,
  nodeStatusPresentation,
  type StatusPresentation,
} from './statusPresentation.ts';
import { withNotChecked } from './notCheckedText.ts';
import { enumerated } from './sentences.ts';
import { rowName, typeText } from './titles.ts';
import { msg, type Translate } from './translate.ts';

/** A short mark behind the name of a node. */
export interface RowBadge {
  readonly kind:
    | 'count'
    | 'items'
    | 'round'
    | 'mixed'
    | 'inferred'
    | 'code'
    | 'service'
    | 'likely'
    | 'tokens'
    | 'failing';
  readonly text: string;
  readonly hint: string;
}

/** The marks of a row, most telling first. */
export function rowBadges(row: TreeRow, t: Translate): RowBadge[] {
  const badges: RowBadge[] = [];
  if (row.failing) {
    badges.push({
      kind: 'failing',
      text: row.inferred ? t('most likely here') : t('failed here'),
      hint: row.inferred
        ? t('Most likely the step where the execution failed: it should have come next')
        : t('This is the step where the execution failed'),
    });
  }
  const code = errorCode(row.error);
  if (code !== null) {
    badges.push({ kind: 'code', text: code, hint: withNotChecked(row.error ?? '', t) });
  }
  const items = failedItemsBadge(row, t);
  if (items !== null) badges.push({ kind: 'items', ...items });
  const count = attemptCount(row) ?? row.count;
  if (count > 1) {
    badges.push({ kind: 'count', text: `×${count}`, hint: countHint(row, t) });
  }
  if (row.round !== null) {
    badges.push({
      kind: 'round',
      text: t('round {0}', row.round + 1),
      hint: t('Ran in round {0} of its iteration', row.round + 1),
    });
  }
  if (row.mixesRounds === true) {
    badges.push({ kind: 'mixed', text: t('mixed rounds'), hint: t(mixedRounds) });
  }
  if (row.inferred) {
    badges.push({
      kind: 'inferred',
      text: t('inferred'),
      hint: t('The record has no entry that says so; it was inferred from the rest'),
    });
  }
  if (row.execution !== null) {
    badges.push({
      kind: 'service',
      text: row.confidence === null ? withNotChecked(row.type, t) : t('sub-workflow'),
      hint: serviceHint(row, t),
    });
    if (row.confidence === 'likely') {
      badges.push({ kind: 'likely', text: t('likely'), hint: serviceHint(row, t) });
    }
  }
  if (row.tokens > 0) {
    badges.push({
      kind: 'tokens',
      text: row.tokens === 1 ? t('1 token') : t('{0} tokens', formatShortCount(row.tokens)),
      hint: t('Tokens used by the language model'),
    });
  }
  return badges;
}

function countHint(row: TreeRow, t: Translate): string {
  const attempts = attemptCount(row);
  if (attempts === null) {
    return t(
      'Logged {0} times: once for each round of an iteration, or once for each attempt and once for giving up',
      row.count,
    );
  }
  const { rounds } = row.tried ?? { rounds: 1 };
  if (rounds > 1) {
    return attempts === row.count
      ? t('Tried {0} times in {1} rounds', attempts, rounds)
      : t(
          'Tried {0} times in {1} rounds, then gave up: the last of the {2} entries records this',
          ...[attempts, rounds, row.count],
        );
  }
  return attempts === row.count
    ? t('Tried {0} times', attempts)
    : t(
        'Tried {0} times, then gave up: the last of the {1} entries records this',
        attempts,
        row.count,
      );
}

/** Whose record hangs below a node, and how sure that is. */
function serviceHint({ confidence, type }: TreeRow, t: Translate): string {
  switch (confidence) {
    case null:
      return t('A record of another service: {0}', type);
    case 'told':
      return t('Started here: its record names this execution as its parent');
    case 'certain':
      return t('The workflow that this node called: flow, parameters and time agree');
    case 'likely':
      return t(
        'Likely the workflow that this node called: flow and time agree, but the parameters can’t be compared',
      );
    default:
      return assertNever(confidence);
  }
}

/** What is said of an entry that shows one round's failure with another's data. */
export const mixedRounds = msg(
  'It failed in a later round than the one shown: input, output and times are those of a round that succeeded. The record contains no more.',
);

/** The service code that an error text names: five digits that stand alone; null without one. */
export function errorCode(error: string | null): string | null {
  return error === null ? null : (/(?<![\d.,:-])\d{5}(?![\d.,-])/.exec(error)?.[0] ?? null);
}

/** How long a step took, earlier attempts included: they took no more than that, or no less. A dash where it is unknown. */
export function rowDuration({
  durationMs,
  lostMs,
  earlier,
}: Pick<TreeRow, 'durationMs' | 'lostMs'> & {
  readonly earlier?: Pick<EarlierCalls, 'leastMs'>;
}): string {
  if (earlier !== undefined) return `≥ ${formatDuration(earlier.leastMs)}`;
  if (durationMs === null || lostMs === undefined) return formatDuration(durationMs);
  return `≤ ${formatDuration(durationMs + lostMs)}`;
}

/** So much later than ours nothing has happened yet unless the clock of its robot is ahead: ours is read once a second. */
const surelyAheadMs = 2_000;

/**
 * How long what runs has done so until `now`; null where it doesn't run, or nobody knows since when. Where the clock of its
 * robot is ahead, its steps tell how long at least; a dash where they don't.
 */
export function runningFor(
  of: Pick<TreeRow, 'beginMs' | 'durationMs'> & {
    readonly isRunning: boolean;
    /** When its last step began or ended, by the clock of its robot. */
    readonly reachedMs?: Milliseconds | undefined;
  },
  now: Milliseconds | null,
): string | null {
  const { beginMs, durationMs, isRunning, reachedMs = -Infinity } = of;
  if (!isRunning || now === null || beginMs === null || durationMs !== null) return null;
  const lastMs = Math.max(beginMs, reachedMs);
  if (lastMs - now <= surelyAheadMs) return formatRunning(Math.max(now, reachedMs) - beginMs);
  return lastMs === beginMs ? formatDuration(null) : `≥ ${formatRunning(lastMs - beginMs)}`;
}

/** What is read aloud for a row. */
export function rowLabel(row: TreeRow, t: Translate): string {
  const { durationMs, lostMs = 0, earlier } = row;
  const whole = durationMs === null ? [] : [formatDuration(durationMs + lostMs)];
  const duration =
    earlier === undefined
      ? whole.map((text) => (lostMs === 0 ? text : t('at most {0}', text)))
      : [t('at least {0}', formatDuration(earlier.leastMs))];
  return enumerated(
    [
      rowName(row, t),
      typeText(row.type, t),
      rowStatusText(row, t),
      ...duration,
      ...rowBadges(row, t).map(({ kind, text, hint }) => (kind === 'count' ? hint : text)),
    ],
    t,
  );
}

/** What the state of a row is told from; what is missing is nothing. */
export interface ToldState
  extends Pick<TreeRow, 'status' | 'isMadeGood'>, Partial<Pick<TreeRow, 'inferred' | 'round'>> {
  readonly failedItems?: Pick<ItemFailure, 'failed' | 'total'>;
}

/** The state of a row in words; with items that failed, how many; of what did not run, why. */
export function rowStatusText(row: TreeRow, t: Translate): string {
  if (row.failedItems === undefined) {
    if (row.whyNotRun === 'branch') return t('Did not run: another branch was taken');
    if (row.whyNotRun === 'ended') return t('Did not run: the execution ended before');
    if (row.whyNotRun === 'notYet') return t(notYetText);
  }
  return stateText(row, t);
}

/** The same of what ran, wherever it is told. */
export function stateText(of: ToldState, t: Translate): string {
  const { failedItems, status, inferred = false, round = null } = of;
  if (failedItems !== undefined && status !== 'failed' && status !== 'unended') {
    return round === null ? failedItemsText(failedItems, t) : t('This item failed');
  }
  if (status === 'recovered' && of.isMadeGood === true) return t('Failed first, then succeeded');
  if (inferred && status === 'failed') return t('Most likely failed, no entry');
  if (inferred && status === 'recovered') return t('Failed, and the flow went on; no entry');
  if (inferred && status === 'cancelled') return t('Most likely cut off, no entry');
  return t(nodeStatusPresentation(status).text);
}

/** How the state of a row is drawn: what went on although items failed is no plain success. */
export function rowPresentation({
  status,
  failedItems,
}: Pick<ToldState, 'status' | 'failedItems'>): StatusPresentation {
  return failedItems === undefined || status === 'failed' || status === 'unended'
    ? nodeStatusPresentation(status)
    : itemsFailedPresentation;
}

/** How much time earlier attempts took at most. */
export function lostText(ms: Milliseconds, t: Translate): string {
  return t('At most {0} lost to earlier attempts', formatDuration(ms));
}

/** What the pointer shows over a row, in lines. */
export function rowHint(row: TreeRow, t: Translate): string {
  const lines = [
    rowName(row, t),
    `${typeText(row.type, t)} · ${rowStatusText(row, t)}`,
    ...(row.durationMs === null ? [] : durationLines(row, row.durationMs, t)),
    ...(row.lostMs === undefined ? [] : [lostText(row.lostMs, t)]),
    ...(row.failedItems === undefined ? [] : [whichItemsText(row.failedItems.items, t)]),
    ...(row.confidence === null ? [] : [serviceHint(row, t)]),
    ...(row.error === null ? [] : [shortened(withNotChecked(row.error, t), 400)]),
    row.nodeId,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** With attempts, what all of them took at most, and what the last one took. */
function durationLines(
  { lostMs, earlier }: TreeRow,
  durationMs: Milliseconds,
  t: Translate,
): string[] {
  const duration = formatDuration(durationMs);
  if (earlier !== undefined) {
    const all = t('at least {0}', formatDuration(earlier.leastMs));
    return [t('Duration: {0}', all), t('Duration of the last entry: {0}', duration)];
  }
  if (lostMs === undefined) return [t('Duration: {0}', duration)];
  const all = t('at most {0}', formatDuration(durationMs + lostMs));
  return [t('Duration: {0}', all), t('Duration of the last attempt: {0}', duration)];
}

/** The first line of an error, for the space behind the name. */
export function errorLine(row: TreeRow, t: Translate): string {
  if (row.error === null) return '';
  const line = withNotChecked(row.error, t).trimStart().split('\n', 1)[0] ?? '';
  return shortened(line, 200);
}

/** What is said of a value's form. */
export const formNotes = {
  json: '',
  text: '',
  jsonText: msg('JSON text, formatted'),
  python: msg('Python literal, shown as JSON'),
  link: msg('Large value, kept as a link'),
} as const;

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
