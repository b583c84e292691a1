import { describe, expect, test } from 'vitest';

import { concurrencyOf } from '../../../src/analysis/concurrency.ts';
import { durationsOf } from '../../../src/analysis/durations.ts';
import { errorRatesOf } from '../../../src/analysis/errorRates.ts';
import type { PastExecution, PastFailure, PastNode } from '../../../src/analysis/pastExecution.ts';
import { resourcesOf } from '../../../src/analysis/resources.ts';
import { sixFigures } from '../../../src/analysis/sixFigures.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import {
  concurrencySentences,
  durationSentences,
  errorSentences,
  resourceSentences,
} from '../../../src/texts/analysisTexts.ts';
import {
  nextText,
  problemDetail,
  problemInBrief,
  problemStateName,
  problemTitle,
} from '../../../src/texts/problemTexts.ts';
import { analysisText } from '../../../src/view/analysisText.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const minute = 60_000;
const texts = {
  ...{
    t: plainEnglish,
    language: 'en',
    kindOf: () => null,
    nameOf: (flow: string) => `Flow ${flow}`,
  },
  moment: (atMs: number) => `minute ${String(Math.round(atMs / minute))}`,
};
const failure: PastFailure = {
  ...{ nodeId: 'save', name: 'Save', cause: 'elementNotFound', category: 'robotTask' },
  text: 'Element not found: #save\n  at line 3',
};
const times = (count: number, partsOf: (index: number) => Partial<PastExecution>) =>
  Array.from({ length: count }, (_, index) =>
    aPast({ beginMs: index * minute, ...partsOf(index) }),
  );
const hourOf = (atMs: number) => Math.floor(atMs / (60 * minute)) % 24;

describe('durations in words', () => {
  test.each<[string, PastExecution[], RegExp]>([
    ['nothing has one', [aPast({ durationMs: null })], /^No execution has a duration\.$/],
    ['only executions have one', [aPast()], /^Most time is spent in “Flow”: 1\.00 s\.$/],
    [
      'a node without a name is told by what it is, and its id',
      [aPast({ nodes: [aPastNode({ name: '', durationMs: 500 })] })],
      /^Most time is spent in “Node n”: 50(?:\.0)?% of its flow/,
    ],
  ])('where %s', (_, all, sentence) => {
    expect(durationSentences(durationsOf(all), texts)[0]).toMatch(sentence);
  });

  test('what got slower is told three times at most, and how many more there are', () => {
    const slower = ['a', 'b', 'c', 'd'].flatMap((flow) =>
      times(30, (index) => ({ flow, name: flow, durationMs: index < 15 ? 1_000 : 3_000 })),
    );
    const [, ...others] = durationSentences(durationsOf(slower), texts);
    expect(others).toHaveLength(4);
    expect(others[0]).toBe(
      '“a” got slower between minute 14 and minute 15: from 1.00 s to 3.00 s.',
    );
    expect(others[3]).toBe('In the table: 1 more.');
  });
});

test('what nodes waited for, and what earlier attempts took', () => {
  const node = (nodeId: string, parts: Partial<PastNode>) =>
    aPastNode({ nodeId, name: nodeId, ...parts });
  const told = (waitedMs: number, lostMs: number) =>
    durationSentences(
      durationsOf([
        aPast({ nodes: [node('Read', { waitedMs: 2 }), node('Save', { waitedMs, lostMs })] }),
      ]),
      texts,
    ).slice(1);
  expect(told(999, 0)).toEqual([]);
  expect(told(4_000, 0)).toEqual(['Before “Save” half of its runs waited 4.00 s or longer.']);
  expect(told(0, 3_000)).toEqual([
    'Earlier attempts took up to 3.00 s; those at “Save” most: 3.00 s.',
  ]);
});

test('nodes of several flows that are called alike are told with their flow', () => {
  const node = aPastNode({ name: 'Save', durationMs: 500, lostMs: 100 });
  const other = aPastNode({ nodeId: 'r', name: 'Read', durationMs: 400 });
  const told = durationSentences(
    durationsOf([aPast({ flow: 'a', nodes: [node, other] }), aPast({ flow: 'b', nodes: [node] })]),
    texts,
  );
  expect(told[0]).toMatch(/^Most time is spent in “Save \(Flow a\)”: /);
  expect(told[1]).toBe(
    'Earlier attempts took up to 200 ms; those at “Save (Flow a)” most: 100 ms.',
  );
});

test('the busiest hour is told with how many began in it', () => {
  const all = [0, 1, 2, 61, 62, 130].map((at) => aPast({ beginMs: at * minute }));
  expect(concurrencySentences(concurrencyOf(all, hourOf), texts)[1]).toBe(
    'Busiest hour of the day: 0:00 to 1:00, in which 3 of 6 began.',
  );
});

describe('failures in words', () => {
  const failed = (parts: Partial<PastExecution> = {}) =>
    aPast({ outcome: 'failed', code: 21300, failure, ...parts });

  test('none, and what a later attempt saved', () => {
    const saved = aPast({ nodes: [aPastNode({ status: 'recovered' })] });
    expect(errorSentences(errorRatesOf([aPast()]), texts)).toEqual(['No execution failed.']);
    expect(errorSentences(errorRatesOf([saved]), texts)).toHaveLength(2);
    expect(errorSentences(errorRatesOf([saved, saved, failed()]), texts).at(-1)).toMatch(/2/);
  });

  test.each<[string, string, RegExp]>([
    ['............x', 'a new failure', /“Save” used to succeed, then began to fail\./],
    [
      `x${'.'.repeat(20)}${'x'.repeat(21)}`,
      'one that rises',
      /“Save” fails more often than before\./,
    ],
    ['x.x.x.x.', 'one by turns', /“Save” alternately fails and passes\./],
  ])('%s: %s', (signs, _, sentence) => {
    const all = times(signs.length, (index) =>
      signs.charAt(index) === 'x'
        ? failed({ beginMs: index * minute })
        : { nodes: [aPastNode({ nodeId: 'save' })] },
    );
    expect(errorSentences(errorRatesOf(all), texts).join(' ')).toMatch(sentence);
  });

  test('what alternates at several nodes is said once of them all', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].flatMap((nodeId) =>
      times(8, (index) =>
        index % 2 === 0
          ? failed({
              ...{ flow: nodeId, beginMs: index * minute },
              failure: { ...failure, nodeId, name: nodeId },
            })
          : { flow: nodeId, nodes: [aPastNode({ nodeId })] },
      ),
    );
    const told = errorSentences(errorRatesOf(all), texts).filter((one) =>
      one.includes('alternately'),
    );
    expect(told).toEqual([
      expect.stringMatching(
        /^These steps alternately fail and pass: “.”, “.”, “.”, 2 more steps\.$/,
      ),
    ]);
  });

  test('a node that no record names is an unknown one', () => {
    const unknown = failed({ failure: { ...failure, nodeId: null, name: '' } });
    expect(errorSentences(errorRatesOf([unknown]), texts)[0]).toContain('an unknown node');
  });
});

describe('resources in words', () => {
  test('none, and what nobody reports', () => {
    expect(resourceSentences(resourcesOf([]), texts)).toHaveLength(1);
    const [records, models, process] = resourceSentences(resourcesOf([aPast()]), texts);
    expect(records).toBe('Half of the records have 1000 B or less, the largest 1000 B.');
    expect(models).toBe('No language model was used.');
    expect(process).toContain('aren’t reported');
  });

  test('tokens, processes and what grew', () => {
    const loop = { eventLoopUtilization: 0, eventLoopDelayMs: null };
    const resources = { cpuMs: 1, memoryBytes: 1, ...loop };
    const all = times(30, (index) => ({
      ...{ tokens: index < 15 ? 1_000 : 3_000, recordBytes: index < 15 ? 10_240 : 40_960 },
      resources,
    }));
    const sentences = resourceSentences(resourcesOf(all), texts);
    expect(sentences.join(' ')).not.toContain('reported');
    expect(sentences).toContain(
      '“Flow” grew between minute 14 and minute 15: from 10 KB to 40 KB.',
    );
    expect(sentences.some((sentence) => /from 1,?000 tokens to 3,?000 tokens/.test(sentence))).toBe(
      true,
    );
  });
});

describe('concurrency in words', () => {
  test('without times, one after the other, and at once', () => {
    const told = (all: readonly PastExecution[]) =>
      concurrencySentences(concurrencyOf(all, hourOf), texts)[0];
    expect(told([aPast({ beginMs: null })])).toBe('No execution has times.');
    expect(told([aPast()])).toBe('Executions ran one after the other.');
    expect(told([aPast(), aPast()])).toBe('Most executions at once: 2 (minute 0).');
  });

  test('what takes longer when more goes on', () => {
    const all = Array.from({ length: 40 }, (_, index) => {
      const [beside, beginMs] = [index % 10, index * 60 * minute];
      return [
        ...Array.from({ length: beside }, () =>
          aPast({ flow: 'other', beginMs, durationMs: 30 * minute }),
        ),
        aPast({ beginMs: beginMs + minute, durationMs: 1_000 + 400 * beside + index }),
      ];
    }).flat();
    const sentences = concurrencySentences(concurrencyOf(all, hourOf), texts);
    expect(sentences.at(-1)).toMatch(/^“Flow” takes longer the more runs in parallel: /);
  });
});

test.each([
  [1, /^“Flow” seems to queue: 19 of 20 began right after another, and none in parallel\.$/],
  [2, /^“Flow” seems to queue: 38 of 40 began right after another, at most 2 at once\.$/],
])('what queues before %i is told', (servers, sentence) => {
  const all = Array.from({ length: servers }, (_, server) =>
    times(20, (index) => ({ beginMs: server * 100 + index * 5_000, durationMs: 5_000 })),
  ).flat();
  const sentences = concurrencySentences(concurrencyOf(all, hourOf), texts);
  expect(sentences.at(-1)).toMatch(sentence);
});

describe('a problem in words', () => {
  const story = (signs: string, nowMs = 0) => {
    const all = times(signs.length, (index) =>
      signs.charAt(index) === 'F'
        ? { outcome: 'failed', code: 21300, failure }
        : { nodes: [aPastNode({ nodeId: 'save' })] },
    );
    const [problem] = problemsOf(all, nowMs);
    if (problem === undefined) throw new Error('No problem');
    return problem;
  };

  test.each<[string, number, string, string]>([
    ['F', 0, 'Ongoing', 'once, minute 0'],
    [
      'FF',
      0,
      'Ongoing',
      'failed 2 of the 2 runs since minute 0 that reached this step · last minute 1',
    ],
    ['FF.', 0, 'Resolved', '1 of 1 needed runs passed since minute 2 · enough to be sure'],
    ['F.F...', 0, 'Resolved', '3 of 3 needed runs passed since minute 3 · enough to be sure'],
    ['F.F.', 0, 'Watching', '1 of 3 needed runs passed since minute 3 · 2 more passes to be sure'],
    ['FF.F', 0, 'Regressed', 'was resolved, and is back'],
    ['FF', 99 * 24 * 60 * minute, 'Quiet', 'not run since minute 1'],
  ])('%s', (signs, nowMs, state, detail) => {
    const problem = story(signs, nowMs);
    expect(problemStateName(problem, plainEnglish)).toBe(state);
    expect(problemDetail(problem, texts).join(' · ')).toContain(detail);
  });

  test.each<[string, number, string, string, string]>([
    ['F', 0, 'No pass since', 'once, minute 0', ''],
    [
      'FF',
      99 * 24 * 60 * minute,
      'No pass since',
      'failed 2 of the 2 runs since minute 0 that reached this step · last minute 1',
      '',
    ],
    ['FF.', 0, 'Resolved', '1 of 1 needed runs passed since minute 2 · enough to be sure', ''],
    [
      'F.F.',
      0,
      'Passed since',
      '1 of 3 needed runs passed since minute 3 · too few to be sure',
      'passes to be sure',
    ],
    ['FF.F', 0, 'Regressed', 'failed again after it was resolved', 'is back'],
  ])('of a file, in which nothing goes on: %s', (signs, nowMs, state, detail, not) => {
    const problem = story(signs, nowMs);
    expect(problemStateName(problem, plainEnglish, true)).toBe(state);
    const told = problemDetail(problem, { ...texts, isOfFile: true }).join(' · ');
    expect(told).toContain(detail);
    if (not !== '') expect(told).not.toContain(not);
    expect(nextText(problem, plainEnglish, true)).toBe('');
  });

  test('of a file, watched since its flow changed: nothing has passed', () => {
    const changed = { ...story('F'), state: 'watching', passes: 0, mark: null } as const;
    expect(problemStateName(changed, plainEnglish, true)).toBe('No pass since');
    expect(problemStateName({ ...changed, mark: 'fixed' }, plainEnglish, true)).toBe(
      'Marked as fixed',
    );
  });

  test('that came back is said to have been what it was', () => {
    const regressed = { ...story('FF.F'), wasResolved: false };
    expect(problemInBrief(regressed, texts)).toContain(
      'Regressed: was marked as fixed, and is back. Failed 3 of the 4 runs since minute 0 that reached this step.',
    );
  });

  test('says who failed with it', () => {
    const alsoFailed = [
      { flow: 'c', name: 'All invoices', count: 3, runs: [] },
      { flow: '7379', name: '', count: 1, runs: [] },
    ];
    const detail = problemDetail({ ...story('F'), alsoFailed }, texts);
    expect(detail).toContain('also failed: All invoices 3×, 7379');
  });

  test('is called by the first line of what it said, else by its cause', () => {
    const problem = story('F');
    const title = (parts: object) =>
      problemTitle({ ...problem, telling: '', ...parts }, plainEnglish);
    expect(title({})).toBe('Element not found: #save');
    expect(title({ text: ' \n' })).toBe('The robot didn’t find an element');
    expect(title({ text: '', cause: null })).not.toBe('');
  });

  test('is called by the line that tells its cause as well, where that is another', () => {
    const telling = 'waiting for getByText("Save")';
    const text = `Task exec failed: click: Timeout 1500ms exceeded.\n - ${telling}`;
    expect(problemTitle({ ...story('F'), text, telling }, plainEnglish)).toBe(
      'click: Timeout 1500ms exceeded. … waiting for getByText("Save")',
    );
  });
});

test('figures and analyses are printed, long tables to their twentieth row', () => {
  const nodes = Array.from({ length: 25 }, (_, index) =>
    aPastNode({ nodeId: `n${String(index)}`, name: index === 0 ? '录入订单' : '' }),
  );
  const all = [
    aPast({ nodes }),
    aPast({ outcome: 'cancelled' }),
    aPast({ kind: 'link' }),
    aPast({ kind: 'build', outcome: 'unreported' }),
    aPast({ outcome: 'failed', code: 1, failure: { ...failure, nodeId: null, name: '' } }),
  ];
  const world = { isToday: () => true, reportsProgress: true, minutesByHand: () => undefined };
  const printed = analysisText(
    {
      figures: sixFigures(all, world),
      durations: durationsOf(all),
      errors: errorRatesOf(all),
      resources: resourcesOf(all),
      concurrency: concurrencyOf(all, hourOf),
    },
    texts,
  );
  expect(printed).toContain('\n  … 5\n');
  // A Chinese sign is two columns wide.
  expect(printed).toMatch(/\n {2}录入订单 {2}f {5}/);
  expect(printed).toMatch(/Cut off before their end +1\n/);
  expect(printed).toMatch(/Without an end +0\n/);
  expect(printed).toMatch(/Tool calls +1\n/);
  expect(printed).toMatch(/Builds +1\n/);
  expect(printed).toMatch(/\n {2}– +f /);
});
