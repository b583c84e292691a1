import type { Json } from '../base/json.ts';
import type { Effect, FirstDifference } from '../compare/firstDifference.ts';
import type { GroupItem } from '../compare/groups.ts';
import type { NotCompared } from '../compare/notCompared.ts';
import type { Items } from '../compare/valueDifferences.ts';
import { cut, isEmptied, pathText, twoValueTexts } from './comparedValues.ts';
import { firstText, ownErrorText } from './firstDifferenceText.ts';
import { notComparedText } from './notComparedText.ts';
import { formatWhen } from './format.ts';
import type { SinceAnswer } from '../protocol/compare.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { sentences } from './sentences.ts';
import { inTimeOrder } from './timeOrder.ts';
import { longestName, nameAt, type ToldComparison } from './toldComparison.ts';
import type { Translate } from './translate.ts';

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
  { since, unread, isOfFile }: Pick<SinceAnswer, 'since' | 'unread' | 'isOfFile'>,
  language: string,
  nowMs: Milliseconds,
  t: Translate,
): string {
  if (isOfFile === true) {
    return t(
      'How often the first difference occurs in other runs isn’t known: the file contains few runs.',
    );
  }
  if (since === null) return '';
  const { count, of, sinceMs, isFromStart, isOfLast = false, otherwise = 0 } = since;
  const when = formatWhen(sinceMs, language, nowMs);
  const texts = [
    isOfLast
      ? t('The first difference occurs in {0} of the last {1} runs.', count, of)
      : of === 1 && !isFromStart
        ? t('No run before it had the first difference.')
        : isFromStart
          ? t(
              'The first difference occurs in {0} of {1} known runs, since {2} or earlier.',
              count,
              of,
              when,
            )
          : t('The first difference occurs in {0} of {1} runs since {2}.', count, of, when),
    otherwise === 0
      ? ''
      : otherwise === 1
        ? t('1 other run failed there with a different error.')
        : t('{0} other runs failed there with different errors.', otherwise),
    unread === 0
      ? ''
      : unread === 1
        ? t('1 run could not be checked.')
        : t('{0} runs could not be checked.', unread),
  ];
  return sentences(texts.filter((text) => text !== ''));
}

function firstTexts(first: FirstDifference, told: ToldComparison, t: Translate): string[] {
  const text = firstText(first, told, t);
  return [
    first.what === 'time'
      ? t('Only the times differ: {0}', text)
      : first.isOtherData === true && first.what !== 'outcome'
        ? t('It was started with different data. First difference in the results: {0}', text)
        : t('First difference: {0}', text),
    lengthText(first.value?.items, t),
    goodText(first, told, t),
    moreText(first.more, t),
    first.effect === null ? '' : effectText(first.effect, first.ran, told, t),
    ownErrorText(first, told, t),
    notThereText(first, told, t),
    alsoFailedText(first.alsoFailed, told, t),
    first.isWithoutCause === true
      ? t('As far as is known, nothing before it differed from the good runs.')
      : '',
  ].filter((part) => part !== '');
}

/** Where the one before went well, and not through the step that failed: that is no last good one of it. */
function notThereText({ what, effect }: FirstDifference, told: ToldComparison, t: Translate) {
  const isThere = effect?.kind !== 'failed' || told.rowAt(effect.row)?.isNew !== true;
  // Said by the way that differs.
  if (isThere || told.before.outcome !== 'succeeded' || waysOf.has(what)) return '';
  return t('The run that it is compared with didn’t reach that step.');
}

const waysOf: ReadonlySet<FirstDifference['what']> = new Set<FirstDifference['what']>([
  ...(['way', 'added', 'runs'] as const),
]);

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
      t('No differences, except that another copy or version of the flow ran.'),
      ...foldedText,
    ];
  if (kinds.has('logs')) return [t('Only the logs differ.'), ...foldedText];
  if (kinds.has('tokens')) return [t('Only the token usage differs.'), ...foldedText];
  if (kinds.size > 0) return [t('No relevant differences.'), ...foldedText];
  if (hasNoSteps === true) {
    return [
      t('There are no steps to compare: neither of the two left an entry of one.'),
      t('Their inputs and outputs don’t differ.'),
    ];
  }
  const mayDiffer = notCompared.some(({ kind }) => ofValues.has(kind));
  return [
    mayDiffer ? t('No differences in what could be compared.') : t('No differences.'),
    ...foldedText,
  ];
}

/** What was left out that may well differ. */
const ofValues: ReadonlySet<NotCompared['kind']> = new Set<NotCompared['kind']>([
  ...(['stored', 'masked', 'hidden', 'cut', 'rounds', 'noEntry', 'outcome'] as const),
]);

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
      if (told.rowAt(effect.row)?.hasNoEnd === true) return t('“{0}” didn’t finish.', name);
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
        return t('Then “{0}” didn’t run, though it did before.', nameAt(insteadOf, told, t));
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
