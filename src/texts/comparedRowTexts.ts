import type { SentComparedRow, SentSide } from '../protocol/compare.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { formatDuration } from './format.ts';
import { enumerated } from './sentences.ts';
import { stateText } from './treeRowTexts.ts';
import { rowName } from './titles.ts';
import type { Translate } from './translate.ts';

/** What the mark of a row says. */
export function compareMarkText({ mark }: Pick<SentComparedRow, 'mark'>, t: Translate): string {
  switch (mark) {
    case 'same':
      return t('The same');
    case 'changed':
      return t('Differs');
    case 'added':
      return t('Ran only after');
    case 'missing':
      return t('Ran only before');
  }
}

/** How much longer it took: so much, or no more or no less than that; null: nothing tells. */
interface Delta {
  readonly bound: '' | '≤ ' | '≥ ';
  readonly ms: Milliseconds;
}

type Sides = Pick<SentComparedRow, 'before' | 'after'>;

/**
 * How much longer it took, with its sign; empty where nothing changed or it ran in one alone. Of what was tried again often
 * only a bound is known, as in the tree; a dash where not even that.
 */
export function deltaText(sides: Sides): string {
  const delta = deltaOf(sides);
  if (delta === null) return areTimed(sides) ? '–' : '';
  return delta.ms === 0 && delta.bound === '' ? '' : `${delta.bound}${signed(delta.ms)}`;
}

function deltaOf(sides: Sides): Delta | null {
  const bounds = boundsOf(sides);
  if (bounds === null || isUnsure(bounds)) return null;
  const { least, most } = bounds;
  if (least === most) return { bound: '', ms: least };
  // It tells more the further it is from nothing; that it took no less than long before is no news.
  if (most !== Infinity && (least === -Infinity ? most < 0 : most >= -least)) {
    return { bound: '≤ ', ms: most };
  }
  return least > 0 || (least !== -Infinity && most !== Infinity)
    ? { bound: '≥ ', ms: least }
    : null;
}

type Bounds = Readonly<Record<'least' | 'most', Milliseconds>>;

/** What the difference lies between; null where nothing tells, or the times are not of the same. */
function boundsOf(sides: Sides): Bounds | null {
  const [old, now] = [timesOf(sides.before), timesOf(sides.after)];
  if (old === null || now === null || areOfOtherRounds(sides)) return null;
  return { least: now.least - old.most, most: now.most - old.least };
}

/** Known from both sides, and yet it may have taken longer or not: one bound alone would say that it did. */
function isUnsure({ least, most }: Bounds): boolean {
  return least < 0 && most > 0 && least !== -Infinity && most !== Infinity;
}

/** What it called tells the time of all rounds together; an entry has that of one. */
export function areOfOtherRounds({ before, after }: Sides): boolean {
  if (before === null || after === null) return false;
  const isOfAll = ({ isLeast, isRetried }: SentSide) => isLeast === true && isRetried !== true;
  const isOfOne = ({ isLeast, isRetried, count }: SentSide) =>
    count > 1 && isLeast !== true && isRetried !== true;
  return (isOfAll(before) && isOfOne(after)) || (isOfOne(before) && isOfAll(after));
}

/** How long it took, earlier attempts included. */
function timesOf(side: SentSide | null): Bounds | null {
  if (side?.durationMs == null) return null;
  const { durationMs, lostMs, isLeast, isRetried } = side;
  if (isLeast === true) return { least: durationMs + (lostMs ?? 0), most: Infinity };
  const most = durationMs + (lostMs ?? (isRetried === true ? Infinity : 0));
  return { least: durationMs, most };
}

function areTimed({ before, after }: Sides): boolean {
  return before?.durationMs != null && after?.durationMs != null;
}

function signed(ms: Milliseconds): string {
  return ms > 0 ? `+${formatDuration(ms)}` : formatDuration(ms);
}

function spokenDelta(sides: Sides, t: Translate): string {
  const delta = deltaOf(sides);
  if (delta === null) return areTimed(sides) ? whyNoDelta(sides, t) : '';
  switch (delta.bound) {
    case '':
      return deltaText(sides);
    case '≤ ':
      return t('at most {0}', signed(delta.ms));
    case '≥ ':
      return t('at least {0}', signed(delta.ms));
  }
}

/** Why no difference of times is told, or between what it lies. */
function whyNoDelta(sides: Sides, t: Translate): string {
  if (areOfOtherRounds(sides)) {
    return t('times can’t be compared: one is that of all rounds, the other that of one round');
  }
  const bounds = boundsOf(sides);
  return bounds !== null && isUnsure(bounds)
    ? t('between {0} and {1}', signed(bounds.least), signed(bounds.most))
    : t('time of earlier attempts unknown');
}

/** A row as a screen reader says it. */
export function comparedRowLabel(row: SentComparedRow, t: Translate): string {
  const { before, after, input, config, output, moved } = row;
  const status = (side: SentComparedRow['before']) => (side === null ? '' : stateText(side, t));
  const states = [status(before), status(after)] as const;
  const sections = [
    input > 0 ? t('input') : '',
    config > 0 ? t('configuration') : '',
    output > 0 ? t('output') : '',
  ];
  return enumerated(
    [
      ...[rowName(row, t), compareMarkText(row, t)],
      ...(states[0] === states[1] || states.includes('')
        ? [states[1] === '' ? states[0] : states[1]]
        : [t('{1} (before: {0})', ...states)]),
      ...sections,
      moved ? t('in a different order') : '',
      spokenDelta(row, t),
    ],
    t,
  );
}
