import { quoteJson } from './pythonText.ts';

/** How important a line is; upstream knows these two. */
export type LogLevel = 'INFO' | 'ERROR';

/** One line of a node's log as JSON: its time is local and without a zone, to the second. */
export function logLine(level: LogLevel, message: string, ms: number): string {
  return `{"level": "${level}", "message": ${quoteJson(message)}, "time": "${localTime(ms)}"}`;
}

function localTime(ms: number): string {
  const time = new Date(ms);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
