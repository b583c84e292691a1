import type { TreeRow } from '../protocol/tree.ts';
import { msg } from './translate.ts';

/** What is said of a node without an entry: what is the case, and how it comes. English texts, keys of translations. */
export interface WithoutEntry {
  readonly what: string;
  readonly why: readonly string[];
}

/** The same that the diagnosis says of it: a step that most likely failed is no step that just did not run. */
export function withoutEntry({ inferred, status, expanded, nodeId }: TreeRow): WithoutEntry {
  if (!inferred) return notRun;
  if (expanded !== null) return container;
  if (status === 'failed') return nodeId === '' ? unnamed : failed;
  if (status === 'recovered') return recovered;
  return status === 'cancelled' ? cutOff : container;
}

const leavesNone = msg(
  'Some services write no entry for a step that fails: what it got, gave and said is not in the record.',
);

const notRun: WithoutEntry = {
  what: msg('This step is in the flow file, but the record has no entry for it.'),
  why: [
    msg('Another branch was taken, or the execution ended before it came to this step.'),
    msg('A branch that was cancelled by a failure beside it leaves no entry either.'),
  ],
};
const failed: WithoutEntry = {
  what: msg('Most likely the execution failed at this step, which left no entry in the record.'),
  why: [msg('It is the step that should have come next after the last one that ran.'), leavesNone],
};
const unnamed: WithoutEntry = {
  what: msg('The execution failed at a step that left no entry, and the record does not name it.'),
  why: [leavesNone, msg('With the flow file open, the step that should have come next is shown.')],
};
const recovered: WithoutEntry = {
  what: msg(
    'This step left no entry, but it ran: a step ran that no other way of the flow leads to.',
  ),
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
  why: [msg('Its state is that of the execution, which ended while it was at work.')],
};
