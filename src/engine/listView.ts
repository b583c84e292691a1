import type { Clock } from '../base/clock.ts';
import type {
  ExecutionRow,
  Figures,
  ListQuery,
  ListWindow,
  Scope,
} from '../protocol/engineProtocol.ts';
import { addToFigures, noFigures } from '../metrics/keyFigures.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { type ExecutionKey, type ExecutionSummary, isToolCall } from '../trace/execution.ts';
import { parseQuery } from '../query/parseQuery.ts';
import type { Query } from '../query/terms.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import { Matcher, type SummaryCondition } from './matcher.ts';
import type { PayloadSearch } from './payloadSearch.ts';

/** What the list needs of its world. */
export interface ListViewWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly search: PayloadSearch;
  readonly clock: Clock;
}

/** A set of executions under a filter, as it was when it was made. */
interface Filtered {
  readonly scope: Scope;
  readonly filter: string;
  readonly stamp: string;
  readonly query: Query;
  /** By all that summaries tell; oldest first, as in the store. */
  readonly candidates: readonly StoredExecution[];
}

interface Visible extends Filtered {
  /** What the search knew of payloads. */
  readonly searched: number;
  /** Of the candidates those whose payloads hold what they shall. */
  readonly entries: readonly StoredExecution[];
}

/** The list of executions as asked for: scope, filter, window. */
export class ListView {
  private readonly store: ExecutionStore;
  private readonly flows: FlowRegistry;
  private readonly search: PayloadSearch;
  private readonly clock: Clock;
  private readonly matcher = new Matcher();
  /** Whole scopes (`true`: for figures and completions) and the panel's filtered list don't push each other out. */
  private readonly last = new Map<boolean, Visible>();
  private revision = 0;

  constructor({ store, flows, search, clock }: ListViewWorld) {
    this.store = store;
    this.flows = flows;
    this.search = search;
    this.clock = clock;
  }

  /** The window that the panel shows; what its filter wants of payloads is searched from now on. */
  window(query: ListQuery): ListWindow {
    const visible = this.visible(query.scope, query.filter);
    const { entries } = visible;
    const texts = textsOf(visible.query);
    this.search.want({ texts, candidates: visible.candidates });
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
      totalAll: this.store.size - this.store.partCount,
      faults: visible.query.faults,
      search: texts.length === 0 ? null : this.search.progress(),
    };
  }

  /** The executions of a scope, oldest first. */
  ofScope(scope: Scope): readonly StoredExecution[] {
    return this.visible(scope, '').entries;
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
    return this.visible(scope, filter).entries.map(({ summary }) => summary.key);
  }

  /** The newest of a scope, or its newest failed one; a tool's call alone only where nothing else is. */
  latest(scope: Scope, failed: boolean): StoredExecution | undefined {
    const entries = this.ofScope(scope);
    const fits = ({ summary }: StoredExecution) => !failed || summary.outcome === 'failed';
    return entries.findLast((entry) => !isCall(entry) && fits(entry)) ?? entries.findLast(fits);
  }

  /** The newest execution of a flow file that ran `nodeId`. */
  latestOfNode(uri: string, nodeId: string): StoredExecution | undefined {
    return this.ofScope({ kind: 'flow', uri }).findLast((entry) =>
      entry.summary.nodeIds.includes(nodeId),
    );
  }

  /** Calls of tools would drown what robots and workflows did: they count where there is nothing else. */
  figures(scope: Scope): Figures {
    let runs = noFigures;
    let calls = noFigures;
    for (const { summary } of this.ofScope(scope)) {
      if (isToolCall(summary.kind)) calls = addToFigures(calls, summary);
      else runs = addToFigures(runs, summary);
    }
    return runs.executions > 0
      ? { ...runs, toolCallsApart: calls.executions }
      : { ...calls, toolCallsApart: 0 };
  }

  private subCount({ kind, key, sid }: ExecutionSummary): number {
    if (kind !== 'workflow') return 0;
    const isSub = ({ summary }: StoredExecution) => summary.key !== key && summary.kind !== 'build';
    return this.store.ofSid(sid).filter(isSub).length;
  }

  private visible(scope: Scope, filter: string): Visible {
    const filtered = this.filtered(scope, filter);
    const searched = this.search.revision;
    const last = this.last.get(filter === '');
    if (last === filtered && last.searched === searched) return last;
    const entries = filtered.candidates.filter((entry) => this.holdsTexts(entry, filtered.query));
    const visible = { ...filtered, searched, entries };
    this.last.set(filter === '', visible);
    return visible;
  }

  private filtered(scope: Scope, filter: string): Filtered | Visible {
    const stamp = `${String(this.store.revision)}/${String(this.flows.revision)}`;
    const last = this.last.get(filter === '');
    if (last?.stamp === stamp && last.filter === filter && sameScope(last.scope, scope))
      return last;
    const query = parseQuery(filter, this.clock.now());
    const candidates = this.store.oldestFirst.filter(
      // A robot's own record stands under the workflow that called it, not beside it.
      (entry) =>
        !entry.isPart &&
        (scope.kind === 'all' || this.flows.isBoundTo(entry.summary, scope.uri)) &&
        this.fits(entry, query),
    );
    return { scope, filter, stamp, query, candidates };
  }

  /** All but payloads: those take time. */
  private fits(entry: StoredExecution, { terms }: Query): boolean {
    if (terms.length === 0) return true;
    const name = this.nameOf(entry.summary);
    return terms.every(({ condition, excludes }) => {
      return condition.kind === 'text' || this.matches(entry, name, condition) !== excludes;
    });
  }

  /** An execution is found by what its robots and tools said too: the tree shows it. */
  private matches(entry: StoredExecution, name: string, condition: SummaryCondition): boolean {
    if (this.matcher.matches(entry, name, condition)) return true;
    if (condition.kind !== 'word' && condition.kind !== 'code') return false;
    return this.store
      .partsOf(entry)
      .some((part) => this.matcher.matches(part, part.summary.subject, condition));
  }

  /** What isn't searched yet is not shown yet, whichever way it will turn out. */
  private holdsTexts(entry: StoredExecution, { terms }: Query): boolean {
    return terms.every(({ condition, excludes }) => {
      return condition.kind !== 'text' || this.search.holds(entry, condition.text) === !excludes;
    });
  }
}

/** What a workflow calls on its way, and builds: of little use to who follows along. */
function isCall({ summary }: StoredExecution): boolean {
  return isToolCall(summary.kind) || summary.kind === 'build';
}

function textsOf({ terms }: Query): readonly string[] {
  const texts = terms.flatMap(({ condition }) =>
    condition.kind === 'text' ? [condition.text] : [],
  );
  return [...new Set(texts)].sort();
}

function sameScope(a: Scope, b: Scope): boolean {
  return a.kind === 'flow' && b.kind === 'flow' ? a.uri === b.uri : a.kind === b.kind;
}
