import { assertNever } from '../base/assertNever.ts';
import type { HistoryNews, HistoryState } from '../history/historyState.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { formatClock } from './format.ts';
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
        'The history was written by a later version of RPA Trace and isn’t changed. Update the extension to continue it.',
      );
    case 'readOnly':
      return t(
        'The history can’t be written: its folder is read-only. Executions are shown, but not kept.',
      );
    case 'full':
      return t(
        'The disk is full: executions are shown, but not kept. Free some space; the history then continues automatically.',
      );
    case 'locked':
      return t(
        'Another program has locked the history. Executions are shown, and are kept once the lock is released.',
      );
    case 'damaged':
      return t(
        'The history was damaged. It was set aside, and a new one was started. To read what the topic still has, start from “Oldest record”.',
      );
    case 'failed':
      return t('The history can’t be kept on this disk; the log says why. Executions are shown.');
    default:
      return assertNever(news);
  }
}

interface Times {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** As exactly as spans are shown. */
const aboutMs = 1_000;

/** What numbers of a time don't hold, because nothing of it was kept; empty where they are whole. */
export function reachText(
  { span, sinceMs }: { readonly span: Times; readonly sinceMs: Milliseconds | null },
  history: HistoryState,
  { t, language }: { readonly t: Translate; readonly language: string },
): readonly string[] {
  const isWhole = sinceMs === null || sinceMs <= span.fromMs + aboutMs;
  const since = formatClock(sinceMs, language, span.toMs);
  switch (history.kind) {
    case 'on':
      return isWhole ? [] : [t('The data goes back to {0}.', since)];
    case 'off':
    case 'opening':
      return isWhole ? [] : [t('Only what is in memory is counted; it goes back to {0}.', since)];
    default:
      return [
        historyNewsText(history.kind, t),
        ...(isWhole ? [] : [t('The data goes back to {0}.', since)]),
      ];
  }
}
