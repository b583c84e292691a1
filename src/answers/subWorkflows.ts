import { openRecord, type OpenedRecord } from '../decode/decodeExecution.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { Execution, ExecutionKey, ExecutionSummary } from '../trace/execution.ts';
import {
  callWindow,
  matchSubWorkflows,
  type CallWindow,
  type FlowCall,
  type MatchConfidence,
  type SubWorkflow,
} from '../trace/subWorkflows.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** What is needed of the world. */
export interface SubWorkflowsWorld {
  readonly store: ExecutionStore;
  readonly room: ExecutionRecords;
  readonly redaction: RulesOfNow;
}

interface OpenedCalls {
  readonly sid: string;
  readonly calls: readonly Call[];
}

interface Call {
  readonly call: FlowCall;
  readonly run: Execution['runs'][number];
  readonly window: CallWindow;
}

/** A robot that begins thousands: the first ones tell enough, and each is a row. */
const mostTold = 500;
/** A flow that runs hundreds of times while one node waits: the first ones are as good as any. */
const mostCandidates = 200;
/** Of all calls of an execution together: each is compared with each call. */
const mostOfAll = 2_000;
/** What was parsed for its parameters is not parsed again soon; a digest is 43 characters. */
const mostDigests = 2_000;

/** Which workflows the nodes of opened executions called; none stands under two nodes, in whichever trees. */
export class SubWorkflows {
  private readonly world: SubWorkflowsWorld;
  private readonly opened = new Map<ExecutionKey, OpenedCalls>();
  private readonly claims = new Map<
    ExecutionKey,
    { readonly parent: ExecutionKey; readonly confidence: MatchConfidence }
  >();
  private readonly digests = new Map<string, string | null>();

  constructor(world: SubWorkflowsWorld) {
    this.world = world;
  }

  /** What the nodes of an execution called. */
  of({ summary, runs }: Execution, record: OpenedRecord): readonly SubWorkflow[] {
    const called = record.flowCalls();
    const byKey = new Map(called.length === 0 ? [] : runs.map((run) => [run.key, run]));
    const calls = called.flatMap((call) => {
      const run = byKey.get(call.runKey);
      const window = run === undefined ? null : callWindow(run, summary.beginMs);
      return run === undefined || window === null ? [] : [{ call, run, window }];
    });
    this.release(summary.key);
    this.opened.set(summary.key, { sid: summary.sid, calls });
    const told = this.told(summary).map(({ summary: child }): SubWorkflow => ({
      summary: child,
      runKey: child.calledBy?.runKey ?? null,
      confidence: 'told',
    }));
    const toldKeys = new Set(told.map(({ summary: { key } }) => key));
    const candidates = this.candidates(summary.key, calls).map((kept) => ({
      summary: kept.summary,
      parameters: this.parametersOf(kept),
    }));
    const guessed = matchSubWorkflows(calls, candidates).filter((sub) => {
      if (toldKeys.has(sub.summary.key)) return false;
      const claim = this.claims.get(sub.summary.key);
      // The first to be opened has it, unless another knows better.
      return claim === undefined || rank(sub.confidence) > rank(claim.confidence);
    });
    const matched = [...told, ...guessed];
    for (const { summary: child, confidence } of matched) {
      this.claims.set(child.key, { parent: summary.key, confidence });
    }
    return matched;
  }

  /** Changes whenever `of` could answer otherwise. */
  stamp(key: ExecutionKey): string {
    const opened = this.opened.get(key);
    if (opened === undefined) return '';
    return [...this.told({ key, sid: opened.sid }), ...this.candidates(key, opened.calls)]
      .map(({ summary, record }) => {
        const isOthers = (this.claims.get(summary.key)?.parent ?? key) !== key;
        return `${summary.key} ${record.offset} ${summary.outcome}${isOthers ? ' taken' : ''}`;
      })
      .join('\n');
  }

  /** Whether nothing is known that it called; of one that is not open, what its own nodes called is not. */
  callsNone(execution: Pick<ExecutionSummary, 'key' | 'sid'>): boolean {
    const calls = this.opened.get(execution.key)?.calls ?? [];
    return calls.length === 0 && this.told(execution).length === 0;
  }

  /** Forgets an execution that is not open any more; what it had may stand under another. */
  release(key: ExecutionKey): void {
    this.opened.delete(key);
    for (const [child, { parent }] of this.claims) if (parent === key) this.claims.delete(child);
  }

  /** Those whose records say that it began them. */
  private told({ key, sid }: Pick<ExecutionSummary, 'key' | 'sid'>): StoredExecution[] {
    const all = this.world.store.calledFrom(sid, mostTold);
    return all.filter(({ summary }) => summary.key !== key && summary.sid !== sid);
  }

  private candidates(parent: ExecutionKey, calls: readonly Call[]): StoredExecution[] {
    const { store } = this.world;
    const found = new Map<ExecutionKey, StoredExecution>();
    for (const { call, window } of calls) {
      if (found.size >= mostOfAll) break;
      const { fromMs, toMs } = window;
      for (const workflow of store.ofFlow(call.flowId, fromMs, toMs, mostCandidates)) {
        const { key, kind } = workflow.summary;
        const isOthers = workflow.summary.calledBy !== undefined;
        if (key !== parent && kind === 'workflow' && !isOthers) found.set(key, workflow);
      }
    }
    return [...found.values()];
  }

  /** Null as well where the bytes are gone: reading them again for a guess is not worth it. */
  private parametersOf(stored: StoredExecution): string | null {
    const record = this.world.room.held(stored);
    if (record === undefined) return null;
    const { summary } = stored;
    const key = `${summary.key} ${String(record.partition)}:${record.offset}`;
    let digest = this.digests.get(key);
    if (digest === undefined) {
      digest = openRecord(record, this.world.redaction.rules).questionDigest();
      if (this.digests.size >= mostDigests) this.digests.clear();
      this.digests.set(key, digest);
    }
    return digest;
  }
}

function rank(confidence: MatchConfidence): number {
  return ['likely', 'certain', 'told'].indexOf(confidence);
}
