import { beginAndEnd } from '../base/beginAndEnd.ts';
import type {
  Execution,
  FailingNode,
  Milliseconds,
  NodeData,
  NodeId,
  NodeRun,
  RunKey,
} from '../trace/execution.ts';
import { isErrorLevel } from '../trace/logLevel.ts';
import type { ItemFailures } from '../trace/iterationItems.ts';
import { type FlowShape, runsInRounds } from '../trace/flowShape.ts';
import { beginsBody } from '../trace/iterationBodies.ts';
import type { FlowNode } from '../flow/flowDocument.ts';
import type { Evidence, EvidenceSource } from './finding.ts';

/** What a diagnosis may ask beside the execution itself. */
export interface DiagnosisContext {
  readonly failing: FailingNode | null;
  readonly flow: FlowShape | null;
  /** When the last record came; undefined where nobody noted it. */
  readonly reportedMs?: Milliseconds;
  /** Which items of iterations failed; undefined where nobody looked. */
  readonly itemFailures?: ItemFailures;
  /** What the flow file sets a node to; undefined where it is not known. */
  readonly settingsOf?: (nodeId: NodeId) => FlowNode['settings'];
  /** When the flow file was changed last; null or undefined where nobody saw that. */
  readonly flowChangedMs?: Milliseconds | null;
  /** The data of a run, decoded on demand. */
  readonly nodeData: (runKey: RunKey) => NodeData | undefined;
}

/** A text that may tell the cause. */
export interface Telling {
  readonly evidence: Evidence;
  /** As much of it as patterns look at. */
  readonly text: string;
}

/** What the rules look at: gathered once. */
export interface Facts {
  readonly execution: Execution;
  readonly context: DiagnosisContext;
  readonly failingRun: NodeRun | null;
  /** The texts that may tell the cause, best first: the failing node's ERROR logs, then the status message. */
  readonly texts: readonly Telling[];
}

/** Enough to recognise a message; a traceback is longer and stands in the inspector. */
const maxEvidence = 500;
/** Of a longer text, such as a traceback, the beginning and the end tell. */
const maxText = 4_000;
/** The last errors tell; a node that logs thousands of them doesn't make it clearer. */
const maxErrorLogs = 5;

/** Gathers the facts of an execution. */
export function gatherFacts(execution: Execution, context: DiagnosisContext): Facts {
  const runKey = context.failing?.runKey ?? null;
  // An execution fails near its end.
  const failingRun = execution.runs.findLast((run) => run.key === runKey) ?? null;
  const { message } = execution.summary;
  return {
    execution,
    context,
    failingRun,
    texts: [
      ...(failingRun === null ? [] : errorLogs(failingRun, context)),
      ...(message === '' ? [] : [telling({ kind: 'message' }, message, null)]),
    ],
  };
}

/** The ERROR logs of a run; of one that ran several times the last, for earlier attempts failed of their own. */
export function errorLogs(run: NodeRun, context: DiagnosisContext): Telling[] {
  if (run.error === null) return [];
  const logs = context.nodeData(run.key)?.logs ?? [];
  const errors = logs.flatMap((line, index) =>
    isErrorLevel(line.level) ? [telling({ kind: 'log', index }, line.message, run.key)] : [],
  );
  return errors.slice(run.count > 1 ? -1 : -maxErrorLogs);
}

/** Whether a node runs in rounds; null when neither the flow file nor the record tells. */
export function isInBody({ execution, context }: Facts, nodeId: NodeId): boolean | null {
  const node = context.flow?.nodes.find(({ id }) => id === nodeId);
  if (node !== undefined) {
    const nodes = new Map(context.flow?.nodes.map((other) => [other.id, other]));
    return node.parentId !== null && runsInRounds(node, nodes);
  }
  const hasBodies = execution.runs.some(({ type }) => beginsBody(type));
  return hasBodies ? null : false;
}

function telling(source: EvidenceSource, text: string, runKey: RunKey | null): Telling {
  return {
    evidence: { source, value: beginAndEnd(text, maxEvidence), runKey },
    text: beginAndEnd(text, maxText),
  };
}
