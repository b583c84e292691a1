import type { Steps } from '../../base/steps.ts';
import type { SeenWords } from '../../masking/seenWords.ts';
import type { GatheredSecrets } from '../gatheredSecrets.ts';
import { bytesOfKnownRun, type KnownRuns } from '../runTable.ts';
import { asBuffer } from './asBuffer.ts';
import { FieldPlan } from './fieldPlan.ts';
import { JsonScan } from './jsonScan.ts';
import { largePlaces, type LargePlaces, type PlaceSizes, usualSizes } from './largePlaces.ts';

const usage = ['question_tokens', 'prompt_tokens', 'completion_tokens', 'total_tokens'];

/** What a list, a tree and what is concluded from them read of a record, in the order of the wire; all else is stepped over. */
export const rootPlan = new FieldPlan([
  ...['service_id', 'flow_id', 'sid', 'app_id', 'uid', 'bot_id', 'chat_id', 'sub', 'caller'],
  ...['log_caller', 'question', 'answer', 'start_time', 'end_time', 'duration'],
  'first_frame_duration',
  ['srv', ['execution_state', 'dropped_nodes', 'dropped_data', 'parent_sid', 'parent_log_id']],
  'srv_tag',
  ['status', ['code', 'message']],
  ['usage', usage],
  ...['version', 'trace'],
]);

/** Before the fields of an entry stands where it begins and where it ends. */
const entryHead = 2;

/** The same of an entry of its trace. */
export const entryPlan = new FieldPlan(
  [
    ...['id', 'sid', 'node_id', 'node_type', 'node_name', 'func_id', 'func_type', 'func_name'],
    ...['next_log_ids', 'start_time', 'end_time', 'duration', 'first_frame_duration'],
    ...['node_first_cost_time', 'llm_output', 'running_status'],
    [
      'data',
      [
        ...['input', 'output', 'input_vars', 'output_vars'],
        ['config', ['parent_iteration_node_id', 'iteration_index']],
        ['usage', usage],
      ],
    ],
    ...['logs', 'parent_log_id', 'source'],
  ],
  entryHead,
);

/** What was found in the bytes of a record, and belongs to them. */
interface FoundInBytes {
  readonly seenWords?: SeenWords | undefined;
  readonly knownRuns?: KnownRuns | undefined;
  readonly gatheredSecrets?: GatheredSecrets | undefined;
}

/** Which of the fields of a record the trace is. */
export const traceIndex = rootPlan.names.indexOf('trace');
/** Where the trace stands in the row of the root. */
export const traceColumn = rootPlan.first + traceIndex;
/**
 * Where the fields of a record stand in its bytes, found in one pass that builds none of them. A row of places for the
 * root and one for each entry of its trace: where the value of each column begins, 0 where there is none.
 */
export class RecordIndex {
  readonly json: JsonScan;
  /** How many entries its trace has. */
  readonly entryCount: number;
  /** Where the trace ends. */
  readonly traceEnd: number;
  /** Of one that is kept: what was found in these bytes. */
  readonly seenWords: SeenWords | undefined;
  readonly knownRuns: KnownRuns | undefined;
  readonly gatheredSecrets: GatheredSecrets | undefined;
  private readonly places: Int32Array;
  private readonly known: KnownPlaces;

  constructor(
    json: JsonScan,
    places: Int32Array,
    entryCount: number,
    traceEnd: number,
    known = new KnownPlaces(usualSizes),
    found: FoundInBytes = {},
  ) {
    this.json = json;
    this.seenWords = found.seenWords;
    this.knownRuns = found.knownRuns;
    this.gatheredSecrets = found.gatheredSecrets;
    this.places = places;
    this.entryCount = entryCount;
    this.traceEnd = traceEnd;
    this.known = known;
  }

  /** The same of the same bytes in another place of the memory. */
  over(bytes: Uint8Array, found: FoundInBytes = this): RecordIndex {
    return this.with(new JsonScan(asBuffer(bytes)), this.known, found);
  }

  /** The same that notes the parts of values of other sizes. */
  noting(sizes: PlaceSizes): RecordIndex {
    return this.with(this.json, new KnownPlaces(sizes), this);
  }

  private with(json: JsonScan, known: KnownPlaces, found: FoundInBytes): RecordIndex {
    const { places, entryCount, traceEnd } = this;
    return new RecordIndex(json, places, entryCount, traceEnd, known, found);
  }

  /** What it takes beside the bytes, with what is found of its runs. */
  get size(): number {
    return this.places.byteLength + this.entryCount * bytesOfKnownRun;
  }

  /** Where the row of an entry begins. */
  rowOf(entry: number): number {
    return rootPlan.end + entry * entryPlan.end;
  }

  /** Where an entry stands. */
  entryAt(entry: number): { readonly begin: number; readonly end: number } {
    const row = this.rowOf(entry);
    return { begin: this.placeOf(row, 0), end: this.placeOf(row, 1) };
  }

  /** Where a value begins; 0 where there is none. */
  placeOf(row: number, column: number): number {
    return this.places[row + column] ?? 0;
  }

  /** Where the parts of a large entry stand, found once, with pauses; undefined for one that is small. */
  *partsOf(row: number): Steps<LargePlaces | undefined> {
    const { known } = this;
    const { sizes } = known;
    const begin = this.placeOf(row, 0);
    if (this.placeOf(row, 1) - begin < sizes.large) return undefined;
    const parts = known.of(row) ?? (yield* largePlaces(this.json, begin, sizes));
    if (parts !== undefined) known.note(row, parts);
    return parts;
  }

  /** Notes those of all entries. */
  *noteParts(): Steps<void> {
    for (let entry = 0; entry < this.entryCount; entry++) yield* this.partsOf(this.rowOf(entry));
  }
}

/** Where the parts of large entries stand, by the rows of these. It takes so little beside what it tells of that it isn't counted. */
class KnownPlaces {
  readonly sizes: PlaceSizes;
  // Made where there is something to note: of most records there never is.
  private byRow: Map<number, LargePlaces> | undefined;

  constructor(sizes: PlaceSizes) {
    this.sizes = sizes;
  }

  of(row: number): LargePlaces | undefined {
    return this.byRow?.get(row);
  }

  note(row: number, parts: LargePlaces): void {
    this.byRow ??= new Map();
    this.byRow.set(row, parts);
  }
}
