import type { JsonObject } from '../base/json.ts';
import type { LeftOut } from '../trace/execution.ts';
import { numberIn, objectIn, textIn } from './fields.ts';

/** What `rpa-trace-telemetry` says that it left out; undefined for nothing, and for all other writers. */
export function leftOutOf(root: JsonObject): LeftOut | undefined {
  const srv = objectIn(root, 'srv') ?? {};
  const nodes = Math.max(0, Math.trunc(numberIn(srv, 'dropped_nodes') ?? 0));
  const data = textIn(srv, 'dropped_data') !== '';
  return nodes === 0 && !data ? undefined : { nodes, data };
}
