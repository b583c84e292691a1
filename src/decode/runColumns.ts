import type { Json, JsonObject } from '../base/json.ts';
import { numberAt } from '../base/numberAt.ts';
import type { Milliseconds, NodeId, RunKey, TokenUsage } from '../trace/execution.ts';
import {
  byPlainKey,
  groupEntries,
  lastEntry,
  nameOf,
  nodeIdOf,
  runKeyOf,
  sidOf,
  typeOf,
  type EntryGroup,
} from './entries.ts';
import { isObject, textOf } from './fields.ts';
import { firstError } from './logs.ts';
import type { Redactor } from '../masking/redact.ts';
import { mostNodes } from './keptSummary.ts';
import { keyWithNode, plainKey, type RunTable } from './runTable.ts';
import { isTellingName } from './tellingNames.ts';
import { timesOfEntry } from './times.ts';
import { addUsage, noUsage, usageOf } from './usage.ts';

/** Texts of runs by their places, as far as they were read. */
type Texts = (string | undefined)[];

/** The entries of a record, and how their ids are masked. */
export interface RunEntries {
  readonly trace: readonly Json[];
  readonly ownSid: string;
  readonly ids: Redactor;
}

/**
 * What is read of each run of a record in more than one place: by the place of its group, read once and when somebody asks.
 * Nothing of it is masked but ids. Where it is known which runs there are, a run that nobody looks at is not even made.
 */
export class RunColumns {
  readonly trace: readonly Json[];
  readonly ownSid: string;
  readonly ids: Redactor;
  private known: RunTable | undefined;
  private madeGroups: readonly EntryGroup[] | undefined;
  private readonly keys: Texts;
  private readonly nodeIds: Texts;
  private readonly types: Texts;
  private places: ReadonlyMap<RunKey, number> | undefined;
  private knownNames: readonly string[] | undefined;
  private knownErrors: readonly (string | undefined)[] | undefined;
  private knownKeys: ReadonlyMap<RunKey, EntryGroup> | undefined;

  /** `found`: which runs there are, or the ids of the nodes of its entries, not masked, from which that is found. */
  constructor({ trace, ownSid, ids }: RunEntries, found: readonly NodeId[] | RunTable) {
    this.trace = trace;
    this.ownSid = ownSid;
    this.ids = ids;
    if ('first' in found) this.known = found;
    else this.madeGroups = groupEntries(trace, ownSid, found, ids);
    // With room for all: a list that is filled from its end is a map.
    const room = this.known?.first.length ?? 0;
    this.keys = new Array<string | undefined>(room);
    this.nodeIds = new Array<string | undefined>(room);
    this.types = new Array<string | undefined>(room);
  }

  /** What is in it is not looked for again. */
  know(table: RunTable): void {
    this.known = table;
  }

  /** How many runs there are. */
  get size(): number {
    return this.known?.first.length ?? this.groups.length;
  }

  get groups(): readonly EntryGroup[] {
    return (this.madeGroups ??= Array.from({ length: this.size }, (_, place) => this.made(place)));
  }

  groupAt(place: number): EntryGroup {
    return this.madeGroups?.[place] ?? this.made(place);
  }

  /** The newest state of a run. */
  lastEntryAt(place: number): JsonObject {
    const group = this.madeGroups?.[place];
    return group === undefined ? this.entryAt(numberAt(this.known?.last, place)) : lastEntry(group);
  }

  keyAt(place: number): RunKey {
    return this.madeGroups?.[place]?.key ?? (this.keys[place] ??= this.makeKey(place));
  }

  nodeIdAt(place: number): NodeId {
    const group = this.madeGroups?.[place];
    return group?.nodeId ?? (this.nodeIds[place] ??= this.ids.id(this.plainNodeIdAt(place)));
  }

  plainNodeIdAt(place: number): NodeId {
    return nodeIdOf(this.lastEntryAt(place));
  }

  /** The sid that the ids of a run count in. */
  sidAt(place: number): string {
    return this.madeGroups?.[place]?.sid ?? sidOf(this.firstEntryAt(place), this.ownSid);
  }

  /** The run of a key; `likely` is looked at first, for to know all keys takes as long as a tree. */
  placeOf(key: RunKey, likely: number | undefined): number | undefined {
    if (likely !== undefined && this.keyAt(likely) === key) return likely;
    return (this.places ??= this.placesByKey()).get(key);
  }

  /** Of few types there are many. */
  typeAt(place: number): string {
    const first = this.known?.types[place] ?? place;
    return (this.types[first] ??= typeOf(this.nodeIdAt(first), this.lastEntryAt(first)));
  }

  placesOfType(type: string): readonly number[] {
    const places: number[] = [];
    const { size } = this;
    for (let place = 0; place < size; place++) if (this.typeAt(place) === type) places.push(place);
    return places;
  }

  /** What the record calls their nodes. */
  get names(): readonly string[] {
    return (this.knownNames ??= this.groups.map((group) => nameOf(lastEntry(group))));
  }

  /** The messages of their first logs of an error. */
  get errors(): readonly (string | undefined)[] {
    return (this.knownErrors ??= this.groups.map((group) => firstError(lastEntry(group))));
  }

  /** Distinct ids of nodes, in order of first appearance, as many as anybody looks for. */
  get distinctNodeIds(): readonly NodeId[] {
    const { known } = this;
    if (known !== undefined) return Array.from(known.nodes, (place) => this.nodeIdAt(place));
    return distinctTexts(this.groups.map(({ nodeId }) => nodeId)).slice(0, mostNodes);
  }

  /** The same of their names. */
  get distinctNames(): readonly string[] {
    const { known } = this;
    if (known === undefined) return distinctTexts(this.names).slice(0, mostNodes);
    return Array.from(known.names, (place) => this.nameAt(place));
  }

  /** Those names that may repeat a secret, all of them. */
  get tellingNames(): readonly string[] {
    const { known } = this;
    if (known === undefined) return distinctTexts(this.names).filter(isTellingName);
    return Array.from(known.telling, (place) => this.nameAt(place));
  }

  /** When the last of them that tells began or ended; 0 where none does. */
  get reachedMs(): Milliseconds {
    const { known } = this;
    if (known !== undefined) return Math.max(latestOf(known.begins), latestOf(known.ends));
    return latestOf(
      this.groups.flatMap((group) => {
        const { beginMs, endMs } = timesOfEntry(lastEntry(group));
        return [beginMs, endMs];
      }),
    );
  }

  /** Summed over distinct runs. */
  get usage(): TokenUsage {
    const sum = (before: TokenUsage, group: EntryGroup) =>
      addUsage(before, usageOf(lastEntry(group)));
    return this.known?.usage ?? this.groups.reduce(sum, noUsage);
  }

  /** The runs by their keys before these were masked: what links between them point to. */
  get byKey(): ReadonlyMap<RunKey, EntryGroup> {
    return (this.knownKeys ??= byPlainKey(this.groups, this.ownSid));
  }

  private placesByKey(): ReadonlyMap<RunKey, number> {
    const places = new Map<RunKey, number>();
    const { size } = this;
    for (let place = 0; place < size; place++) places.set(this.keyAt(place), place);
    return places;
  }

  private nameAt(place: number): string {
    return nameOf(this.lastEntryAt(place));
  }

  private entryAt(order: number): JsonObject {
    const entry = this.trace[order];
    return isObject(entry) ? entry : {};
  }

  private firstEntryAt(place: number): JsonObject {
    return this.entryAt(numberAt(this.known?.first, place));
  }

  private made(place: number): EntryGroup {
    const { known } = this;
    if (known === undefined) throw new Error('No run stands there');
    const first = numberAt(known.first, place);
    const entry = this.entryAt(first);
    const entries = [entry];
    const { following } = known;
    for (let at = numberAt(following, first); at > 0; at = numberAt(following, at)) {
      entries.push(this.entryAt(at));
    }
    return {
      ...{ key: this.keyAt(place), nodeId: this.nodeIdAt(place), place, entries },
      ...{ id: textOf(entry['id']), sid: sidOf(entry, this.ownSid) },
      ...{ first, order: numberAt(known.last, place) },
    };
  }

  private makeKey(place: number): RunKey {
    const entry = this.firstEntryAt(place);
    const form = this.known?.keys[place] ?? plainKey;
    if (form >= 0) return `entry:${this.nodeIdAt(place)}#${form}`;
    const key = this.ids.id(runKeyOf(textOf(entry['id']), sidOf(entry, this.ownSid), this.ownSid));
    return form === keyWithNode ? `${key}#${this.nodeIdAt(place)}` : key;
  }
}

/** What is not known is null, or no number; 0 where nothing is. */
function latestOf(times: Iterable<Milliseconds | null>): Milliseconds {
  let latest = 0;
  for (const time of times) if (time !== null && time > latest) latest = time;
  return latest;
}

const none: readonly string[] = [];

function distinctTexts(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return none;
  const distinct = new Set(texts);
  distinct.delete('');
  return [...distinct];
}
