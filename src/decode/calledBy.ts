import type { JsonObject } from '../base/json.ts';
import type { Redactor } from '../masking/redact.ts';
import type { Caller } from '../trace/execution.ts';
import { runKeyOf } from './entries.ts';
import { objectIn, textIn } from './fields.ts';

/** Who began the execution, where its record says so: a robot’s thread or process names what started it. */
export function calledBy(root: JsonObject, ids: Redactor): Caller | undefined {
  const srv = objectIn(root, 'srv') ?? {};
  const sid = textIn(srv, 'parent_sid');
  if (sid === '') return undefined;
  const logId = textIn(srv, 'parent_log_id');
  return {
    sid: ids.id(sid),
    runKey: logId === '' ? null : ids.id(runKeyOf(logId, sid, sid)),
  };
}
