import { expect, test } from 'vitest';

import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';
import { corpusRecord } from '../../support/runCorpus.ts';
import { pastTrace } from '../../../scripts/pastTrace.ts';

// What an earlier release wrote into the history beside what this one makes of the same failure.

type Read = Pick<PastFailure, 'cause' | 'category' | 'also'>;
const unknown: Read = { cause: null, category: 'unknown' };
const node: Read = { cause: null, category: 'node' };
const notFound: Read = { cause: 'elementNotFound', category: 'robotTask' };
const window: Read = { cause: 'windowNotFound', category: 'robotTask' };
const permission: Read = { cause: 'forbidden', category: 'permission' };

const telling = 'Element not found: #btnSave after 30000 ms';
const silent = 'Plugin node execution failed';

/** What another log says than the first one. */
const later = { also: ['Element not found: #btnSave after 30000 ms'] };
const refused = { also: ['403 Forbidden'] };

const raised = { also: ['Traceback (most recent call last):\nValueError: no amount'] };
const service: Read = { cause: 'serviceFailed', category: 'network' };

const wrong = { also: ['It went wrong'] };
const busy: Read = { cause: 'databaseBusy', category: 'database' };
const lockWait = "(1205, 'Lock wait timeout exceeded; try restarting transaction')";

const rows: readonly (readonly [string, string, readonly Read[], number])[] = [
  ['a cause that is recognized now', telling, [unknown, notFound], 1],
  ['another cause than before', telling, [window, notFound], 1],
  ['what is recognized no more', silent, [node, unknown], 1],
  [
    'two changes, mixed as windows of several releases write them',
    telling,
    [unknown, notFound, window, unknown],
    1,
  ],
  [
    'causes that other logs tell, where the text tells none',
    silent,
    [
      { ...notFound, ...later },
      { ...permission, ...refused },
    ],
    2,
  ],
  [
    'a cause that is recognized now in another log',
    silent,
    [
      { ...node, ...later },
      { ...notFound, ...later },
    ],
    1,
  ],
  [
    'another cause than before in another log',
    silent,
    [
      { ...window, ...later },
      { ...notFound, ...later },
    ],
    1,
  ],
  ['the same, kept before what else it said was', silent, [notFound, { ...notFound, ...later }], 1],
  ['and of a text that tells it', telling, [window, { ...notFound, ...refused }], 1],
  ['and of a service whose code raised', silent, [service, { ...service, ...raised }], 1],
  ['and of a text that tells it by its numbers', lockWait, [busy, { ...busy, ...wrong }], 1],
  ['a cause that is recognized now by the numbers of a text', lockWait, [unknown, busy], 1],
  ['two causes that were found in what was not kept', silent, [notFound, permission], 2],
  ['a cause that was found in it, and none', silent, [notFound, unknown], 2],
  [
    'a cause of another log by a pattern that is gone',
    silent,
    [
      { ...permission, ...wrong },
      { ...unknown, ...wrong },
    ],
    1,
  ],
];

test.each(rows)('%s: as many problems as there are', (_, text, reads, count) => {
  const nodes = [aPastNode({ nodeId: 'n', status: 'failed' })];
  const runs = reads.map((read, n) =>
    aPast({
      ...{
        key: `k${String(n)}`,
        sid: `k${String(n)}`,
        beginMs: n,
        outcome: 'failed',
        code: 1,
        nodes,
      },
      failure: { nodeId: 'n', name: 'Save', text, ...read },
    }),
  );
  const problems = problemsOf(runs, 10);
  expect(problems).toHaveLength(count);
  const last = reads.at(-1);
  expect(problems[0]).toMatchObject({ cause: last?.cause, category: last?.category });
});

const traceback = (lines: number) =>
  `Traceback (most recent call last):${'\n  File "robot.py"'.repeat(lines)}\nKeyError: 'amount'`;

test.each<readonly [string, string, readonly string[], readonly string[] | undefined]>([
  ['one error, which the execution tells as well', 'boom', [], undefined],
  ['errors behind the first', 'boom', ['no file', 'gave up'], ['no file', 'gave up']],
  ['one that says the same', 'boom', ['boom', 'gave up', 'gave up'], ['gave up']],
  [
    'many: the last of them',
    'boom',
    ['no a', 'no b', 'no c', 'no d', 'no e', 'no f'],
    ['no b', 'no c', 'no d', 'no e', 'no f'],
  ],
])('what else may tell a cause is kept of %s', async (_, error, further, also) => {
  const { executions } = await pastTrace([
    corpusRecord({ n: 0, generation: 'g3', error, further }),
  ]);
  expect(executions[0]?.failure?.also).toEqual(also);
});

test.each([20, 60])(
  'of a text of %d lines its end is kept, which tells what was raised',
  async (lines) => {
    const error = traceback(lines);
    const { executions } = await pastTrace([corpusRecord({ n: 0, generation: 'g3', error })]);
    const { also = [] } = executions[0]?.failure ?? {};
    expect(also.join()).toContain("KeyError: 'amount'");
    expect(also.join().length).toBeLessThan(500);
  },
);
