import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';
import { deepest } from './jsonScan.ts';
import {
  columnOffset,
  countOffset,
  nameBytes,
  nameEntry,
  namesOffset,
  noPart,
  partOffset,
  PlanTable,
  tracePart,
} from './planTable.ts';
import { entryPlan, rootPlan, traceIndex } from './recordIndex.ts';
import { finderGlobals, textAt, tokenFinder } from './tokenProgram.ts';
import {
  call,
  type Code,
  either,
  forever,
  type FunctionParts,
  give,
  i32,
  local,
  memory,
  moduleOf,
  v128,
  when,
  whileTrue,
} from '../../base/wasmCode.ts';

/** What the program says beside what it gives: where the trace ends, and where the rows do. */
export const traceEndAt = 0;
export const rowsEndAt = 4;
const plansAt = 64;

const table = new PlanTable(plansAt, textAt);
const entryTable = table.add(entryPlan);
const rootTable = table.add(rootPlan, traceIndex);

/** What has to stand in the memory before it runs, and where. */
export const planTable = { at: plansAt, bytes: table.bytes };

const bytesOf = (columns: number) => columns * Int32Array.BYTES_PER_ELEMENT;
/** What the row of the root takes, and that of an entry. */
export const rootRowBytes = bytesOf(rootPlan.end);
export const entryRowBytes = bytesOf(entryPlan.end);
/** Rows are made of so many bytes at once; behind the last of them stands what isn't needed any more. */
const atOnce = 16;

const isFault = i32.of(-1);
const number = i32.of;
const fault = give(isFault);
const and = (...all: readonly Code[]) => all.reduce((one, other) => i32.and(one, other));
const or = (...all: readonly Code[]) => all.reduce((one, other) => i32.or(one, other));
const not = i32.isZero;
/** What stands at a place of the text. */
const byteAt = (place: Code, offset = 0) => i32.loadByte(place, textAt + offset);
const wordAt = (place: Code) => i32.load(place, textAt);
const is = (sign: Code, byte: number) => i32.isEqual(sign, number(byte));
const isDigit = (sign: Code) => i32.isBelow(i32.minus(sign, number(0x30)), number(10));
const tokenAt = (at: Code, further = 0) => i32.load(at, 4 * further);
const signAt = (at: Code, further = 0) => byteAt(tokenAt(at, further));
/** Whether a name and a colon stand there. */
const isNamed = (at: Code) => and(is(signAt(at), quote), is(signAt(at, 1), colon));
const endsValue = (sign: Code) => or(is(sign, comma), is(sign, closeBrace), is(sign, closeBracket));

/** The functions, in order. */
const scalarIndex = 1;
const valueIndex = 2;
const nameIndex = 3;
const objectIndex = 4;
const traceFunction = 5;

/** Whether a number or a word is one to its end: 1 or 0. */
const scalar: FunctionParts = (() => {
  const [place, sign] = [local(0), local(1)];
  const look = sign.set(byteAt(place.get));
  const step = (bytes = 1) => place.set(i32.add(place.get, number(bytes)));
  const skipDigits = [look, whileTrue(isDigit(sign.get), step(), look)].flat();
  const someDigits = [...look, ...when(not(isDigit(sign.get)), give(number(0))), ...skipDigits];
  const isWord = (word: string) => {
    const [a = 0, b = 0, c = 0, d = 0] = new TextEncoder().encode(word);
    return i32.isEqual(wordAt(place.get), number(a | (b << 8) | (c << 16) | (d << 24)));
  };
  const readNumber = [
    look,
    when(is(sign.get, 0x2d), step(), look),
    // A number begins with no zero but its only one.
    either(is(sign.get, 0x30), [step(), look], [someDigits]),
    when(is(sign.get, 0x2e), step(), someDigits),
    when(
      is(i32.or(sign.get, number(0x20)), 0x65),
      step(),
      look,
      when(or(is(sign.get, 0x2b), is(sign.get, 0x2d)), step()),
      someDigits,
    ),
  ];
  const readWord = either(
    or(isWord('true'), isWord('null')),
    [step(4)],
    [either(and(isWord('fals'), is(byteAt(place.get, 4), 0x65)), [step(5)], [give(number(0))])],
  );
  return {
    parameters: 1,
    locals: ['i32', 'i32'],
    body: [
      ...look,
      ...either(i32.isAbove(sign.get, number(0x39)), [readWord], readNumber),
      ...look,
      ...i32.or(
        endsValue(sign.get),
        or(...[0x20, 0x0a, 0x0d, 0x09].map((space) => is(sign.get, space))),
      ),
    ],
  };
})();

/** Steps over a value: gives which token is behind it; no call within a call. */
const value: FunctionParts = (() => {
  const [at, depth, objects, sign] = [local(0), local(1), local(2), local(3)];
  const next = at.set(i32.add(at.get, number(4)));
  const take = [...sign.set(signAt(at.get)), ...next];
  const isObject = i32.and(objects.get, number(1));
  // `{` and `[`, as `}` and `]`, are one bit apart; an opening one and its closing one are two.
  const closing = i32.add(number(closeBracket), i32.shl(isObject, number(5)));
  const isOpening = is(i32.and(sign.get, number(0xdf)), openBracket);
  return {
    parameters: 1,
    // A bit for each level: whether it is an object.
    locals: ['i32', 'i32', 'i32', 'i32'],
    body: forever(
      sign.set(signAt(at.get)),
      either(
        isOpening,
        [
          next,
          depth.set(i32.add(depth.get, number(1))),
          when(i32.isAbove(depth.get, number(deepest)), fault),
          objects.set(i32.or(i32.shl(objects.get, number(1)), is(sign.get, openBrace))),
          // What is empty ends here; else its first value begins as one does behind a comma.
          either(
            i32.isEqual(signAt(at.get), closing),
            [sign.set(closing), next],
            [sign.set(number(comma))],
          ),
        ],
        [
          when(not(is(sign.get, quote)), when(not(call(scalarIndex, tokenAt(at.get))), fault)),
          next,
          when(not(depth.get), give(at.get)),
          take,
        ],
      ),
      whileTrue(
        i32.isEqual(sign.get, closing),
        depth.set(i32.minus(depth.get, number(1))),
        when(not(depth.get), give(at.get)),
        objects.set(i32.shr(objects.get, number(1))),
        take,
      ),
      when(not(is(sign.get, comma)), fault),
      when(isObject, when(not(isNamed(at.get)), fault), at.set(i32.add(at.get, number(8)))),
    ),
  };
})();

/**
 * Which of the names of a plan stands at a quote, looked for from the expected one on: its address, 0 for another one, and
 * -1 where it may be one of them in escapes: of these, letters and `_`, each has `\\u00`.
 */
const name: FunctionParts = (() => {
  const [plan, entry, place, colonAt] = [local(0), local(1), local(2), local(3)];
  const [left, head, tail] = [local(4), local(5), local(6)];
  const differs = (part: Code, offset: number) =>
    v128.and(
      v128.xor(part, v128.load(entry.get, offset)),
      v128.load(entry.get, nameBytes + offset),
    );
  const isEscape = i32.isEqual(wordAt(place.get), number(0x3030755c));
  const holdsBackslash = v128.isAny(
    v128.or(
      v128.isEqual(head.get, v128.all(backslash)),
      v128.isEqual(tail.get, v128.all(backslash)),
    ),
  );
  return {
    parameters: 4,
    locals: ['i32', 'i32', 'i32', 'i32', 'i32', 'v128', 'v128'],
    body: [
      ...head.set(v128.load(place.get, textAt)),
      ...tail.set(v128.load(place.get, textAt + 16)),
      ...left.set(i32.load(plan.get, countOffset)),
      ...whileTrue(
        left.get,
        when(
          i32.isEqual(entry.get, i32.load(plan.get)),
          entry.set(i32.add(plan.get, number(namesOffset))),
        ),
        when(
          not(v128.isAny(v128.or(differs(head.get, 0), differs(tail.get, 16)))),
          give(entry.get),
        ),
        entry.set(i32.add(entry.get, number(nameEntry))),
        left.set(i32.minus(left.get, number(1))),
      ),
      ...when(
        // Most are short, and have none.
        i32.or(holdsBackslash, i32.isAbove(i32.minus(colonAt.get, place.get), number(32))),
        whileTrue(
          i32.isBelow(place.get, colonAt.get),
          when(isEscape, fault),
          place.set(i32.add(place.get, number(1))),
        ),
      ),
      ...number(0),
    ],
  };
})();

/**
 * Notes in a row where the fields of the object stand whose brace was the token before; gives which token is behind. Of
 * a name that comes twice another reader may take the other one.
 */
const object: FunctionParts = (() => {
  const [plan, row, at] = [local(0), local(1), local(2)];
  const [expected, field, slot, sign] = [local(3), local(4), local(5), local(6)];
  const step = (tokens: number) => at.set(i32.add(at.get, number(4 * tokens)));
  const part = i32.load(field.get, partOffset);
  const stepOver = at.set(call(valueIndex, at.get));
  const below = either(
    is(signAt(at.get), openBrace),
    [at.set(call(objectIndex, part, row.get, i32.add(at.get, number(4))))],
    [stepOver],
  );
  const note = [
    slot.set(i32.add(row.get, i32.load(field.get, columnOffset))),
    when(i32.load(slot.get), fault),
    i32.store(slot.get, tokenAt(at.get)),
    expected.set(i32.add(field.get, number(nameEntry))),
    either(
      i32.isEqual(part, number(noPart)),
      [stepOver],
      [
        either(
          i32.isEqual(part, number(tracePart)),
          [at.set(call(traceFunction, at.get))],
          [below],
        ),
      ],
    ),
  ];
  return {
    parameters: 3,
    locals: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    body: [
      ...when(is(signAt(at.get), closeBrace), give(i32.add(at.get, number(4)))),
      ...expected.set(i32.add(plan.get, number(namesOffset))),
      ...forever(
        when(not(isNamed(at.get)), fault),
        field.set(call(nameIndex, plan.get, expected.get, tokenAt(at.get), tokenAt(at.get, 1))),
        when(i32.isEqual(field.get, isFault), fault),
        step(2),
        either(field.get, note, [stepOver]),
        when(i32.isEqual(at.get, isFault), fault),
        sign.set(signAt(at.get)),
        step(1),
        when(is(sign.get, closeBrace), give(at.get)),
        when(not(is(sign.get, comma)), fault),
      ),
    ],
  };
})();

/** Makes a row for each entry of the trace. One that is a text, or holds one, is read by who reads any. */
const trace: FunctionParts = (() => {
  const [at, row, sign] = [local(0), local(1), local(2)];
  const next = at.set(i32.add(at.get, number(4)));
  const rowsEnd = i32.load(number(rowsEndAt));
  const noRow = Array.from({ length: Math.ceil(entryRowBytes / atOnce) }, (_, part) =>
    v128.store(row.get, v128.all(0), part * atOnce),
  ).flat();
  /** Room for a row, and what is written beyond it. */
  const makeRoom = when(
    i32.isAbove(i32.add(row.get, number(entryRowBytes + atOnce)), i32.shl(memory.size, number(16))),
    when(i32.isEqual(memory.grow(16), isFault), fault),
  );
  const end = (place: Code) => [
    ...i32.store(number(traceEndAt), i32.add(place, number(1))),
    ...give(i32.add(at.get, number(4))),
  ];
  return {
    parameters: 1,
    locals: ['i32', 'i32', 'i32'],
    body: [
      ...when(not(is(signAt(at.get), openBracket)), fault),
      ...next,
      ...when(is(signAt(at.get), closeBracket), end(tokenAt(at.get))),
      ...forever(
        when(not(is(signAt(at.get), openBrace)), fault),
        row.set(rowsEnd),
        makeRoom,
        noRow,
        i32.store(number(rowsEndAt), i32.add(row.get, number(entryRowBytes))),
        i32.store(row.get, tokenAt(at.get)),
        at.set(call(objectIndex, number(entryTable), row.get, i32.add(at.get, number(4)))),
        when(i32.isEqual(at.get, isFault), fault),
        i32.store(
          i32.add(row.get, number(4)),
          i32.add(i32.load(i32.minus(at.get, number(4))), number(1)),
        ),
        sign.set(signAt(at.get)),
        when(is(sign.get, closeBracket), end(tokenAt(at.get))),
        when(not(is(sign.get, comma)), fault),
        next,
      ),
    ],
  };
})();

/** Walks over the tokens that stand at an address, and makes the rows behind another; gives which token is behind, or -1. */
const walk: FunctionParts = (() => {
  const [tokens, rows] = [local(0), local(1)];
  const noRow = Array.from({ length: Math.ceil(rootRowBytes / atOnce) }, (_, part) =>
    v128.store(rows.get, v128.all(0), part * atOnce),
  ).flat();
  return {
    name: 'walk',
    parameters: 2,
    locals: ['i32', 'i32'],
    body: [
      ...noRow,
      ...i32.store(number(traceEndAt), number(0)),
      ...i32.store(number(rowsEndAt), i32.add(rows.get, number(rootRowBytes))),
      ...when(not(is(signAt(tokens.get), openBrace)), fault),
      ...call(objectIndex, number(rootTable), rows.get, i32.add(tokens.get, number(4))),
    ],
  };
})();

/** A page of memory. */
export const pageBytes = 64 * 1024;

/** The module that finds tokens and walks over them. */
export const recordProgram = moduleOf({
  pages: 1,
  globals: finderGlobals,
  functions: [tokenFinder, scalar, value, name, object, trace, walk],
});
