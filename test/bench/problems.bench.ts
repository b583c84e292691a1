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
let now = all;
const known = { revision: 0, sinceMs: 0, between: () => Promise.resolve(now) };
const view = new ProblemsView({
  ...{ past: known, clock: systemClock, pending: () => 0, turn: loopTurn },
  ...{ store: { get: () => undefined } as never, list: { ofScope: () => [] } },
  ...{ onDue: () => undefined, onFound: () => undefined },
  flows: { revision: () => 0, changedMs: () => null },
  elsewhere: { problem: (problem) => problem },
});
const query = { scope: { kind: 'all' }, group: 'unresolved' } as const;
const found: number[] = [];
const anew: number[] = [];
const listed: number[] = [];
for (let round = 0; round < rounds; round++) {
  view.clear();
  now = all;
  found.push(await timeOf(() => view.answer(query)));
  listed.push(await timeOf(() => view.answer(query)));
  // As many as come in a second leave, and as many came; what is said wakes it from its rest.
  now = [...all.slice(100), ...all.slice(0, 100).map((run, n) => later(run, n))];
  known.revision++;
  view.setMarks([]);
  anew.push(await timeOf(() => view.answer(query)));
}
view.dispose();
report('found for the first time, in slices', median(found), 'ms');
report('found anew, when 100 came and 100 left', median(anew), 'ms', { atMost: 100 });
report('listed', median(listed), 'ms', { atMost: 100 });

function later(run: PastExecution, n: number): PastExecution {
  const key = `later ${String(n)}`;
  return { ...run, key, sid: key, beginMs: (executions + n) * minute };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
