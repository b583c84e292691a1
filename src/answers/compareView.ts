import type { Json } from '../base/json.ts';
import { partsThatDiffer } from '../base/partsThatDiffer.ts';
import type { ComparedRun } from '../compare/comparedRun.ts';
import type { Comparison } from '../compare/compareRuns.ts';
import { keepingData } from '../compare/keepingData.ts';
import type { ComparedRow } from '../compare/rowDifferences.ts';
import { sideSections, sideTexts } from '../compare/sideTexts.ts';
import { type ToldRow, toldRow } from '../compare/toldRow.ts';
import type { ValueDifference } from '../compare/valueDifferences.ts';
import type {
  CompareAnswer,
  CompareQuery,
  CompareWindow,
  SentComparedRow,
  SentSide,
  SideBySide,
  SideBySideQuery,
  SinceAnswer,
  SinceQuery,
} from '../protocol/compare.ts';
import type { SignsAnswer, SignsQuery } from '../protocol/signs.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { earlierCalls } from '../trace/earlierCalls.ts';
import type { TreeNode } from '../trace/tree.ts';
import { comparedRun } from './comparedRun.ts';
import { comparedSince, type SinceWorld } from './comparedSince.ts';
import type { EarlierExecutions } from './earlierExecutions.ts';
import { goodRuns, isSmall, lastGoodBefore, lastGoodBehind, othersOfFlow } from './goodRuns.ts';
import type { ListView } from './listView.ts';
import { asSent, gone } from './openedExecution.ts';
import type { TreeView } from './treeView.ts';

/** What comparing needs. */
export interface CompareViewWorld {
  readonly store: ExecutionStore;
  readonly list: Pick<ListView, 'nameOf'>;
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'stamp'>;
  readonly turn: () => Promise<void>;
  readonly since: Omit<SinceWorld, 'turn'>;
  readonly earlier: Pick<EarlierExecutions, 'goodBefore'>;
  /** Executions of other sources that were read to compare with; undefined when they are gone. */
  readonly otherRoom: (id: number) => CompareRoom | undefined;
}

/** Where executions are that are compared. */
export interface CompareRoom {
  readonly store: ExecutionStore;
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'stamp'>;
  /** Of another source: what it is called. */
  readonly name?: string;
}

/** Which one is compared with. */
type Other = Pick<CompareQuery, 'source'> & { readonly other: ExecutionKey };

/** Enough to learn from; each is decoded, which takes as long as opening it. */
const mostGood = 4;
/** To say that something was always there; as many are read, and each is a small one. */
const mostAsked = 8;
/** Whoever goes through executions of a flow asks the same ones again: each half a megabyte at most, some times that decoded. */
const mostKnown = mostAsked + 1;
/** Good runs of the history that are asked for in turn; a topic that let go of three let go of those before them too. */
const mostTries = 3;
/** As many as are looked at by a few panels; each is two keys. */
const mostFromHistory = 100;
/** Rows that one page shows at most. */
const mostRows = 1_000;
/** Of a value in a list of differences; side by side it is whole. */
const longestValue = 500;
/** A text for VS Code's editor crosses two borders. */
const longestText = 4 * 1024 * 1024;

/** What is kept of one of them: not its record, which may be large. */
type Side = Pick<ComparedRun, 'summary' | 'retried' | 'lostMs'>;

interface KnownRun {
  /** What it was made of. */
  readonly stamp: string;
  readonly run: ComparedRun;
}

interface Kept {
  readonly before: Side;
  readonly after: Side;
  readonly comparison: Comparison;
  readonly shown: Map<boolean, readonly number[]>;
}

/** Of an execution that is to be compared nothing is known but how it ended. */
class RecordGone extends Error {
  readonly key: ExecutionKey;

  constructor(key: ExecutionKey) {
    super('The record is no longer on the topic');
    this.key = key;
  }
}

/** What two executions differ in. The code behind it is read when somebody compares. */
export class CompareView {
  private readonly world: CompareViewWorld;
  /** The comparison that was asked for last: its rows are asked for page by page. */
  private kept: { readonly stamp: string; readonly made: Promise<Kept> } | undefined;
  /** Good runs that were asked last, decoded. */
  private readonly known = new Map<ExecutionKey, KnownRun>();
  /** The last one before an execution that went well, as the history found it; the one that was asked for last at the end. */
  private readonly fromHistory = new Map<ExecutionKey, ExecutionKey>();

  constructor(world: CompareViewWorld) {
    this.world = world;
  }

  /** Another source: nothing that was compared is of it, even where keys and offsets are the same. */
  clear(): void {
    this.kept = undefined;
    this.known.clear();
    this.fromHistory.clear();
  }

  /** What an answer is made of. */
  stamp({ key, other, source }: Pick<CompareQuery, 'key' | 'other' | 'source'>): string {
    const found = other ?? this.knownGood(key);
    const { tree } = this.world;
    const stamp = found === null ? '' : (this.roomOf(source)?.tree.stamp(found) ?? '');
    return JSON.stringify([tree.stamp(key), source ?? '', found, stamp]);
  }

  /** Throws a `notFound` request error when one of them is gone. */
  async answer(query: CompareQuery): Promise<CompareAnswer> {
    for (let tries = 1; ; tries++) {
      const other = query.other ?? (await this.lastGood(query.key));
      if (other === null) {
        if (this.world.store.get(query.key) === undefined) throw leftWindow();
        return { kind: 'noGoodRun', query };
      }
      const room = this.roomOf(query.source);
      if (room === undefined) return { kind: 'sourceGone', query };
      try {
        const kept = await this.compared(query.key, { ...query, other });
        return this.window(query, kept, room);
      } catch (error) {
        if (!(error instanceof RecordGone)) throw error;
        // It is known now that the topic let go of it: the one before it may be on another partition.
        const isWanted = query.other !== null || error.key !== other || tries === mostTries;
        if (isWanted) return { kind: 'recordGone', query, key: error.key };
      }
    }
  }

  /** In how many runs of the flow the first difference is, and since when. */
  async since(query: SinceQuery): Promise<SinceAnswer> {
    const other = query.other ?? (await this.lastGood(query.key));
    const stored = this.world.store.get(query.key);
    if (other === null || stored === undefined) return { query, since: null, unread: 0 };
    const { comparison, after } = await this.compared(query.key, { ...query, other });
    const { since, turn } = this.world;
    const ofFlow = [...othersOfFlow(this.world.store, stored, () => true)];
    const { first, rows } = comparison;
    const found = { first, rows, stored, summary: after.summary, ofFlow };
    return comparedSince({ ...since, turn }, query, found);
  }

  /** A row of both side by side. */
  async sideBySide(query: SideBySideQuery): Promise<SideBySide> {
    const { comparison } = await this.compared(query.key, query);
    const row = comparison.rows[query.place];
    if (row === undefined) throw gone('This node is not in the comparison any more');
    const [before, after] = [
      await this.run(query.other, this.roomOf(query.source)),
      await this.run(query.key),
    ];
    const { sideBySide } = await import('../compare/compareBundle.ts');
    const dataOf = (run: ComparedRun, node: TreeNode | null) =>
      node?.run == null ? undefined : run.dataOf(node.run.key);
    const [old, now] = [dataOf(before, row.before), dataOf(after, row.after)];
    const sections = sideSections.map((section) => {
      const texts = sideTexts(old, now, section);
      const isSent = texts[0].length + texts[1].length <= longestText;
      return {
        ...{ section, texts: isSent ? texts : null },
        ...sideBySide(...texts, query.language),
      };
    });
    return { query, sections };
  }

  /** What stands out in what its steps were given and gave. Of one that went well nobody asked for it: then only if it is small. */
  async signs(query: SignsQuery): Promise<SignsAnswer> {
    const { tree, store, turn } = this.world;
    const opened = await tree.opened(query.key);
    const { stored, flow, itemFailures, summary } = opened;
    const isAsked = summary.outcome === 'failed' || isSmall(stored);
    if (!isAsked || store.recalled.isLost(stored)) return { query, signs: [], goodRuns: 0 };
    const run = await this.run(query.key);
    const { dataSigns } = await import('./dataSigns.ts');
    const good = () => this.goodRuns(query.key, mostAsked);
    return { query, ...(await dataSigns({ run, flow, itemFailures, good, turn })) };
  }

  /** The last execution of the same flow before it that went well, wherever it is known; else the last behind it. */
  private async lastGood(key: ExecutionKey): Promise<ExecutionKey | null> {
    const { store, earlier } = this.world;
    const stored = store.get(key);
    const known = this.knownGood(key);
    const isBefore =
      known !== null && (store.get(known)?.sortMs ?? Infinity) <= (stored?.sortMs ?? 0);
    if (stored === undefined || isBefore) return known;
    const before = await earlier.goodBefore(stored, mostTries);
    const isThere = (one: StoredExecution) => !store.recalled.isLost(one);
    // Of one whose record is gone that is said; a later one is better than that.
    const found = before.find(isThere) ?? (known === null ? before[0] : undefined);
    if (found === undefined) return known;
    this.fromHistory.delete(key);
    this.fromHistory.set(key, found.summary.key);
    const [oldest] = this.fromHistory.keys();
    if (this.fromHistory.size > mostFromHistory && oldest !== undefined) {
      this.fromHistory.delete(oldest);
    }
    return found.summary.key;
  }

  /** As far as that is known without asking the history. */
  private knownGood(key: ExecutionKey): ExecutionKey | null {
    const { store } = this.world;
    const before = lastGoodBefore(store, key)?.summary.key ?? this.fromHistory.get(key);
    const stored = before === undefined ? undefined : store.get(before);
    if (stored !== undefined && !store.recalled.isLost(stored)) return stored.summary.key;
    return lastGoodBehind(store, key)?.summary.key ?? null;
  }

  private async *goodRuns(
    key: ExecutionKey,
    most: number,
    except?: ExecutionKey,
  ): AsyncGenerator<ComparedRun, void> {
    for (const stored of await this.storedGood(key, most, except)) {
      if (stored.summary.key === except) continue;
      // One that left meanwhile teaches nothing.
      const run = await this.knownRun(stored.summary.key).catch(() => undefined);
      if (run !== undefined) yield run;
    }
  }

  private async knownRun(key: ExecutionKey): Promise<ComparedRun> {
    const stamp = this.world.tree.stamp(key);
    const known = this.known.get(key);
    const run = known?.stamp === stamp ? known.run : keepingData(await this.run(key));
    this.known.delete(key);
    this.known.set(key, { stamp, run });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostKnown) break;
      this.known.delete(oldest);
    }
    return run;
  }

  /** Those of the window; where one of the history is compared with, those before it too: the window may have none. */
  private async storedGood(key: ExecutionKey, most: number, except: ExecutionKey | undefined) {
    const { store, earlier } = this.world;
    const found = goodRuns(store, key, most);
    const stored = except === undefined ? undefined : store.recalled.get(except);
    if (stored === undefined || found.length >= most) return found;
    const before = await earlier.goodBefore(stored, most - found.length);
    return [...found, ...before.filter((one) => isSmall(one) && !store.recalled.isLost(one))];
  }

  private async compared(key: ExecutionKey, { other, source }: Other): Promise<Kept> {
    const which = { other, ...(source === undefined ? {} : { source }) };
    const stamp = JSON.stringify([key, this.stamp({ key, ...which })]);
    if (this.kept?.stamp === stamp) return this.kept.made;
    const kept = { stamp, made: this.make(key, which) };
    this.kept = kept;
    kept.made.catch(() => {
      // The next one who asks tries again.
      if (this.kept === kept) this.kept = undefined;
    });
    return kept.made;
  }

  private async make(key: ExecutionKey, { other, source }: Other): Promise<Kept> {
    const after = await this.run(key);
    const before = await this.run(other, this.roomOf(source));
    const good: ComparedRun[] = [before].filter(({ summary }) => summary.outcome === 'succeeded');
    for await (const run of this.goodRuns(key, mostGood + 1, other)) {
      if (good.length > mostGood) break;
      good.push(run);
    }
    const { compareSteps } = await import('../compare/compareBundle.ts');
    const steps = compareSteps(before, after, good);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) await this.world.turn();
    return {
      ...{ before: sideOf(before), after: sideOf(after) },
      comparison: step.value,
      shown: new Map(),
    };
  }

  private roomOf(source: number | undefined): CompareRoom | undefined {
    return source === undefined ? this.world : this.world.otherRoom(source);
  }

  /** Throws where nothing but a summary is left of it: what it got and gave would be said to be missing. */
  private async run(
    key: ExecutionKey,
    room: CompareRoom | undefined = this.world,
  ): Promise<ComparedRun> {
    const { turn } = this.world;
    const { tree, store } = room;
    const opened = await tree.opened(key);
    if (store.recalled.isLost(opened.stored)) throw new RecordGone(key);
    const record = await tree.recordOf(key, null);
    // For a large record it is a second's work.
    for (const _ of record.prepare()) await turn();
    return comparedRun(opened, record);
  }

  private window(query: CompareQuery, kept: Kept, { name }: CompareRoom): CompareWindow {
    const { before, after, comparison } = kept;
    const { first, groups, notCompared, folded, isSame, isOtherFlow, rows } = comparison;
    const shown = shownPlaces(kept, query.onlyDifferences);
    const limit = Math.min(query.limit, mostRows);
    const start = Math.max(0, Math.min(query.offset, shown.length - limit));
    const named = (run: Side) => ({
      name: this.world.list.nameOf(run.summary),
      summary: asSent(run.summary),
    });
    return {
      ...{ kind: 'compared', query, after: named(after) },
      before: { ...named(before), ...(name === undefined ? {} : { from: name }) },
      ...{ notCompared, folded, isSame, isOtherFlow },
      first:
        first === null
          ? null
          : { ...first, value: first.value === null ? null : sentValue(first.value) },
      groups: groups.map((group) => ({ ...group, items: group.items.map(sentValue) })),
      told: toldRows(comparison),
      extentMs: Math.max(before.summary.durationMs ?? 0, after.summary.durationMs ?? 0, 1),
      differences: shown.flatMap((place, index) => (rows[place]?.mark === 'same' ? [] : [index])),
      totalRows: shown.length,
      start,
      rows: shown.slice(start, start + limit).flatMap((place) => {
        const row = rows[place];
        return row === undefined ? [] : [sentRow(row, place, before, after)];
      }),
    };
  }
}

function leftWindow() {
  return gone('This execution left the window on the topic');
}

/** With what they hang below, so that they are found. */
function shownPlaces({ comparison: { rows }, shown }: Kept, onlyDifferences: boolean) {
  const known = shown.get(onlyDifferences);
  if (known !== undefined) return known;
  const wanted = new Set<number>();
  rows.forEach(({ mark, parent }, place) => {
    if (onlyDifferences && mark === 'same') return;
    wanted.add(place);
    for (
      let above = parent;
      above !== -1 && !wanted.has(above);
      above = rows[above]?.parent ?? -1
    ) {
      wanted.add(above);
    }
  });
  const places = [...wanted].sort((a, b) => a - b);
  shown.set(onlyDifferences, places);
  return places;
}

function toldRows({ first, groups, rows }: Comparison): readonly (readonly [number, ToldRow])[] {
  const places = new Set(groups.flatMap(({ items }) => items.map(({ row }) => row)));
  if (first !== null) {
    const { effect } = first;
    for (const place of [first.row, first.ran, first.insteadOf]) places.add(place);
    if (effect !== null && 'row' in effect) places.add(effect.row);
    if (effect?.kind === 'way') places.add(effect.ran).add(effect.insteadOf);
  }
  return [...places].flatMap((place) => {
    const row = rows[place];
    return row === undefined ? [] : [[place, toldRow(row)] as const];
  });
}

function sentRow(
  { level, mark, moved, before, after, differences }: ComparedRow,
  place: number,
  old: Side,
  now: Side,
): SentComparedRow {
  const node = after ?? before;
  const sub = node?.subExecution ?? null;
  const count = (section: 'input' | 'output' | 'config') => {
    const side = differences?.[section];
    return side === undefined ? 0 : side.differences.length + side.more;
  };
  return {
    ...{ place, level, mark, moved },
    name: [after?.name, before?.name].find((name) => name !== undefined && name !== '') ?? '',
    ...{ nodeId: node?.nodeId ?? '', type: node?.type ?? '' },
    ...(sub === null ? {} : { executionKind: sub.kind }),
    ...{ before: sentSide(before, old), after: sentSide(after, now) },
    ...{ input: count('input'), output: count('output'), config: count('config') },
  };
}

function sideOf({ summary, retried, lostMs }: ComparedRun): Side {
  return { summary, retried, ...(lostMs !== undefined && { lostMs }) };
}

function sentSide(node: TreeNode | null, { summary, ...side }: Side): SentSide | null {
  if (node === null) return null;
  const { status, beginMs, durationMs, count } = node;
  const earlier = earlierCalls(node);
  const called = earlier === null || beginMs === null ? undefined : beginMs - earlier.fromMs;
  const lostMs = side.lostMs?.get(node.key) ?? called;
  const sinceMs = beginMs === null || summary.beginMs === null ? null : beginMs - summary.beginMs;
  return {
    ...{ status, sinceMs, durationMs, count },
    ...(side.retried.has(node.key) ? { isRetried: true } : {}),
    ...(lostMs === undefined ? {} : { lostMs }),
  };
}

/** A value in short: lists of differences are read, not searched. */
function sentValue<T extends Pick<ValueDifference, 'before' | 'after'>>(difference: T): T {
  const { before: old, after: now } = difference;
  if (typeof old === 'string' && typeof now === 'string') {
    const [before, after] = partsThatDiffer(old, now, longestValue);
    return { ...difference, before, after };
  }
  return { ...difference, before: short(old), after: short(now) };
}

function short(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object') return value;
  const text = JSON.stringify(value);
  return text.length <= longestValue ? value : cut(text);
}

function cut(text: string): string {
  if (text.length <= longestValue) return text;
  return `${text.slice(0, longestValue - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
