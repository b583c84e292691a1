import type { Json } from '../base/json.ts';
import type { DifferenceGroup, GroupItem, GroupKind } from '../compare/groups.ts';
import type { ValueDifference } from '../compare/valueDifferences.ts';
import { nameAt, type ToldComparison } from './toldComparison.ts';
import {
  differingTexts,
  isEmptied,
  jsonText,
  pathText,
  twoValueTexts,
  valueText,
} from './comparedValues.ts';
import { formatDuration } from './format.ts';
import { labelled } from './sentences.ts';
import { inTimeOrder, type TimeOrder } from './timeOrder.ts';
import { msg, type Translate } from './translate.ts';

const titles: Readonly<Record<GroupKind, string>> = {
  flow: msg('Flow file'),
  inputs: msg('Inputs'),
  configuration: msg('Configuration'),
  way: msg('Path taken'),
  outputs: msg('Outputs'),
  errors: msg('Errors'),
  times: msg('Times'),
  tokens: msg('Tokens'),
  logs: msg('Logs'),
};

/** What a group of differences is about. */
export function groupTitle(kind: GroupKind, t: Translate): string {
  return t(titles[kind]);
}

/** The line above a group: what it is about, of how many, and what holds for each line of it. */
export function groupText(
  { kind, items }: DifferenceGroup,
  count: string,
  { goodRuns }: Pick<ToldComparison, 'goodRuns'>,
  t: Translate,
): string {
  const title = t('{0} ({1})', groupTitle(kind, t), count);
  return areAllNew(items) ? t('{0}, in none of {1} good runs', title, goodRuns) : title;
}

/** Where it holds for all of several, it is said once. */
export function areAllNew(items: readonly GroupItem[]): boolean {
  return items.length > 1 && items.every(({ having }) => having === 0);
}

/** A difference in a line: where it is, and what it was and is; `isSaidAbove`: what holds for all of its group. */
export function itemText(
  item: GroupItem,
  kind: GroupKind,
  told: Pick<ToldComparison, 'rowAt' | 'goodRuns' | keyof TimeOrder>,
  t: Translate,
  isSaidAbove = false,
): string {
  const where = item.row === -1 ? ownName(kind, t) : nameAt(item.row, told, t);
  const text = labelled(where, whatText(item, inTimeOrder(told, t)), t);
  const { having } = item;
  if (having === null || isSaidAbove) return text;
  return having === 0
    ? t('{0} (in none of {1} good runs)', text, told.goodRuns)
    : t('{0} (in {1} of {2} good runs)', text, having, told.goodRuns);
}

function ownName(kind: GroupKind, t: Translate): string {
  return kind === 'inputs' ? t('Started with') : t('Execution');
}

function whatText(item: GroupItem, t: Translate): string {
  const { aspect, before, after } = item;
  switch (aspect) {
    case 'value':
      return valueChange(item, t);
    case 'ownData':
      return t('{0}, different in each run', valueChange(item, t));
    case 'log':
      return item.change === 'removed'
        ? t('no longer logs {0}', valueText(before, t))
        : t('logs {0}, which it didn’t before', valueText(after, t));
    case 'ran':
      return t('ran, which it didn’t before');
    case 'missing':
      return t('didn’t run, though it did before');
    case 'order':
      return t('ran in a different order');
    case 'duration':
      return fromTo(formatDuration(asNumber(before)), formatDuration(asNumber(after)), t);
    case 'tokens':
      return t('tokens: {0} (before: {1})', asNumber(after), asNumber(before));
    case 'attempts':
      return attemptsText(item, t);
    case 'count':
      return t('rounds: {0} (before: {1})', asNumber(after), asNumber(before));
    case 'name':
    case 'type':
    case 'flowId':
    case 'version':
    case 'status':
    case 'message':
    case 'code':
      return labelled(t(aspects[aspect]), fromTo(...twoValueTexts(before, after, t), t), t);
  }
}

function attemptsText({ before, after, rounds }: GroupItem, t: Translate): string {
  const [old, now] = [asNumber(before), asNumber(after)];
  return rounds === undefined
    ? t('attempts: {0} (before: {1})', now, old)
    : t('attempts: {0}, rounds: {1} (before: {2}, {3})', now, rounds.after, old, rounds.before);
}

const aspects = {
  name: msg('Name'),
  type: msg('Type'),
  flowId: msg('Flow'),
  version: msg('Version'),
  status: msg('Status'),
  message: msg('Error'),
  code: msg('Code'),
} as const;

/** A value that differs: what it was and is. */
export function changeText(change: ValueDifference, order: TimeOrder, t: Translate): string {
  return valueChange(change, inTimeOrder(order, t));
}

function valueChange(item: Omit<ValueDifference, 'having'>, t: Translate): string {
  const { path, pathBefore, change, before, after, movedItems } = item;
  const name = pathText(path);
  const [old, now] = differingTexts(before, after, t);
  if (isEmptied(item)) return t('{0} is empty now: {1} (before: {2})', name, now, old);
  switch (change) {
    case 'moved':
      return movedItems === undefined
        ? t('{0}: moved (before: {1})', name, pathText([...path.slice(0, -1), asNumber(before)]))
        : t('{0}: items at different positions ({1})', pathText(path.slice(0, -1)), movedItems);
    case 'secret':
      return t('{0} is a different secret', name);
    case 'otherPlace':
      return t('{0} is a different ID than in the steps before it', name);
    case 'retyped':
      return t('{0} has a different type: {1} (before: {2})', name, typed(after), typed(before));
    case 'removed':
      return t('{0} is missing now (before: {1})', name, old);
    case 'changed':
    case 'added':
      return labelled(
        name,
        pathBefore === undefined
          ? fromTo(old, now, t)
          : t('{0} (before, at {1}: {2})', now, pathText(pathBefore), old),
        t,
      );
  }
}

function fromTo(before: string, after: string, t: Translate): string {
  return t('{1} (before: {0})', before, after);
}

function typed(value: Json | undefined): string {
  return jsonText(value ?? null);
}

function asNumber(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
