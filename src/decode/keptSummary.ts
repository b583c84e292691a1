import type { Caller, ExecutionSummary, FailingNode } from '../trace/execution.ts';
import { digest } from '../masking/digest.ts';
import { longestCopied, ownText } from './ownText.ts';
import { cutMark } from '../trace/cutMark.ts';

/**
 * Tracebacks are written into messages, a megabyte and more. Lists show none of it, notifications and rows of called
 * services a line; all of it is read from the record when it is opened.
 */
const longestMessage = 2_000;
/** What a row shows of a name has room for a fifth of it. */
const longestName = 256;
/** The ids of services have 60 characters at most; an MCP server's is its address. */
const longestId = 512;
/** A flow has tens of nodes, a large one hundreds. More are neither looked for nor bound to a file. */
export const mostNodes = 2_000;
/** All of them together: 2,000 ids of 50 characters. */
const longestList = 100_000;

/**
 * The summary as it is kept for each of 50,000 executions: a few kilobytes, whatever the record holds. All text was
 * masked before, for half a secret is not known any more.
 */
export function keptSummary(summary: ExecutionSummary): ExecutionSummary {
  const { kind, key, sid, flowId, service, subject, message, failing, calledBy } = summary;
  const { nodeIds, nodeNames } = summary;
  if (isShort(summary)) return summary;
  // Field by field: to join two objects takes four times as long.
  return {
    ...summary,
    key: keptId(key),
    sid: keptId(sid),
    flowId: keptId(flowId),
    service: keptText(service, longestName),
    // Of others than workflows it is read out of the text of a question, which it would keep.
    subject: isOfFlow(kind)
      ? keptText(subject, longestName)
      : ownText(keptText(subject, longestName)),
    message: keptText(message, longestMessage),
    failing: failing === null ? null : keptFailing(failing),
    ...(calledBy !== undefined && { calledBy: keptCaller(calledBy) }),
    nodeIds: keptList(nodeIds, longestId, keptId),
    nodeNames: keptList(nodeNames, longestName, keptName),
  };
}

/** Whether it is kept as it is, as nearly all are. */
function isShort(summary: ExecutionSummary): boolean {
  const { kind, key, sid, flowId, service, subject, message } = summary;
  const { failing, calledBy, nodeIds, nodeNames } = summary;
  return (
    key.length <= longestId &&
    sid.length <= longestId &&
    flowId.length <= longestId &&
    service.length <= longestName &&
    subject.length <= (isOfFlow(kind) ? longestName : longestCopied) &&
    message.length <= longestMessage &&
    failing === null &&
    calledBy === undefined &&
    keptList(nodeIds, longestId, keptId) === nodeIds &&
    keptList(nodeNames, longestName, keptName) === nodeNames
  );
}

function isOfFlow(kind: ExecutionSummary['kind']): boolean {
  return kind === 'workflow' || kind === 'build';
}

function keptFailing({ nodeId, runKey, name, afterNodeId, inferred }: FailingNode): FailingNode {
  const id = (whole: string | null) => (whole === null ? null : keptId(whole));
  return {
    ...{ nodeId: id(nodeId), runKey: id(runKey), afterNodeId: id(afterNodeId), inferred },
    name: keptText(name, longestName),
  };
}

function keptCaller({ sid, runKey }: Caller): Caller {
  return { sid: keptId(sid), runKey: runKey === null ? null : keptId(runKey) };
}

const keptName = (name: string) => keptText(name, longestName);

function keptText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not within a character of two halves.
  const beginning = text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '');
  return ownText(beginning + cutMark);
}

/** What is left of an id still tells it from others. */
export function keptId(id: string): string {
  if (id.length <= longestId) return id;
  const rest = `${cutMark}${digest(id)}`;
  return ownText(id.slice(0, longestId - rest.length) + rest);
}

/** The same list where nothing has to be cut, which is nearly always. */
function keptList(
  list: readonly string[],
  longest: number,
  kept: (text: string) => string,
): readonly string[] {
  let chars = 0;
  let isCut = list.length > mostNodes;
  for (const text of list) {
    chars += text.length;
    if (text.length > longest) isCut = true;
  }
  if (!isCut && chars <= longestList) return list;
  const result: string[] = [];
  let left = longestList;
  for (const text of list) {
    const short = kept(text);
    left -= short.length;
    if (left < 0 || result.length === mostNodes) break;
    result.push(short);
  }
  return result;
}
