import type { Json } from '../base/json.ts';
import type { Comparison } from '../compare/compareRuns.ts';
import type { Effect, FirstDifference } from '../compare/firstDifference.ts';
import type { GroupItem } from '../compare/groups.ts';
import type { ToldRow } from '../compare/toldRow.ts';
import type { NotCompared } from '../compare/notCompared.ts';
import type { Change, Items } from '../compare/valueDifferences.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import {
  cut,
  differingTexts,
  isEmptied,
  pathText,
  twoValueTexts,
  valueText,
} from './comparedValues.ts';
import { coreMessage } from '../trace/coreMessage.ts';
import { notComparedText } from './notComparedText.ts';
import { formatDuration, formatWhen } from './format.ts';
import type { SinceAnswer } from '../protocol/compare.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { sentences } from './sentences.ts';
import { inTimeOrder } from './timeOrder.ts';
import { rowName } from './titles.ts';
import { msg, type Translate } from './translate.ts';

/** A comparison with the two that were compared. */
export interface ToldComparison extends Pick<
  Comparison,
  | 'first'
  | 'groups'
  | 'notCompared'
  | 'folded'
  | 'goodRuns'
  | 'isSame'
  | 'isOtherFlow'
  | 'hasNoSteps'
> {
  /** The row of a place. */
  readonly rowAt: (place: number) => ToldRow | undefined;
  readonly before: Pick<ExecutionSummary, 'beginMs' | 'durationMs' | 'code' | 'outcome'>;
  readonly after: Pick<ExecutionSummary, 'beginMs' | 'durationMs' | 'code' | 'outcome'>;
}

/** What a colleague would say of the two: the first difference, what came of it, and what was not compared. */
export function comparisonSentences(told: ToldComparison, t: Translate): readonly string[] {
  if (told.isSame) return [t('It is the same execution.')];
  if (told.isOtherFlow) {
    return [t('They are executions of different flows: no node is in both.')];
  }
  const { first } = told;
  const say = inTimeOrder(told, t);
  return [
    ...(first === null ? nothingTexts(told, t) : firstTexts(first, told, say)),
    ...(first === null ? [] : flowTexts(first, told, say)),
    notComparedText(told.notCompared, t),
  ];
}

/** Since when the first difference is there; empty where nobody knows. */
export function sinceText(
  { since, unread }: Pick<SinceAnswer, 'since' | 'unread'>,
  language: string,
  nowMs: Milliseconds,
  t: Translate,
): string {
  if (since === null) return '';
  const { count, of, sinceMs, isFromStart } = since;
  const when = formatWhen(sinceMs, language, nowMs);
  const texts = [
    of === 1 && !isFromStart
      ? t('No run before it had the first difference.')
      : isFromStart
        ? t(
            'The first difference is in {0} of {1} known runs, since {2} or earlier.',
            count,
            of,
            when,
          )
        : t('The first difference is in {0} of {1} runs since {2}.', count, of, when),
    unread === 0
      ? ''
      : unread === 1
        ? t('1 run could not be looked at.')
        : t('{0} runs could not be looked at.', unread),
  ];
  return sentences(texts.filter((text) => text !== ''));
}

function firstTexts(first: FirstDifference, told: ToldComparison, t: Translate): string[] {
  const text = firstText(first, told, t);
  return [
    first.what === 'time'
      ? t('Nothing differs but times: {0}', text)
      : first.isOtherData === true && first.what !== 'outcome'
        ? t('It was given other data. First difference in what came of it: {0}', text)
        : t('First difference: {0}', text),
    lengthText(first.value?.items, t),
    goodText(first, told, t),
    moreText(first.more, t),
    first.effect === null ? '' : effectText(first.effect, first.ran, told, t),
    ownErrorText(first, told, t),
    alsoFailedText(first.alsoFailed, told, t),
    first.isWithoutCause === true
      ? t('As far as is known, nothing before it was unlike the good runs.')
      : '',
  ].filter((part) => part !== '');
}

/** Whether good runs had it, too: then it alone is no reason. */
function goodText(
  { row, value }: FirstDifference,
  { groups, goodRuns }: ToldComparison,
  t: Translate,
): string {
  if (value === null) return '';
  const path = JSON.stringify(value.path);
  const items = groups.flatMap((group) => group.items);
  const item = items.find((one) => one.row === row && JSON.stringify(one.path) === path);
  const having = item?.having ?? null;
  if (having === null) return '';
  if (value.change === 'removed' || isEmptied(value)) {
    return having === 0
      ? t('None of {0} good runs lacked it.', goodRuns)
      : t('{0} of {1} good runs lacked it as well.', having, goodRuns);
  }
  return having === 0
    ? t('None of {0} good runs had it.', goodRuns)
    : t('{0} of {1} good runs had it as well.', having, goodRuns);
}

function nothingTexts(
  { groups, folded, notCompared, hasNoSteps }: ToldComparison,
  t: Translate,
): string[] {
  const kinds = new Set(groups.map(({ kind }) => kind));
  const foldedText =
    folded === 0
      ? []
      : [
          folded === 1
            ? t('1 value differs from run to run, such as a time or an ID.')
            : t('{0} values differ from run to run, such as times and IDs.', folded),
        ];
  if (kinds.has('flow'))
    return [
      t('Nothing differs, except that another copy or version of the flow ran.'),
      ...foldedText,
    ];
  if (kinds.has('logs')) return [t('Nothing differs but what was logged.'), ...foldedText];
  if (kinds.has('tokens'))
    return [t('Nothing differs but how many tokens were used.'), ...foldedText];
  if (kinds.size > 0) return [t('Nothing differs that counts.'), ...foldedText];
  if (hasNoSteps === true) {
    return [
      t('There are no steps to compare: neither of the two left an entry of one.'),
      t('What they were started with and gave doesn’t differ.'),
    ];
  }
  const mayDiffer = notCompared.some(({ kind }) => ofValues.has(kind));
  return [
    mayDiffer ? t('Nothing that could be compared differs.') : t('Nothing differs.'),
    ...foldedText,
  ];
}

/** What was left out that may well differ. */
const ofValues: ReadonlySet<NotCompared['kind']> = new Set<NotCompared['kind']>([
  ...(['stored', 'masked', 'hidden', 'cut', 'rounds', 'noEntry', 'outcome'] as const),
]);

/** A subject and what is told of a value: of each kind of section, how it differs. `removed`: it is missing now. */
type ValueTexts = Readonly<Record<Change | 'emptied', string>>;

/** {0}: the node, {1}: the way to the value, {2}: now, {3}: before. */
const outputTexts: ValueTexts = {
  changed: msg('“{0}” gave another value for {1}: {2} (before: {3}).'),
  added: msg('“{0}” gave {1}: {2} (before: {3}).'),
  removed: msg('“{0}” gave no {1}: it is missing now (before: {3}).'),
  emptied: msg('“{0}” gave no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” gave {1} in another order.'),
  retyped: msg('“{0}” gave {1} as another type: {2} (before: {3}).'),
  secret: msg('“{0}” gave another secret as {1}; it stays hidden.'),
  otherPlace: msg(
    '“{0}” gave as {1} another ID than the steps before it had, and it was the same.',
  ),
};
const inputTexts: ValueTexts = {
  changed: msg('“{0}” got another value for {1}: {2} (before: {3}).'),
  added: msg('“{0}” got {1}: {2} (before: {3}).'),
  removed: msg('“{0}” got no {1}: it is missing now (before: {3}).'),
  emptied: msg('“{0}” got no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” got {1} in another order.'),
  retyped: msg('“{0}” got {1} as another type: {2} (before: {3}).'),
  secret: msg('“{0}” got another secret as {1}; it stays hidden.'),
  otherPlace: msg('“{0}” got as {1} another ID than the steps before it had, and it was the same.'),
};
const configTexts: ValueTexts = {
  changed: msg('“{0}” is configured differently: {1} is {2} (before: {3}).'),
  added: msg('“{0}” is configured differently: {1} is set to {2} (before: {3}).'),
  removed: msg('“{0}” is configured differently: {1} is missing now (before: {3}).'),
  emptied: msg('“{0}” is configured differently: {1} is empty now, {2} (before: {3}).'),
  moved: msg('“{0}” is configured differently: the order of {1} changed.'),
  retyped: msg('“{0}” is configured differently: {1} is of another type: {2} (before: {3}).'),
  secret: msg('“{0}” is configured differently: {1} is another secret; it stays hidden.'),
  otherPlace: msg('“{0}” is configured differently: {1} is another ID than before.'),
};
/** Without a node: {1} to {3} as above. */
const triggerTexts: ValueTexts = {
  changed: msg('it was started with another value for {1}: {2} (before: {3}).'),
  added: msg('it was started with {1}: {2} (before: {3}).'),
  removed: msg('it was started without {1}: it is missing now (before: {3}).'),
  emptied: msg('it was started without {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('it was started with {1} in another order.'),
  retyped: msg('it was started with {1} as another type: {2} (before: {3}).'),
  secret: msg('it was started with another secret as {1}; it stays hidden.'),
  otherPlace: msg('it was started with another ID as {1}.'),
};
const answerTexts: ValueTexts = {
  changed: msg('it gave another value for {1}: {2} (before: {3}).'),
  added: msg('it gave {1}: {2} (before: {3}).'),
  removed: msg('it gave no {1}: it is missing now (before: {3}).'),
  emptied: msg('it gave no {1}: it is empty now, {2} (before: {3}).'),
  moved: msg('it gave {1} in another order.'),
  retyped: msg('it gave {1} as another type: {2} (before: {3}).'),
  secret: msg('it gave another secret as {1}; it stays hidden.'),
  otherPlace: msg('it gave another ID as {1}.'),
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

function firstText(first: FirstDifference, told: ToldComparison, t: Translate): string {
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
        return t('“{0}” failed and left no entry (before: it didn’t).', name);
      }
      return statusText(name, differences, t);
    case 'error':
      return errorText(name, differences, t);
    case 'attempts':
      return attemptsText(name, differences, t);
    case 'rounds': {
      const { before, after } = differences?.count ?? { before: 0, after: 0 };
      return t('“{0}” ran for another number of rounds: {1} (before: {2}).', name, after, before);
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
      return t('“{0}” didn’t run, as it did before.', name);
    case 'order':
      return t('“{0}” ran in another order.', name);
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
    return t('after “{0}”, “{1}” didn’t run, as it did before.', name, nameAt(insteadOf, told, t));
  return t(
    'after “{0}”, “{1}” ran instead of “{2}”.',
    ...[name, nameAt(ran, told, t), nameAt(insteadOf, told, t)],
  );
}

function statusText(name: string, row: ToldRow | undefined, t: Translate): string {
  const { before, after } = row?.status ?? { before: 'succeeded', after: 'failed' };
  if (row?.isNew === true) return t('“{0}” failed (before: it didn’t run).', name);
  if (after === 'failed' || after === 'unended') {
    return t('“{0}” failed {1} (before: it didn’t).', name, givenText(row, t));
  }
  if (before === 'failed' || before === 'unended') {
    return t('“{0}” succeeded {1} (before: it failed).', name, givenText(row, t));
  }
  if (row?.isGotOver === true) {
    return t('“{0}” failed, and the flow went on (before: it didn’t fail).', name);
  }
  if (after === 'recovered')
    return t('“{0}” failed first and was made good (before: it didn’t fail).', name);
  if (before === 'recovered') return t('“{0}” succeeded at once (before: it failed first).', name);
  return t('“{0}” didn’t come to its end (before: it did).', name);
}

/** With what a step did otherwise than before. */
function givenText(row: ToldRow | undefined, t: Translate): string {
  if (row?.hasOtherData === true) return t('with other data');
  const isSetUp = row?.isSetUpTheSame === true;
  if (row?.hasOtherIds === true) {
    return isSetUp
      ? t('with the same input and configuration, IDs and times aside')
      : t('with the same input, IDs and times aside');
  }
  return isSetUp ? t('with the same input and configuration') : t('with the same input');
}

/** Why the step failed that is told of, in its own words, where they are not the difference. */
function ownErrorText(
  { what, row, effect }: FirstDifference,
  told: ToldComparison,
  t: Translate,
): string {
  if (what === 'error' || (effect !== null && effect.kind !== 'failed')) return '';
  const { status, error = null, isNew } = told.rowAt(effect?.row ?? row) ?? {};
  const hasFailed = status?.after === 'failed' || isNew === true;
  if (!hasFailed || error?.after == null) return '';
  return t('Its error: {0}.', valueText(coreMessage(error.after), t));
}

/** What each of them said, without the sentences of those who handed it on. */
function errorText(name: string, differences: ToldRow | undefined, t: Translate): string {
  const { before, after } = differences?.error ?? { before: null, after: null };
  // Where the step went as it did before it may be no more than a line of its log.
  if (before === null)
    return after === null
      ? t('“{0}” failed with another error.', name)
      : t('“{0}” reported an error: {1} (before: none).', name, valueText(coreMessage(after), t));
  if (after === null)
    return t('“{0}” reported no error (before: {1}).', name, valueText(coreMessage(before), t));
  const [old, now] = twoValueTexts(coreMessage(before), coreMessage(after), t);
  return t('“{0}” failed with another error: {1} (before: {2}).', name, now, old);
}

/** Once, twice and more often are words of their own in some languages: counts stand in brackets. */
function attemptsText(name: string, differences: ToldRow | undefined, t: Translate): string {
  const { before, after } = differences?.count ?? { before: 0, after: 0 };
  const status = differences?.status;
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
  if (after.outcome === 'failed') {
    return isOther
      ? t('it failed with code {0}, started with other data (before: it didn’t).', after.code)
      : t('it failed with code {0}, started with the same (before: it didn’t).', after.code);
  }
  if (before.outcome === 'failed') {
    return isOther
      ? t('it succeeded, started with other data (before: it failed with code {0}).', before.code)
      : t('it succeeded, started with the same (before: it failed with code {0}).', before.code);
  }
  return t('it didn’t come to its end (before: it did).');
}

function alsoFailedText(
  also: FirstDifference['alsoFailed'],
  told: ToldComparison,
  t: Translate,
): string {
  if (also === undefined) return '';
  const name = nameAt(also.row, told, t);
  return also.count === 1
    ? t('“{0}” failed as well.', name)
    : t('“{0}” and other steps ({1}) failed as well.', name, also.count - 1);
}

/** Of an item that came or went: it may be any other one that nobody can tell apart. */
function lengthText(items: Items | undefined, t: Translate): string {
  if (items === undefined) return '';
  const { before, after } = items;
  return after < before
    ? t('The list is shorter (items: {0}, before: {1}).', after, before)
    : t('The list is longer (items: {0}, before: {1}).', after, before);
}

function moreText(more: number, t: Translate): string {
  if (more === 0) return '';
  return more === 1 ? t('1 more value differs there.') : t('{0} more values differ there.', more);
}

/** `ran`: what is said to have run instead. */
function effectText(effect: Effect, ran: number, told: ToldComparison, t: Translate): string {
  switch (effect.kind) {
    case 'executionFailed':
      return t('It failed with code {0}.', told.after.code);
    case 'failed': {
      const name = nameAt(effect.row, told, t);
      if (told.rowAt(effect.row)?.hasNoEnd === true)
        return t('“{0}” didn’t come to its end.', name);
      return effect.row === ran ? t('“{0}” failed.', name) : t('“{0}” failed after it.', name);
    }
    case 'noLongerFailed':
      return t('“{0}” no longer fails.', nameAt(effect.row, told, t));
    case 'cutOff':
      return t('It was cut off after “{0}”.', nameAt(effect.row, told, t));
    case 'way': {
      const { ran: now, insteadOf } = effect;
      if (insteadOf === -1)
        return t('Then “{0}” ran, which it didn’t before.', nameAt(now, told, t));
      if (now === -1)
        return t('Then “{0}” didn’t run, as it did before.', nameAt(insteadOf, told, t));
      return t(
        'Then “{0}” ran instead of “{1}”.',
        nameAt(now, told, t),
        nameAt(insteadOf, told, t),
      );
    }
  }
}

/**
 * What a record tells of the flow: how its nodes are configured and called, and of which version it is. Services put what a
 * node was given into its settings, so that others are no proof of a changed file.
 */
function flowTexts(first: FirstDifference, told: ToldComparison, t: Translate): string[] {
  const items = told.groups
    .filter(({ kind }) => kind === 'configuration' || kind === 'flow')
    .flatMap((group) => group.items);
  const version = items.find(({ aspect }) => aspect === 'version');
  // What a node is called was said, or says nothing of how it is configured.
  const ofNodes = items.filter(({ row, aspect }) => row !== -1 && aspect !== 'name');
  const rows = [...new Set(ofNodes.map(({ row }) => row))];
  const others = rows.filter((row) => row !== first.row);
  const versionText =
    version === undefined
      ? []
      : [t('Version of the flow: {0} (before: {1}).', plain(version.after), plain(version.before))];
  const configText = (row: number) =>
    configurationText(
      nameAt(row, told, t),
      ofNodes.filter((item) => item.row === row),
      t,
    );
  // Said already where that is the first difference.
  const isHere = first.what !== 'config' && rows.includes(first.row);
  const here = isHere ? [configText(first.row)] : [];
  const [other] = others;
  if (other === undefined) return [...here, ...versionText];
  const name = nameAt(other, told, t);
  const elsewhere =
    here.length > 0
      ? others.length === 1
        ? t('That of “{0}” does too.', name)
        : t('That of “{0}” does too, and that of other nodes ({1}).', name, others.length - 1)
      : others.length === 1
        ? configText(other)
        : t(
            'The configuration of “{0}” and other nodes ({1}) differs between the two.',
            name,
            others.length - 1,
          );
  return [...here, elsewhere, ...versionText];
}

/** Longer ones are prompts and programs, which the groups show. */
const longestSetting = 40;

/** Of one setting that is short it says which, and what it was. */
function configurationText(name: string, items: readonly GroupItem[], t: Translate): string {
  const [item] = items;
  const isShort = (value: Json | undefined) =>
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value !== '' && value.length <= longestSetting);
  const isTold = item?.change === 'changed' || item?.change === 'retyped';
  if (
    !isTold ||
    items.length !== 1 ||
    item.aspect !== 'value' ||
    !isShort(item.before) ||
    !isShort(item.after)
  ) {
    return t('The configuration of “{0}” differs between the two.', name);
  }
  const [before, after] = twoValueTexts(item.before, item.after, t);
  return t(
    'The configuration of “{0}” differs between the two: {1} is {2} (before: {3}).',
    ...[name, pathText(item.path), after, before],
  );
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' && value !== '' ? cut(value, longestName) : '–';
}

/** Within a sentence. */
const longestName = 80;

/** The name of a row as it is now, with the item that it ran for. */
export function nameAt(
  place: number,
  { rowAt }: Pick<ToldComparison, 'rowAt'>,
  t: Translate,
): string {
  const row = rowAt(place);
  const isKnown = row !== undefined && (row.name !== '' || row.nodeId !== '');
  if (!isKnown) return t('a step that left no entry');
  const name = cut(rowName(row, t), longestName);
  return row.item === undefined ? name : t('{0}, item {1}', name, row.item + 1);
}
