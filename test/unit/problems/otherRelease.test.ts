import { expect, test } from 'vitest';

import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

// What an earlier release wrote into the history beside what this one makes of the same failure.

type Read = Pick<PastFailure, 'cause' | 'category'>;
const unknown: Read = { cause: null, category: 'unknown' };
const node: Read = { cause: null, category: 'node' };
const notFound: Read = { cause: 'elementNotFound', category: 'robotTask' };
const window: Read = { cause: 'windowNotFound', category: 'robotTask' };
const permission: Read = { cause: 'forbidden', category: 'permission' };

const telling = 'Element not found: #btnSave after 30000 ms';
const silent = 'Plugin node execution failed';

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
  ['causes that logs told, where the text tells none', silent, [notFound, permission], 2],
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
