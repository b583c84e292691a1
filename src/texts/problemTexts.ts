import type { AgainstUsual } from '../analysis/againstUsual.ts';
import type { NodeReliability } from '../analysis/flaky.ts';
import type { ProcessUse } from '../analysis/processUse.ts';
import type { AlsoFailed } from '../problems/alsoFailed.ts';
import type { ProblemKind } from '../problems/problemParts.ts';
import type { Problem } from '../problems/problems.ts';
import type { ProblemState, Standing } from '../problems/problemState.ts';
import type { SaidText } from '../protocol/problems.ts';
import { coreMessage } from '../trace/coreMessage.ts';
import { causeTitle } from './findingTexts.ts';
import { formatBytes, formatDuration } from './format.ts';
import { passedText } from './passedText.ts';
import { enumerated, sentences } from './sentences.ts';
import { msg, type Translate } from './translate.ts';

const stateNames: Readonly<Record<ProblemState, string>> = {
  new: msg('New'),
  // What is unresolved is the group: new, ongoing, regressed and watched ones.
  open: msg('Ongoing'),
  watching: msg('Watching'),
  resolved: msg('Resolved'),
  regressed: msg('Regressed'),
  quiet: msg('Quiet'),
  ignored: msg('Ignored'),
  unknown: msg('Unknown'),
};

/** What a state is called: one that is watched because the reader said so says so. */
export function problemStateName(
  { state, mark, passes }: Pick<Problem, 'state' | 'mark' | 'passes'>,
  t: Translate,
  isOfFile = false,
): string {
  if (state === 'watching' && mark === 'fixed') return t('Marked as fixed');
  if (isOfFile && isOpen(state)) return t('No pass since');
  if (isOfFile && state === 'watching') return passes > 0 ? t('Passed since') : t('No pass since');
  return t(stateNames[state]);
}

/** It has not passed since: of a file nothing more is known, not that it goes on, is new to anybody or came to rest. */
function isOpen(state: ProblemState): boolean {
  return state === 'new' || state === 'open' || state === 'quiet';
}

/** A problem as far as texts tell of it. */
export type ToldProblem = Pick<
  Problem,
  | ('text' | 'count' | 'firstMs' | 'lastMs' | 'runsSince' | 'mark' | 'joins')
  | keyof ProblemKind
  | keyof Standing
> & {
  readonly alsoFailed?: readonly Omit<AlsoFailed, 'runs'>[];
};

interface ProblemTexts {
  readonly t: Translate;
  readonly moment: (atMs: number) => string;
  /** What is told of was read from files: they end. */
  readonly isOfFile?: boolean;
}

/** What failed, in the words of the newest failure; else what its cause is called. */
export function problemTitle(
  { cause, category, ...said }: Pick<Problem, 'cause' | 'category'> & SaidText,
  t: Translate,
): string {
  const title = saidInBrief(said);
  return title === '' ? causeTitle(cause, category, t) : title;
}

/** The first line of what was said, and the one that tells its cause. */
export function saidInBrief({ text, telling }: SaidText): string {
  const [first = ''] = coreMessage(text).split('\n');
  return telling === '' ? first.trim() : `${first.trim()} … ${telling}`;
}

/** How often, since when, and what became of it since. */
export function problemDetail(problem: ToldProblem, texts: ProblemTexts): readonly string[] {
  const { t, moment } = texts;
  const { count, firstMs, lastMs, runsSince } = problem;
  const last = t('last {0}', moment(lastMs));
  const more = [
    ...alsoFailedText(problem, t),
    ...(joinedTexts(problem, t).causes.length < 2
      ? []
      : [t('merged manually, with several causes')]),
    ...standing(problem, texts),
  ];
  // Of how many runs it failed nobody knows either.
  if (problem.state === 'unknown') return [last, ...more];
  return [
    // Of the only run there was nothing more is to be said.
    count === 1 && runsSince < 2
      ? t('once, {0}', moment(lastMs))
      : t(oftenTexts[whereOf(problem)].fact, count, runsSince, moment(firstMs)),
    ...(count === 1 ? [] : [last]),
    ...more,
  ];
}

/** Which runs are counted. */
type Where = 'step' | 'steps' | 'flow';

const oftenTexts: Readonly<Record<Where, { readonly fact: string; readonly sentence: string }>> = {
  step: {
    fact: msg('failed {0} of the {1} runs since {2} that reached this step'),
    sentence: msg('Failed {0} of the {1} runs since {2} that reached this step.'),
  },
  steps: {
    fact: msg('failed {0} of the {1} runs since {2} that reached one of its steps'),
    sentence: msg('Failed {0} of the {1} runs since {2} that reached one of its steps.'),
  },
  flow: {
    fact: msg('failed {0} of the {1} runs of its flow since {2}'),
    sentence: msg('Failed {0} of the {1} runs of its flow since {2}.'),
  },
};

function whereOf({ nodeId, joins = [] }: Pick<Problem, 'nodeId' | 'joins'>): Where {
  const nodes = new Set([nodeId, ...joins.map((kind) => kind.nodeId)]);
  // Where no record names a step, all runs of the flow came there.
  if (nodes.has(null)) return 'flow';
  return nodes.size > 1 ? 'steps' : 'step';
}

/** Of what, where and with which codes a problem failed: of one that the reader put together each that it has. */
export function joinedTexts(problem: ProblemKind & Pick<Problem, 'joins'>, t: Translate) {
  const kinds = problem.joins ?? [problem];
  const each = (text: (kind: ProblemKind) => string) => [...new Set(kinds.map(text))];
  return {
    causes: each(({ cause, category }) => causeTitle(cause, category, t)),
    steps: each(({ nodeName, nodeId }) => (nodeName === '' ? (nodeId ?? '') : nodeName)),
    codes: each(({ code }) => String(code)),
  };
}

/** Who failed because what failed was called by it. */
function alsoFailedText({ alsoFailed = [] }: ToldProblem, t: Translate): readonly string[] {
  const flows = alsoFailed.map(({ flow, name, count }) => {
    const called = name === '' ? flow : name;
    return count === 1 ? called : t('{0} {1}×', called, count);
  });
  return flows.length === 0 ? [] : [t('also failed: {0}', enumerated(flows, t))];
}

function standing(
  { state, passes, needed, sinceMs, lastRunMs, wasResolved }: Standing,
  { t, moment, isOfFile = false }: ProblemTexts,
): readonly string[] {
  switch (state) {
    case 'new':
    case 'open':
    case 'ignored':
      return [];
    case 'watching': {
      const left = needed - passes;
      return [
        passedText({ passes, needed }, moment(sinceMs ?? lastRunMs), t),
        isOfFile
          ? t('too few to be sure')
          : left === 1
            ? t('1 more pass to be sure')
            : t('{0} more passes to be sure', left),
      ];
    }
    case 'resolved':
      return [
        passedText({ passes, needed }, moment(sinceMs ?? lastRunMs), t),
        t('enough to be sure'),
      ];
    case 'regressed':
      if (!wasResolved) return [t('was marked as fixed, and is back')];
      return [isOfFile ? t('failed again after it was resolved') : t('was resolved, and is back')];
    case 'quiet':
      return isOfFile ? [] : [t('not run since {0}', moment(lastRunMs))];
    case 'unknown':
      return [t('whether it has passed since isn’t known: the file contains few runs')];
  }
}

/** Asks whether a problem is fixed, where its flow file was changed since; empty where there is nothing to ask. */
export function askText(changedMs: number | null, { t, moment }: ProblemTexts): string {
  if (changedMs === null) return '';
  return t('Flow file changed: {0}. Is this fixed?', moment(changedMs));
}

/** What comes of the passes that are waited for, where it is watched; empty where it isn't. */
export function nextText(
  { state }: Pick<Problem, 'state'>,
  t: Translate,
  isOfFile = false,
): string {
  if (state !== 'watching' || isOfFile) return '';
  return t('Then it is resolved automatically; a run that fails here brings it back.');
}

/**
 * The same in a few sentences, for the card of one failure: `Ongoing: failed 6 of the 9 runs since 06:05 that reached this step.`
 * How it stands and since when come first: what does not fit into the line is cut at its end.
 */
export function problemInBrief(problem: ToldProblem, texts: ProblemTexts): string {
  const { count, firstMs, runsSince, state } = problem;
  const { t, moment, isOfFile = false } = texts;
  const { causes } = joinedTexts(problem, t);
  const joined =
    causes.length < 2 ? '' : t('Merged manually, with several causes: {0}.', enumerated(causes, t));
  const often = [count, runsSince, moment(firstMs)];
  const { fact, sentence } = oftenTexts[whereOf(problem)];
  // Of what goes on now a file knows nothing, only what is in it.
  if (isOfFile && isOpen(state)) {
    const first = count === 1 ? t('The first time in this file.') : t(sentence, ...often);
    return sentences([first, joined, t('In this file, no run has passed since.')]);
  }
  const name = problemStateName(problem, t, isOfFile);
  const stands = enumerated(standing(problem, texts), t);
  if (count > 1) {
    return stands === ''
      ? sentences([t('{0}: {1}.', name, t(fact, ...often)), joined])
      : sentences([t('{0}: {1}.', name, stands), t(sentence, ...often), joined]);
  }
  const first = isOfFile ? t('The first time in this file.') : t('The first time.');
  const stood = stands === '' ? t('{0}.', name) : t('{0}: {1}.', name, stands);
  // The first time is new.
  return sentences([first, joined, state === 'new' && stands === '' ? '' : stood]);
}

/** How an execution compares with those before it, where it stands alone: `Median of 42 earlier good runs: 1.10 s`. */
export function usualText({ medianMs, runs }: AgainstUsual, t: Translate): string {
  return t('Median of {1} earlier good runs: {0}', formatDuration(medianMs), runs);
}

/** The same within a sentence. */
export function usualFact({ medianMs, runs }: AgainstUsual, t: Translate): string {
  return t('median of {1} earlier good runs: {0}', formatDuration(medianMs), runs);
}

/** Why nothing is known to be usual of an execution. */
export function noUsualText(isOfFile: boolean, t: Translate): string {
  return isOfFile
    ? t('Usual values aren’t known: the file contains few runs.')
    : t('Too few runs succeeded before it to compare with.');
}

/** What its process used, and what is usual; empty where nobody measured it. */
export function processText(process: ProcessUse | undefined, t: Translate): string {
  if (process === undefined) return '';
  const { memoryBytes, cpuMs, usual } = process;
  const [memory, cpu] = [formatBytes(memoryBytes), formatDuration(cpuMs)];
  if (usual === null) return sentences([t('Memory: {0}.', memory), t('CPU time: {0}.', cpu)]);
  const { runs } = usual;
  return sentences([
    t('Memory: {0}; median of {1} runs: {2}.', memory, runs, formatBytes(usual.memoryBytes)),
    t('CPU time: {0}; median of {1} runs: {2}.', cpu, runs, formatDuration(usual.cpuMs)),
  ]);
}

/** How large its inputs and outputs were where that is unusual; empty where it isn't. */
export function payloadText({ payload }: AgainstUsual, t: Translate): string {
  if (payload === null) return '';
  const [is, usual] = [formatBytes(payload.bytes), formatBytes(payload.medianBytes)];
  return payload.bytes > payload.medianBytes
    ? t('More data than usual: inputs and outputs of {0} instead of {1}.', is, usual)
    : t('Less data than usual: inputs and outputs of {0} instead of {1}.', is, usual);
}

/** How reliable the step is where an execution failed; behind what its problem says, what that does not say. */
export function reliabilityText(
  { failures, runs, isFlaky }: NodeReliability,
  problem: Pick<Problem, 'count' | 'runsSince'> | null,
  t: Translate,
): string {
  // Once of once says nothing.
  const isSaid = runs < 2 || (problem?.count === failures && problem.runsSince === runs);
  const often =
    problem === null
      ? t(
          'Counting every cause, this step failed in {0} of the {1} runs that reached it since it first failed.',
          failures,
          runs,
        )
      : problem.count > 1 && problem.runsSince === runs
        ? failures === runs
          ? t('Counting every cause, the step failed in all of the {0} runs that reached it.', runs)
          : t(
              'Counting every cause, the step failed in {0} of the same {1} runs that reached it.',
              failures,
              runs,
            )
        : t(
            'Counting every cause, the step failed in {0} of the {1} runs that reached it since then.',
            failures,
            runs,
          );
  return sentences([
    isSaid ? '' : often,
    isFlaky ? t('The step is flaky: it fails and passes on the same revision.') : '',
  ]);
}

/** Where the time of a slow execution went; empty for one that is not slow. */
export function slowText({ isSlow, slower, medianMs, durationMs }: AgainstUsual, t: Translate) {
  if (!isSlow) return '';
  if (slower === null) {
    return t(
      'Slower than usual: {0} instead of {1}, at no single step.',
      ...[formatDuration(durationMs), formatDuration(medianMs)],
    );
  }
  const name = slower.name === '' ? slower.nodeId : slower.name;
  return slower.usualMs === 0
    ? t('Slower than usual: “{0}”, which rarely runs, took {1}.', name, formatDuration(slower.ms))
    : t(
        'Slower than usual: “{0}” took {1} instead of {2}.',
        ...[name, formatDuration(slower.ms), formatDuration(slower.usualMs)],
      );
}
