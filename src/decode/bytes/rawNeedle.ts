/** JSON that is shown masked inside stands in other bytes than it came in: base64 of an object or a list. */
const encoded = String.raw`(?:eyJ|eyA|ewo|ew0|W3s|Wy)[\w+/-]{9}`;
/** What is shown without its colours: escapes, written down or as signs, and those that were lost. */
const coloured = String.raw`\\+(?:u001[bB]|u009[bdBD]|e\[)|\xe2\x90\x9b|\^\[\[|\[[\d;]{1,30}m|\xc2[\x9b\x9d]`;
/** Python's own escapes, and its line that is broken by a backslash. */
const ofPython = String.raw`\\[UNx0-7]|\\{3}n`;
/** A model's answer came in frames, and is shown put together: a word of it may be broken. */
const frames =
  /"(?:choices|delta)\\|"type\\+"\s{0,4}:\s{0,4}\\+"(?:message_|content_block_|response\.)/;
/** Numbers that are shown otherwise than they are written: `1e3`, `1_000`, `.5`, more digits than a double holds. */
const otherNumbers = String.raw`[:,[(\s][+-]?(?:\d[\d.]*[eE][+-]?\d|\d+_\d|\.\d)|[\d.]{17}`;

/** Leaves of JSON that are no texts: Python writes them otherwise. */
const noTexts = ['true', 'false', 'null', 'nan', 'infinity'];
/** Signs that masking puts in place of what stood there. */
const maskSigns = /[•]|^\(?(?:not|not checked|checked)\)?$/;
/** Bytes of a record to look through; as a text, each a sign, where bytes alone don't tell. */
export class RawText {
  readonly bytes: Buffer;
  private signs: string | undefined;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.bytes = Buffer.from(buffer, byteOffset, byteLength);
  }

  /** Once for all that is looked for in them. */
  get text(): string {
    return (this.signs ??= this.bytes.toString('latin1'));
  }
}

/** Before anything else is compared: nobody looks for longer texts letter by letter. */
const mostCompared = 200;

/**
 * A text that is looked for in the bytes of a record, before anything of it is decoded: as UTF-8, and with all beyond
 * ASCII escaped, as Python writes it, however often; case doesn't matter.
 */
export class RawNeedle {
  private readonly forms: readonly Form[];
  private readonly disguise: RegExp | null;
  /** Signs of it that are written in one way alone: where they don't stand, it doesn't. Empty where it has too few. */
  private readonly anchor: Buffer;

  constructor(text: string) {
    // Half of a sign would stand nowhere.
    const lower = text
      .toLowerCase()
      .slice(0, mostCompared)
      .replace(/[\ud800-\udbff]$/, '');
    if (!isTold(lower)) {
      this.forms = [];
      this.disguise = null;
      this.anchor = Buffer.alloc(0);
      return;
    }
    const signs = Array.from(lower);
    const relatives = relativesOf(signs);
    const plain = signs.map((sign) => formOf(sign, relatives, plainly)).join('');
    const hasOthers = signs.some((sign) => sign > '\x7f' || sign === 'k' || sign === 'i');
    const escaped = signs.map((sign) => formOf(sign, relatives, escapedly)).join('');
    this.anchor = anchorOf(signs);
    this.forms = [
      { asWritten: new RegExp(plain, 'i'), sure: sureBytes(signs, relatives) },
      ...(hasOthers
        ? [{ asWritten: new RegExp(escaped.replace(/^\\\\\+/, ''), 'i'), sure: escapeBytes(signs) }]
        : []),
    ];
    const ascii = signs.flatMap((sign) => (sign <= '\x7f' ? asciiEscapes(sign) : []));
    const disguises = [ofPython, coloured, encoded];
    if (ascii.length > 0) disguises.push(String.raw`\\u00(?:${ascii.join('|')})`);
    if (/^[\d.+-]*$/.test(lower)) disguises.push(otherNumbers);
    // With its case: `\N` is Python's, and `\n` everybody's.
    this.disguise = new RegExp(disguises.join('|'));
  }

  /** Whether it stands in the bytes as it is; also where bytes tell nothing of it. */
  stands(raw: RawText): boolean {
    if (this.forms.length === 0) return true;
    if (!holds(raw, this.anchor)) return false;
    return this.forms.some(({ asWritten, sure }) => holds(raw, sure) && asWritten.test(raw.text));
  }

  /** Whether bytes in which it does not stand may show it all the same: they have to be decoded. */
  mayBeDisguised(raw: RawText): boolean {
    return this.disguise?.test(raw.text) ?? true;
  }

  /**
   * `false` is sure, `true` only says that it has to be decoded. Frames are passed over: what was put together of them
   * the node gave as well.
   */
  mayHold(raw: RawText): boolean {
    return this.stands(raw) || this.mayBeDisguised(raw);
  }
}

/** Whether the bytes hold pieces of texts that are shown put together. */
export function holdFrames(raw: RawText): boolean {
  return frames.test(raw.text);
}

/** Whether the bytes tell anything of it. */
function isTold(lower: string): boolean {
  if (lower === '' || maskSigns.test(lower)) return false;
  if (noTexts.some((other) => other.includes(lower))) return false;
  return !/^[\d.e+-]*e[\d.e+-]*$/.test(lower);
}

/** One way in which it may be written. */
interface Form {
  readonly asWritten: RegExp;
  /** Bytes that stand there whenever it does; to look for bytes takes a third of the time. Empty where there are none. */
  readonly sure: Buffer;
}

/** Fewer stand nearly everywhere. */
const leastAnchor = 3;

function holds({ bytes }: RawText, part: Buffer): boolean {
  return part.length === 0 || bytes.includes(part);
}

/** The longest run of signs of ASCII that have no case and are never escaped. */
function anchorOf(signs: readonly string[]): Buffer {
  const [longest = ''] = signs
    .join('')
    .split(/[^\d_ :;,.=+*#@%&()[\]{}-]/)
    .sort((a, b) => b.length - a.length);
  return Buffer.from(longest.length < leastAnchor ? '' : longest);
}

/** The longest run of signs beyond ASCII that have no case, as UTF-8. */
function sureBytes(
  signs: readonly string[],
  relatives: ReadonlyMap<string, readonly string[]>,
): Buffer {
  const runs: string[] = [''];
  for (const sign of signs) {
    if (sign > '\x7f' && !relatives.has(sign)) runs.push(`${runs.pop() ?? ''}${sign}`);
    else runs.push('');
  }
  const [longest = ''] = runs.sort((a, b) => b.length - a.length);
  // The first byte is that of thousands of signs, each of which would be looked at.
  return Buffer.from(longest).subarray(1);
}

/** What stands before each sign that is escaped. */
function escapeBytes(signs: readonly string[]): Buffer {
  const others = signs.filter((sign) => sign > '\x7f');
  // Of ASCII only `k` and `i` have relatives, which are escaped as these; digits have no case.
  if (others.length === 0 && !(signs.includes('k') && signs.includes('i'))) {
    return Buffer.from(signs.includes('k') ? 'u212' : 'u013');
  }
  // Python writes those of Latin as `\xe9`.
  const isWide = others.every((sign) => sign > '\xff');
  return Buffer.from(isWide ? String.raw`\u` : '');
}

/** Bytes to look through, once for all that is looked for in them. */
export function rawTextOf(bytes: Uint8Array): RawText {
  return new RawText(bytes);
}

/** Signs that are the same in lower case: `é` and `É`, `k` and the sign for Kelvin. */
function relativesOf(signs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const relatives = new Map<string, string[]>();
  for (const sign of signs) {
    if (sign > '\x7f' && sign.toUpperCase() !== sign) relatives.set(sign, [sign]);
    // Not the only one of its kind, but the only ones of letters that ASCII has.
    if (sign === 'k') relatives.set(sign, ['\u212a']);
    if (sign === 'i') relatives.set(sign, ['\u0130']);
  }
  if (![...relatives.keys()].some((sign) => sign > '\x7f')) return relatives;
  for (let code = 0x80; code <= 0xffff; code++) {
    const sign = String.fromCharCode(code);
    const lower = sign.toLowerCase();
    if (lower !== sign) relatives.get(lower)?.push(sign);
  }
  for (const [sign, same] of relatives) if (sign.length > 1) same.push(sign.toUpperCase());
  return relatives;
}

type Write = (sign: string) => string;

/** As UTF-8, each byte as a sign. */
const plainly: Write = (sign) => Buffer.from(sign).toString('latin1').replace(/./gs, hexOf);

/** As JSON and Python escape it, once or within a text again. */
const escapedly: Write = (sign) => {
  const units = sign.split('').map((unit) => hex(unit.charCodeAt(0), 4));
  const inJson = units.map((unit) => String.raw`\\+u${unit}`).join('');
  return sign > '\xff'
    ? inJson
    : String.raw`\\+(?:u${units.join('')}|x${hex(sign.charCodeAt(0), 2)})`;
};

function formOf(
  sign: string,
  relatives: ReadonlyMap<string, readonly string[]>,
  write: Write,
): string {
  const same = relatives.get(sign);
  if (sign <= '\x7f') {
    const own = asciiForm(sign);
    return same === undefined ? own : oneOf([own, ...same.map(write)]);
  }
  return same === undefined ? write(sign) : oneOf(same.map(write));
}

const oneOf = (forms: readonly string[]) => `(?:${forms.join('|')})`;

/** A sign of ASCII, with the backslashes that may stand before it. */
function asciiForm(sign: string): string {
  switch (sign) {
    case '"':
    case "'":
    case '/':
      return String.raw`\\*${sign}`;
    case '\\':
      return String.raw`\\+`;
    case '\n':
      return String.raw`(?:\\+n|\n)`;
    case '\r':
      return String.raw`(?:\\+r|\r)`;
    case '\t':
      return String.raw`(?:\\+t|\t)`;
    default:
      return /[\w -]/.test(sign) ? sign : hexOf(sign);
  }
}

/** The last two digits of what it may be escaped as, in either case. */
function asciiEscapes(sign: string): string[] {
  return [...new Set([sign, sign.toUpperCase()])].map((one) =>
    hex(one.charCodeAt(0), 2).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`),
  );
}

function hexOf(sign: string): string {
  return `\\x${hex(sign.charCodeAt(0), 2)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
