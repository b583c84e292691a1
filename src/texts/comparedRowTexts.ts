import type { SentComparedRow } from '../protocol/compare.ts';
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

/** How much longer it took, with its sign; empty where one of the times is not known for sure or nothing changed. */
export function deltaText({ before, after }: Pick<SentComparedRow, 'before' | 'after'>): string {
  const [old, now] = [before?.durationMs ?? null, after?.durationMs ?? null];
  if (before?.isRetried === true || after?.isRetried === true) return '';
  if (old === null || now === null || old === now) return '';
  return now > old ? `+${formatDuration(now - old)}` : formatDuration(now - old);
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
      deltaText(row),
    ],
    t,
  );
}
