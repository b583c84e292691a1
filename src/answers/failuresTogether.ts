import { summaryAsPast } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { CalledFailures } from '../problems/calledFailures.ts';
import type { Failed } from '../problems/timed.ts';
import type { ExecutionKey, ExecutionSummary } from '../trace/execution.ts';
import { callsService } from '../trace/subExecutions.ts';

/** Who calls another one fails within seconds of it. */
const mostKnown = 500;
/** The sids of those that are known; of more some are opened in vain. */
const mostSids = 2 * mostKnown;

interface Known {
  readonly summary: ExecutionSummary;
  readonly run: Failed;
  /** Its record was looked into, or isn't there. */
  readonly isOpened: boolean;
}

interface Service {
  readonly key: ExecutionKey;
  readonly isWhy: boolean;
}

/**
 * The last failures, and which of them are one: who calls what fails, fails with it. Told by their summaries; the record of
 * one that may have called another one is opened when somebody asks of what it failed, and nobody does but for news.
 */
export class FailuresTogether {
  private readonly pastOf: (summary: ExecutionSummary) => PastExecution | null;
  private readonly called = new CalledFailures();
  private readonly known = new Map<ExecutionKey, Known>();
  /** Of those that are no workflows, by their sid. */
  private readonly services = new Map<string, ExecutionSummary[]>();
  /** Of those whose records tell who called them, whom they tell. */
  private readonly callers = new Set<string>();

  constructor(pastOf: (summary: ExecutionSummary) => PastExecution | null) {
    this.pastOf = pastOf;
  }

  /** Takes a failure; gives those known ones that failed of it. */
  add(summary: ExecutionSummary): readonly ExecutionKey[] {
    const run = failedOf(summary, null);
    if (run === null) return [];
    if (run.calledFrom !== undefined) this.callers.add(run.calledFrom);
    this.put(summary, run);
    for (const [oldest] of this.known) {
      if (this.known.size <= mostKnown) break;
      this.drop(oldest);
    }
    if (this.callers.size > mostSids) this.callers.clear();
    const callers = this.moved().filter((key) => this.rootOf(key) === summary.key);
    // When the step that failed can have called, its record alone tells.
    for (const key of callers) this.open(key);
    return callers.filter((key) => this.rootOf(key) === summary.key);
  }

  /** The failure that a known one failed of; null for its own. */
  of(summary: ExecutionSummary): ExecutionKey | null {
    if (this.mayHaveCalled(summary)) this.open(summary.key);
    return this.rootOf(summary.key);
  }

  /** Services that failed under the sid of a workflow, and whether that failed at a step that calls such a one. */
  servicesOf({ sid, kind, failing }: ExecutionSummary): readonly Service[] {
    if (kind !== 'workflow') return [];
    const type = typeOf(failing?.nodeId ?? null);
    return (this.services.get(sid) ?? []).map((service) => ({
      key: service.key,
      isWhy: type === null || callsService(type, service.kind),
    }));
  }

  private open(key: ExecutionKey): void {
    const known = this.known.get(key);
    if (known === undefined || known.isOpened) return;
    const run = failedOf(known.summary, this.pastOf(known.summary));
    if (run !== null) this.put(known.summary, run, true);
    this.moved();
  }

  private put(summary: ExecutionSummary, run: Failed, isOpened = false): void {
    this.drop(summary.key);
    this.known.set(summary.key, { summary, run, isOpened });
    if (summary.kind !== 'workflow') {
      this.services.set(summary.sid, [...(this.services.get(summary.sid) ?? []), summary]);
    }
    this.called.add(run);
  }

  private drop(key: ExecutionKey): void {
    const known = this.known.get(key);
    if (known === undefined) return;
    this.known.delete(key);
    this.called.drop(known.run);
    const { sid } = known.summary;
    const left = this.services.get(sid)?.filter((service) => service.key !== key);
    if (left?.length === 0) this.services.delete(sid);
    else if (left !== undefined) this.services.set(sid, left);
  }

  private moved(): readonly ExecutionKey[] {
    return this.called.moved().map(({ key }) => key);
  }

  private rootOf(key: ExecutionKey): ExecutionKey | null {
    const known = this.known.get(key);
    return (known && this.called.rootOf(known.run)?.key) ?? null;
  }

  private mayHaveCalled({ sid, failing }: ExecutionSummary): boolean {
    return this.callers.has(sid) || typeOf(failing?.nodeId ?? null) === 'flow';
  }
}

function typeOf(nodeId: string | null): string | null {
  const at = nodeId?.indexOf('::') ?? -1;
  return nodeId === null || at <= 0 ? null : nodeId.slice(0, at);
}

/** A failure as its summary tells it, and what its opened record adds; null where it tells no time. */
function failedOf(summary: ExecutionSummary, opened: PastExecution | null): Failed | null {
  const { isSummary: _, failure: told, ...past } = summaryAsPast(summary, '', 0);
  const failure = opened?.failure ?? told;
  const { beginMs } = past;
  return beginMs === null || failure === null
    ? null
    : { ...past, beginMs, failure, nodes: opened?.nodes ?? [] };
}
