/** Numbers and problems of many executions: what one of them adds must not depend on how many there are. */
import { concurrencyOf } from '../../src/analysis/concurrency.ts';
import { durationsOf } from '../../src/analysis/durations.ts';
import { errorRatesOf } from '../../src/analysis/errorRates.ts';
import type { PastExecution } from '../../src/analysis/pastExecution.ts';
import { problemsOf } from '../../src/answers/problemsOf.ts';
import { aPast, aPastNode } from '../support/pastBuilders.ts';
import { reportGrowth } from './growth.ts';
import { heading } from './report.ts';

const nodes = 10;
const executions = 10_000;
const minute = 60_000;

/** Every third fails, each in words, at a node or in a flow of its own. */
function many(count: number, own: 'words' | 'node' | 'flow'): readonly PastExecution[] {
  return Array.from({ length: count }, (_, index) => {
    const name = String(index);
    const nodeId = own === 'node' ? `rpa::${name.padStart(8, '0')}` : 'rpa::12345678';
    const words = name
      .split('')
      .map((digit) => 'abcdefghij'.charAt(Number(digit)))
      .join('');
    return aPast({
      ...{ key: name, sid: name, beginMs: index * minute, durationMs: 1_000 + (index % 7) * 90 },
      flow: own === 'flow' ? name : 'f',
      nodes: Array.from({ length: nodes }, (_unused, at) =>
        aPastNode({ nodeId: at === 0 ? nodeId : `ifly-code::0000000${String(at)}` }),
      ),
      ...(index % 3 === 0
        ? {
            ...{ outcome: 'failed', code: 21300 },
            failure: {
              ...{ nodeId, name: 'Save', cause: null, category: 'unknown' },
              text: own === 'words' ? `lost ${words}` : 'lost',
            },
          }
        : {}),
    });
  });
}

heading(`Numbers and problems of ${String(2 * executions)} executions with ${String(nodes)} nodes`);
for (const own of ['words', 'node', 'flow'] as const) {
  const on = (work: (all: readonly PastExecution[]) => unknown) => (count: number) => {
    const all = many(count, own);
    return () => work(all);
  };
  reportGrowth(
    `problems, each with ${own} of its own`,
    executions,
    on((all) => problemsOf(all, 0)),
  );
  reportGrowth(`error rates, each with ${own} of its own`, executions, on(errorRatesOf));
  reportGrowth(`durations, each with ${own} of its own`, executions, on(durationsOf));
}
reportGrowth('concurrency', executions, (count) => {
  const all = many(count, 'words');
  return () => concurrencyOf(all, () => 0);
});
