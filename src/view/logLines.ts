import type { LogLine } from '../trace/execution.ts';
import { type LogLevel, logLevel } from '../trace/logLevel.ts';
import { msg } from '../texts/translate.ts';

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
