import { endOfString } from '../base/jsonFault.ts';
import { comma } from '../base/jsonSigns.ts';
import { asBuffer } from './bytes/asBuffer.ts';
import { type DataField, dataFieldsOf } from './bytes/dataFields.ts';
import type { RecordIndex } from './bytes/recordIndex.ts';

/** Looking for secrets in so many characters takes some 5 ms: a click that comes meanwhile, and each question behind it, waits no longer. */
const pieceLength = 64 * 1024;

/**
 * Cuts the text of a record between entries of its trace: what one of them says is read without the others. What the
 * services keep in a field of their own, an input or a configuration, is cut out where it is large: none of these fields is
 * a part of a pair or a table with another. What stands behind the record belongs to the last piece, and a text that is no
 * record is one piece.
 */
export function recordPieces(text: string, atLeast = pieceLength): Iterable<string> {
  return cutPieces(new Cutter(text, atLeast));
}

/** The same where it is known already where entries and their fields stand. */
export function* indexedPieces(index: RecordIndex, atLeast = pieceLength): Generator<string> {
  const bytes = asBuffer(index.json.bytes);
  let from = 0;
  for (let entry = 0; entry < index.entryCount; entry++) {
    const { begin, end } = index.entryAt(entry);
    const isLarge = end - begin >= atLeast;
    if (!isLarge && end - from < atLeast) continue;
    yield bytes.toString('utf8', from, isLarge ? begin : end);
    if (isLarge) {
      from = begin;
      for (const field of ownFields(index, entry)) {
        if (field.end - field.begin < atLeast) continue;
        if (field.begin > from) yield bytes.toString('utf8', from, field.begin);
        yield bytes.toString('utf8', field.begin, field.end);
        from = bytes[field.end] === comma ? field.end + 1 : field.end;
      }
      yield bytes.toString('utf8', from, end);
    }
    from = bytes[end] === comma ? end + 1 : end;
  }
  yield bytes.toString('utf8', from);
}

/** What may be cut out of the data of an entry: a field of somebody else's may say something of the one before it, and nothing is cut from there on. */
function ownFields(index: RecordIndex, entry: number): readonly DataField[] {
  const fields = dataFieldsOf(index, entry);
  const foreign = fields.findIndex(({ name }) => !ownNames.has(name));
  return foreign < 0 ? fields : fields.slice(0, Math.max(0, foreign - 1));
}

function* cutPieces(cutter: Cutter): Generator<string> {
  const { text, atLeast } = cutter;
  for (let at = 0; at < text.length && text.length - cutter.from > atLeast; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) cutter.open(code, at);
    else if (code === 0x7d || code === 0x5d) {
      yield* cutter.close(at);
      if (cutter.depth <= 0) break;
    } else if (code === 0x2c) yield* cutter.part(at);
  }
  yield text.slice(cutter.from);
}

/** Where the walk over a record is: an entry of its trace is two brackets deep, a field of its data four. */
class Cutter {
  /** What is before it was cut off already. */
  from = 0;
  depth = 0;
  readonly text: string;
  readonly atLeast: number;
  private isInTrace = false;
  private isInData = false;
  /** Where a field of data begins that may be cut out; -1 where none does. */
  private field = -1;

  constructor(text: string, atLeast: number) {
    this.text = text;
    this.atLeast = atLeast;
  }

  open(code: number, at: number): void {
    const { text } = this;
    if (++this.depth === 2) this.isInTrace = code === 0x5b && isUnder('trace', text, at);
    if (this.depth !== 4) return;
    this.isInData = this.isInTrace && code === 0x7b && isUnder('data', text, at);
    this.field = this.isInData && isField(text, at + 1) ? at + 1 : -1;
  }

  *close(at: number): Generator<string> {
    if (this.depth === 4) {
      yield* this.cutField(at, at);
      this.isInData = false;
      this.field = -1;
    }
    this.depth--;
  }

  /** At a comma. */
  *part(at: number): Generator<string> {
    const { text } = this;
    if (this.isInTrace && this.depth === 2 && at - this.from >= this.atLeast) {
      yield text.slice(this.from, at);
      this.from = at + 1;
    } else if (this.isInData && this.depth === 4) {
      const isNext = isField(text, at + 1);
      if (isNext) yield* this.cutField(at, at + 1);
      // Beside a field of somebody else's none is cut out.
      this.field = isNext && this.field !== -1 ? at + 1 : -1;
    }
  }

  /** The field that ends here, where it is large, and what stands before it. */
  private *cutField(end: number, from: number): Generator<string> {
    const { text, field } = this;
    if (field === -1 || end - field < this.atLeast) return;
    if (field > this.from) yield text.slice(this.from, field);
    yield text.slice(field, end);
    this.from = from;
  }
}

/** Whether a field begins here that the services write themselves. */
function isField(text: string, at: number): boolean {
  ownField.lastIndex = at;
  return ownField.test(text);
}

const ownNames = new Set(['input', 'output', 'config', 'usage', 'input_vars', 'output_vars']);
const ownField = new RegExp(String.raw`\s{0,20}"(?:${[...ownNames].join('|')})"\s{0,20}:`, 'y');

/** Whether what opens here stands under that name. */
function isUnder(name: 'trace' | 'data', text: string, opening: number): boolean {
  const before = text.slice(Math.max(0, opening - 50), opening);
  return name === 'trace' ? behindTrace.test(before) : behindData.test(before);
}

const behindTrace = /"trace"\s{0,20}:\s{0,20}$/;
const behindData = /"data"\s{0,20}:\s{0,20}$/;
