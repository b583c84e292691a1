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

  test('is told where its record can’t be opened', () => {
    const news = new FailureNews({ failureOf: () => null });
    news.setMarks([mark()]);
    expect(told('FF', news)).toBe('!F');
  });
});
