import type { ComparedRun } from '../compare/comparedRun.ts';
import { dataBytes } from '../decode/bytes/dataBytes.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import type { Opened } from './openedExecution.ts';

/** An opened execution with its record, to be compared. */
export function comparedRun(
  { summary, failing, tree, retried, lostMs }: Opened,
  record: OpenedRecord,
): ComparedRun {
  return {
    ...{ summary, failing, tree, retried, lostMs },
    dataOf: (run) => record.nodeData(run),
    bytesOf: (run) => {
      const parts = record.bytesOf(run)?.map(dataBytes);
      return parts?.every((part) => part !== undefined) === true ? parts.flat() : undefined;
    },
    ownData: () => record.executionData(),
    secretAt: ({ run, section, index, path }) => record.markOfValue(run, { section, index }, path),
  };
}
