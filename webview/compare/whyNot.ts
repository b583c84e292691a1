import type { CompareAnswer, CompareWindow } from '../../src/protocol/compare.ts';
import type { Translate } from '../../src/texts/translate.ts';

/** Why there is nothing to compare, in words. */
export function whyNot(answer: Exclude<CompareAnswer, CompareWindow>, t: Translate): string {
  switch (answer.kind) {
    case 'noGoodRun':
      return t('No execution of this flow succeeded so far: there is nothing to compare with.');
    case 'sourceGone':
      return t(
        'What it was compared with is no longer kept in memory. Select it again with “Compare With…”.',
      );
    case 'recordGone':
      return answer.key === answer.query.key
        ? t(
            'The record of this execution is no longer on the topic. The history knows how it ended, but not its inputs and outputs: there is nothing to compare.',
          )
        : t(
            'The record of the other execution is no longer on the topic. The history knows how it ended, but not its inputs and outputs: there is nothing to compare.',
          );
  }
}
