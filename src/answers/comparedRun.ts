import type { ComparedRun } from '../compare/comparedRun.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { wholeTree } from '../trace/wholeTree.ts';
import { mayFailIn } from './goodRuns.ts';
import { madeGoodRuns, type Opened } from './openedExecution.ts';

/** An opened execution with its record, to be compared; a comparison is kept longer than that, and asks its rows for all they tell. */
export function comparedRun(
  { summary, failing, tree, retried, lostMs, leftOut, findings }: Opened,
  record: OpenedRecord,
): ComparedRun {
  return {
    ...{ summary, failing, tree: wholeTree(tree), retried, lostMs, leftOut },
    madeGood: madeGoodRuns(findings),
    mayHaveFailed: mayFailIn(summary),
    dataOf: (run) => record.nodeData(run),
    bytesOf: (run) => record.dataBytesOf(run),
    mayComplain: (run) => record.bytesOf(run)?.some(mayHoldComplaint) ?? true,
    ownData: () => record.executionData(),
    secretAt: ({ run, section, index, path }) => record.markOfValue(run, { section, index }, path),
  };
}

/** A level that is no word for a line of which nobody has to know; services whose lines have none write words of their own. */
const complaint = /level\W{1,12}(?!info|inf\b|debug|trace|notice)\w/i;

function mayHoldComplaint(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return complaint.test(text) || !/level/i.test(text);
}
