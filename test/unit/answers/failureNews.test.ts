import { describe, expect, test } from 'vitest';

import { summaryAsPast } from '../../../src/analysis/asPast.ts';
import { FailureNews } from '../../../src/answers/failureNews.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import type { ProblemMark } from '../../../src/problems/problemMark.ts';
import { failureSignature } from '../../../src/problems/signature.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import {
  failed,
  failing,
  failure,
  good,
  minute,
  newsOf,
  pastOf,
  Story,
} from '../../support/failureStory.ts';
import { aPastNode } from '../../support/pastBuilders.ts';

/** Which of a story are told: `F` fails, `.` passes, `-` passes without coming to the node, `<` began before the last. */
function told(signs: string, news = newsOf()): string {
  const story = new Story(news);
  return signs
    .split('')
    .map((sign, at) => {
      if (sign === 'F') return story.take(failed(at)) ? '!' : 'F';
      const began = sign === '<' ? at - 2.5 : at;
      story.take(good(began, sign === '-' ? { nodeIds: [] } : {}));
      story.resolved();
      return sign;
    })
    .join('');
}

describe('a failure is told', () => {
  test.each([
    ['FFF', '!FF', 'once'],
    ['FF.F', '!F.!', 'again, when it was resolved'],
    ['FF-F', '!F-F', 'not again after a run that never came there'],
    ['FF<F', '!F<F', 'nor after one that began before it failed'],
    ['F.F.F', '!.!.F', 'not each time where it comes and goes'],
  ])('%s: %s, %s', (signs, expected) => {
    expect(told(signs)).toBe(expected);
  });

  test.each<[string, Partial<ExecutionSummary>, boolean]>([
    ['differs from run to run', { message: 'not found after 99 ms' }, false],
    ['is another text', { message: 'disk full' }, true],
    ['is another code', { code: 20_804 }, true],
    ['is another flow', { flowId: 'g' }, true],
    ['is another node', { failing: { ...(failing as object), nodeId: 'x' } as never }, true],
    ['is the robot’s own record', { kind: 'rpa' }, true],
  ])('what %s: %o', (_, parts, isNews) => {
    const news = newsOf();
    news.failed(failed(1));
    expect(news.failed(failed(2, parts)) !== null).toBe(isNews);
  });

  test('anew for another source, and where so many others failed since', () => {
    const news = newsOf();
    expect(told('F', news)).toBe('!');
    news.clear();
    expect(told('F', news)).toBe('!');
    for (let n = 0; n < 1_000; n++) news.failed(failed(n, { flowId: `other ${String(n)}` }));
    expect(told('F', news)).toBe('!');
  });
});

describe('a failure of what was called', () => {
  const second = 1_000;
  const at = (nodeId: string, name: string) => ({
    failing: { ...(failing as object), nodeId, name } as never,
    nodeIds: [nodeId],
  });
  const passed = { outcome: 'succeeded', failing: null } as const;
  /** A workflow that was called and failed at its robot, one that called it, and the robot's own record. */
  const called = (round = 0, parts: Partial<ExecutionSummary> = {}) =>
    failed(round * 10, {
      ...{ key: `called ${String(round)}`, sid: `called ${String(round)}`, flowId: 'called' },
      ...{ durationMs: 5 * second, ...at('rpa::save', 'Save'), ...parts },
    });
  const caller = (round = 0, parts: Partial<ExecutionSummary> = {}) =>
    failed(round * 10, {
      ...{ key: `caller ${String(round)}`, sid: `caller ${String(round)}`, flowId: 'caller' },
      ...{ message: 'sub-workflow failed', durationMs: 6 * second, ...at('flow::call', 'Call') },
      ...parts,
    });
  const outer = (round = 0) =>
    caller(round, {
      ...{ key: `outer ${String(round)}`, sid: `outer ${String(round)}`, flowId: 'outer' },
      durationMs: 7 * second,
    });
  const robot = (round = 0, parts: Partial<ExecutionSummary> = {}) =>
    called(round, { key: `rpa ${String(round)}`, kind: 'rpa', failing: null, ...parts });

  const calls: Readonly<Record<string, string>> = { caller: 'called', outer: 'caller' };
  const opened: string[] = [];
  const news = (files: readonly string[] = []) => {
    opened.length = 0;
    return new FailureNews({
      pastOf: (summary) => {
        opened.push(summary.key);
        const past = summaryAsPast(summary, '', 0);
        const to = calls[summary.flowId];
        const why = past.failure;
        if (why === null) return past;
        return { ...past, failure: to === undefined ? why : { ...why, calls: to } };
      },
      hasFile: ({ flowId }) => files.includes(flowId),
    });
  };
  /** What is told of failures that come one after the other: `key told of insteadOf`. */
  const toldOf = (of: FailureNews, ...failures: readonly ExecutionSummary[]) =>
    failures.flatMap((summary) => {
      const told = of.failed(summary);
      if (told === null) return [];
      return [[summary.key, told.told, told.of ?? '-', ...told.insteadOf].join(' ')];
    });
  /** What somebody reads who wants to know of all failures: each of them that is a notification of its own. */
  const read = (told: readonly string[]) => told.filter((one) => one.split(' ')[2] === 'no');

  test('is one with that of its caller, which is put to it', () => {
    expect(toldOf(news(), called(), caller())).toEqual([
      'called 0 no -',
      'caller 0 withoutFile called 0',
    ]);
  });

  test('is one with that of its caller, in whose place it is, where its record comes later', () => {
    expect(toldOf(news(), caller(), called())).toEqual([
      'caller 0 no -',
      'called 0 withoutFile - caller 0',
    ]);
  });

  // Where the one between them comes last, or their robot, nobody could know before.
  test.each<[string, readonly ExecutionSummary[], number]>([
    ['outwards', [called(), caller(), outer()], 1],
    ['inwards', [outer(), caller(), called()], 1],
    ['the one between them first', [caller(), called(), outer()], 1],
    ['the one between them last', [called(), outer(), caller()], 2],
    ['its robot first', [robot(), called(), caller()], 1],
    ['its robot in the middle', [caller(), robot(), called()], 2],
  ])('is told once, whatever comes first: %s', (_, failures, times) => {
    const all = news();
    const told = toldOf(all, ...failures);
    expect(read(told)).toHaveLength(times);
    if (!failures.some(({ flowId }) => flowId === 'outer')) toldOf(all, outer());
    for (const round of [1, 2, 3, 4, 5]) {
      const again = [called(round), caller(round), outer(round)];
      expect(read(toldOf(all, ...(round === 2 ? again : again.reverse())))).toEqual([]);
    }
  });

  test('is told once for each of its problems, and what failed by itself is another one', () => {
    const all = news();
    expect(read(toldOf(all, called(), caller()))).toHaveLength(1);
    // The caller fails at the same step, and what it called did not: its record may come yet, the first time.
    expect(toldOf(all, caller(5), caller(6), caller(7))).toEqual(['caller 6 no -']);
    const other = { message: 'disk full' };
    expect(toldOf(all, caller(8, other))).toEqual(['caller 8 no -']);
    expect(read(toldOf(all, called(9, other), caller(9)))).toEqual(['called 9 no -']);
  });

  test('is told for its caller where that alone is of a flow file, once', () => {
    const all = news(['caller']);
    expect(toldOf(all, called(), caller(), called(1), caller(1))).toEqual([
      'called 0 no -',
      'caller 0 withoutFile called 0',
    ]);
    const back = news(['caller']);
    expect(toldOf(back, caller(), called(), caller(1), called(1))).toEqual([
      'caller 0 no -',
      'called 0 yes - caller 0',
    ]);
  });

  test('is resolved once, and said of itself', () => {
    for (const failures of [
      [called(), caller()],
      [caller(), called()],
    ]) {
      const all = news();
      toldOf(all, ...failures);
      const problem = problemsOf([called(), called(1, passed)].map(pastOf), minute * 20)[0];
      const said = (of: ExecutionSummary) => {
        all.succeeded(of);
        return all.takePassed().map((one) => all.isNowResolved(one, problem));
      };
      expect(said(called(1, passed))).toEqual([true]);
      expect(said(caller(1, passed))).toEqual([false]);
    }
  });

  test('that is back is told when the list says so, with its caller put to it', () => {
    const all = news();
    toldOf(all, called(), caller());
    for (const run of [called(1, passed), caller(1, passed)]) all.succeeded(run);
    expect(toldOf(all, called(2), caller(2))).toEqual([]);
    const runs = [called(), called(1, passed), called(2)];
    const [problem] = problemsOf(runs.map(pastOf), minute * 30);
    for (const one of all.takePassed()) all.isNowResolved(one, problem);
    const returned = () =>
      all
        .takeReturned()
        .map(({ summary, told: { told, of } }) => [summary.key, told, of ?? '-'].join(' '));
    expect(returned()).toEqual(['called 2 no -', 'caller 2 withoutFile called 2']);
    expect(toldOf(all, called(3), caller(3))).toEqual([]);
    for (const one of all.takePassed()) all.isNowResolved(one, problem);
    expect(returned()).toEqual([]);
  });

  test('is told by its caller where it is ignored by nobody, and by none where it is', () => {
    const ignored = called();
    const past = { ...failure, cause: null, category: 'unknown', text: ignored.message } as const;
    const signature = failureSignature(past, 21_300, readFailures());
    const all = news();
    all.setMarks([{ signature, flow: 'called', kind: 'ignored', atMs: 0, weekly: 9 }]);
    expect(toldOf(all, called(1), caller(1))).toEqual([]);
  });

  test('says whose record it is where its sid is that of its workflow, and takes its place', () => {
    const all = news();
    expect(toldOf(all, robot(), called())).toEqual(['rpa 0 no -', 'called 0 withoutFile - rpa 0']);
    // The workflow failed elsewhere: that is a problem which nobody has heard of.
    const elsewhere = { ...at('ifly-code::sum', 'Sum'), message: 'division by zero' };
    expect(toldOf(all, robot(1, { message: 'x' }), called(1, elsewhere))).toEqual([
      'rpa 1 no -',
      'called 1 no - rpa 1',
    ]);
  });

  test('is that of who began it, as its record says, where that failed at the step that did', () => {
    const parts = (name: string) => ({ key: `${name} 0`, sid: name, flowId: name, nodeIds: [] });
    const began = { durationMs: 60_000, message: 'no child', failing: null };
    const child = { durationMs: 5_000, calledBy: { sid: 'parent', runKey: null } };
    const parent = failed(1, { ...parts('parent'), ...began });
    // One second into a minute, of which it fails at the end.
    const own = failed(1, { ...parts('child'), ...child, beginMs: minute + 1_000 });
    const of = (beginMs: number) =>
      new FailureNews({
        pastOf: (summary) => {
          const past = summaryAsPast(summary, '', 0);
          const node = aPastNode({ nodeId: 'x', status: 'failed', beginMs, durationMs: 6_000 });
          return { ...past, failure: { ...failure, nodeId: 'x' }, nodes: [node] };
        },
        hasFile: () => false,
      });
    for (const both of [
      [parent, own],
      [own, parent],
    ]) {
      expect(read(toldOf(of(minute), ...both))).toHaveLength(1);
      expect(read(toldOf(of(minute + 50_000), ...both))).toHaveLength(2);
    }
  });

  test('is told once where the reader put two of them together, until it is resolved', () => {
    const text = (message: string) => failed(1, { flowId: 'f', message });
    const all = new FailureNews({
      pastOf: (summary) => {
        const past = summaryAsPast(summary, '', 0);
        return { ...past, failure: { ...failure, text: summary.message } };
      },
      hasFile: () => false,
    });
    const signature = (message: string) =>
      failureSignature({ ...failure, text: message }, 21_300, readFailures());
    const into = signature('disk full');
    all.setMarks([
      { kind: 'moved', signature: signature('no space left'), flow: 'f', into, atMs: 0 },
    ]);
    const told = (message: string, at: number) =>
      all.failed({ ...text(message), key: `k${String(at)}`, beginMs: at * minute }) !== null;
    expect([told('disk full', 1), told('no space left', 2), told('window gone', 3)]).toEqual([
      ...[true, false, true],
    ]);
    all.succeeded(good(4, { flowId: 'f' }));
    const [problem] = problemsOf([failed(3), good(4)].map(pastOf), 5 * minute);
    for (const one of all.takePassed()) all.isNowResolved(one, problem);
    expect([told('no space left', 5), told('disk full', 6)]).toEqual([true, false]);
  });

  test('is opened where something is to be told of it, and else not', () => {
    const all = news();
    toldOf(all, called(), called(1), called(2));
    expect(opened).toEqual([]);
    toldOf(all, caller());
    expect(opened).toEqual(['caller 0']);
    const other = { message: 'disk full' };
    toldOf(all, caller(7, other), caller(8, other), caller(9, other));
    expect(opened).toEqual(['caller 0', 'caller 7']);
  });
});

describe('an ignored one', () => {
  const mark = (parts: Partial<ProblemMark> = {}): ProblemMark => ({
    signature: failureSignature(failure, 21_300, readFailures()),
    ...{ flow: 'f', kind: 'ignored', atMs: 0, weekly: 1, ...parts },
  });

  test.each<[string, ProblemMark, string]>([
    ['is told at three times its rate', mark(), 'FF!F'],
    ['of a higher rate later', mark({ weekly: 2 }), 'FFFF'],
    ['of another flow is none', mark({ flow: 'g' }), '!FFF'],
    ['of another text is none', mark({ signature: '1-0' }), '!FFF'],
    ['that was only seen is none', mark({ kind: 'seen' }), '!FFF'],
  ])('%s', (_, one, expected) => {
    const news = newsOf();
    news.setMarks([one]);
    expect(told('FFFF', news)).toBe(expected);
  });

  test('is told anew at three times its weekly rate alone: as often in a longer time is no more than it was', () => {
    const news = newsOf();
    news.setMarks([mark({ weekly: 1 })]);
    const days = (...at: readonly number[]) =>
      at
        .map((day) => news.failed(failed(day * 24 * 60)))
        .map((isTold) => (isTold === null ? 'F' : '!'));
    expect(days(0, 5, 10, 15, 20).join('')).toBe('FFFFF');
    expect(days(21, 22, 23).join('')).toBe('!FF');
  });

  test('that is ignored anew is silent anew', () => {
    const news = newsOf();
    news.setMarks([mark()]);
    expect(told('FFF', news)).toBe('FF!');
    news.setMarks([mark({ atMs: 3 * minute, weekly: 3 })]);
    expect(told('FFFF', news)).toBe('FFFF');
  });

  test('is silent as one that was put into another which is ignored, and as an import of its flow', () => {
    const nodeId = 'rpa::3f9d2b1a-6c41-4c0e';
    const own = { ...failure, nodeId };
    const at = { failing: { ...(failing as object), nodeId } as never, flowId: 'import' };
    const news = newsOf(own);
    const signature = failureSignature(own, 21_300, readFailures());
    news.setMarks([
      { kind: 'moved', signature, flow: 'f', into: '1-other', atMs: 0 },
      mark({ signature: '1-other', weekly: 5 }),
    ]);
    expect(news.failed(failed(1, at))).toBeNull();
  });

  test('is told where its record can’t be opened', () => {
    const news = newsOf(null);
    news.setMarks([mark()]);
    expect(told('FF', news)).toBe('!F');
  });
});

describe('a problem is resolved', () => {
  /** At which signs of a story: `F` fails, `f` failed before somebody looked, `p` passed before that, `.` passes. */
  const resolvedAt = (signs: string, story = new Story()) =>
    signs.split('').flatMap((sign, at) => {
      const isLive = sign === 'F' || sign === '.';
      const summary = sign.toLowerCase() === 'f' ? failed(at, { message: 'not found' }) : good(at);
      story.take(summary, isLive);
      return story.resolved().map(({ passes }) => [at, passes]);
    });

  test.each<[string, readonly (readonly number[])[], string]>([
    ['FF.', [[2, 1]], 'failing each time, one pass is believed'],
    ['FF...', [[2, 1]], 'said once'],
    [
      'FFF.F..',
      [
        [3, 1],
        [6, 2],
      ],
      'and again, when it came back and is resolved again',
    ],
    ['......F..', [], 'a single failure among good runs not at once'],
    ['F.F..', [[1, 1]], 'two of three are not mended by two'],
    ['ff.', [[2, 1]], 'also where it failed before somebody looked'],
    ['ffp..', [], 'but not where it was resolved before that'],
  ])('%s: %o: %s', (signs, expected) => {
    expect(resolvedAt(signs)).toEqual(expected);
  });

  test('and what is back is told where it fails while the list is being asked', () => {
    const story = new Story();
    expect(story.take(failed(0))).toBe(true);
    story.take(good(1));
    const answered = story.asking();
    expect(story.take(failed(2))).toBe(false);
    // What it says is no longer so.
    expect(answered()).toEqual([]);
    expect(story.news.takeReturned()).toEqual([]);
    story.resolved();
    expect(story.news.takeReturned().map(({ summary }) => summary.beginMs)).toEqual([2 * minute]);
    expect(story.take(failed(3))).toBe(false);
    story.resolved();
    expect(story.news.takeReturned()).toEqual([]);
  });

  test('and what fails again after it was said to be fixed is told, once', () => {
    const own = { ...failure, cause: null, text: 'not found' };
    const signature = failureSignature(own, 21_300, readFailures());
    const fixed = { signature, flow: 'f', kind: 'fixed', atMs: 1.5 * minute, weekly: 0 } as const;
    const story = new Story(newsOf(), [fixed]);
    const told = [0, 1, 2, 3, 4].map((at) => {
      const isTold = story.take(failed(at, { message: 'not found' }));
      story.resolved();
      return isTold ? '!' : story.news.takeReturned().map(({ summary }) => summary.beginMs);
    });
    expect(told).toEqual(['!', [], [2 * minute], [], []]);
  });

  // By when each began, in the order in which their records came: `R` is where it is said, `!` where a failure is told.
  test.each<[string, string, string]>([
    ['F0 .1 F0', '! R F', 'a failure that began before what resolved it is no news'],
    ['F1 .2 .0 F3', '! R . !', 'and one that began later is'],
    ['F1 .0 .2', '! . .', 'what passed before it came later, and says that it did not always fail'],
    ['.1 F2 F0 .3', '. ! F .', 'what passed between two of them did not resolve them'],
    ['F0 .3 F2 .4', '! R F .', 'what passed behind both is counted for both, and said once'],
    ['F0 F1 .4 F2 .5', '! F R F .', 'also where there were several'],
    ['.1 F0', '. R', 'a failure that comes behind what resolved it is told with that'],
  ])('%s: %s: %s', (events, expected) => {
    const story = new Story(newsOf());
    const seen = events.split(' ').map((event) => {
      const at = Number(event.slice(1));
      const isFailure = event.startsWith('F');
      const isTold = story.take(isFailure ? failed(at, { message: 'x' }) : good(at));
      if (story.resolved().length > 0) return 'R';
      return isTold ? '!' : isFailure ? 'F' : '.';
    });
    expect(seen.join(' ')).toBe(expected);
  });

  test('by a run of another import of its flow, as its node is nobody else’s', () => {
    const nodeIds = ['1', '2', '3'].map((end) => `rpa::3f9d2b1a-6c41-4c0e-9a51-00000000000${end}`);
    const [nodeId] = nodeIds;
    const story = new Story();
    story.take(failed(1, { failing: { ...(failing as object), nodeId } as never, nodeIds }));
    story.take(good(2, { flowId: 'import', nodeIds }));
    expect(story.resolved()).toHaveLength(1);
    story.take(good(3, { flowId: 'import', nodeIds: [] }));
    expect(story.news.isToBeAsked).toBe(false);
  });

  test('in silence, where it is ignored', () => {
    const past = { ...failure, cause: null, category: 'unknown', text: 'not found' } as const;
    const signature = failureSignature(past, 21_300, readFailures());
    const marks = [{ signature, flow: 'f', kind: 'ignored', atMs: 0, weekly: 9 } as const];
    expect(resolvedAt('FF..', new Story(newsOf(null), marks))).toEqual([]);
  });
});
