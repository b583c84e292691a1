import type { FirstDifference } from '../compare/firstDifference.ts';
import type { CountDifference } from '../compare/rowDifferences.ts';
import type { ToldRow } from '../compare/toldRow.ts';
import type { Change } from '../compare/valueDifferences.ts';
import { coreMessage } from '../trace/coreMessage.ts';
import {
  cut,
  differingTexts,
  isEmptied,
  pathText,
  twoValueTexts,
  valueText,
} from './comparedValues.ts';
import { formatDuration } from './format.ts';
import { longestName, nameAt, type ToldComparison } from './toldComparison.ts';
import { msg, type Translate } from './translate.ts';

/** A subject and what is told of a value: of each kind of section, how it differs. `removed`: it is missing now. */
type ValueTexts = Readonly<Record<Change | 'emptied', string>>;

/** {0}: the node, {1}: the way to the value, {2}: now, {3}: before. */
const outputTexts: ValueTexts = {
  changed: msg('“{0}” returned a different value for {1}: {2} (before: {3}).'),
  added: msg('“{0}” returned {1}: {2} (before: {3}).'),
  removed: msg('“{0}” returned no {1}: it is missing now (before: {3}).'),
  emptied: msg('“{0}” returned no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” returned {1} in a different order.'),
  retyped: msg('“{0}” returned {1} as a different type: {2} (before: {3}).'),
  secret: msg('“{0}” returned a different secret as {1}; it stays hidden.'),
  otherPlace: msg(
    '“{0}” returned a different ID as {1} than the steps before it; before, it was the same.',
  ),
};
const inputTexts: ValueTexts = {
  changed: msg('“{0}” received a different value for {1}: {2} (before: {3}).'),
  added: msg('“{0}” received {1}: {2} (before: {3}).'),
  removed: msg('“{0}” received no {1}: it is missing now (before: {3}).'),
  emptied: msg('“{0}” received no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” received {1} in a different order.'),
  retyped: msg('“{0}” received {1} as a different type: {2} (before: {3}).'),
  secret: msg('“{0}” received a different secret as {1}; it stays hidden.'),
  otherPlace: msg(
    '“{0}” received a different ID as {1} than the steps before it; before, it was the same.',
  ),
};
const configTexts: ValueTexts = {
  changed: msg('“{0}” is configured differently: {1} is {2} (before: {3}).'),
  added: msg('“{0}” is configured differently: {1} is set to {2} (before: {3}).'),
  removed: msg('“{0}” is configured differently: {1} is missing now (before: {3}).'),
  emptied: msg('“{0}” is configured differently: {1} is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” is configured differently: the order of {1} changed.'),
  retyped: msg('“{0}” is configured differently: {1} has a different type: {2} (before: {3}).'),
  secret: msg('“{0}” is configured differently: {1} is a different secret; it stays hidden.'),
  otherPlace: msg('“{0}” is configured differently: {1} is a different ID than before.'),
};
/** Without a node: {1} to {3} as above. */
const triggerTexts: ValueTexts = {
  changed: msg('it was started with a different value for {1}: {2} (before: {3}).'),
  added: msg('it was started with {1}: {2} (before: {3}).'),
  removed: msg('it was started without {1}: it is missing now (before: {3}).'),
  emptied: msg('it was started without {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('it was started with {1} in a different order.'),
  retyped: msg('it was started with {1} as a different type: {2} (before: {3}).'),
  secret: msg('it was started with a different secret as {1}; it stays hidden.'),
  otherPlace: msg('it was started with a different ID as {1}.'),
};
const answerTexts: ValueTexts = {
  changed: msg('it returned a different value for {1}: {2} (before: {3}).'),
  added: msg('it returned {1}: {2} (before: {3}).'),
  removed: msg('it returned no {1}: it is missing now (before: {3}).'),
  emptied: msg('it returned no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('it returned {1} in a different order.'),
  retyped: msg('it returned {1} as a different type: {2} (before: {3}).'),
  secret: msg('it returned a different secret as {1}; it stays hidden.'),
  otherPlace: msg('it returned a different ID as {1}.'),
};

function valueTexts(what: FirstDifference['what']): ValueTexts {
  switch (what) {
    case 'trigger':
      return triggerTexts;
    case 'input':
      return inputTexts;
    case 'config':
      return configTexts;
    case 'answer':
      return answerTexts;
    default:
      return outputTexts;
  }
}

/** The first difference, as a sentence that begins with what differs. */
export function firstText(first: FirstDifference, told: ToldComparison, t: Translate): string {
  const { what, row, value } = first;
  const name = nameAt(row, told, t);
  if (value !== null) {
    // A moved item is told by the list that it is in.
    const way = value.change === 'moved' ? value.path.slice(0, -1) : value.path;
    const [old, now] = differingTexts(value.before, value.after, t);
    const change = isEmptied(value) ? 'emptied' : value.change;
    return t(valueTexts(what)[change], name, pathText(way), now, old);
  }
  const differences = told.rowAt(row);
  switch (what) {
    case 'way':
      return wayText(name, first, told, t);
    case 'status':
      if (differences?.hasEntry === false) {
        return failedText(name, t('it left no entry'), t);
      }
      return statusText(name, differences, t);
    case 'error':
      return errorText(name, differences, t);
    case 'attempts':
      return attemptsText(name, differences, t);
    case 'rounds': {
      const { before, after } = differences?.count ?? { before: 0, after: 0 };
      return t('“{0}” ran a different number of rounds: {1} (before: {2}).', name, after, before);
    }
    case 'name':
      return nameText(name, differences, t);
    case 'runs': {
      const { before, after } = first.runs ?? { before: 0, after: 0 };
      return after > before
        ? t('“{0}” ran more often (runs: {1}, before: {2}).', name, after, before)
        : t('“{0}” ran less often (runs: {1}, before: {2}).', name, after, before);
    }
    case 'cutOff':
      return told.after.outcome === 'succeeded'
        ? t('the run before was cut off after “{0}”.', name)
        : t('it was cut off after “{0}”.', name);
    case 'added':
      return t('“{0}” ran, which it didn’t before.', name);
    case 'missing':
      return t('“{0}” didn’t run, though it did before.', name);
    case 'order':
      return t('“{0}” ran in a different order.', name);
    case 'time': {
      const own = { before: told.before.durationMs, after: told.after.durationMs };
      const { before, after } = differences?.time ?? own;
      const times = [formatDuration(after), formatDuration(before)] as const;
      return row === -1
        ? t('it took {0} (before: {1}).', ...times)
        : t('“{0}” took {1} (before: {2}).', name, ...times);
    }
    case 'outcome':
      return outcomeText(told, first.isOtherData === true, t);
    default:
      return t('“{0}” differs.', name);
  }
}

/** Where it has no name now it goes by the one that it had. */
function nameText(name: string, row: ToldRow | undefined, t: Translate): string {
  const { name: now = '', nameBefore = '' } = row ?? {};
  if (nameBefore === '') return t('“{0}” has a name (before: none).', name);
  if (nameBefore === now) return t('“{0}” has no name (before: one).', name);
  return t('“{0}” was called “{1}” before.', name, cut(nameBefore, longestName));
}

function wayText(
  name: string,
  { ran, insteadOf }: FirstDifference,
  told: ToldComparison,
  t: Translate,
): string {
  if (insteadOf === -1)
    return t('after “{0}”, “{1}” ran, which it didn’t before.', name, nameAt(ran, told, t));
  if (ran === -1)
    return t(
      'after “{0}”, “{1}” didn’t run, though it did before.',
      name,
      nameAt(insteadOf, told, t),
    );
  return t(
    'after “{0}”, “{1}” ran instead of “{2}”.',
    ...[name, nameAt(ran, told, t), nameAt(insteadOf, told, t)],
  );
}

function statusText(name: string, row: ToldRow | undefined, t: Translate): string {
  const { before, after } = row?.status ?? { before: 'succeeded', after: 'failed' };
  if (row?.isNew === true) return t('“{0}” failed (before: it didn’t run).', name);
  if (after === 'failed' || after === 'unended') {
    return failedText(name, givenText(row, t), t);
  }
  if (before === 'failed' || before === 'unended') {
    return t('“{0}” succeeded, though it failed before; {1}.', name, givenText(row, t));
  }
  if (row?.isGotOver === true) {
    return failedText(name, t('the flow went on'), t);
  }
  if (after === 'recovered')
    return t('“{0}” failed first, then succeeded (before: it didn’t fail).', name);
  if (before === 'recovered')
    return t('“{0}” succeeded at the first attempt (before: it failed first).', name);
  return t('“{0}” didn’t finish (before: it did).', name);
}

function failedText(name: string, how: string, t: Translate): string {
  return t('“{0}” failed, which it didn’t before; {1}.', name, how);
}

/** With what a step did otherwise than before. */
function givenText(row: ToldRow | undefined, t: Translate): string {
  if (row?.hasOtherData === true) return t('it received different data');
  const isSetUp = row?.isSetUpTheSame === true;
  if (row?.hasOtherIds === true) {
    return isSetUp
      ? t('its input and configuration are the same, IDs and times aside')
      : t('its input is the same, IDs and times aside');
  }
  return isSetUp ? t('its input and configuration are the same') : t('its input is the same');
}

/** Why the step failed that is told of, in its own words, where they are not the difference. */
export function ownErrorText(
  { what, row, effect }: FirstDifference,
  told: ToldComparison,
  t: Translate,
): string {
  if (what === 'error' || (effect !== null && effect.kind !== 'failed')) return '';
  const { status, error = null, isNew, hasEntry } = told.rowAt(effect?.row ?? row) ?? {};
  const hasFailed = status?.after === 'failed' || isNew === true;
  // Of a step that left no entry the execution alone says why it failed.
  const said = error?.after ?? (hasEntry === false ? told.after.message : null) ?? '';
  if (!hasFailed || said === '') return '';
  return t('Its error: {0}.', valueText(coreMessage(said), t));
}

/** What each of them said, without the sentences of those who handed it on. */
function errorText(name: string, differences: ToldRow | undefined, t: Translate): string {
  const { before, after } = differences?.error ?? { before: null, after: null };
  // Where the step went as it did before it may be no more than a line of its log.
  if (before === null)
    return after === null
      ? t('“{0}” failed with a different error.', name)
      : t('“{0}” reported an error: {1} (before: none).', name, valueText(coreMessage(after), t));
  if (after === null)
    return t('“{0}” reported no error (before: {1}).', name, valueText(coreMessage(before), t));
  const [old, now] = twoValueTexts(coreMessage(before), coreMessage(after), t);
  return t('“{0}” failed with a different error: {1} (before: {2}).', name, now, old);
}

const noCount: Pick<CountDifference, 'before' | 'after' | 'rounds'> = { before: 0, after: 0 };

/** Once, twice and more often are words of their own in some languages: counts stand in brackets. */
function attemptsText(name: string, differences: ToldRow | undefined, t: Translate): string {
  const { before, after, rounds } = differences?.count ?? noCount;
  const status = differences?.status;
  if (rounds !== undefined) {
    return t(
      '“{0}” had a different number of attempts in its rounds (attempts: {1}, rounds: {2}, before: {3}, {4}).',
      ...[name, after, rounds.after, before, rounds.before],
    );
  }
  if (status?.after === 'recovered' && status.before === 'succeeded') {
    return t(
      '“{0}” succeeded only after retries (attempts: {1}, before: {2}).',
      name,
      after,
      before,
    );
  }
  if (after === 1) {
    return t('“{0}” wasn’t retried (attempts: {1}, before: {2}).', name, after, before);
  }
  return after > before
    ? t('“{0}” was retried more often (attempts: {1}, before: {2}).', name, after, before)
    : t('“{0}” was retried less often (attempts: {1}, before: {2}).', name, after, before);
}

function outcomeText({ before, after }: ToldComparison, isOther: boolean, t: Translate): string {
  if (before.outcome === after.outcome) {
    return t('it ended with code {0} (before: {1}).', after.code, before.code);
  }
  const start = isOther
    ? t('it was started with different data')
    : t('it was started with the same data');
  if (after.outcome === 'failed') {
    return t('it failed with code {0}, which it didn’t before; {1}.', after.code, start);
  }
  if (before.outcome === 'failed') {
    return t('it succeeded, though it failed before with code {0}; {1}.', before.code, start);
  }
  return t('it didn’t finish (before: it did).');
}
