import type { Execution, ExecutionSummary, NodeRun } from '../../trace/execution.ts';
import type { FlowShape, FlowShapeEdge } from '../../trace/flowShape.ts';
import { errorLogs, type Facts, isInBody } from '../facts.ts';
import { failedItemsOf } from '../failedItems.ts';
import type { Evidence, FailedItems, Finding } from '../finding.ts';
import { type CauseId, remediesOf } from '../causes.ts';
import type { RemedyId } from '../remedyIds.ts';

/** The first ones tell; a robot that retries everything would fill the panel. */
const maxFindings = 5;

/** Nodes that failed and were got over: worth knowing before they fail for good. */
export function recovered(facts: Facts): readonly Finding[] {
  const { execution, context } = facts;
  const { runs, summary } = execution;
  return byNode(runs.filter((run) => wasGotOver(run, summary)))
    .slice(0, maxFindings)
    .map(([run, ...others]) => {
      const failedItems = failedItemsOf(
        facts,
        [run, ...others].map(({ key }) => key),
      );
      const { cause, evidence } = wayOn(facts, run, failedItems !== undefined);
      return {
        rule: 'recovered',
        // Nobody sees in the answer of the flow that something is missing.
        severity: failedItems === undefined ? 'info' : 'warning',
        category: 'node',
        cause,
        node: { nodeId: run.nodeId, runKey: run.key, name: run.name },
        ...(failedItems === undefined ? {} : { failedItems }),
        code: null,
        evidence: [
          { source: { kind: 'runningStatus' }, value: 'false', runKey: run.key },
          ...evidence,
          ...errorLogs(run, context).map((log) => log.evidence),
        ],
        remedies: remediesFor(cause, failedItems),
        confidence: 'likely',
      };
    });
}

/** Of a flow that went well also an item that was given up, in its round. */
function wasGotOver(run: NodeRun, { outcome }: ExecutionSummary): boolean {
  const isGivenUp = run.status === 'failed' && run.iterationIndex !== null;
  return run.status === 'recovered' || (isGivenUp && outcome === 'succeeded');
}

function remediesFor(cause: CauseId, failedItems: FailedItems | undefined): readonly RemedyId[] {
  const remedies = remediesOf('node', cause);
  if (failedItems === undefined) return remedies;
  const explain = failedItems.failed === 1 ? 'explainFailedItem' : 'explainFailedItems';
  return (
    remedies
      // They are found.
      .filter((key) => key !== 'findFailedRounds' || failedItems.items === null)
      .map((key) => (key === 'watchFlakyStep' ? explain : key))
  );
}

/** Rounds of a parallel iteration are runs of their own: those of one node are one finding. */
function byNode(runs: readonly NodeRun[]): readonly [NodeRun, ...NodeRun[]][] {
  const groups = new Map<string, [NodeRun, ...NodeRun[]]>();
  for (const run of runs) {
    const isRound = run.iterationIndex !== null;
    const name = isRound ? `round ${run.nodeId} ${run.iterationParent ?? ''}` : `run ${run.key}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [run]);
    else group.push(run);
  }
  return [...groups.values()];
}

/** How it went on: in a body some rounds failed; by the error branch; or a later attempt succeeded. */
function wayOn(
  facts: Facts,
  run: NodeRun,
  hasFailedItems: boolean,
): { cause: CauseId; evidence: readonly Evidence[] } {
  const { execution, context } = facts;
  const count: Evidence[] =
    run.count > 1
      ? [{ source: { kind: 'count', count: run.count }, value: `×${run.count}`, runKey: run.key }]
      : [];
  const inBody = isInBody(facts, run.nodeId);
  if (inBody === true || hasFailedItems) return { cause: 'roundsFailed', evidence: count };
  const hasOutput = (context.nodeData(run.key)?.output.length ?? 0) > 0;
  const next = hasOutput ? undefined : failBranchOf(execution, context.flow, run);
  if (next !== undefined) {
    return {
      cause: 'failBranchTaken',
      evidence: [...count, { source: { kind: 'next' }, value: next.name, runKey: next.key }],
    };
  }
  return { cause: hasOutput && inBody === false ? 'retried' : 'recovered', evidence: count };
}

/** The run that the error branch led to. An end may be reached by either way: then the other must not have been gone. */
function failBranchOf(
  { runs }: Execution,
  flow: FlowShape | null,
  run: NodeRun,
): NodeRun | undefined {
  const edges = flow?.edges.filter(({ source }) => source === run.nodeId) ?? [];
  const runAt = (target: string) => runs.find(({ nodeId }) => nodeId === target);
  const [ways, branches] = [edges.filter(isWay), edges.filter((edge) => !isWay(edge))];
  if (ways.some(({ target }) => runAt(target) !== undefined)) return undefined;
  return branches.map(({ target }) => runAt(target)).find((next) => next !== undefined);
}

function isWay({ kind }: FlowShapeEdge): boolean {
  return kind !== 'fail';
}
