import type { Problem } from '../problems/problems.ts';
import type { ProblemState } from '../problems/problemState.ts';
import { causeTitle } from './findingTexts.ts';
import { msg, type Translate } from './translate.ts';

const stateNames: Readonly<Record<ProblemState, string>> = {
  open: msg('Unresolved'),
  watching: msg('Watching'),
  resolved: msg('Resolved'),
  regressed: msg('Regressed'),
  quiet: msg('Quiet'),
};

/** What a state is called. */
export function problemStateName(state: ProblemState, t: Translate): string {
  return t(stateNames[state]);
}

/** What failed, in the words of the newest failure: its first line; else what its cause is called. */
export function problemTitle({ text, cause, category }: Problem, t: Translate): string {
  const [line = ''] = text.trim().split('\n');
  return line.trim() === '' ? causeTitle(cause, category, t) : line.trim();
}

/** How often, since when, and what became of it since. */
export function problemDetail(
  problem: Problem,
  { t, moment }: { readonly t: Translate; readonly moment: (atMs: number) => string },
): readonly string[] {
  const { count, firstMs, lastMs, runsSince } = problem;
  return [
    count === 1 ? t('once, {0}', moment(lastMs)) : t('{0} times since {1}', count, moment(firstMs)),
    ...(count === 1 ? [] : [t('last {0}', moment(lastMs))]),
    t('{0} of {1} runs since', count, runsSince),
    ...standing(problem, { t, moment }),
  ];
}

function standing(
  { state, passes, needed, lastMs }: Problem,
  { t, moment }: { readonly t: Translate; readonly moment: (atMs: number) => string },
): readonly string[] {
  switch (state) {
    case 'open':
      return [];
    case 'watching':
      return [t('passed {0} of {1} since', passes, needed)];
    case 'resolved':
      return [t('passed {0} times since', passes)];
    case 'regressed':
      return [t('was resolved, and is back')];
    case 'quiet':
      return [t('not run since {0}', moment(lastMs))];
  }
}
