/** What of WebAssembly is needed; a runtime may have been started without it. */
export interface WebAssemblyOfRuntime {
  readonly WebAssembly?: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: object };
  };
}

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
  minus: op(0x6b),
  and: op(0x71),
  or: op(0x72),
  xor: op(0x73),
  shl: op(0x74),
  shr: op(0x76),
  isEqual: op(0x46),
  isOther: op(0x47),
  isBelow: op(0x49),
  isAbove: op(0x4b),
  isZero: op(0x45),
  load: (address: Code, offset = 0): Code => [...address, 0x28, 0, ...unsigned(offset)],
  loadByte: (address: Code, offset = 0): Code => [...address, 0x2d, 0, ...unsigned(offset)],
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
  store: op(0x37, 3, 0),
} as const;

/** Sixteen bytes at once. */
export const v128 = {
  of: (bytes: readonly number[]): Code => [0xfd, 0x0c, ...bytes],
  all: (byte: number): Code => v128.of(new Array<number>(16).fill(byte)),
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0, 0, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...[...address, ...value, 0xfd, 0x0b, 0, ...unsigned(offset)],
  ],
  and: op(0xfd, 0x4e),
  or: op(0xfd, 0x50),
  xor: op(0xfd, 0x51),
  isAny: op(0xfd, 0x53),
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

/** One of two, by whether it holds. */
export function either(condition: Code, then: readonly Code[], otherwise: readonly Code[]): Code {
  return [...condition, 0x04, 0x40, ...then.flat(), 0x05, ...otherwise.flat(), 0x0b];
}

/** Done over and over, until the function gives something. */
export function forever(...body: readonly Code[]): Code {
  return [0x03, 0x40, ...body.flat(), 0x0c, 0, 0x0b, 0x00];
}

/** Ends the function with its value. */
export function give(value: Code): Code {
  return [...value, 0x0f];
}

/** What the `index`th function gives. */
export function call(index: number, ...values: readonly Code[]): Code {
  return [...values.flat(), 0x10, ...unsigned(index)];
}

/** The memory, in pages of 64 KB. */
export const memory = {
  size: [0x3f, 0] as Code,
  /** -1 where there is no more. */
  grow: (pages: number): Code => [...i32.of(pages), 0x40, 0],
} as const;

/** A function that gives 32 bits. */
export interface FunctionParts {
  /** Under which it is exported. */
  readonly name?: string;
  /** Its variables; the first `parameters` are given, 32 bits each. */
  readonly locals: readonly Type[];
  readonly parameters: number;
  readonly body: Code;
}

interface ModuleParts {
  readonly pages: number;
  /** How many variables of 64 bits the module has; all are 0 first. */
  readonly globals: number;
  readonly functions: readonly FunctionParts[];
}

/** A module with its functions, and its `memory`. */
export function moduleOf({ pages, globals, functions }: ModuleParts): Uint8Array<ArrayBuffer> {
  const i64Global = [types.i64, 1, ...i64.of(0n), 0x0b];
  const exported = (name: string, kind: number, index: number) => [...text(name), kind, index];
  const typeOf = ({ parameters }: FunctionParts) => {
    return [0x60, ...list(new Array<Code>(parameters).fill([types.i32])), 1, types.i32];
  };
  const codeOf = ({ locals, parameters, body }: FunctionParts) => {
    const own = list(locals.slice(parameters).map((type) => [1, types[type]]));
    return [...unsigned(own.length + body.length + 1), ...own, ...body, 0x0b];
  };
  const named = functions.flatMap(({ name }, index) =>
    name === undefined ? [] : [exported(name, 0, index)],
  );
  const parts = [
    section(1, functions.map(typeOf)),
    section(
      3,
      functions.map((_, index) => [index]),
    ),
    section(5, [[0, ...unsigned(pages)]]),
    section(6, new Array<Code>(globals).fill(i64Global)),
    section(7, [...named, exported('memory', 2, 0)]),
    section(10, functions.map(codeOf)),
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
