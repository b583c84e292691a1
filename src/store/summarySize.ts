import type { Caller, ExecutionSummary, FailingNode } from '../trace/execution.ts';

/**
 * What an execution takes besides its texts and its record's bytes: the objects of summary, record and entry, their
 * places in the indexes, and that of the bytes. Measured over 25,000.
 */
const overheadBytes = 800;

/** The bytes of heap that a text takes at most; one without signs beyond Latin-1 takes half. */
export function textBytes(text: string): number {
  return 2 * text.length;
}

/** The bytes of heap that a summary takes at most, the lists of its nodes left out: they are shared. */
export function summarySize(summary: ExecutionSummary): number {
  const { key, sid, service, flowId, subject, message, failing, calledBy } = summary;
  // The key stands in the index too, but as the same text.
  const own = textBytes(key) + textBytes(sid) + textBytes(service) + textBytes(flowId);
  const said = textBytes(subject) + textBytes(message);
  const caller = calledBy === undefined ? 0 : callerSize(calledBy);
  return overheadBytes + own + said + caller + (failing === null ? 0 : failingSize(failing));
}

function failingSize({ nodeId, runKey, name, afterNodeId }: FailingNode): number {
  const ids = textBytes(nodeId ?? '') + textBytes(runKey ?? '') + textBytes(afterNodeId ?? '');
  return ids + textBytes(name);
}

function callerSize({ sid, runKey }: Caller): number {
  return textBytes(sid) + textBytes(runKey ?? '');
}
