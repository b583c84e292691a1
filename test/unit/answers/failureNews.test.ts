import { describe, expect, test } from 'vitest';

import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import { FailureNews } from '../../../src/answers/failureNews.ts';
import { normalText } from '../../../src/problems/normalText.ts';
import type { ProblemMark } from '../../../src/problems/problemMark.ts';
import { failureSignature } from '../../../src/problems/signature.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';

const minute = 60_000;
const failing = { nodeId: 'rpa::save', name: 'Save', runKey: null, inferred: false } as never;
const failure: PastFailure = {
  ...{ nodeId: 'rpa::save', name: 'Save', cause: 'elementNotFound', category: 'robotTask' },
  text: 'Element not found: #btnSave',
};

/** A failure at the minute of its number, with what the test cares about. */
const failed = (at: number, parts: Partial<ExecutionSummary> = {}) =>
  aSummary({
    ...{ sid: String(at), beginMs: at * minute, outcome: 'failed', code: 21_300, failing },
    ...{ flowId: 'f', nodeIds: ['rpa::save'], message: `not found after ${String(at)} ms` },
    ...parts,
  });
const good = (at: number, parts: Partial<ExecutionSummary> = {}) =>
  failed(at, { outcome: 'succeeded', code: 0, failing: null, message: '', ...parts });

/** Which of a story are told: `F` fails, `.` passes, `-` passes without coming to the node, `<` began before the last. */
function told(signs: string, news = new FailureNews({ failureOf: () => failure })): string {
  return signs
    .split('')
    .map((sign, at) => {
      if (sign === 'F') return news.failed(failed(at)) ? '!' : 'F';
      const began = sign === '<' ? at - 2 : at;
      news.succeeded(good(began, sign === '-' ? { nodeIds: [] } : {}));
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
    const news = new FailureNews({ failureOf: () => failure });
    news.failed(failed(1));
    expect(news.failed(failed(2, parts))).toBe(isNews);
  });

  test('anew for another source, and where so many others failed since', () => {
    const news = new FailureNews({ failureOf: () => failure });
    expect(told('F', news)).toBe('!');
    news.clear();
    expect(told('F', news)).toBe('!');
    for (let n = 0; n < 1_000; n++) news.failed(failed(n, { flowId: `other ${String(n)}` }));
    expect(told('F', news)).toBe('!');
  });
});

describe('an ignored one', () => {
  const mark = (parts: Partial<ProblemMark> = {}): ProblemMark => ({
    signature: failureSignature(failure, 21_300, normalText),
    ...{ flow: 'f', kind: 'ignored', atMs: 0, weekly: 1, ...parts },
  });

  test.each<[string, ProblemMark, string]>([
    ['is told at three times its rate', mark(), 'FF!F'],
    ['of a higher rate later', mark({ weekly: 2 }), 'FFFF'],
    ['of another flow is none', mark({ flow: 'g' }), '!FFF'],
    ['of another text is none', mark({ signature: '1-0' }), '!FFF'],
    ['that was only seen is none', mark({ kind: 'seen' }), '!FFF'],
  ])('%s', (_, one, expected) => {
    const news = new FailureNews({ failureOf: () => failure });
    news.setMarks([one]);
    expect(told('FFFF', news)).toBe(expected);
  });

  test('is told anew at three times its weekly rate alone: as often in a longer time is no more than it was', () => {
    const news = new FailureNews({ failureOf: () => failure });
    news.setMarks([mark({ weekly: 1 })]);
    const days = (...at: readonly number[]) =>
      at.map((day) => news.failed(failed(day * 24 * 60))).map((isTold) => (isTold ? '!' : 'F'));
    expect(days(0, 5, 10, 15, 20).join('')).toBe('FFFFF');
    expect(days(21, 22, 23).join('')).toBe('!FF');
  });

  test('that is ignored anew is silent anew', () => {
    const news = new FailureNews({ failureOf: () => failure });
    news.setMarks([mark()]);
    expect(told('FFF', news)).toBe('FF!');
    news.setMarks([mark({ atMs: 3 * minute, weekly: 3 })]);
    expect(told('FFFF', news)).toBe('FFFF');
  });

  test('is silent as one that was put into another which is ignored, and as an import of its flow', () => {
    const nodeId = 'rpa::3f9d2b1a-6c41-4c0e';
    const own = { ...failure, nodeId };
    const at = { failing: { ...(failing as object), nodeId } as never, flowId: 'import' };
    const news = new FailureNews({ failureOf: () => own });
    const signature = failureSignature(own, 21_300, normalText);
    news.setMarks([
      { kind: 'moved', signature, flow: 'f', into: '1-other', atMs: 0 },
      mark({ signature: '1-other', weekly: 5 }),
    ]);
    expect(news.failed(failed(1, at))).toBe(false);
  });

  test('is told where its record can’t be opened', () => {
    const news = new FailureNews({ failureOf: () => null });
    news.setMarks([mark()]);
    expect(told('FF', news)).toBe('!F');
  });
});

describe('a problem is resolved', () => {
  // One that always failed, by a run of ten minutes; the flow file was changed in a minute.
  test.each<[number, number, boolean, string]>([
    [1, 5, false, 'it began before the change, and was over behind it'],
    [1, 11, true, 'it was over before'],
    [6, 5, true, 'it began behind it'],
  ])('by one that began at %i, changed at %i: %o, %s', (began, changed, isResolved) => {
    const changedMs = () => changed * minute;
    const news = new FailureNews({ failureOf: () => failure, changedMs });
    news.failed(failed(0));
    const run = good(began, { durationMs: 10 * minute });
    expect(news.succeeded(run).length > 0).toBe(isResolved);
    if (!isResolved) expect(news.succeeded(good(changed + 1))).toHaveLength(1);
  });

  /** At which signs of a story: `F` fails, `f` failed before somebody looked, `.` passes. */
  const resolvedAt = (signs: string, news = new FailureNews({ failureOf: () => failure })) =>
    signs.split('').flatMap((sign, at) => {
      if (sign === 'F') news.failed(failed(at));
      else if (sign === 'f') news.remember(failed(at));
      else return news.succeeded(good(at)).map(({ passes }) => [at, passes]);
      return [];
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
  ])('%s: %o: %s', (signs, expected) => {
    expect(resolvedAt(signs)).toEqual(expected);
  });

  test('with its node and its words', () => {
    const news = new FailureNews({ failureOf: () => failure });
    news.failed(failed(1));
    expect(news.succeeded(good(2))).toEqual([
      { nodeName: 'Save', text: 'not found after 1 ms', failures: 1, passes: 1 },
    ]);
  });

  test('by a run of another import of its flow, as its node is nobody else’s', () => {
    const nodeId = 'rpa::3f9d2b1a-6c41-4c0e';
    const news = new FailureNews({ failureOf: () => failure });
    news.failed(failed(1, { failing: { ...(failing as object), nodeId } as never }));
    expect(news.succeeded(good(2, { flowId: 'import', nodeIds: [nodeId] }))).toHaveLength(1);
    expect(news.succeeded(good(3, { flowId: 'import', nodeIds: [] }))).toEqual([]);
  });

  test('in silence, where it is ignored', () => {
    const news = new FailureNews({ failureOf: () => failure });
    const signature = failureSignature(failure, 21_300, normalText);
    news.setMarks([{ signature, flow: 'f', kind: 'ignored', atMs: 0, weekly: 9 }]);
    expect(resolvedAt('FF..', news)).toEqual([]);
  });
});
