import type { CausePlace, FlowProblemMark } from '../protocol/marks.ts';
import { causeTitle, findingTitle, remedyText } from './findingTexts.ts';
import { nameOfNode } from './titles.ts';
import type { Translate } from './translate.ts';

/** Why it failed: what the diagnosis says, and what the node said itself. */
export function problemText({ failing, finding, text }: FlowProblemMark, t: Translate): string {
  const title = finding === null ? causeTitle(null, 'unknown', t) : findingTitle(finding, t);
  const said = text.trim();
  const head = failing.name === '' ? title : t('“{0}” failed: {1}', nameOfNode(failing, t), title);
  return said === '' ? head : `${head}\n${said}`;
}

/** What stands where its cause does, besides the node. */
export function causePlaceText({ part, line }: CausePlace, t: Translate): string {
  switch (part) {
    case 'code':
      return t('Line {0} of its code', line ?? 1);
    case 'timeout':
      return t('Its timeout');
    case 'retry':
      return t('Its retries');
  }
}

/** What can be done about it, most likely first. */
export function problemRemedies({ finding }: FlowProblemMark, t: Translate): readonly string[] {
  if (finding === null) return [];
  return finding.remedies.map((remedy) => remedyText(remedy, finding, t));
}
