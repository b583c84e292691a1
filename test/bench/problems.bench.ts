/** Problems of what ran: to find them is done in slices and rarely, to list them whenever somebody asks. */
import type { PastExecution } from '../../src/analysis/pastExecution.ts';
import { ProblemsView } from '../../src/answers/problemsView.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { loopTurn } from '../../src/engine/loopTurn.ts';
import { aPast, aPastNode } from '../support/pastBuilders.ts';
import { heading, median, report } from './report.ts';

const executions = 100_000;
const flows = 20;
const rounds = 7;
const minute = 60_000;

/** Every tenth fails, at one of ten nodes of one of twenty flows, in words of its own each. */
function past(): readonly PastExecution[] {
  const nodesOf = Array.from({ length: flows }, (_, flow) =>
    Array.from({ length: 10 }, (_unused, at) =>
      aPastNode({ nodeId: `ifly-code::${String(flow).padStart(4, '0')}000${String(at)}` }),
    ),
  );
  return Array.from({ length: executions }, (_, n) => {
    const nodes = nodesOf[n % flows] ?? [];
    const at = aPast({
      ...{
        key: String(n),
        sid: String(n),
        beginMs: n * minute,
        flow: `f${String(n % flows)}`,
        nodes,
      },
    });
    if (n % 10 !== 0) return at;
    return {
      ...at,
      ...{ outcome: 'failed', code: 21_300 },
      failure: {
        ...{ nodeId: nodes[(n / 10) % 10]?.nodeId ?? null, name: 'Save', cause: 'elementNotFound' },
        ...{ category: 'robotTask', text: `Element not found: #save, order ${String(n)}` },
      },
    };
  });
}

heading(`Problems of ${String(executions)} executions with 10 nodes`);
const all = past();
const known = { revision: 0, sinceMs: 0, between: () => Promise.resolve(all) };
const view = new ProblemsView({
  ...{ past: known, clock: systemClock, pending: () => 0, turn: loopTurn },
  ...{ store: { get: () => undefined } as never, list: { ofScope: () => [] } },
  ...{ onDue: () => undefined, onFound: () => undefined },
  flows: { revision: () => 0, changedMs: () => null },
});
const query = { scope: { kind: 'all' }, group: 'unresolved' } as const;
const found: number[] = [];
const listed: number[] = [];
for (let round = 0; round < rounds; round++) {
  view.clear();
  found.push(await timeOf(() => view.answer(query)));
  listed.push(await timeOf(() => view.answer(query)));
}
view.dispose();
report('found anew', median(found), 'ms');
report('listed', median(listed), 'ms', { atMost: 100 });

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
