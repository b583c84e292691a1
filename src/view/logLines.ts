import type { LogLine, LogStream } from '../trace/execution.ts';
import { type LogLevel, logLevel } from '../trace/logLevel.ts';
import { msg } from '../texts/translate.ts';
import { streamsByLine } from '../find/places.ts';

/** The level that a line's own word means. */
export function levelOf({ level }: LogLine): LogLevel {
  return logLevel(level);
}

/** How a level is shown. */
export interface LogLevelPresentation {
  readonly icon: string;
  readonly color: string;
  readonly text: string;
}

/** The levels in the order of the filter. */
export const logLevels: readonly LogLevel[] = ['error', 'warning', 'info', 'debug', 'other'];

/** What is drawn for a level. */
export function logLevelPresentation(level: LogLevel): LogLevelPresentation {
  return presentations[level];
}

/** The lines that are shown, each with its place among all. */
export function filterLog(
  lines: readonly LogLine[],
  hidden: ReadonlySet<LogLevel>,
): { readonly line: LogLine; readonly index: number }[] {
  const all = lines.map((line, index) => ({ line, index }));
  return hidden.size === 0 ? all : all.filter(({ line }) => !hidden.has(levelOf(line)));
}

/** What stands in a log as it is shown: a line, or in the place of the first of its lines a text put together. */
export type LogItem =
  | { readonly kind: 'line'; readonly line: LogLine; readonly index: number }
  | {
      readonly kind: 'stream';
      readonly stream: LogStream;
      readonly nth: number;
      /** The first of its lines that is shown. */
      readonly line: LogLine;
    };

/** What is shown: lines that were put together only where their stream is open. */
export function logItems(
  lines: readonly LogLine[],
  streams: readonly LogStream[],
  hidden: ReadonlySet<LogLevel>,
  isOpen: (nth: number) => boolean,
): readonly LogItem[] {
  const shown = filterLog(lines, hidden);
  if (streams.length === 0) return shown.map((line) => ({ kind: 'line', ...line }));
  const streamOf = streamsByLine(streams);
  const begun = new Set<number>();
  const items: LogItem[] = [];
  for (const { line, index } of shown) {
    const nth = streamOf.get(index);
    const stream = nth === undefined ? undefined : streams[nth];
    if (nth !== undefined && stream !== undefined && !begun.has(nth)) {
      begun.add(nth);
      items.push({ kind: 'stream', stream, nth, line });
    }
    if (nth === undefined || isOpen(nth)) items.push({ kind: 'line', line, index });
  }
  return items;
}

/** How many lines each level has; levels without lines are left out. */
export function levelCounts(lines: readonly LogLine[]): ReadonlyMap<LogLevel, number> {
  const counts = new Map<LogLevel, number>();
  for (const line of lines) {
    const level = levelOf(line);
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return counts;
}

/** The log as a text file. */
export function logText(lines: readonly LogLine[]): string {
  return lines
    .map(({ time, level, message }) =>
      [time, level, message].filter((part) => part !== '').join(' '),
    )
    .join('\n');
}

const presentations: Readonly<Record<LogLevel, LogLevelPresentation>> = {
  error: { icon: 'error', color: '--trace-failed', text: msg('Error') },
  warning: { icon: 'warning', color: '--trace-warning', text: msg('Warning') },
  info: { icon: 'info', color: '--vscode-editorInfo-foreground', text: msg('Information') },
  debug: { icon: 'debug', color: '--vscode-descriptionForeground', text: msg('Debug') },
  other: { icon: 'circle-small', color: '--vscode-descriptionForeground', text: msg('Other') },
};
