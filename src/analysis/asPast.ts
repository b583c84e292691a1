import { beginAndEnd } from '../base/beginAndEnd.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { coreMessage } from '../trace/coreMessage.ts';
import type {
  Execution,
  ExecutionSummary,
  FailingNode,
  Milliseconds,
  NodeRun,
  RunKey,
} from '../trace/execution.ts';
import type { RecordFacts } from '../trace/recordFacts.ts';
import type { FlowCall } from '../trace/subWorkflows.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { PastExecution, PastFailure, PastNode } from './pastExecution.ts';

/** An execution that was read, with what was concluded from it. */
export interface ReadExecution {
  readonly execution: Execution;
  readonly facts: RecordFacts;
  /** What it is called: by its flow file, else by its record. */
  readonly name: string;
  readonly recordBytes: number;
  readonly tree: readonly TreeNode[];
  readonly failing: FailingNode | null;
  readonly findings: readonly Finding[];
  readonly lostMs: ReadonlyMap<RunKey, Milliseconds>;
  /** Asked for only where it failed at a node: of a long record it takes a while. */
  readonly flowCalls: () => readonly FlowCall[];
}

/** Takes of an execution what numbers are made of. */
export function asPast(read: ReadExecution): PastExecution {
  const { summary, runs } = read.execution;
  const { facts, name, recordBytes } = read;
  return {
    ...partsOf(summary, name, recordBytes),
    ...{ storedValues: facts.storedValues, payloadBytes: facts.payloadBytes },
    revision: facts.revision,
    failure: failureOf(read),
    nodes: pastNodes(runs, read),
    resources: facts.resources,
  };
}

/** The same of a record that nobody looked into: what happened in it, and of what it failed, is not known. */
export function summaryAsPast(
  summary: ExecutionSummary,
  name: string,
  recordBytes: number,
): PastExecution {
  const { outcome, failing, message } = summary;
  return {
    ...partsOf(summary, name, recordBytes),
    ...{ storedValues: 0, payloadBytes: 0, revision: '', nodes: [], resources: null },
    isSummary: true,
    failure:
      outcome === 'failed'
        ? {
            ...{ nodeId: failing?.nodeId ?? null, name: failing?.name ?? '' },
            ...{ cause: null, category: 'unknown', text: message.slice(0, mostText) },
          }
        : null,
  };
}

function partsOf(summary: ExecutionSummary, name: string, recordBytes: number) {
  return {
    ...{ key: summary.key, sid: summary.sid, flow: flowOf(summary), name, kind: summary.kind },
    ...{ outcome: summary.outcome, code: summary.code, beginMs: summary.beginMs },
    ...{ durationMs: summary.durationMs, tokens: summary.usage.totalTokens, recordBytes },
    ...(summary.calledBy === undefined ? {} : { calledFrom: summary.calledBy.sid }),
  };
}

/** What ran. A robot that is called by itself names its project, a tool itself. */
export function flowOf({ flowId, subject, service }: ExecutionSummary): string {
  return [flowId, subject, service].find((text) => text !== '') ?? '';
}

const mostText = 500;
/** Of each other text, and of a longer one its end: a traceback ends with what was raised. */
const mostAlso = 200;
/** What problems read of a text at least. */
const mostlyRead = 300;

/** Its own error says more than what the service made of it. */
function textOf({ summary, runs }: Execution, failing: FailingNode | null): string {
  const run = runs.find(({ key }) => key === failing?.runKey);
  return run?.error ?? summary.message;
}

/** What is said of the node where it failed; else what is said of the execution. */
function failureOf({ execution, failing, findings, flowCalls }: ReadExecution): PastFailure | null {
  if (execution.summary.outcome !== 'failed') return null;
  const nodeId = failing?.nodeId ?? null;
  const told = findings.filter(({ severity }) => severity === 'error');
  const known = told.filter(({ cause }) => cause !== null);
  const finding = known.find(({ node }) => node?.nodeId === nodeId) ?? known[0] ?? told[0];
  const text = textOf(execution, failing);
  const runKey = failing?.runKey ?? null;
  const calls = runKey === null ? undefined : flowCalls().find((call) => call.runKey === runKey);
  return {
    ...{ nodeId, name: failing?.name ?? '' },
    ...{ cause: finding?.cause ?? null, category: finding?.category ?? 'unknown' },
    text: text.slice(0, mostText),
    ...alsoSaid(told[0], text),
    ...(calls === undefined ? {} : { calls: calls.flowId }),
  };
}

/**
 * What else a release that knows other causes would look at: whatever tells one today, it is chosen by where it stands, or
 * what is kept of a failure would differ from release to release.
 */
function alsoSaid(finding: Finding | undefined, text: string): Pick<PastFailure, 'also'> {
  const said = (finding?.evidence ?? []).flatMap(({ source, value }) => {
    const place = source.kind === 'log' ? source.index : source.kind === 'message' ? Infinity : -1;
    return place < 0 || text.slice(0, mostlyRead).includes(coreMessage(value))
      ? []
      : { place, value };
  });
  said.sort((a, b) => a.place - b.place);
  const also = new Set(said.map(({ value }) => beginAndEnd(value, mostAlso)));
  return also.size === 0 ? {} : { also: [...also] };
}

function pastNodes(runs: readonly NodeRun[], { tree, facts, lostMs }: ReadExecution): PastNode[] {
  const places = placesInTree(tree);
  const endedMs = endsBefore(runs);
  return runs.map((run) => {
    const { beginMs, durationMs } = run;
    const before = endedMs.get(run.key);
    const isKnown = beginMs !== null && before !== undefined;
    const lost = lostMs.get(run.key) ?? 0;
    return {
      ...{ nodeId: run.nodeId, name: run.name, type: run.type },
      // Where the flow went on without it, it failed all the same: that is no pass.
      status: run.gaveNothing === true ? 'failed' : run.status,
      ...{ count: run.count, beginMs, durationMs },
      ownMs:
        durationMs === null ? null : ownTime(run, durationMs, places.get(run.key) ?? alone, before),
      // What earlier attempts took was no waiting.
      waitedMs: isKnown ? Math.max(0, beginMs - before - lost) : null,
      lostMs: lost,
      tokens: run.usage.totalTokens,
      logCount: run.logCount,
      resources: facts.resourcesOfRuns.get(run.key) ?? null,
    };
  });
}

/** They begin with the flow, or before what they wait for: their time is what comes after that. */
const waiting = new Set(['message', 'node-end']);

function ownTime(
  { type, endMs }: NodeRun,
  durationMs: Milliseconds,
  { withinMs, times }: InTree,
  endedMs: Milliseconds | undefined,
): Milliseconds {
  const waits = waiting.has(type) && endMs !== null && endedMs !== undefined;
  const own = waits ? Math.min(durationMs, Math.max(0, endMs - endedMs)) : durationMs;
  return Math.round(Math.max(0, own - withinMs) * times);
}

/** How a node's own time is reckoned from that of one entry of it. */
interface InTree {
  /** What nodes within it took of one entry. */
  readonly withinMs: Milliseconds;
  /** How many entries it stands for. */
  readonly times: number;
}

const alone: InTree = { withinMs: 0, times: 1 };

/**
 * By the key of a run within an iteration, or with nodes in it. A record tells of one round alone how long its nodes took: each
 * counts as long as that one, but all together no longer than the iteration was.
 */
function placesInTree(tree: readonly TreeNode[]): ReadonlyMap<RunKey, InTree> {
  const places = new Map<RunKey, InTree>();
  // A list of what is left instead of recursion: a tree may be deep.
  const todo = tree.map((node) => ({ node, entered: 1, times: 1 }));
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const { node, entered, times } = at;
    const children = node.children
      .filter(({ subExecution }) => subExecution === null)
      .map((child) => ({ child, each: Math.max(1, child.count) / entered }));
    const ms = children.reduce((sum, { child, each }) => sum + (child.durationMs ?? 0) * each, 0);
    if (ms > 0 || times !== 1) places.set(node.key, { withinMs: ms, times });
    const fits = node.durationMs !== null && ms > node.durationMs ? node.durationMs / ms : 1;
    for (const { child, each } of children) {
      todo.push({ node: child, entered: Math.max(1, child.count), times: times * each * fits });
    }
  }
  return places;
}

/** By the key of a run, when the last of those ended that lead to it. */
function endsBefore(runs: readonly NodeRun[]): ReadonlyMap<RunKey, Milliseconds> {
  const endedMs = new Map<RunKey, Milliseconds>();
  for (const { endMs, next } of runs) {
    if (endMs === null) continue;
    for (const key of next) endedMs.set(key, Math.max(endedMs.get(key) ?? endMs, endMs));
  }
  return endedMs;
}
