import type {
  Execution,
  FailingNode,
  LogLine,
  NodeData,
  NodeRun,
  RunKey,
} from '../trace/execution.ts';
import type { FlowShape } from '../trace/flowShape.ts';
import type { Evidence } from './finding.ts';

/** What a diagnosis may ask beside the execution itself. */
export interface DiagnosisContext {
  readonly failing: FailingNode | null;
  readonly flow: FlowShape | null;
  /** The data of a run, decoded on demand. */
  readonly nodeData: (runKey: RunKey) => NodeData | undefined;
}

/** What the rules look at: gathered once. */
export interface Facts {
  readonly execution: Execution;
  readonly context: DiagnosisContext;
  readonly failingRun: NodeRun | null;
  /** The texts that may tell the cause, best first: the failing node's ERROR logs, then the status message. */
  readonly texts: readonly Evidence[];
}

/** Enough to recognise a message; a traceback is longer and stands in the inspector. */
const maxEvidence = 500;
/** The first errors tell; a node that logs thousands of them doesn't make it clearer. */
const maxErrorLogs = 5;

/** Gathers the facts of an execution. */
export function gatherFacts(execution: Execution, context: DiagnosisContext): Facts {
  const runKey = context.failing?.runKey ?? null;
  const failingRun = execution.runs.find((run) => run.key === runKey) ?? null;
  const { message } = execution.summary;
  const status: Evidence[] =
    message === '' ? [] : [{ field: 'status.message', value: shorten(message), runKey: null }];
  return {
    execution,
    context,
    failingRun,
    texts: [...(failingRun === null ? [] : errorLogs(failingRun, context)), ...status],
  };
}

/** The ERROR logs of a run as evidence. */
export function errorLogs(run: NodeRun, context: DiagnosisContext): Evidence[] {
  if (run.error === null) return [];
  const logs = context.nodeData(run.key)?.logs ?? [];
  const errors = logs.flatMap((line, index) =>
    isError(line)
      ? [{ field: `logs[${String(index)}].message`, value: shorten(line.message), runKey: run.key }]
      : [],
  );
  return errors.slice(0, maxErrorLogs);
}

/** A text as it may stand in evidence. */
export function shorten(text: string): string {
  return text.length <= maxEvidence ? text : `${text.slice(0, maxEvidence - 1)}…`;
}

function isError({ level }: LogLine): boolean {
  return level.toUpperCase() === 'ERROR';
}
