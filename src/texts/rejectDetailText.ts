import type { RejectedRecord } from '../trace/rejected.ts';
import { formatBytes } from './format.ts';
import { batchFaultText } from './stuckTexts.ts';
import { msg, type Translate } from './translate.ts';

/** What exactly of a record could not be read, in the reader's language; names of formats are the same in all. */
export function rejectDetailText(
  { reason, detail }: Pick<RejectedRecord, 'reason' | 'detail'>,
  t: Translate,
): string {
  if (reason === 'tooLarge') return formatBytes(Number.parseInt(detail, 10));
  if (reason === 'damagedBatch' || reason === 'tooLargeDecompressed') {
    const parts = detail.split(' · ').map((part) => batchFaultText(part, t) ?? part);
    return parts.join(' · ');
  }
  return translated(detail, t);
}

/** A fixed text, or one that names something: what it names may be one of these itself. */
function translated(detail: string, t: Translate): string {
  const type = types.get(detail);
  if (type !== undefined) return t(type);
  if (fixed.has(detail)) return t(detail);
  for (const [pattern, key] of naming) {
    const found = pattern.exec(detail);
    if (found !== null) return t(key, ...found.slice(1).map((part) => translated(part, t)));
  }
  return detail;
}

/** What JSON is that is no object. */
const types: ReadonlyMap<string, string> = new Map([
  ['list', msg('a list')],
  ['number', msg('a number')],
  ['string', msg('a string')],
  ['boolean', msg('true or false')],
]);

const fixed: ReadonlySet<string> = new Set([
  msg('no sid'),
  msg('no status and no trace'),
  msg('several traces in one record'),
  msg('CSV without a value column'),
  msg('a private key or certificate'),
  msg('typographic quotes'),
  msg('Java’s Struct'),
  msg('Node’s Buffer'),
  msg('gzip in base64'),
  msg('a hexadecimal dump'),
  msg('a Windows program'),
  msg('Avro or Protobuf'),
]);

const naming: readonly (readonly [RegExp, string])[] = [
  [/^position (\d+)$/, msg('position {0}')],
  [/^position (\d+): (.+)$/s, msg('position {0}: {1}')],
  [/^byte (\d+)$/, msg('byte {0}')],
  [/^(\d+) levels$/, msg('the limit is {0}')],
  [/^control sign (U\+[\dA-F]{4}) in a text$/, msg('control character {0} in a string')],
  [/^(.{1,4}) is no escape$/s, msg('{0} isn’t a valid escape')],
  [/^(.+), AWS Glue schema ([\da-f-]+)$/, msg('{0}, AWS Glue schema {1}')],
  [/^(.+), schema (\d+)$/, msg('{0}, schema {1}')],
  [/^(.+), no trace in it$/, msg('{0} without a trace')],
];
