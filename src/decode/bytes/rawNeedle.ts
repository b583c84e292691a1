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
/** Before anything else is compared: nobody looks for longer texts letter by letter. */
const mostCompared = 200;

/**
 * A text that is looked for in the bytes of a record, before anything of it is decoded: as UTF-8, and with all beyond
 * ASCII escaped, as Python writes it, however often; case doesn't matter.
 */
export class RawNeedle {
  private readonly forms: readonly RegExp[];
  private readonly disguise: RegExp | null;

  constructor(text: string) {
    // Half of a sign would stand nowhere.
    const lower = text
      .toLowerCase()
      .slice(0, mostCompared)
      .replace(/[\ud800-\udbff]$/, '');
    if (!isTold(lower)) {
      this.forms = [];
      this.disguise = null;
      return;
    }
    const signs = [...lower];
    const relatives = relativesOf(signs);
    const plain = signs.map((sign) => formOf(sign, relatives, plainly)).join('');
    const hasOthers = signs.some((sign) => sign > '\x7f' || sign === 'k' || sign === 'i');
    const escaped = signs.map((sign) => formOf(sign, relatives, escapedly)).join('');
    this.forms = [
      new RegExp(plain, 'i'),
      ...(hasOthers ? [new RegExp(escaped.replace(/^\\\\\+/, ''), 'i')] : []),
    ];
    const ascii = signs.flatMap((sign) => (sign <= '\x7f' ? asciiEscapes(sign) : []));
    const disguises = [ofPython, coloured, encoded];
    if (ascii.length > 0) disguises.push(String.raw`\\u00(?:${ascii.join('|')})`);
    if (/^[\d.+-]*$/.test(lower)) disguises.push(otherNumbers);
    // With its case: `\N` is Python's, and `\n` everybody's.
    this.disguise = new RegExp(disguises.join('|'));
  }

  /** Whether it stands in the bytes as it is; also where bytes tell nothing of it. */
  stands(bytes: Uint8Array): boolean {
    if (this.forms.length === 0) return true;
    const raw = latin1(bytes);
    return this.forms.some((form) => form.test(raw));
  }

  /** Whether bytes in which it does not stand may show it all the same: they have to be decoded. */
  mayBeDisguised(bytes: Uint8Array): boolean {
    return this.disguise?.test(latin1(bytes)) ?? true;
  }

  /**
   * `false` is sure, `true` only says that it has to be decoded. Frames are passed over: what was put together of them
   * the node gave as well.
   */
  mayHold(bytes: Uint8Array): boolean {
    return this.stands(bytes) || this.mayBeDisguised(bytes);
  }
}

/** Whether the bytes hold pieces of texts that are shown put together. */
export function holdFrames(bytes: Uint8Array): boolean {
  return frames.test(latin1(bytes));
}

/** Whether the bytes tell anything of it. */
function isTold(lower: string): boolean {
  if (lower === '' || maskSigns.test(lower)) return false;
  if (noTexts.some((other) => other.includes(lower))) return false;
  return !/^[\d.e+-]*e[\d.e+-]*$/.test(lower);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
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
