import type { Json, JsonObject } from '../base/json.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import { readStreams } from './logStreams.ts';
import type { LogLine, LogStream } from '../trace/execution.ts';
import { isErrorLevel } from '../trace/logLevel.ts';
import { maskMark } from '../trace/masked.ts';
import { itemsOfLogs, suspectLogs } from './bytes/recordView.ts';
import { jsonOf } from './deepJson.ts';
import { isList, isObject, listIn } from './fields.ts';
import { type LogFields, logFields } from './logFields.ts';
import type { Redactor } from '../masking/redact.ts';

/** Reads one log: JSON in text, an object, or plain text as an agent writes it. Not masked. */
export function readLog(log: Json): LogLine {
  if (isObject(log)) {
    const none: LogFields = { level: '', message: undefined, time: '', details: [] };
    return fromFields(logFields(log) ?? none, log);
  }
  if (typeof log !== 'string') return { level: '', message: jsonOf(log), time: '' };
  if (log.startsWith('{')) {
    // Without one it is plain text that starts with a brace.
    const parsed = parseJsonExactly(log);
    const { value } = parsed.ok ? parsed : { value: null };
    const fields = isObject(value) ? logFields(value) : undefined;
    if (isObject(value) && fields !== undefined) return fromFields(fields, value);
  }
  return { level: '', message: log, time: '' };
}

/** The logs of an entry as they stand there: a list, or the text of one, or lines. */
export function logsIn(entry: JsonObject): readonly Json[] {
  const logs = entry['logs'];
  if (typeof logs !== 'string') return listIn(entry, 'logs');
  const parsed = /^\s*[[{]/.test(logs) ? parseJsonExactly(logs) : undefined;
  if (parsed?.ok === true) return isList(parsed.value) ? parsed.value : [parsed.value];
  return logs.split('\n').filter((line) => line.trim() !== '');
}

/** How many logs an entry has. */
export function logCountOf(entry: JsonObject): number {
  return itemsOfLogs(entry) ?? logsIn(entry).length;
}

/** The message of the first log of an error, of whatever logger; not masked; undefined without one. */
export function firstError(entry: JsonObject): string | undefined {
  for (const log of suspectLogs(entry) ?? logsIn(entry)) {
    // A model writes hundreds of logs: the level is looked for before anything is parsed.
    if (typeof log === 'string' && isHarmless(log)) continue;
    const { level, message } = readLog(log);
    if (isErrorLevel(level)) return message;
  }
  return undefined;
}

/** Whether a log begins with a level that is no error, as the services write it. */
function isHarmless(log: string): boolean {
  const level = /^\{"level": ?"(?:INFO|DEBUG|WARNING)"/.exec(log);
  return level !== null || !log.startsWith('{');
}

/** All logs of an entry, masked, and the texts that stand in pieces in them. */
export function readLogs(
  entry: JsonObject,
  redactor: Redactor,
): { readonly logs: readonly LogLine[]; readonly streams: readonly LogStream[] } {
  const lines = logsIn(entry).map(readLog);
  const { streams, broken } = readStreams(lines, redactor);
  const logs = lines.map(({ level, message, time }, index) => ({
    level,
    message: broken.has(index) ? maskMark : redactor.text(message),
    time: redactor.text(time),
  }));
  return { logs, streams };
}

function fromFields({ message, details, level, time }: LogFields, log: JsonObject): LogLine {
  const said = typeof message === 'string' ? message : jsonOf(message ?? log);
  const more = message === undefined ? [] : details.map(detailText);
  return { level, message: [said, ...more].join('\n'), time };
}

function detailText(detail: Json): string {
  if (typeof detail === 'string') return detail;
  const stack = isObject(detail) ? (detail['stack'] ?? detail['message']) : undefined;
  return typeof stack === 'string' ? stack : jsonOf(detail);
}
