import type { Clock } from '../base/clock.ts';
import { type Zone, zoneHere, zoneOf } from '../base/zone.ts';
import {
  type ExecutionRow,
  type ListQuery,
  type ListWindow,
  type Scope,
} from '../protocol/list.ts';
import type { Figures } from '../protocol/status.ts';
import { FiguresSum } from '../metrics/keyFigures.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { indexIn } from '../store/timeOrder.ts';
import { type ExecutionKey, type ExecutionSummary, isToolCall } from '../trace/execution.ts';
import { parseQuery } from '../query/parseQuery.ts';
import type { Query } from '../query/terms.ts';
import type { EarlierExecutions } from './earlierExecutions.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { KnownCauses } from './knownCauses.ts';
import { hasGap } from './knownGaps.ts';
import { Matcher, type SummaryCondition } from './matcher.ts';
import type { PayloadSearch } from './payloadSearch.ts';
import {
  asks,
  asksCauses,
  asksPlaces,
  placesWanted,
  asksTimes,
  ofSubExecutions,
  ofWords,
  textsOf,
} from './queryAsks.ts';
import type { SucceededFlows } from './succeededFlows.ts';
import { Verdicts } from './verdicts.ts';

/** What the list needs of its world. */
export interface ListViewWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly search: PayloadSearch;
  readonly causes: KnownCauses;
  readonly clock: Clock;
  /** Of which flows one succeeded. */
  readonly succeeded?: Pick<SucceededFlows, 'hasOther'>;
  /** None where nothing is known from before. */
  readonly earlier?: Pick<EarlierExecutions, 'want' | 'revision' | 'retain' | 'hasSome'>;
}

/** A set of executions under a filter, as it was when it was made. */
interface Filtered {
  readonly storeRevision: number;
  readonly flowsRevision: number;
  readonly query: Query;
  /** When a query that asks about times was read: what `15m` and `today` are goes on. */
  readonly readSecond: number;
  /** What was known of causes. */
  readonly causesRevision: number;
  /** What was known of where they failed. */
  readonly placesRevision: number;
  readonly verdicts: QueryVerdicts;
  /** By all that summaries tell; oldest first, as in the store. */
  readonly candidates: readonly StoredExecution[];
}

/** What was found for one scope and filter, as long as the flow files are the same. */
interface QueryVerdicts {
  readonly own: Verdicts;
  /** Of what stands under a workflow, which goes by another name there. */
  readonly subExecutions: Verdicts;
}

/** How exactly the list follows the clock: finer than that nobody asks. */
export const clockStepMs = 1_000;
/** Of a list nobody sees more at once; a page asks for 200. */
const mostRows = 10_000;
/** A few panels and features, each with its scope and filter, and the whole scopes that figures are of. */
const mostKept = 16;

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
  private readonly causes: KnownCauses;
  private readonly earlier: ListViewWorld['earlier'];
  private readonly succeeded: ListViewWorld['succeeded'];
  private readonly matcher: Matcher;
  /** By scope and filter, what was asked for last at the end. */
  private readonly kept = new Map<string, Visible>();
  /** The reader's, as soon as a page told it. */
  private zone: Zone = zoneHere;
  private zoneName = '';

  constructor({ store, flows, search, causes, clock, earlier, succeeded }: ListViewWorld) {
    this.earlier = earlier;
    this.succeeded = succeeded;
    this.store = store;
    this.flows = flows;
    this.search = search;
    this.clock = clock;
    this.causes = causes;
    this.matcher = new Matcher(causes);
  }

  /** A window on it; what its filter wants of payloads is searched from now on. */
  window(query: ListQuery): ListWindow {
    this.readIn(query.timeZone);
    const visible = this.visible(query.scope, query.filter);
    const { candidates } = visible;
    if (asks('cause', visible.query)) this.causes.onWanted();
    if (asks('problem', visible.query)) this.causes.onProblemsWanted();
    const texts = textsOf(visible.query);
    const search = this.search.want(keyOf(query.scope, query.filter), { texts, candidates });
    const earlier = this.fromBefore(query, visible.query);
    const entries = inOneOrder(earlier?.entries ?? [], visible.entries);
    const total = entries.length;
    const anchor = query.anchor === null ? undefined : this.store.get(query.anchor);
    const anchorAt = anchor === undefined ? -1 : indexIn(entries, anchor);
    const newer = anchorAt === -1 ? 0 : total - 1 - anchorAt;
    const start = Math.max(0, Math.min(newer + query.offset, total));
    const end = Math.min(total, start + Math.min(query.limit, mostRows));
    const shown = entries.slice(total - end, total - start).reverse();
    const places = placesWanted(visible.query);
    if (places !== 'shown') this.causes.onPlacesWanted(places);
    // These first.
    this.causes.onPlacesWanted(shown);
    return {
      query,
      total,
      newer,
      start,
      rows: shown.map(({ summary }) => this.row(summary)),
      totalAll: this.store.size - this.store.subExecutionCount,
      faults: visible.query.faults,
      search,
      ...(earlier === null ? {} : { earlier: earlier.state }),
    };
  }

  /** What a window is made of, for one who has it: equal ones mean equal windows. */
  stamp({ filter, timeZone }: ListQuery): string {
    this.readIn(timeZone);
    const query = this.read(filter);
    const { store, flows, earlier, causes } = this;
    // A row says where it failed, whatever the filter asks for.
    const revisions = [store.revision, flows.revision, earlier?.revision ?? 0];
    revisions.push(causes.placesRevision);
    if (textsOf(query).length > 0) revisions.push(this.search.revision);
    if (asksTimes(query)) revisions.push(this.second());
    if (asksCauses(query)) revisions.push(this.causes.revision);
    return revisions.join(' ');
  }

  /** What is looked at now: other searches than for that end. */
  searchOnlyFor(queries: readonly ListQuery[]): void {
    const keys = new Set(queries.map(({ scope, filter }) => keyOf(scope, filter)));
    this.search.retain(keys);
    this.earlier?.retain(keys);
  }

  /** Whether what a filter finds changes by itself, because time goes on. */
  movesWithClock(filter: string): boolean {
    return asksTimes(this.read(filter));
  }

  /** The executions of a scope, oldest first. */
  ofScope(scope: Scope): readonly StoredExecution[] {
    return this.visible(scope, '').entries;
  }

  row(summary: ExecutionSummary): ExecutionRow {
    const stored = this.store.get(summary.key);
    const isLost = stored !== undefined && this.store.recalled.isLost(stored);
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
      ...(summary.reachedMs === undefined ? {} : { reachedMs: summary.reachedMs }),
      failing: this.causes.failingOf(summary),
      subExecutionCount: stored?.subExecutionCount ?? 0,
      ...(isLost ? { summaryOnly: true } : {}),
      ...(this.hasNoGoodRun(summary) ? { noGoodRun: true } : {}),
    };
  }

  /** Whether no other execution of its flow succeeded; of those in the history nobody knows without asking it. */
  hasNoGoodRun(summary: ExecutionSummary): boolean {
    return this.succeeded?.hasOther(summary) === false && this.earlier?.hasSome !== true;
  }

  /** The flow's own name where a file is bound, else what the record calls it. */
  nameOf(summary: ExecutionSummary): string {
    const label = this.flows.labelFor(summary);
    if (label !== null) return label.name;
    return summary.subject === '' ? summary.service : summary.subject;
  }

  /** All that a list shows, oldest first. */
  keys(scope: Scope, filter: string): ExecutionKey[] {
    const { entries, query } = this.visible(scope, filter);
    const earlier = this.fromBefore({ scope, filter }, query)?.entries ?? [];
    return inOneOrder(earlier, entries).map(({ summary }) => summary.key);
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

  /** What the history has; one who looks for something looks there too, for what kind of thing doesn't ask by itself. */
  private fromBefore(
    { scope, filter, earlier = 0 }: Pick<ListQuery, 'scope' | 'filter' | 'earlier'>,
    query: Query,
  ) {
    const looksFor = query.terms.some(({ condition }) => condition.kind !== 'kind');
    const wish = { scope, query, pages: Math.max(earlier, looksFor ? 1 : 0) };
    return this.earlier?.want(keyOf(scope, filter), wish) ?? null;
  }

  private visible(scope: Scope, filter: string): Visible {
    const filtered = this.filtered(scope, filter);
    const { candidates, query } = filtered;
    const hasTexts = textsOf(query).length > 0;
    const searched = hasTexts ? this.search.revision : 0;
    const key = keyOf(scope, filter);
    const kept = this.kept.get(key);
    if (kept === filtered && kept.searched === searched) return kept;
    const entries = hasTexts
      ? candidates.filter((entry) => this.holdsTexts(entry, query))
      : candidates;
    const visible = { ...filtered, searched, entries };
    this.keep(key, visible);
    return visible;
  }

  private keep(key: string, visible: Visible): void {
    this.kept.delete(key);
    this.kept.set(key, visible);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
    }
  }

  private filtered(scope: Scope, filter: string): Filtered | Visible {
    const storeRevision = this.store.revision;
    const flowsRevision = this.flows.revision;
    const last = this.kept.get(keyOf(scope, filter));
    const isSame = last?.flowsRevision === flowsRevision;
    const readSecond = this.second();
    const { revision: causesRevision, placesRevision } = this.causes;
    const isInTime =
      isSame &&
      (last.readSecond === readSecond || !asksTimes(last.query)) &&
      (last.causesRevision === causesRevision || !asksCauses(last.query)) &&
      (last.placesRevision === placesRevision || !asksPlaces(last.query));
    if (isInTime && last.storeRevision === storeRevision) return last;
    const verdicts = isSame
      ? last.verdicts
      : { own: new Verdicts(), subExecutions: new Verdicts() };
    const query = this.read(filter);
    // A robot's own record stands under the workflow that called it, not beside it.
    const { listed } = this.store;
    const candidates =
      scope.kind === 'all' && query.terms.length === 0
        ? listed
        : listed.filter(
            (entry) => this.isIn(scope, entry, verdicts) && this.fits(entry, query, verdicts),
          );
    const revisions = { storeRevision, flowsRevision, causesRevision, placesRevision };
    return { ...revisions, query, readSecond, verdicts, candidates };
  }

  private read(filter: string): Query {
    return parseQuery(filter, this.clock.now(), this.zone);
  }

  /** All panels have one reader. */
  private readIn(name: string | undefined): void {
    if (name === undefined || name === this.zoneName) return;
    this.zoneName = name;
    this.zone = zoneOf(name);
    this.kept.clear();
  }

  private second(): number {
    return Math.floor(this.clock.now() / clockStepMs);
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
    const isFound = isKept(summary, condition)
      ? verdicts.own.of(summary, question, () =>
          matcher.matches(entry, this.nameOf(summary), condition),
        )
      : matcher.matches(entry, '', condition);
    if (isFound) return true;
    if (!ofSubExecutions.has(condition.kind)) return false;
    if (entry.subExecutionCount === 0) return false;
    for (const sub of this.store.subExecutionsOf(entry)) {
      const { subject } = sub.summary;
      const find = () => matcher.matches(sub, subject, condition);
      // Which problem it is of may be known later.
      const mayChange = condition.kind === 'problem' || hasGap(sub.summary);
      if (mayChange ? find() : verdicts.subExecutions.of(sub.summary, question, find)) return true;
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

/** Two lists, each oldest first, as one; nearly always the first is older than all of the second. */
function inOneOrder(
  earlier: readonly StoredExecution[],
  entries: readonly StoredExecution[],
): readonly StoredExecution[] {
  if (earlier.length === 0) return entries;
  const all = [...earlier, ...entries];
  const isInOrder = (earlier.at(-1)?.sortMs ?? 0) <= (entries[0]?.sortMs ?? Infinity);
  return isInOrder ? all : all.sort((a, b) => a.sortMs - b.sortMs || a.arrival - b.arrival);
}

/** Whether its verdict stays. In which node one failed that left no entry becomes known later. */
function isKept(summary: ExecutionSummary, { kind }: SummaryCondition): boolean {
  return ofWords.has(kind) && !hasGap(summary);
}

/** What a workflow calls on its way, and builds: of little use to who follows along. */
function isCall({ summary }: StoredExecution): boolean {
  return isToolCall(summary.kind) || summary.kind === 'build';
}

function keyOf(scope: Scope, filter: string): string {
  return `${scope.kind === 'flow' ? scope.uri : ''}\n${filter}`;
}
