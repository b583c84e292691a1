import type { SentComparedRow, SideBySide } from '../protocol/compare.ts';
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
  const text =
    count === 1 ? t('{0}: 1 value differs', title) : t('{0}: {1} values differ', title, count);
  if (folded === 0) return told(text, true);
  return told(
    folded === 1
      ? t('{0}; 1 other differs in every run', text)
      : t('{0}; {1} others differ in every run', text, folded),
    true,
  );
}
