import { assertNever } from '../base/assertNever.ts';
import type { HistoryNews } from '../history/historyState.ts';
import type { Translate } from './translate.ts';

/** What is the matter with the history on disk, and what to do about it. */
export function historyNewsText(news: HistoryNews, t: Translate): string {
  switch (news) {
    case 'unavailable':
      return t(
        'This editor keeps no history: only executions in memory count. VS Code 1.101 or later keeps one.',
      );
    case 'newer':
      return t(
        'The history was written by a later version of RPA Trace and is left as it is. Update the extension to go on with it.',
      );
    case 'readOnly':
      return t(
        'The history can’t be written: its folder is read-only. Executions are shown, but not kept.',
      );
    case 'full':
      return t(
        'The disk is full: executions are shown, but not kept. Free some space; the history then goes on automatically.',
      );
    case 'locked':
      return t(
        'Another program has locked the history. Executions are shown, and kept once it lets go.',
      );
    case 'damaged':
      return t(
        'The history was damaged. It was set aside, and a new one begun; what the topic still has is read again from “Oldest record”.',
      );
    case 'failed':
      return t('The history can’t be kept on this disk; the log says why. Executions are shown.');
    default:
      return assertNever(news);
  }
}
