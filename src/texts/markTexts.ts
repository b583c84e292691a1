import type { MarkedNode, MarkedRun, ShortValue } from '../protocol/marks.ts';
import { attemptCount } from './attempts.ts';
import { nodeSinceText } from './flowSinceTexts.ts';
import { formatDuration, formatPercent } from './format.ts';
import { enumerated, labelled } from './sentences.ts';
import { notYetText } from './statusPresentation.ts';
import type { Translate } from './translate.ts';
import { rowName } from './titles.ts';
import { rowDuration, stateText } from './treeRowTexts.ts';

/** What happened at a node, in a few words: `Failed, 3.60 s, usually 1.20 s`. */
export function markedStateText({ run, usualMs, since }: MarkedNode, t: Translate): string {
  const change = since === undefined ? '' : nodeSinceText(since, t);
  if (since?.kind === 'added') return change;
  if (run === undefined) return enumerated([t('Did not run'), change], t);
  const { durationMs, count = 1 } = run;
  const times = attemptCount({ ...run, count }) ?? count;
  const state = markedStatusText(run, t);
  const duration = durationMs === null ? '' : rowDuration(run);
  // What is usual is of one round: it tells nothing of what all of them took.
  const isOfRounds = run.earlier !== undefined && run.attempts !== true;
  const usual = usualMs === undefined || isOfRounds ? '' : formatDuration(usualMs);
  return enumerated(
    [
      times === 1 ? state : t('{0} ×{1}', state, times),
      duration,
      // What is as always is not worth a word.
      usual === '' || usual === duration ? '' : t('usually {0}', usual),
      change,
    ],
    t,
  );
}

/** The state of what ran, in the words of its row. */
export function markedStatusText(run: MarkedRun, t: Translate): string {
  return run.notYet === true ? t(notYetText) : stateText(run, t);
}

/** How often a node ran, and how often executions failed at it; empty for one that never ran. */
export function markedCountsText({ runs = 0, failures = 0 }: MarkedNode, t: Translate): string {
  if (runs === 0) return '';
  const counted = runs === 1 ? t('1 execution') : t('{0} executions', runs);
  const share = t('{0} of them failed', formatPercent(failures / runs));
  return enumerated([counted, failures === 0 ? '' : share], t);
}

/** Whether a node is worth a look: it failed, or never came to its end. */
export function isFailed({ run }: MarkedNode): boolean {
  return (
    run !== undefined &&
    (run.failing === true || run.status === 'failed' || run.status === 'unended')
  );
}

/** What a node is called. */
export function markedName(node: Pick<MarkedNode, 'name' | 'type'>, t: Translate): string {
  return rowName(node, t);
}

/** What a node gave, for the end of a line: `total: 1280.5, status: ok`. */
export function shortValuesText(values: readonly ShortValue[], t: Translate): string {
  const parts = values.map(({ name, text }) => (name === '' ? text : labelled(name, text, t)));
  return enumerated(parts, t);
}
