import type { SentComparedRow, SideBySide } from '../protocol/compare.ts';
import { enumerated, labelled } from './sentences.ts';
import { msg, type Translate } from './translate.ts';

type Section = SideBySide['sections'][number];

const titles: Readonly<Record<Section['section'], string>> = {
  input: msg('Input'),
  output: msg('Output'),
  config: msg('Configuration'),
  logs: msg('Logs'),
};

const ofSteps: Readonly<Record<Section['section'], string>> = {
  input: msg('Input of {0}'),
  output: msg('Output of {0}'),
  config: msg('Configuration of {0}'),
  logs: msg('Logs of {0}'),
};

/** What a part of a step is called where it stands alone, as in a tab of its own. */
export function partOfStep(section: Section['section'], step: string, t: Translate): string {
  return t(ofSteps[section], step);
}

/** What a part of a node that is shown side by side is called, and how much of it differs. */
export interface SideTitle {
  readonly text: string;
  /** Whether somebody wants to read its lines. */
  readonly isTelling: boolean;
}

/**
 * Values are counted as the sentence and the groups count them: what is another one in every run is none of them and is
 * counted by itself, for its lines differ, too. Logs have lines alone.
 */
export function sideTitle(
  {
    section,
    changes,
    moreChanges,
    folded,
  }: Pick<Section, 'section' | 'changes' | 'moreChanges' | 'folded'>,
  linesDiffering: number,
  mark: SentComparedRow['mark'] | undefined,
  t: Translate,
): SideTitle {
  const title = t(titles[section]);
  const told = (text: string, isTelling: boolean) => ({ text, isTelling });
  if (linesDiffering === 0) return told(t('{0}: the same', title), false);
  if (section === 'logs') {
    const text =
      linesDiffering === 1
        ? t('{0}: 1 line differs', title)
        : t('{0}: {1} lines differ', title, linesDiffering);
    return told(text, true);
  }
  // There is nothing on the other side.
  if (mark === 'added' || mark === 'missing') return told(title, true);
  const count = changes.length + moreChanges;
  if (count === 0) {
    const nothing = t('{0}: no relevant differences', title);
    if (folded === 0) return told(nothing, false);
    return told(
      folded === 1
        ? t('{0}; 1 value differs in every run', nothing)
        : t('{0}; {1} values differ in every run', nothing, folded),
      false,
    );
  }
  const text = labelled(title, howValuesDiffer(changes, moreChanges, t), t);
  if (folded === 0) return told(text, true);
  return told(
    folded === 1
      ? t('{0}; 1 other differs in every run', text)
      : t('{0}; {1} others differ in every run', text, folded),
    true,
  );
}

/** What came and went is counted by itself: of a value that is on one side alone nobody would say that it differs. */
function howValuesDiffer(changes: Section['changes'], moreChanges: number, t: Translate): string {
  const added = changes.filter(({ change }) => change === 'added').length;
  const removed = changes.filter(({ change }) => change === 'removed').length;
  const others = changes.length - added - removed + moreChanges;
  const differ = others === 1 ? t('1 value differs') : t('{0} values differ', others);
  return enumerated(
    [
      others === 0 ? '' : differ,
      added === 0 ? '' : added === 1 ? t('1 value added') : t('{0} values added', added),
      removed === 0 ? '' : removed === 1 ? t('1 value removed') : t('{0} values removed', removed),
    ],
    t,
  );
}
