import {
  type FunctionParts,
  global,
  i32,
  i64,
  local,
  v128,
  when,
  whileTrue,
  type Code,
} from '../../base/wasmCode.ts';

/** Where the text stands in the memory of the program; places are counted from here. */
export const textAt = 8 * 1024;

// What is carried from a block to the next one, and from a call to the next one.
/** 1 where the first byte is escaped by what stood before. */
const escapesNext = global(0);
/** All bits where a text goes on. */
const inText = global(1);
/** 1 where a number or a word goes on. */
const inScalar = global(2);
/** A bit for each of the first four bytes that have to be hexadecimal digits. */
const hexNext = global(3);
/** Not zero where something is no JSON. */
const faults = global(4);

const end = local(0);
const at = local(1);
const out = local(2);
const begin = local(3);
const bytes = local(4);
const quotes = local(5);
const backslashes = local(6);
const signs = local(7);
const spaces = local(8);
const controls = local(9);
const escaped = local(10);
const text = local(11);
const scratch = local(12);
const tokens = local(13);

/** 0xaa…: every second bit. */
const oddBits = i64.of(-0x5555555555555556n);
const small = v128.or(bytes.get, v128.all(0x20));
const lowHalf = v128.and(bytes.get, v128.all(0x0f));

/** `:`, `{`, `,` and `}` by the lower half of each; brackets are braces but for one bit. */
const signTable = v128.of([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0]);
/** A blank, a tab, and the ends of a line by the lower half of each. */
const spaceTable = v128.of([0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0]);

const equals = (byte: number) => v128.isEqual(bytes.get, v128.all(byte));
const noBits = i64.of(0n);
const isNotZero = (bits: Code) => i32.isZero(i64.isZero(bits));

/** Sixteen bytes of the block into its masks, a bit for each. */
function classify(part: number): Code {
  const add = (mask: typeof quotes, found: Code) => {
    const bits = i64.ofI32(v128.bits(found));
    const placed = part === 0 ? bits : i64.or(mask.get, i64.shl(bits, i64.of(BigInt(16 * part))));
    return mask.set(placed);
  };
  return [
    ...bytes.set(v128.load(at.get, textAt + 16 * part)),
    ...add(quotes, equals(0x22)),
    ...add(backslashes, equals(0x5c)),
    ...add(controls, v128.isBelow(bytes.get, v128.all(0x20))),
    ...add(signs, v128.isEqual(small, v128.pick(signTable, lowHalf))),
    ...add(spaces, v128.isEqual(bytes.get, v128.pick(spaceTable, lowHalf))),
  ];
}

/** Those of the block that a set of bytes holds. */
function bitsOf(found: (part: Code) => Code): Code {
  const parts = [0, 1, 2, 3].map((part) => {
    const bits = i64.ofI32(v128.bits(found(v128.load(at.get, textAt + 16 * part))));
    return part === 0 ? bits : i64.shl(bits, i64.of(BigInt(16 * part)));
  });
  return parts.reduce((all, part) => i64.or(all, part));
}

const isAnyOf = (characters: string) =>
  bitsOf((part) =>
    [...new TextEncoder().encode(characters)]
      .map((sign) => v128.isEqual(part, v128.all(sign)))
      .reduce((all, one) => v128.or(all, one)),
  );

/** Which bytes a backslash escapes: of a row of them each second one does, over the ends of blocks. */
const findEscaped: Code = [
  ...escaped.set(escapesNext.get),
  ...when(
    isNotZero(backslashes.get),
    // Those that aren't escaped by what stood before.
    scratch.set(i64.and(backslashes.get, i64.not(escapesNext.get))),
    // A carry runs through each row: whether it comes out at an odd or an even place tells how long the row is.
    scratch.set(
      i64.xor(i64.minus(i64.or(i64.shl(scratch.get, i64.of(1n)), oddBits), scratch.get), oddBits),
    ),
    escaped.set(i64.xor(scratch.get, i64.or(backslashes.get, escapesNext.get))),
    escapesNext.set(i64.shr(i64.and(scratch.get, backslashes.get), i64.of(63n))),
  ),
  ...when(i64.isZero(backslashes.get), escapesNext.set(noBits)),
];

const addFaults = (bits: Code) => faults.set(i64.or(faults.get, bits));
const following = (places: bigint) => i64.shl(scratch.get, i64.of(places));
const carried = (places: bigint) => i64.shr(scratch.get, i64.of(64n - places));
const anyOfFour = (part: (places: bigint) => Code) =>
  [2n, 3n, 4n].reduce((all, places) => i64.or(all, part(places)), part(1n));

/** An escape is one of those of JSON, and behind its `u` four digits stand. */
const judgeEscapes: Code = when(
  isNotZero(i64.or(escaped.get, hexNext.get)),
  addFaults(i64.and(escaped.get, i64.not(isAnyOf('"\\/bfnrtu')))),
  scratch.set(i64.and(escaped.get, isAnyOf('u'))),
  when(
    isNotZero(i64.or(scratch.get, hexNext.get)),
    addFaults(
      i64.and(
        i64.or(hexNext.get, anyOfFour(following)),
        i64.not(isAnyOf('0123456789abcdefABCDEF')),
      ),
    ),
    hexNext.set(anyOfFour(carried)),
  ),
);

/** Which bytes stand within quotes, the opening one included: all between two of them. */
const findTexts: Code = [
  ...quotes.set(i64.and(quotes.get, i64.not(escaped.get))),
  ...text.set(quotes.get),
  ...[1n, 2n, 4n, 8n, 16n, 32n].flatMap((places) =>
    text.set(i64.xor(text.get, i64.shl(text.get, i64.of(places)))),
  ),
  ...text.set(i64.xor(text.get, inText.get)),
  ...inText.set(i64.shrSigned(text.get, i64.of(63n))),
  ...addFaults(i64.and(text.get, controls.get)),
];

/** Opening quotes, signs outside of texts, and the beginnings of numbers and words. */
const findTokens: Code = [
  ...scratch.set(i64.not(i64.or(i64.or(signs.get, spaces.get), i64.or(text.get, quotes.get)))),
  ...tokens.set(
    i64.or(
      i64.or(i64.and(quotes.get, text.get), i64.and(signs.get, i64.not(text.get))),
      i64.and(scratch.get, i64.not(i64.or(i64.shl(scratch.get, i64.of(1n)), inScalar.get))),
    ),
  ),
  ...inScalar.set(i64.shr(scratch.get, i64.of(63n))),
];

/** A token is its place in the text. */
const writeTokens: Code = [
  ...whileTrue(
    isNotZero(tokens.get),
    i32.store(out.get, i32.add(at.get, i32.low(i64.lowestBit(tokens.get)))),
    out.set(i32.add(out.get, i32.of(4))),
    tokens.set(i64.and(tokens.get, i64.minus(tokens.get, i64.of(1n)))),
  ),
];

/**
 * Finds the tokens of JSON, 64 bytes at a time and without a branch for each byte: after Langdale and Lemire, “Parsing
 * Gigabytes of JSON per Second”. `findTokens(end, from, to)` reads the text between two places, both a multiple of 64,
 * writes its tokens, four bytes each, and behind them the place of the first byte four times; it gives how many bytes the
 * tokens take, -4 where something in a text is no JSON. From 0 on it is another text, else it goes on.
 */
export const tokenFinder: FunctionParts = {
  name: 'findTokens',
  parameters: 3,
  locals: [
    ...(['i32', 'i32', 'i32', 'i32', 'v128'] as const),
    ...(['i64', 'i64', 'i64', 'i64', 'i64', 'i64', 'i64', 'i64', 'i64'] as const),
  ],
  body: [
    ...begin.set(out.get),
    ...when(
      i32.isZero(at.get),
      ...[escapesNext, inText, inScalar, hexNext, faults].map((carried) => carried.set(noBits)),
    ),
    ...whileTrue(
      i32.isBelow(at.get, end.get),
      ...[0, 1, 2, 3].map(classify),
      findEscaped,
      judgeEscapes,
      findTexts,
      findTokens,
      writeTokens,
      at.set(i32.add(at.get, i32.of(64))),
    ),
    ...i64.store(out.get, noBits),
    ...i64.store(i32.add(out.get, i32.of(8)), noBits),
    ...when(isNotZero(faults.get), out.set(i32.minus(begin.get, i32.of(4)))),
    ...i32.minus(out.get, begin.get),
  ],
};

/** How many variables of its own it has in the module. */
export const finderGlobals = 5;
