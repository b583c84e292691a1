import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from './fields.ts';

/** Under which names loggers write how bad it is, what they say, and when; those of the services come first. */
const levels = [
  ...['level', 'levelname', 'severity', 'level_name', 'levelName', 'lvl', 'loglevel', 'logLevel'],
  ...['log_level', 'log.level', 'severity_text', 'severityText', 'SeverityText', 'severity_number'],
  ...['severityNumber', 'SeverityNumber', 'Level', 'LogLevel', '@l', 'PRIORITY'],
];
const messages = [
  ...['message', 'msg', 'short_message', '@m', 'RenderedMessage', 'MESSAGE', '@message', 'Message'],
  ...['body', 'Body', '@mt', 'MessageTemplate', 'event', 'text'],
];
const times = ['time', 'timestamp', '@timestamp', '@t', 'Timestamp', 'ts', 'asctime', 'datetime'];
/** What went wrong at length, beside what is said of it. */
const details = [
  ...['err', 'error', 'exception', 'Exception', '@x', 'exc_info', 'stack', 'stack_trace'],
  ...['error.message', 'error.stack_trace', 'full_message'],
];

/** What a logger wrote as an object. */
export interface LogFields {
  readonly level: string;
  readonly message: Json | undefined;
  readonly time: string;
  /** What stands beside a message that the services would not have written so. */
  readonly details: readonly Json[];
}

/** The fields of a log; undefined for an object that is none: what has a level or a message of its own names it so. */
export function logFields(log: JsonObject): LogFields | undefined {
  const { record } = log;
  // loguru puts what it knows into a record of its own.
  if (isObject(record) && 'message' in record && 'level' in record) return logFields(record);
  const level = firstOf(log, levels) ?? (isObject(log['log']) ? log['log']['level'] : undefined);
  const message = firstOf(log, messages);
  const isOfServices = 'message' in log || 'level' in log;
  if (!isOfServices && (level === undefined || message === undefined)) return undefined;
  return {
    level: wordOf(level),
    message,
    time: wordOf(firstOf(log, times)),
    details: details.flatMap((name) => {
      const detail = log[name];
      return detail === undefined || detail === null || detail === message ? [] : [detail];
    }),
  };
}

function firstOf(log: JsonObject, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const value = log[name];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** A text, a number, or the name of what has both. */
function wordOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value !== undefined && isObject(value) ? wordOf(value['name']) : '';
}
