import { openBrace, openBracket } from '../../base/jsonSigns.ts';

const newline = 0x0a;

/** Enough to see how a file begins. */
const lookedAt = 600;

/** Pairs of digits, apart or up to four together, behind two blanks in the middle as well. */
const pairs = String.raw`((?:[\da-f]{2}){1,4}(?: {1,2}(?:[\da-f]{2}){1,4}){0,15})`;
/** A line of a tool that prints bytes: its place, the digits, and what signs they are. */
const lineForms = [
  // xxd
  new RegExp(`^[\\da-f]{8}: ${pairs} *(?:  .{0,16})?$`, 'i'),
  // hexdump -C
  new RegExp(`^[\\da-f]{8}  ${pairs} *(?:\\|.{0,16}\\|)?$`, 'i'),
  // Format-Hex of PowerShell
  new RegExp(`^[\\da-f]{8}(?:[\\da-f]{8})?   ${pairs} *(?:  ?.{0,16})?$`, 'i'),
  // od -tx1
  new RegExp(`^[0-7]{7} ${pairs}$`, 'i'),
  // xxd -p
  /^((?:[\da-f]{2}){1,40})$/i,
];
/** Where the last byte stands; what names the columns. */
const noBytes = /^(?:[\da-f]{7,16}|\s*(?:\w+:.*|(?:[\da-f]{2} ){8}.*)|\s*)$/i;

/** Of a line with signs behind them the first sixteen: the signs may look like digits as well. */
function bytesIn(digits: string): string {
  return digits.includes(' ') ? digits.replaceAll(' ', '').slice(0, 32) : digits;
}

/**
 * What a dump of bytes in hexadecimal digits shows, where that begins with a brace or a bracket; undefined for anything
 * else, and where lines are left out: nobody knows how many bytes were in them.
 */
export function fromHexDump(content: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder('latin1');
  const head = text.decode(content.subarray(0, lookedAt)).split(/\r?\n/);
  const first = head.findIndex((line) => lineForms.some((form) => form.test(line)));
  const form = lineForms.find((each) => each.test(head[first] ?? ''));
  if (form === undefined || !/7b|5b/i.test(form.exec(head[first] ?? '')?.[1]?.slice(0, 2) ?? ''))
    return undefined;
  if (!head.slice(0, first).every((line) => noBytes.test(line))) return undefined;
  const made = Buffer.alloc(content.length >> 1);
  let length = 0;
  for (let at = 0; at < content.length;) {
    const found = content.indexOf(newline, at);
    const end = found < 0 ? content.length : found;
    const line = text.decode(content.subarray(at, end)).replace(/\r$/, '');
    const digits = form.exec(line)?.[1];
    if (digits !== undefined) length += made.write(bytesIn(digits), length, 'hex');
    else if (!noBytes.test(line)) return undefined;
    at = end + 1;
  }
  const isRecord = made[0] === openBrace || made[0] === openBracket;
  return isRecord ? new Uint8Array(made.subarray(0, length)) : undefined;
}
