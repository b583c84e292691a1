import type { TreeRow } from '../protocol/tree.ts';
import type { WhyNotRun } from '../trace/whyNotRun.ts';
import { msg } from './translate.ts';

/** What is said of a node without an entry: what is the case, and how it comes. English texts, keys of translations. */
export interface WithoutEntry {
  readonly what: string;
  readonly why: readonly string[];
}

/** The same that the diagnosis says of it: a step that most likely failed is no step that just did not run. */
export function withoutEntry(row: TreeRow): WithoutEntry {
  const { inferred, status, expanded, nodeId, whyNotRun } = row;
  if (whyNotRun !== undefined) return byReason[whyNotRun];
  if (!inferred) return notRun;
  if (expanded !== null) return container;
  if (status === 'failed') return nodeId === '' ? unnamed : failed;
  if (status === 'recovered') return recovered;
  return status === 'cancelled' ? cutOff : container;
}

const leavesNone = msg(
  'Some services write no entry for a step that fails: its input, output and logs aren’t in the record.',
);

const cancelledBranch = msg(
  'A branch that was cancelled because a parallel branch failed leaves no entry either.',
);

const notRun: WithoutEntry = {
  what: msg('This step is in the flow file, but the record has no entry for it.'),
  why: [
    msg('Another branch was taken, or the execution ended before it reached this step.'),
    cancelledBranch,
  ],
};
const notTaken: WithoutEntry = {
  what: notRun.what,
  why: [msg('Another branch was taken, as the steps show that ran.')],
};
const notReached: WithoutEntry = {
  what: notRun.what,
  why: [msg('The execution ended before it reached this step.'), cancelledBranch],
};
const byReason: Readonly<Record<WhyNotRun, WithoutEntry>> = {
  branch: notTaken,
  ended: notReached,
  notYet: {
    what: notRun.what,
    why: [msg('The execution is still running, and may yet reach this step.')],
  },
};
const failed: WithoutEntry = {
  what: msg('Most likely the execution failed at this step, which left no entry in the record.'),
  why: [msg('It is the step that should have come next after the last one that ran.'), leavesNone],
};
const unnamed: WithoutEntry = {
  what: msg('The execution failed at a step that left no entry, and the record doesn’t name it.'),
  why: [leavesNone, msg('Open the flow file to see the step that should have come next.')],
};
const recovered: WithoutEntry = {
  what: msg('This step left no entry, but it ran: a step ran that can only be reached through it.'),
  why: [msg('It failed, and its fixed answer or its error branch let the flow go on.'), leavesNone],
};
const cutOff: WithoutEntry = {
  what: msg(
    'Most likely the execution was cut off at this step, which left no entry in the record.',
  ),
  why: [
    msg('It is the step that should have come next after the last one that ran.'),
    msg('A step that is cancelled writes no entry.'),
  ],
};
const container: WithoutEntry = {
  what: msg('The record has no entry for this step, but for steps within it.'),
  why: [msg('Its state is that of the execution, which ended while this step was running.')],
};
