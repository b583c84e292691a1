import type { Json, JsonObject } from '../base/json.ts';
import type { RunKey } from '../trace/execution.ts';
import type { RecordFacts, ResourceUse } from '../trace/recordFacts.ts';
import { wholeEntry, wholeRoot } from './bytes/recordView.ts';
import { lastEntry, type EntryGroup } from './entries.ts';
import { isObject, numberIn, objectIn, textIn } from './fields.ts';
import { jsonBytes, payloadBytesOf } from './payloadBytes.ts';
import { storedAddresses } from './storedAddresses.ts';

/** What a record tells beside what ran: its revision, what was used, what stands elsewhere. None of it is a text that is shown. */
export function recordFacts(root: JsonObject, groups: readonly EntryGroup[]): RecordFacts {
  const srv = objectIn(wholeRoot(root), 'srv') ?? {};
  const ofRuns = new Map<RunKey, ResourceUse>();
  let payloadBytes =
    groups.length > 0 ? 0 : jsonBytes(root['question']) + jsonBytes(root['answer']);
  for (const group of groups) {
    const entry = wholeEntry(lastEntry(group));
    payloadBytes += payloadBytesOf(entry);
    const use = resourceUse(entry['resources']);
    if (use !== null) ofRuns.set(group.key, use);
  }
  return {
    revision: textIn(srv, 'workflow_version'),
    storedValues: storedAddresses(root).length,
    payloadBytes,
    resources: resourceUse(srv),
    resourcesOfRuns: ofRuns,
  };
}

/** As `rpa-trace-telemetry` writes it; null for anything else. */
function resourceUse(value: Json | undefined): ResourceUse | null {
  if (!isObject(value)) return null;
  const cpuMs = numberIn(value, 'cpu_ms');
  const memoryBytes = numberIn(value, 'memory_bytes');
  if (cpuMs === undefined || memoryBytes === undefined) return null;
  return {
    cpuMs,
    memoryBytes,
    eventLoopUtilization: numberIn(value, 'event_loop_utilization') ?? 0,
    eventLoopDelayMs: numberIn(value, 'event_loop_delay_ms') ?? null,
  };
}
