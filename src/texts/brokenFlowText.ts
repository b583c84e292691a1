import type { BrokenFlow } from '../protocol/brokenFlow.ts';
import type { Translate } from './translate.ts';

/** What is shown of a flow whose text is broken. */
export function brokenFlowText(broken: BrokenFlow, t: Translate): string {
  return broken === 'before'
    ? t('The text can’t be read as a flow now. Steps are shown as they were before.')
    : t('Part of the text can’t be read. Steps may be missing.');
}
