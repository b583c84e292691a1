import type { JsonObject } from '../base/json.ts';
import { numberAt } from '../base/numberAt.ts';
import type { Milliseconds, NodeId, NodeRun, RunKey, TokenUsage } from '../trace/execution.ts';
import { wholeRun } from '../trace/wholeTree.ts';
import { hasOutput, nextIdsOf, nameOf, runKeyOf, typeOf } from './entries.ts';
import { numberOf, objectOf, textOf } from './fields.ts';
import { firstError, logCountOf } from './logs.ts';
import type { Redactor } from '../masking/redact.ts';
import { timesOfEntry } from './times.ts';
import type { RunColumns } from './runColumns.ts';
import {
  hasContainer,
  hasError,
  hasParent,
  hasRound,
  type RunTable,
  statusBits,
  statuses,
} from './runTable.ts';
import { usageOf } from './usage.ts';

/** The runs of an execution, in order of completion. */
export function runsOf(columns: RunColumns, table: RunTable, redactor: Redactor): NodeRun[] {
  const record = new RecordRuns(columns, table, redactor);
  return Array.from({ length: columns.size }, (_, place) => new RecordRun(record, place));
}

/** What the runs of a record are read from. */
class RecordRuns {
  readonly columns: RunColumns;
  readonly table: RunTable;
  readonly redactor: Redactor;
  // Who goes through all runs asks for these again and again.
  private readonly types: (string | undefined)[];
  private readonly names: (string | undefined)[];
  private readonly links: (readonly RunKey[] | undefined)[];

  constructor(columns: RunColumns, table: RunTable, redactor: Redactor) {
    this.columns = columns;
    this.table = table;
    this.redactor = redactor;
    const { size } = columns;
    this.types = new Array<string | undefined>(size);
    this.names = new Array<string | undefined>(size);
    this.links = new Array<readonly RunKey[] | undefined>(size);
  }

  /** Few, of however many runs: each is masked once. */
  typeAt(place: number): string {
    const first = numberAt(this.table.types, place);
    return (this.types[first] ??= this.redactor.text(this.columns.typeAt(first)));
  }

  nameAt(place: number): string {
    return (this.names[place] ??= this.redactor.text(nameOf(this.columns.lastEntryAt(place))));
  }

  /** The keys of the runs that may follow. */
  nextOf(place: number): readonly RunKey[] {
    const { columns, links } = this;
    return (links[place] ??= nextIdsOf(columns.lastEntryAt(place)).map((id) =>
      this.keyOf(place, id),
    ));
  }

  /** The key of a run that another one names by its id. */
  keyOf(place: number, id: string): RunKey {
    const { ids, ownSid } = this.columns;
    return ids.id(runKeyOf(id, this.columns.sidAt(place), ownSid));
  }

  has(place: number, mark: number): boolean {
    return (numberAt(this.table.states, place) & mark) !== 0;
  }
}

/**
 * A run whose fields are read when somebody asks: of 50,000 a window shows some hundred. What it is read from is nobody's
 * else, for nothing of it is masked: a copy of a run holds nothing, and `toJSON` is all that is shown of it.
 */
class RecordRun implements NodeRun {
  readonly #record: RecordRuns;
  readonly #place: number;

  constructor(record: RecordRuns, place: number) {
    this.#record = record;
    this.#place = place;
  }

  get key(): RunKey {
    return this.#record.columns.keyAt(this.#place);
  }

  get nodeId(): NodeId {
    return this.#record.columns.nodeIdAt(this.#place);
  }

  get name(): string {
    return this.#record.nameAt(this.#place);
  }

  get type(): string {
    return this.#record.typeAt(this.#place);
  }

  get category(): string {
    return this.#record.redactor.text(textOf(this.#entry['node_type']));
  }

  get status(): NodeRun['status'] {
    const state = numberAt(this.#record.table.states, this.#place);
    return statuses[state & statusBits] ?? 'succeeded';
  }

  get count(): number {
    return numberAt(this.#record.table.counts, this.#place);
  }

  get beginMs(): Milliseconds | null {
    return known(this.#record.table.begins[this.#place]);
  }

  get endMs(): Milliseconds | null {
    return known(this.#record.table.ends[this.#place]);
  }

  get durationMs(): Milliseconds | null {
    return timesOfEntry(this.#entry).durationMs;
  }

  get firstFrameMs(): Milliseconds | null {
    return firstFrameOf(this.#entry);
  }

  get next(): readonly RunKey[] {
    return this.#record.nextOf(this.#place);
  }

  get usage(): TokenUsage {
    return usageOf(this.#entry);
  }

  get logCount(): number {
    return logCountOf(this.#entry);
  }

  get error(): string | null {
    if (!this.#has(hasError)) return null;
    return this.#record.redactor.text(firstError(this.#entry) ?? '');
  }

  get iterationIndex(): number | null {
    if (!this.#has(hasRound)) return null;
    return numberOf(this.#config?.['iteration_index']) ?? null;
  }

  get iterationParent(): NodeId | null {
    if (!this.#has(hasContainer)) return null;
    return this.#record.columns.ids.id(textOf(this.#config?.['parent_iteration_node_id']));
  }

  get order(): number {
    return numberAt(this.#record.table.first, this.#place);
  }

  get parent(): RunKey | undefined {
    if (!this.#has(hasParent)) return undefined;
    return this.#record.keyOf(this.#place, textOf(this.#entry['parent_log_id']));
  }

  get source(): string | undefined {
    const source = textOf(this.#entry['source']);
    return sourceLine.test(source) ? this.#record.redactor.text(source) : undefined;
  }

  get mixesRounds(): true | undefined {
    const { failure } = this.#record.table;
    return failure?.place === this.#place && failure.mixesRounds ? true : undefined;
  }

  get gaveNothing(): true | undefined {
    if (this.status !== 'recovered') return undefined;
    return gaveNothing(this.nodeId, this.#entry) ? true : undefined;
  }

  toJSON(): NodeRun {
    return wholeRun(this);
  }

  get #entry(): JsonObject {
    return this.#record.columns.lastEntryAt(this.#place);
  }

  get #config(): JsonObject | undefined {
    return objectOf(objectOf(this.#entry['data'])?.['config']);
  }

  #has(mark: number): boolean {
    return this.#record.has(this.#place, mark);
  }
}

function known(ms: number | undefined): Milliseconds | null {
  return ms === undefined || Number.isNaN(ms) ? null : ms;
}

/** Of what never gives anything an output says nothing. */
const outputless = /^(?:message|node-start|node-end|iteration-node-start|loop-node-start)$/;

function gaveNothing(nodeId: NodeId, entry: JsonObject): boolean {
  return !outputless.test(typeOf(nodeId, entry)) && !hasOutput(entry);
}

/** A path of a project and a line in it; nothing else is of use, and a robot may write anything. */
const sourceLine = /^[^:\0\r\n]{1,400}:[1-9]\d{0,6}$/;

function firstFrameOf(entry: JsonObject): number | null {
  const seconds = numberOf(entry['node_first_cost_time']);
  if (seconds !== undefined && seconds >= 0) return Math.round(seconds * 1000);
  const ms = numberOf(entry['first_frame_duration']);
  return ms !== undefined && ms >= 0 ? ms : null;
}
