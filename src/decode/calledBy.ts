import type { JsonObject } from '../base/json.ts';
import type { Redactor } from '../masking/redact.ts';
import type { Caller } from '../trace/execution.ts';
import { runKeyOf } from './entries.ts';
import { objectOf, textOf } from './fields.ts';

/** Who began the execution, where its record says so: a robot’s thread or process names what started it. */
export function calledBy(root: JsonObject, ids: Redactor): Caller | undefined {
  const srv = objectOf(root['srv']);
  const sid = srv === undefined ? '' : textOf(srv['parent_sid']);
  if (sid === '') return undefined;
  const logId = textOf(srv?.['parent_log_id']);
  return {
    sid: ids.id(sid),
    runKey: logId === '' ? null : ids.id(runKeyOf(logId, sid, sid)),
  };
}
