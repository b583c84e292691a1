import type { ExecutionSummary } from '../trace/execution.ts';
import { msg, type Translate } from './translate.ts';

/** The begins of two that are compared. */
export interface TimeOrder {
  readonly before: Pick<ExecutionSummary, 'beginMs'>;
  readonly after: Pick<ExecutionSummary, 'beginMs'>;
}

/** Whether what an execution is compared with ran later: nothing in it can be why that one did what it did. */
export function isWithLater({ before, after }: TimeOrder): boolean {
  return before.beginMs !== null && after.beginMs !== null && before.beginMs > after.beginMs;
}

/** Says of two executions what differs in words that are right for which of them ran first. */
export function inTimeOrder(order: TimeOrder, t: Translate): Translate {
  return isWithLater(order) ? (text, ...args) => t(laterTexts.get(text) ?? text, ...args) : t;
}

/** Said where the other one ran later: the same with another word as where it ran before. */
const regular: readonly string[] = [
  msg('“{0}” returned a different value for {1}: {2} (later: {3}).'),
  msg('“{0}” returned {1}: {2} (later: {3}).'),
  msg('“{0}” returned {1} as a different type: {2} (later: {3}).'),
  msg('“{0}” received a different value for {1}: {2} (later: {3}).'),
  msg('“{0}” received {1}: {2} (later: {3}).'),
  msg('“{0}” received {1} as a different type: {2} (later: {3}).'),
  msg('“{0}” is configured differently: {1} is {2} (later: {3}).'),
  msg('“{0}” is configured differently: {1} is set to {2} (later: {3}).'),
  msg('“{0}” is configured differently: {1} has a different type: {2} (later: {3}).'),
  msg('it was started with a different value for {1}: {2} (later: {3}).'),
  msg('it was started with {1}: {2} (later: {3}).'),
  msg('it was started with {1} as a different type: {2} (later: {3}).'),
  msg('it returned a different value for {1}: {2} (later: {3}).'),
  msg('it returned {1}: {2} (later: {3}).'),
  msg('it returned {1} as a different type: {2} (later: {3}).'),
  msg('“{0}” failed with a different error: {1} (later: {2}).'),
  msg('“{0}” has a name (later: none).'),
  msg('“{0}” has no name (later: one).'),
  msg('“{0}” reported an error: {1} (later: none).'),
  msg('“{0}” reported no error (later: {1}).'),
  msg('“{0}” ran a different number of rounds: {1} (later: {2}).'),
  msg('“{0}” ran more often (runs: {1}, later: {2}).'),
  msg('“{0}” ran less often (runs: {1}, later: {2}).'),
  msg('it took {0} (later: {1}).'),
  msg('“{0}” took {1} (later: {2}).'),
  msg('“{0}” failed (later: it didn’t run).'),
  msg('“{0}” failed first, then succeeded (later: it didn’t fail).'),
  msg('“{0}” succeeded at the first attempt (later: it failed first).'),
  msg('“{0}” didn’t finish (later: it did).'),
  msg('“{0}” succeeded only after retries (attempts: {1}, later: {2}).'),
  msg('“{0}” was retried more often (attempts: {1}, later: {2}).'),
  msg('“{0}” wasn’t retried (attempts: {1}, later: {2}).'),
  msg('“{0}” was retried less often (attempts: {1}, later: {2}).'),
  msg(
    '“{0}” had a different number of attempts in its rounds (attempts: {1}, rounds: {2}, later: {3}, {4}).',
  ),
  msg('it ended with code {0} (later: {1}).'),
  msg('it didn’t finish (later: it did).'),
  msg('Version of the flow: {0} (later: {1}).'),
  msg('The configuration of “{0}” differs between the two: {1} is {2} (later: {3}).'),
  msg('The list is shorter (items: {0}, later: {1}).'),
  msg('The list is longer (items: {0}, later: {1}).'),
  msg('tokens: {0} (later: {1})'),
  msg('attempts: {0} (later: {1})'),
  msg('attempts: {0}, rounds: {1} (later: {2}, {3})'),
  msg('rounds: {0} (later: {1})'),
  msg('{0} has a different type: {1} (later: {2})'),
  msg('{1} (later: {0})'),
  msg('{0}: moved (later: {1})'),
];

/** What is said where the other one ran before, and where it ran later. All others are right for both. */
export const laterTexts: ReadonlyMap<string, string> = new Map([
  ...regular.map((text) => [text.replace(/([(,] ?)later: /g, '$1before: '), text] as const),
  ['{0} (before, at {1}: {2})', msg('{0} (later, at {1}: {2})')],
  ['“{0}” failed, which it didn’t before; {1}.', msg('“{0}” failed, which it didn’t later; {1}.')],
  [
    '“{0}” succeeded, though it failed before; {1}.',
    msg('“{0}” succeeded, though it failed later; {1}.'),
  ],
  [
    'it failed with code {0}, which it didn’t before; {1}.',
    msg('it failed with code {0}, which it didn’t later; {1}.'),
  ],
  [
    'it succeeded, though it failed before with code {0}; {1}.',
    msg('it succeeded, though it failed later with code {0}; {1}.'),
  ],
  [
    '“{0}” returned no {1}: it is missing now (before: {3}).',
    msg('“{0}” returned no {1}: it is missing (later: {3}).'),
  ],
  [
    '“{0}” returned no {1}: it is empty now, {2} (before: {3}).',
    msg('“{0}” returned no {1}: it is empty, {2} (later: {3}).'),
  ],
  [
    '“{0}” returned a different ID as {1} than the steps before it; before, it was the same.',
    msg('“{0}” returned a different ID as {1} than the steps before it; later, it is the same.'),
  ],
  [
    '“{0}” received no {1}: it is missing now (before: {3}).',
    msg('“{0}” received no {1}: it is missing (later: {3}).'),
  ],
  [
    '“{0}” received no {1}: it is empty now, {2} (before: {3}).',
    msg('“{0}” received no {1}: it is empty, {2} (later: {3}).'),
  ],
  [
    '“{0}” received a different ID as {1} than the steps before it; before, it was the same.',
    msg('“{0}” received a different ID as {1} than the steps before it; later, it is the same.'),
  ],
  [
    '“{0}” is configured differently: {1} is missing now (before: {3}).',
    msg('“{0}” is configured differently: {1} is missing (later: {3}).'),
  ],
  [
    '“{0}” is configured differently: {1} is empty now, {2} (before: {3}).',
    msg('“{0}” is configured differently: {1} is empty, {2} (later: {3}).'),
  ],
  [
    '“{0}” is configured differently: {1} is a different ID than before.',
    msg('“{0}” is configured differently: {1} is a different ID than in the later run.'),
  ],
  [
    'it was started without {1}: it is missing now (before: {3}).',
    msg('it was started without {1}: it is missing (later: {3}).'),
  ],
  [
    'it was started without {1}: it is empty now, {2} (before: {3}).',
    msg('it was started without {1}: it is empty, {2} (later: {3}).'),
  ],
  [
    'it returned no {1}: it is missing now (before: {3}).',
    msg('it returned no {1}: it is missing (later: {3}).'),
  ],
  [
    'it returned no {1}: it is empty now, {2} (before: {3}).',
    msg('it returned no {1}: it is empty, {2} (later: {3}).'),
  ],
  ['“{0}” was called “{1}” before.', msg('“{0}” was called “{1}” later.')],
  ['“{0}” ran, which it didn’t before.', msg('“{0}” ran, which it didn’t later.')],
  ['“{0}” didn’t run, though it did before.', msg('“{0}” didn’t run, though it did later.')],
  [
    'after “{0}”, “{1}” ran, which it didn’t before.',
    msg('after “{0}”, “{1}” ran, which it didn’t later.'),
  ],
  [
    'after “{0}”, “{1}” didn’t run, though it did before.',
    msg('after “{0}”, “{1}” didn’t run, though it did later.'),
  ],
  ['the run before was cut off after “{0}”.', msg('the later run was cut off after “{0}”.')],
  ['“{0}” no longer fails.', msg('“{0}” failed later.')],
  ['Then “{0}” ran, which it didn’t before.', msg('Then “{0}” ran, which it didn’t later.')],
  [
    'Then “{0}” didn’t run, though it did before.',
    msg('Then “{0}” didn’t run, though it did later.'),
  ],
  ['logs {0}, which it didn’t before', msg('logs {0}, which it didn’t later')],
  ['no longer logs {0}', msg('doesn’t log {0}, though it did later')],
  ['ran, which it didn’t before', msg('ran, which it didn’t later')],
  ['didn’t run, though it did before', msg('didn’t run, though it did later')],
  ['{0} is missing now (before: {1})', msg('{0} is missing (later: {1})')],
  ['{0} is empty now: {1} (before: {2})', msg('{0} is empty: {1} (later: {2})')],
  ['First difference: {0}', msg('First difference from the later run: {0}')],
  ['Ran only after', msg('Ran only in this run')],
  ['Ran only before', msg('Ran only in the later run')],
]);
