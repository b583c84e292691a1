import { isUtf8 } from 'node:buffer';

import { FieldPlan } from './fieldPlan.ts';
import { JsonScan } from './jsonScan.ts';

const usage = ['question_tokens', 'prompt_tokens', 'completion_tokens', 'total_tokens'];

/** What a list, a tree and what is concluded from them read of a record, in the order of the wire; all else is stepped over. */
export const rootPlan = new FieldPlan([
  ...['service_id', 'flow_id', 'sid', 'app_id', 'uid', 'bot_id', 'chat_id', 'sub', 'caller'],
  ...['log_caller', 'question', 'answer', 'start_time', 'end_time', 'duration'],
  'first_frame_duration',
  ['srv', ['execution_state', 'dropped_nodes', 'dropped_data']],
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

const traceIndex = rootPlan.names.indexOf('trace');
/** Where the trace stands in the row of the root. */
export const traceColumn = rootPlan.first + traceIndex;
/** Most entries have more bytes; of others the room for their places doubles. */
const usualEntry = 1_024;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Where the fields of a record stand in its bytes, found in one pass that builds none of them. A row of places for the
 * root and one for each entry of its trace: where the value of each column begins, 0 where there is none.
 */
export class RecordIndex {
  readonly json: JsonScan;
  private places: Int32Array;
  private entries = 0;
  private behindTrace = 0;

  private constructor(bytes: Uint8Array) {
    this.json = new JsonScan(bytes);
    this.places = new Int32Array(rootPlan.end);
  }

  /**
   * The index of a record; undefined for bytes that are not plainly one. Then whoever reads any JSON reads it: what is
   * read of an index is the same.
   */
  static of(bytes: Uint8Array): RecordIndex | undefined {
    if (bytes[0] !== 0x7b || !isUtf8(bytes)) return undefined;
    const index = new RecordIndex(bytes);
    const end = index.scan(rootPlan, 0, 0);
    return end >= 0 && index.json.afterSpace(end) === bytes.length ? index : undefined;
  }

  /** How many entries its trace has. */
  get entryCount(): number {
    return this.entries;
  }

  /** Where the trace ends. */
  get traceEnd(): number {
    return this.behindTrace;
  }

  /** Where the row of an entry begins. */
  rowOf(entry: number): number {
    return rootPlan.end + entry * entryPlan.end;
  }

  /** Where a value begins; 0 where there is none. */
  placeOf(row: number, column: number): number {
    return this.places[row + column] ?? 0;
  }

  /**
   * Notes where the fields of the object stand that begins at `opening`; answers where it ends, -1 for what is odd. Of a
   * name that comes twice another reader may take the other one.
   */
  private scan(plan: FieldPlan, row: number, opening: number): number {
    const { json } = this;
    let at = json.afterSpace(opening + 1);
    if (json.byteAt(at) === closeBrace) return at + 1;
    for (let expected = 0; ;) {
      let index = expected;
      let nameEnd = at + plan.lengthOf(index);
      if (!plan.stands(index, json.words, at)) {
        nameEnd = json.byteAt(at) === quote ? json.endOfText(at) : -1;
        if (nameEnd < 0) return -1;
        index = plan.indexOf(json.bytes, at + 1, nameEnd - 1);
        if (index < 0 && isEscaped(json.bytes, at, nameEnd, plan)) return -1;
      }
      const begin = json.beginOfNamed(nameEnd);
      if (begin < 0) return -1;
      if (index < 0) at = json.endOfValue(begin);
      else {
        const place = row + plan.first + index;
        if (this.places[place] !== 0) return -1;
        this.places[place] = begin;
        at = this.scanValue(plan, index, row, begin);
        expected = index + 1;
      }
      if (at < 0) return -1;
      at = json.afterSpace(at);
      if (json.byteAt(at) === closeBrace) return at + 1;
      if (json.byteAt(at) !== comma) return -1;
      at = json.afterSpace(at + 1);
    }
  }

  private scanValue(plan: FieldPlan, index: number, row: number, begin: number): number {
    const { json } = this;
    if (plan === rootPlan && index === traceIndex) {
      return (this.behindTrace = this.scanTrace(begin));
    }
    const part = plan.parts[index];
    const isPart = part !== undefined && json.byteAt(begin) === openBrace;
    return isPart ? this.scan(part, row, begin) : json.endOfValue(begin);
  }

  /** A trace that is a text, or holds one, is read by who reads any. */
  private scanTrace(opening: number): number {
    const { json } = this;
    if (json.byteAt(opening) !== openBracket) return -1;
    let at = json.afterSpace(opening + 1);
    if (json.byteAt(at) === closeBracket) return at + 1;
    for (;;) {
      const row = this.addRow();
      if (json.byteAt(at) !== openBrace) return -1;
      this.places[row] = at;
      at = this.scan(entryPlan, row, at);
      if (at < 0) return -1;
      this.places[row + 1] = at;
      at = json.afterSpace(at);
      if (json.byteAt(at) === closeBracket) return at + 1;
      if (json.byteAt(at) !== comma) return -1;
      at = json.afterSpace(at + 1);
    }
  }

  private addRow(): number {
    const row = this.rowOf(this.entries++);
    if (row + entryPlan.end > this.places.length) {
      const usual = Math.ceil(this.json.bytes.length / usualEntry);
      const places = new Int32Array(this.rowOf(Math.max(usual, 2 * this.entries)));
      places.set(this.places);
      this.places = places;
    }
    return row;
  }
}

/** Whether one of the names stands here, written with escapes. */
function isEscaped(bytes: Uint8Array, start: number, end: number, { names }: FieldPlan): boolean {
  let at = start;
  while (at < end && bytes[at] !== backslash) at++;
  if (at === end) return false;
  const name: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)));
  return names.some((planned) => planned === name);
}
