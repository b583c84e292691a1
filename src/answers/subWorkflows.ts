import { openRecord, type OpenedRecord } from '../decode/decodeExecution.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { Execution, ExecutionKey } from '../trace/execution.ts';
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

interface Call {
  readonly call: FlowCall;
  readonly run: Execution['runs'][number];
  readonly window: CallWindow;
}

/** A flow that runs hundreds of times while one node waits: the first ones are as good as any. */
const mostCandidates = 200;
/** Of all calls of an execution together: each is compared with each call. */
const mostOfAll = 2_000;
/** What was parsed for its parameters is not parsed again soon; a digest is 43 characters. */
const mostDigests = 2_000;

/** Which workflows the nodes of opened executions called; none stands under two nodes, in whichever trees. */
export class SubWorkflows {
  private readonly world: SubWorkflowsWorld;
  private readonly calls = new Map<ExecutionKey, readonly Call[]>();
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
    const byKey = new Map(runs.map((run) => [run.key, run]));
    const calls = record.flowCalls().flatMap((call) => {
      const run = byKey.get(call.runKey);
      const window = run === undefined ? null : callWindow(run, summary.beginMs);
      return run === undefined || window === null ? [] : [{ call, run, window }];
    });
    this.release(summary.key);
    if (calls.length === 0) return [];
    this.calls.set(summary.key, calls);
    const candidates = this.candidates(summary.key, calls).map((kept) => ({
      summary: kept.summary,
      parameters: this.parametersOf(kept),
    }));
    const matched = matchSubWorkflows(calls, candidates).filter((sub) => {
      const claim = this.claims.get(sub.summary.key);
      // The first to be opened has it, unless another knows better.
      return claim === undefined || rank(sub.confidence) > rank(claim.confidence);
    });
    for (const { summary: child, confidence } of matched) {
      this.claims.set(child.key, { parent: summary.key, confidence });
    }
    return matched;
  }

  /** Changes whenever `of` could answer otherwise. */
  stamp(key: ExecutionKey): string {
    const calls = this.calls.get(key);
    if (calls === undefined) return '';
    return this.candidates(key, calls)
      .map(({ summary, record }) => {
        const isOthers = (this.claims.get(summary.key)?.parent ?? key) !== key;
        return `${summary.key} ${record.offset} ${summary.outcome}${isOthers ? ' taken' : ''}`;
      })
      .join('\n');
  }

  /** Forgets an execution that is not open any more; what it had may stand under another. */
  release(key: ExecutionKey): void {
    this.calls.delete(key);
    for (const [child, { parent }] of this.claims) if (parent === key) this.claims.delete(child);
  }

  private candidates(parent: ExecutionKey, calls: readonly Call[]): StoredExecution[] {
    const { store } = this.world;
    const found = new Map<ExecutionKey, StoredExecution>();
    for (const { call, window } of calls) {
      if (found.size >= mostOfAll) break;
      const { fromMs, toMs } = window;
      for (const workflow of store.ofFlow(call.flowId, fromMs, toMs, mostCandidates)) {
        const { key, kind } = workflow.summary;
        if (key !== parent && kind === 'workflow') found.set(key, workflow);
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
  return confidence === 'certain' ? 1 : 0;
}
