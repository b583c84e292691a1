import type { SentComparedRow, SentSide } from '../protocol/compare.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { formatDuration } from './format.ts';
import { enumerated } from './sentences.ts';
import { nodeStatusPresentation } from './statusPresentation.ts';
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
  const [old, now] = [timesOf(sides.before), timesOf(sides.after)];
  if (old === null || now === null) return null;
  const [least, most] = [now.least - old.most, now.most - old.least];
  if (least === most) return { bound: '', ms: least };
  // It tells more the further it is from nothing; that it took no less than long before is no news.
  if (most !== Infinity && (least === -Infinity ? most < 0 : most >= -least)) {
    return { bound: '≤ ', ms: most };
  }
  return least > 0 || (least !== -Infinity && most !== Infinity)
    ? { bound: '≥ ', ms: least }
    : null;
}

/** How long it took, earlier attempts included. */
function timesOf(side: SentSide | null): { least: Milliseconds; most: Milliseconds } | null {
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
  if (delta === null) {
    return areTimed(sides) ? t('time of earlier attempts unknown') : '';
  }
  switch (delta.bound) {
    case '':
      return deltaText(sides);
    case '≤ ':
      return t('at most {0}', signed(delta.ms));
    case '≥ ':
      return t('at least {0}', signed(delta.ms));
  }
}

/** A row as a screen reader says it. */
export function comparedRowLabel(row: SentComparedRow, t: Translate): string {
  const { before, after, input, config, output, moved } = row;
  const status = (side: SentComparedRow['before']) =>
    side === null ? '' : t(nodeStatusPresentation(side.status).text);
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
      moved ? t('in another order') : '',
      spokenDelta(row, t),
    ],
    t,
  );
}
