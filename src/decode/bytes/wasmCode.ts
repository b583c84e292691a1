/** Instructions of WebAssembly, as bytes. */
export type Code = readonly number[];

/** What a variable of a function holds. */
export const types = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const;
type Type = keyof typeof types;

/** A variable of the function, or of the module. */
export interface Variable {
  readonly get: Code;
  set(value: Code): Code;
}

/** The `index`th variable of the function. */
export function local(index: number): Variable {
  return { get: [0x20, index], set: (value) => [...value, 0x21, index] };
}

/** The `index`th variable of the module, which lives from call to call. */
export function global(index: number): Variable {
  return { get: [0x23, index], set: (value) => [...value, 0x24, index] };
}

/** An operation, behind what it is done to. */
function op(...opcode: number[]): (...operands: readonly Code[]) => Code {
  return (...operands) => [...operands.flat(), ...opcode];
}

/** 32 bits. */
export const i32 = {
  of: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: op(0x6a),
  isBelow: op(0x49),
  isZero: op(0x45),
  /** The lower half of 64 bits. */
  low: op(0xa7),
  store: op(0x36, 2, 0),
} as const;

/** 64 bits: a block of 64 bytes has one for each. */
export const i64 = {
  of: (value: bigint): Code => [0x42, ...signed(value)],
  not: (value: Code): Code => i64.xor(value, i64.of(-1n)),
  and: op(0x83),
  or: op(0x84),
  xor: op(0x85),
  minus: op(0x7d),
  shl: op(0x86),
  shr: op(0x88),
  /** The topmost bit on all. */
  shrSigned: op(0x87),
  lowestBit: op(0x7a),
  isZero: op(0x50),
  ofI32: op(0xad),
} as const;

/** Sixteen bytes at once. */
export const v128 = {
  of: (bytes: readonly number[]): Code => [0xfd, 0x0c, ...bytes],
  all: (byte: number): Code => v128.of(new Array<number>(16).fill(byte)),
  load: (address: Code, offset: number): Code => [...address, 0xfd, 0, 0, ...unsigned(offset)],
  and: op(0xfd, 0x4e),
  or: op(0xfd, 0x50),
  /** Each byte is the one of a table that another says. */
  pick: op(0xfd, 0x0e),
  isEqual: op(0xfd, 0x23),
  isBelow: op(0xfd, 0x26),
  /** A bit for each byte. */
  bits: op(0xfd, 0x64),
} as const;

/** Done over and over, as long as it holds. */
export function whileTrue(condition: Code, ...body: readonly Code[]): Code {
  return [
    0x02,
    0x40,
    0x03,
    0x40,
    ...i32.isZero(condition),
    0x0d,
    1,
    ...body.flat(),
    0x0c,
    0,
    0x0b,
    0x0b,
  ];
}

/** Done where it holds. */
export function when(condition: Code, ...body: readonly Code[]): Code {
  return [...condition, 0x04, 0x40, ...body.flat(), 0x0b];
}

interface ModuleParts {
  readonly pages: number;
  /** How many variables of 64 bits the module has; all are 0 first. */
  readonly globals: number;
  /** The variables of the function; the first `parameters` are given, 32 bits each. */
  readonly locals: readonly Type[];
  readonly parameters: number;
  readonly body: Code;
}

/** A module with one function, `run`, that gives 32 bits, and its `memory`. */
export function moduleOf({
  pages,
  globals,
  locals,
  parameters,
  body,
}: ModuleParts): Uint8Array<ArrayBuffer> {
  const i64Global = [types.i64, 1, ...i64.of(0n), 0x0b];
  const exported = (name: string, kind: number, index: number) => [...text(name), kind, index];
  const code = [
    ...list(locals.slice(parameters).map((type) => [1, types[type]])),
    ...[...body, 0x0b],
  ];
  const parts = [
    section(1, [[0x60, ...list(new Array<Code>(parameters).fill([types.i32])), 1, types.i32]]),
    section(3, [[0]]),
    section(5, [[0, ...unsigned(pages)]]),
    section(6, new Array<Code>(globals).fill(i64Global)),
    section(7, [exported('run', 0, 0), exported('memory', 2, 0)]),
    section(10, [[...unsigned(code.length), ...code]]),
  ];
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...parts.flat()]);
}

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(characters: string): Code {
  return [characters.length, ...new TextEncoder().encode(characters)];
}

/** LEB128, as WebAssembly writes numbers: seven bits a byte. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const isLast = rest === (low & 0x40 ? -1n : 0n);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
