import type { ToldSign } from '../protocol/signs.ts';
import { sentences } from './sentences.ts';
import { rowName } from './titles.ts';
import { msg, type Translate } from './translate.ts';

type ValueType = NonNullable<ToldSign['type']>;

const types: Readonly<Record<ValueType, string>> = {
  nothing: msg('nothing'),
  text: msg('a string'),
  number: msg('a number'),
  boolean: msg('true or false'),
  object: msg('an object'),
  list: msg('a list'),
};

/** What stands out in the data of an execution, in one sentence: it leads to where it stands. */
export function signText(sign: ToldSign, t: Translate): string {
  const { kind, section, name, place, text } = sign;
  if (place.row === null) {
    if (kind === 'empty') return t('The execution succeeded with an empty answer.');
    return text === ''
      ? t('The execution succeeded, but its answer is an error.')
      : t('The execution succeeded, but its answer is an error: “{0}”.', text);
  }
  const step = rowName(place, t);
  switch (kind) {
    case 'missing':
      return section === 'input'
        ? t('“{0}” was started without “{1}”.', step, name)
        : t('“{0}” returned no “{1}”.', step, name);
    case 'empty':
      return section === 'input'
        ? t('“{0}” was started with an empty “{1}”.', step, name)
        : t('“{0}” succeeded with an empty “{1}”.', step, name);
    case 'otherType':
      return section === 'input'
        ? t('“{0}” was started with {2} for “{1}”.', step, name, t(types[sign.type ?? 'nothing']))
        : t('“{0}” returned {2} for “{1}”.', step, name, t(types[sign.type ?? 'nothing']));
    case 'errorResult':
      return text === ''
        ? t('“{0}” succeeded, but returned an error in “{1}”.', step, name)
        : t('“{0}” succeeded, but returned an error in “{1}”: “{2}”.', step, name, text);
    case 'cutAnswer':
      return t('“{0}” received a truncated answer: the model reached its length limit.', step);
  }
}

/** Against what it stands out; empty for what says so itself. */
export function signAgainst(sign: ToldSign, t: Translate): string {
  const { kind, expected, isDeclared, goodRuns } = sign;
  if (expected !== null) {
    const type = t(types[expected]);
    return isDeclared
      ? t('The flow file declares {0}.', type)
      : t('In good runs it was {0}.', type);
  }
  if (isDeclared) return t('The flow file declares it, and no good run is known.');
  if (kind === 'errorResult') {
    if (goodRuns === 0) return '';
    return goodRuns === 1
      ? t('The good run returned none.')
      : t('None of {0} good runs returned one.', goodRuns);
  }
  if (kind === 'cutAnswer' && goodRuns === 0) return '';
  if (kind === 'missing' && goodRuns > 1) return t('{0} good runs had it.', goodRuns);
  return goodRuns === 1
    ? t('In the good run it wasn’t.')
    : t('In {0} good runs it never was.', goodRuns);
}

/** Both in a line, as it is read aloud and copied. */
export function signInBrief(sign: ToldSign, t: Translate): string {
  return sentences([signText(sign, t), signAgainst(sign, t)]);
}

/** What is said where nothing stands out. */
export function noSignText(goodRuns: number, t: Translate): string {
  switch (goodRuns) {
    case 0:
      return t(
        'Up to the failure nothing is missing, empty or of a different type; no good run is known to compare with.',
      );
    case 1:
      return t(
        'Up to the failure nothing is missing, empty or of a different type than in 1 good run.',
      );
    default:
      return t(
        'Up to the failure nothing is missing, empty or of a different type than in {0} good runs.',
        goodRuns,
      );
  }
}
