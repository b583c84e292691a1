import type { RejectReason } from '../trace/rejected.ts';
import { msg } from './translate.ts';

/** Why a record could not be read, in English: the key of its translation. */
export function rejectReasonText(reason: RejectReason): string {
  return texts[reason];
}

const texts: Readonly<Record<RejectReason, string>> = {
  tombstone: msg('Tombstone without content'),
  empty: msg('Empty record'),
  notUtf8: msg('Not UTF-8 text'),
  compressed: msg('Compressed content'),
  brokenOff: msg('Compressed data that is damaged or incomplete'),
  needsSchema: msg('Content that needs a schema'),
  notJson: msg('Not JSON'),
  truncatedJson: msg('Incomplete JSON'),
  notAnObject: msg('JSON, but not an object'),
  notATrace: msg('JSON, but not a trace'),
  tooDeep: msg('Nested too deeply'),
  tooLarge: msg('Too large'),
  undecodable: msg('Trace that can’t be decoded'),
  damagedBatch: msg('Damaged batch'),
  tooLargeDecompressed: msg('Too large after decompression'),
};
