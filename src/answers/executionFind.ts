import { holdFrames, type RawNeedle, rawTextOf } from '../decode/bytes/rawNeedle.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { excerpt } from '../find/excerpt.ts';
import type { Finder } from '../find/finder.ts';
import {
  executionSections,
  nodeSections,
  placedValues,
  type SearchMatch,
  type SectionContent,
} from '../find/places.ts';
import { overlapSigns } from '../find/pieces.ts';
import { searchSteps } from '../find/searchSections.ts';
import { StoredElsewhere } from './storedElsewhere.ts';
import { valuePath } from '../find/valuePath.ts';
import type { FindAnswer, FindHit } from '../protocol/find.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { withItems } from '../trace/itemFailures.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ExecutionRecords } from './executionRecords.ts';
import type { Sought } from './findQuery.ts';
import { shownRows, type Opened } from './openedExecution.ts';
import { placeOf } from './placeOf.ts';
import type { TreeView } from './treeView.ts';

/** What finding in one execution needs of its world. */
export interface ExecutionFindWorld {
  readonly tree: Pick<TreeView, 'opened' | 'recordOf' | 'lookInto' | 'stamp'>;
  readonly store: ExecutionStore;
  readonly room: ExecutionRecords;
  /** Lets what has arrived meanwhile have its turn. */
  readonly turn: () => Promise<void>;
}

/** Nobody steps through more, and each is kept; the inspector’s own search ends there too. */
export const mostHits = 5_000;
/** To look through takes some milliseconds: so long may wait who asks for something else. */
const bytesPerTurn = 2 * 1024 * 1024;
/** Rows without bytes take no time; their number does. */
const rowsPerTurn = 500;

/** A row, or the execution itself, which is still to be looked into; `order`: its place in the tree. */
interface Place {
  readonly order: number;
  readonly node: TreeNode | null;
}

/**
 * Looks through one execution in the order of its tree: at the bytes of each node first, and decodes those in which
 * something stands. Behind them come the nodes whose bytes look otherwise than what is shown of them. What is searched
 * is masked, so that no secret is found by what it is.
 */
export class ExecutionFind {
  /** In the order of the tree. */
  readonly hits: FindHit[] = [];
  state: FindAnswer['state'] = 'searching';
  /** How many rows have one. */
  rows = 0;
  unread = 0;
  longestSure: FindAnswer['longestSure'] = null;
  private readonly elsewhere = new StoredElsewhere();
  private readonly orders: number[] = [];
  private readonly world: ExecutionFindWorld;
  private readonly key: ExecutionKey;
  private readonly sought: Sought;
  private looked = 0;
  private total = 1;
  private isPrepared = false;

  constructor(world: ExecutionFindWorld, key: ExecutionKey, sought: Sought) {
    this.world = world;
    this.key = key;
    this.sought = sought;
  }

  /** What is stored elsewhere, which is not searched. */
  get stored(): FindAnswer['stored'] {
    return this.elsewhere.found;
  }

  /** How much was looked at. */
  get share(): number {
    return this.state === 'searching' ? Math.min(1, this.looked / this.total) : 1;
  }

  /** Goes on from step to step, with pauses; who asks for no further step stops it. */
  async *steps(): AsyncGenerator<undefined, void> {
    const { tree, turn } = this.world;
    const opened = await tree.opened(this.key);
    const record = await tree.recordOf(this.key, null);
    const nodes = shownRows(opened, []).map(({ node }) => node);
    const places = [null, ...nodes].map((node, order): Place => ({ node, order }));
    this.total = 2 * places.length;
    const later: Place[] = [];
    let bytes = 0;
    let rows = 0;
    for (const isSecond of [false, true]) {
      for (const place of isSecond ? later : places) {
        this.looked++;
        bytes += sizeOf(bytesOf(record, place.node));
        if (this.hasToBeDecoded(record, place, isSecond)) {
          yield* this.lookInto(place, opened, record);
          if (this.hits.length >= mostHits) {
            this.state = 'cut';
            return;
          }
        } else if (!isSecond) later.push(place);
        if (bytes < bytesPerTurn && ++rows < rowsPerTurn) continue;
        bytes = 0;
        rows = 0;
        await turn();
        yield undefined;
      }
      this.looked = places.length;
      this.total = places.length + later.length;
    }
    for (const { node } of places) {
      const part = bytesOf(record, node);
      bytes += sizeOf(part);
      if (node !== null && part !== undefined) this.elsewhere.lookAt(part, placeOf(node));
      if (bytes < bytesPerTurn) continue;
      bytes = 0;
      await turn();
      yield undefined;
    }
    this.state = 'done';
  }

  /** Whether it has to be decoded: for what stands in its bytes, or for what may look otherwise there. */
  private hasToBeDecoded(record: OpenedRecord, { node }: Place, isSecond: boolean): boolean {
    const bytes = bytesOf(record, node);
    if (bytes === undefined) return true;
    const missing = this.missingInName(node?.name ?? '');
    if (isSecond) {
      return bytes.some((part) => {
        const raw = rawTextOf(part);
        return holdFrames(raw) || missing.every((needle) => needle.mayHold(raw));
      });
    }
    if (this.isNamed(node?.name ?? '')) return true;
    return bytes.some((part) => {
      const raw = rawTextOf(part);
      return missing.every((needle) => needle.stands(raw));
    });
  }

  /** What has to stand in the bytes of a step: of several words others may stand in its name. */
  private missingInName(name: string): readonly RawNeedle[] {
    const { needles, texts } = this.sought;
    if (needles.length < 2) return needles;
    const lower = name.toLowerCase();
    const missing = needles.filter((_, index) => !lower.includes(texts[index] ?? ''));
    // One of them stands in the values.
    return missing.length > 0 ? missing : needles;
  }

  private isNamed(name: string): boolean {
    const { finder, texts } = this.sought;
    const lower = name.toLowerCase();
    // A pattern takes its time, and few names hold what it asks for.
    return texts.every((text) => lower.includes(text)) && holds(finder, name);
  }

  private async *lookInto(
    place: Place,
    opened: Opened,
    record: OpenedRecord,
  ): AsyncGenerator<undefined, void> {
    const { node, order } = place;
    const before = this.hits.length;
    if (node !== null) this.lookAtName(node, order);
    yield* this.sections(place, opened, record);
    if (this.hits.length > before) {
      this.rows++;
      yield undefined;
    }
  }

  private async *sections(
    place: Place,
    opened: Opened,
    record: OpenedRecord,
  ): AsyncGenerator<undefined, void> {
    const { node } = place;
    if (node === null) {
      yield* this.prepared(record);
      const { message } = opened.summary;
      yield* this.search(executionSections(record.executionData(), message), place);
    } else if (node.subExecution !== null) yield* this.ofOther(node.subExecution.key, place);
    else if (node.run !== null) {
      yield* this.prepared(record);
      const data = record.nodeData(node.run.key);
      if (data === undefined) return;
      yield* this.search(nodeSections(withItems(data, node.key, opened.itemFailures)), place);
    }
  }

  /** The record of another service, which is not opened for that: there may be hundreds. */
  private async *ofOther(key: ExecutionKey, place: Place): AsyncGenerator<undefined, void> {
    const { store, room, tree } = this.world;
    const stored = store.get(key);
    const found = stored === undefined ? undefined : await room.read(stored);
    if (found?.ok !== true) {
      this.unread++;
      return;
    }
    const raw = rawTextOf(found.value.value);
    // A link's question is shown as the base64 in it was meant: its bytes tell nothing.
    const isTold = stored?.summary.kind !== 'link';
    const missing = this.missingInName(place.node?.name ?? '');
    if (isTold && !missing.every((needle) => needle.mayHold(raw))) return;
    const record = tree.lookInto(found.value);
    for (const _ of record.prepare()) {
      await this.world.turn();
      yield undefined;
    }
    const { message } = record.execution().summary;
    yield* this.search(executionSections(record.executionData(), message), place);
  }

  /** For a large record it is a second's work, unless somebody looked into a node before. */
  private async *prepared(record: OpenedRecord): AsyncGenerator<undefined, void> {
    if (this.isPrepared) return;
    this.isPrepared = true;
    for (const _ of record.prepare()) {
      await this.world.turn();
      yield undefined;
    }
  }

  private lookAtName(node: TreeNode, order: number): void {
    const { finder } = this.sought;
    const at = { place: nameOfStep, name: '', most: 1 };
    const [span] = finder(node.name, at);
    if (span !== undefined) this.add(order, { ...placeOf(node), ...excerpt(node.name, span) });
  }

  private async *search(
    sections: readonly SectionContent[],
    { node, order }: Place,
  ): AsyncGenerator<undefined, void> {
    const { finder, pieceSigns, mayBeLong = false, isLost } = this.sought;
    const names = namesOf(sections);
    const steps = searchSteps(sections, {
      ...{ finder, most: mostHits - this.hits.length, step: node?.name ?? '' },
      ...(pieceSigns !== undefined && { pieceSigns }),
      onPieces: () => {
        if (mayBeLong) this.longestSure = overlapSigns;
      },
      onMatch: (match, text, at) => {
        const path = pathOf(match, names);
        this.add(order, { ...placeOf(node), match, path, ...excerpt(text, at) });
      },
    });
    if (node?.run == null) this.elsewhere.lookAtValues(sections, placeOf(node));
    while (steps.next().done !== true) {
      if (isLost()) return;
      await this.world.turn();
      yield undefined;
    }
  }

  /** Those of a row stay together; rows that were decoded later may stand before others. */
  private add(order: number, hit: FindHit): void {
    let at = this.orders.length;
    while (at > 0 && (this.orders[at - 1] ?? 0) > order) at--;
    this.orders.splice(at, 0, order);
    this.hits.splice(at, 0, hit);
  }
}

const nameOfStep = { section: 'other', entry: '', path: '', part: 'value' } as const;

function holds(finder: Finder, text: string): boolean {
  return finder(text, { place: nameOfStep, name: '', most: 1 }).length > 0;
}

/** Where a row stands in its record; undefined where that is not known. */
function bytesOf(record: OpenedRecord, node: TreeNode | null): readonly Uint8Array[] | undefined {
  return node?.run == null ? undefined : record.bytesOf(node.run.key);
}

function sizeOf(parts: readonly Uint8Array[] = []): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** The names of values, by what they are known as. */
function namesOf(sections: readonly SectionContent[]): ReadonlyMap<string, string> {
  return new Map(
    sections.flatMap((section) =>
      placedValues(section).map(({ id, value }) => [id, value.name] as const),
    ),
  );
}

function pathOf({ section, entry, path }: SearchMatch, names: ReadonlyMap<string, string>): string {
  return section === 'logs' ? '' : valuePath(names.get(entry) ?? '', path);
}
