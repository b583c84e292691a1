import { assertNever } from '../base/assertNever.ts';
import type { LineageLink } from '../lineage/lineage.ts';
import type { LineageAnswer, LineageStep } from '../protocol/lineage.ts';
import { formatDuration } from './format.ts';
import { placeStep, placeWay } from './placeTexts.ts';
import { msg, type Translate } from './translate.ts';

const hows: Readonly<Record<LineageLink['how'], string>> = {
  observed: msg('observed'),
  inferred: msg('inferred'),
  ambiguous: msg('ambiguous'),
};

/** How a link is known, in a word. */
export function linkHowText({ how }: LineageLink, t: Translate): string {
  return t(hows[how]);
}

/** The same at length. */
export function linkText(link: LineageLink, t: Translate): string {
  const { how, by, isSame } = link;
  if (by === 'within') return t('This step received the same value.');
  if (by === 'text') {
    return isSame === false
      ? t('A text in the settings of the step names this input, which doesn’t contain the value.')
      : t('A text in the settings of the step names this input.');
  }
  if (by === 'part') return t('One of the two is a part of the other.');
  if (by === 'value') {
    return how === 'ambiguous'
      ? t('An equal value, which occurs elsewhere too.')
      : t('An equal value, which no other step returned.');
  }
  if (how === 'observed') return t('The flow file says so, and the values are equal.');
  if (how === 'ambiguous' && isSame === true) {
    return t('The flow file says so, and the values are equal; another one fits as well.');
  }
  return isSame === false
    ? t('The flow file says so; the values differ.')
    : t('The flow file says so; the record doesn’t show it.');
}

/** What the way is of. */
export function lineageTitle({ query, steps }: LineageAnswer, t: Translate): string {
  const [asked] = steps;
  if (asked === undefined) return '';
  const [way, step] = [placeWay(asked, t), placeStep(asked, t)];
  return query.direction === 'from'
    ? t('Where “{0}” of “{1}” came from', way, step)
    : t('Who used “{0}” of “{1}”', way, step);
}

/** What tells steps of one name apart, in their order: round, else time, else which it is; empty where nothing has to. */
export function whichTexts(
  steps: readonly Pick<
    LineageStep,
    'row' | 'name' | 'nodeId' | 'match' | 'path' | 'type' | 'when'
  >[],
  t: Translate,
): readonly string[] {
  const names = steps.map((step) => placeStep(step, t));
  return steps.map(({ when }, at) => {
    const alike = steps.filter((_, other) => names[other] === names[at]);
    const differ = (of: (step: (typeof steps)[number]) => unknown) =>
      new Set(alike.map(of)).size > 1;
    if (when === undefined || !differ(({ row, when: its }) => JSON.stringify([row, its?.round])))
      return '';
    if (when.round !== null && differ((step) => step.when?.round))
      return when.isEntry === true
        ? t('entry {0}', when.round + 1)
        : t('round {0}', when.round + 1);
    if (when.sinceMs !== null && differ((step) => step.when?.sinceMs))
      return t('after {0}', formatDuration(when.sinceMs));
    const nth = steps.slice(0, at + 1).filter((_, other) => names[other] === names[at]).length;
    return t('{0} of {1}', nth, alike.length);
  });
}

/** Where the way ends, and why. */
export function lineageEndText({ end, steps, more }: LineageAnswer, t: Translate): string {
  const last = steps.at(-1);
  const step = last === undefined ? '' : placeStep(last, t);
  switch (end) {
    case 'start':
      return t('It came in at the start.');
    case 'made':
      return t('“{0}” produced it.', step);
    case 'changed':
      return t('It was changed after “{0}”.', step);
    case 'emptied':
      return t('“{0}” returned nothing here.', step);
    case 'ambiguous':
      return t('It may have come from more than one place.');
    case 'unknown':
      return t('It isn’t known where it came from.');
    case 'notTelling':
      return t('The value is too common to tell where it came from.');
    case 'cut':
      return t('There are more steps than are shown.');
    case 'users':
      if (more > 0) return t('{0} more used it.', more);
      return steps.length > 1 ? '' : t('No step is known to have used it.');
    default:
      return assertNever(end);
  }
}
