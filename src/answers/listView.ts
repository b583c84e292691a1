import type { Clock } from '../base/clock.ts';
import type { ExecutionRow, ListQuery, ListWindow, Scope } from '../protocol/list.ts';
import type { Figures } from '../protocol/status.ts';
import { FiguresSum } from '../metrics/keyFigures.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { indexIn } from '../store/timeOrder.ts';
import { type ExecutionKey, type ExecutionSummary, isToolCall } from '../trace/execution.ts';
import { parseQuery } from '../query/parseQuery.ts';
import type { Query } from '../query/terms.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import { Matcher, type SummaryCondition } from './matcher.ts';
import type { PayloadSearch } from './payloadSearch.ts';
import { Verdicts } from './verdicts.ts';

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
  readonly storeRevision: number;
  readonly flowsRevision: number;
  readonly query: Query;
  /** When a query that asks about times was read: what `15m` and `today` are goes on. */
  readonly readSecond: number;
  readonly verdicts: QueryVerdicts;
  /** By all that summaries tell; oldest first, as in the store. */
  readonly candidates: readonly StoredExecution[];
}

/** What was found for one scope and filter, as long as the flow files are the same. */
interface QueryVerdicts {
  readonly own: Verdicts;
  /** Of what stands under a workflow, which goes by another name there. */
  readonly parts: Verdicts;
}

/** How exactly the list follows the clock: finer than that nobody asks. */
export const clockStepMs = 1_000;

/** The scope is the first question; the terms of the filter follow. */
const scopeQuestion = 0;

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
    const anchor = query.anchor === null ? undefined : this.store.get(query.anchor);
    const anchorAt = anchor === undefined ? -1 : indexIn(entries, anchor);
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

  /** Whether what a filter finds changes by itself, because time goes on. */
  movesWithClock(filter: string): boolean {
    return asksTimes(parseQuery(filter, this.clock.now()));
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
      subCount: this.store.get(summary.key)?.partCount ?? 0,
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

  /** The execution of a flow file that ran `nodeId`: the preferred one, if it did, else the newest that did. */
  executionOfNode(
    uri: string,
    nodeId: string,
    preferred: ExecutionKey | null,
  ): StoredExecution | undefined {
    const ran = ({ summary }: StoredExecution) => summary.nodeIds.includes(nodeId);
    const ofFlow = this.ofScope({ kind: 'flow', uri });
    return (
      ofFlow.find((entry) => entry.summary.key === preferred && ran(entry)) ?? ofFlow.findLast(ran)
    );
  }

  /** Calls of tools would drown what robots and workflows did: they count where there is nothing else. */
  figures(scope: Scope): Figures {
    const runs = new FiguresSum();
    const calls = new FiguresSum();
    for (const { summary } of this.ofScope(scope)) {
      (isToolCall(summary.kind) ? calls : runs).add(summary);
    }
    return runs.figures.executions > 0
      ? { ...runs.figures, toolCallsApart: calls.figures.executions }
      : { ...calls.figures, toolCallsApart: 0 };
  }

  private visible(scope: Scope, filter: string): Visible {
    const filtered = this.filtered(scope, filter);
    const searched = this.search.revision;
    const last = this.last.get(filter === '');
    if (last === filtered && last.searched === searched) return last;
    const { candidates, query } = filtered;
    const entries =
      textsOf(query).length === 0
        ? candidates
        : candidates.filter((entry) => this.holdsTexts(entry, query));
    const visible = { ...filtered, searched, entries };
    this.last.set(filter === '', visible);
    return visible;
  }

  private filtered(scope: Scope, filter: string): Filtered | Visible {
    const storeRevision = this.store.revision;
    const flowsRevision = this.flows.revision;
    const last = this.last.get(filter === '');
    const isSame =
      last?.flowsRevision === flowsRevision &&
      last.filter === filter &&
      sameScope(last.scope, scope);
    const readSecond = Math.floor(this.clock.now() / clockStepMs);
    const isInTime = isSame && (last.readSecond === readSecond || !asksTimes(last.query));
    if (isInTime && last.storeRevision === storeRevision) return last;
    const verdicts = isSame ? last.verdicts : { own: new Verdicts(), parts: new Verdicts() };
    const query = parseQuery(filter, this.clock.now());
    // A robot's own record stands under the workflow that called it, not beside it.
    const { listed } = this.store;
    const candidates =
      scope.kind === 'all' && query.terms.length === 0
        ? listed
        : listed.filter(
            (entry) => this.isIn(scope, entry, verdicts) && this.fits(entry, query, verdicts),
          );
    return { scope, filter, storeRevision, flowsRevision, query, readSecond, verdicts, candidates };
  }

  private isIn(scope: Scope, { summary }: StoredExecution, { own }: QueryVerdicts): boolean {
    if (scope.kind === 'all') return true;
    return own.of(summary, scopeQuestion, () => this.flows.isBoundTo(summary, scope.uri));
  }

  /** All but payloads: those take time. */
  private fits(entry: StoredExecution, { terms }: Query, verdicts: QueryVerdicts): boolean {
    return terms.every(({ condition, excludes }, index) => {
      if (condition.kind === 'text') return true;
      return this.matches(entry, condition, scopeQuestion + 1 + index, verdicts) !== excludes;
    });
  }

  /** An execution is found by what its robots and tools said too: the tree shows it. */
  private matches(
    entry: StoredExecution,
    condition: SummaryCondition,
    question: number,
    verdicts: QueryVerdicts,
  ): boolean {
    const { matcher } = this;
    // Numbers are compared sooner than remembered, and what `today` is changes.
    const { summary } = entry;
    const isFound = ofWords.has(condition.kind)
      ? verdicts.own.of(summary, question, () =>
          matcher.matches(entry, this.nameOf(summary), condition),
        )
      : matcher.matches(entry, '', condition);
    if (isFound) return true;
    if (condition.kind !== 'word' && condition.kind !== 'code') return false;
    if (entry.partCount === 0) return false;
    for (const part of this.store.partsOf(entry)) {
      const { subject } = part.summary;
      const find = () => matcher.matches(part, subject, condition);
      if (verdicts.parts.of(part.summary, question, find)) return true;
    }
    return false;
  }

  /** What isn't searched yet is not shown yet, whichever way it will turn out. */
  private holdsTexts(entry: StoredExecution, { terms }: Query): boolean {
    return terms.every(({ condition, excludes }) => {
      return condition.kind !== 'text' || this.search.holds(entry, condition.text) === !excludes;
    });
  }
}

/** For which texts are looked through. */
const ofWords: ReadonlySet<SummaryCondition['kind']> = new Set([
  ...(['word', 'node', 'service', 'sid', 'flow'] as const),
]);

/** What a workflow calls on its way, and builds: of little use to who follows along. */
function isCall({ summary }: StoredExecution): boolean {
  return isToolCall(summary.kind) || summary.kind === 'build';
}

function asksTimes({ terms }: Query): boolean {
  return terms.some(({ condition }) => condition.kind === 'time');
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
