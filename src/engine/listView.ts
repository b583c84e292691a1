import type {
  ExecutionRow,
  Figures,
  ListQuery,
  ListWindow,
  Scope,
} from '../protocol/engineProtocol.ts';
import { addToFigures, noFigures } from '../metrics/keyFigures.ts';
import type { ExecutionStore, StoredExecution } from '../store/executionStore.ts';
import type { ExecutionKey, ExecutionSummary } from '../trace/execution.ts';
import type { FlowRegistry } from './flowRegistry.ts';

interface Visible {
  readonly scope: Scope;
  readonly filter: string;
  readonly stamp: string;
  /** Oldest first, as in the store. */
  readonly entries: readonly StoredExecution[];
}

/** The list of executions as asked for: scope, filter, window. */
export class ListView {
  private readonly store: ExecutionStore;
  private readonly flows: FlowRegistry;
  private last: Visible | undefined;
  private revision = 0;

  constructor(store: ExecutionStore, flows: FlowRegistry) {
    this.store = store;
    this.flows = flows;
  }

  window(query: ListQuery): ListWindow {
    const entries = this.visible(query.scope, query.filter);
    const total = entries.length;
    const anchorAt =
      query.anchor === null
        ? -1
        : entries.findLastIndex((entry) => entry.summary.key === query.anchor);
    const newer = anchorAt === -1 ? 0 : total - 1 - anchorAt;
    const start = Math.max(0, Math.min(newer + query.offset, total));
    const end = Math.min(total, start + query.limit);
    const rows = [];
    for (let index = start; index < end; index++) {
      const entry = entries[total - 1 - index];
      if (entry !== undefined) rows.push(this.row(entry.summary));
    }
    return {
      revision: ++this.revision,
      query,
      total,
      newer,
      start,
      rows,
      totalAll: this.store.size,
    };
  }

  row(summary: ExecutionSummary): ExecutionRow {
    return {
      key: summary.key,
      sid: summary.sid,
      name: this.nameOf(summary),
      kind: summary.kind,
      service: summary.service,
      outcome: summary.outcome,
      code: summary.code,
      beginMs: summary.beginMs,
      durationMs: summary.durationMs,
      failing: summary.failing,
      subCount: this.subCount(summary),
    };
  }

  /** The flow's own name where a file is bound, else what the record calls it. */
  nameOf(summary: ExecutionSummary): string {
    const label = this.flows.labelFor(summary);
    if (label !== null) return label.name;
    return summary.subject === '' ? summary.service : summary.subject;
  }

  /** All that a list shows, oldest first. */
  keys(scope: Scope, filter: string): ExecutionKey[] {
    return this.visible(scope, filter).map(({ summary }) => summary.key);
  }

  /** The newest of a scope, or its newest failed one. */
  latest(scope: Scope, failed: boolean): StoredExecution | undefined {
    return this.visible(scope, '').findLast(
      (entry) => !failed || entry.summary.outcome === 'failed',
    );
  }

  /** The newest execution of a flow file that ran `nodeId`. */
  latestOfNode(uri: string, nodeId: string): StoredExecution | undefined {
    return this.visible({ kind: 'flow', uri }, '').findLast((entry) =>
      entry.summary.nodeIds.includes(nodeId),
    );
  }

  figures(scope: Scope): Figures {
    let figures = noFigures;
    for (const entry of this.visible(scope, '')) figures = addToFigures(figures, entry.summary);
    return figures;
  }

  private subCount({ kind, key, sid }: ExecutionSummary): number {
    if (kind !== 'workflow') return 0;
    const isSub = ({ summary }: StoredExecution) => summary.key !== key && summary.kind !== 'build';
    return this.store.ofSid(sid).filter(isSub).length;
  }

  private visible(scope: Scope, filter: string): readonly StoredExecution[] {
    const stamp = `${String(this.store.revision)}/${String(this.flows.revision)}`;
    const last = this.last;
    if (last?.stamp === stamp && last.filter === filter && sameScope(last.scope, scope)) {
      return last.entries;
    }
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = this.store.oldestFirst.filter(
      // A robot's own record stands under the workflow that called it, not beside it.
      (entry) =>
        !entry.isPart &&
        (scope.kind === 'all' || this.flows.isBoundTo(entry.summary, scope.uri)) &&
        this.matches(entry.summary, words),
    );
    this.last = { scope, filter, stamp, entries };
    return entries;
  }

  private matches(summary: ExecutionSummary, words: readonly string[]): boolean {
    if (words.length === 0) return true;
    const text = [
      this.nameOf(summary),
      summary.subject,
      summary.sid,
      summary.service,
      summary.outcome,
      String(summary.code),
      summary.failing?.name ?? '',
      ...summary.nodeIds,
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  }
}

function sameScope(a: Scope, b: Scope): boolean {
  return a.kind === 'flow' && b.kind === 'flow' ? a.uri === b.uri : a.kind === b.kind;
}
