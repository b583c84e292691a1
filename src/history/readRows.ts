import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryFile } from './historyFile.ts';
import type { DatedRecord } from './historyRecord.ts';
import { type Dictionary, type ExecutionHead, unpackExecution, unpackHead } from './packing.ts';
import { bytesOf, type SqliteRow } from './sqlite.ts';

// A row that can't be read is left out, and told: a later version, which opened the file while this one had it open, may
// have written it. For it all others would be lost, and a file set aside of which nothing is damaged.

/** What is counted of an execution, and when it began. */
export type DatedHead = ExecutionHead & { readonly beginMs: Milliseconds };

/** An execution out of its row; null where it can't be read. */
export function recordOf(row: SqliteRow, file: HistoryFile): DatedRecord | null {
  return readBy(unpackedRecord, row, file);
}

/** The same as far as counting needs it. */
export function headOf(row: SqliteRow, file: HistoryFile): DatedHead | null {
  return readBy(unpackedHead, row, file);
}

/** No function is made for a row: there may be a million. */
function readBy<T>(
  unpacked: (row: SqliteRow, texts: Dictionary) => T,
  row: SqliteRow,
  file: HistoryFile,
): T | null {
  try {
    return unpacked(row, file.texts);
  } catch (error) {
    // What SQLite says is of the whole file.
    if (!(error instanceof RangeError)) throw error;
    file.leftOut(error.message);
    return null;
  }
}

function unpackedRecord(row: SqliteRow, texts: Dictionary): DatedRecord {
  return unpackExecution(bytesOf(row), Number(row['begin']), texts);
}

function unpackedHead(row: SqliteRow, texts: Dictionary): DatedHead {
  return { ...unpackHead(bytesOf(row), texts), beginMs: Number(row['begin']) };
}
