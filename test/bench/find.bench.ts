/** Finding in one execution of 100 MB, and following a value through one of 10,000 nodes. */
import { performance } from 'node:perf_hooks';

import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import { loopTurn } from '../../src/engine/loopTurn.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';
import type { FindAnswer } from '../../src/protocol/find.ts';
import type { LineageQuery } from '../../src/protocol/lineage.ts';
import { asked } from '../support/asked.ts';
import { inAscii, longKey, longRow, longRun, type LongStep } from '../support/longRun.ts';
import { heading, median, note, report } from './report.ts';

const rounds = 5;
const roomy = { maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1e6 };

const engineWith = async (record: ReturnType<typeof longRun>) => {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined });
  engine.store.setLimits(roomy);
  await engine.intake.take([record]);
  // As a panel does that shows it: its tree, and one of its nodes.
  await engine.tree.opened(longKey);
  await engine.tree.inspect(longKey, longRow(0));
  return engine;
};

heading('Finding in an execution of 100 MB, its tree and a node being shown');
for (const [how, write] of [
  ['as it is', (text: string) => text],
  ['in ASCII', inAscii],
] as const) {
  const nodes = 10_000;
  const filler = '读取发票并写入 ERP 系统, line by line, until all of them are done. '.repeat(100);
  const bytes = write(filler).length + (how === 'as it is' ? 1_800 : 0);
  const steps = Array.from({ length: nodes }, (_, n): LongStep => {
    const text = filler.repeat(Math.max(1, Math.round(10_000 / bytes)));
    return { output: { text, n, last: n === nodes - 5 ? '启明办公 INV-20391' : '' } };
  });
  const record = longRun(steps, write);
  note(`written ${how}: ${((record.value?.length ?? 0) / 1e6).toFixed(0)} MB`);
  const engine = await engineWith(record);
  for (const [name, text, isPattern] of [
    ['Chinese words', '启明办公', false],
    ['words', 'inv-20391', false],
    ['a path', 'last:20391', false],
    ['a pattern', String.raw`INV-\d+9\d`, true],
  ] as const) {
    const firsts: number[] = [];
    const wholes: number[] = [];
    for (let round = 0; round < rounds; round++) {
      engine.find.clear();
      const [first, whole] = await timesOf(engine, text, isPattern);
      firsts.push(first);
      wholes.push(whole);
    }
    report(`${name}, to the first hit, which stands at its end`, median(firsts), 'ms', {
      atMost: 300,
    });
    report(`${name}, all of it, by the time to the first`, median(wholes) / median(firsts), '×');
  }
  await engine.close();
}

/** How long it takes to the first hit, and until all is searched. */
async function timesOf(
  engine: Awaited<ReturnType<typeof engineWith>>,
  text: string,
  isPattern: boolean,
): Promise<[first: number, whole: number]> {
  const query = {
    ...{ key: longKey, text, isPattern, matchCase: false, wholeWord: false },
    ...{ offset: 0, limit: 100 },
  };
  const begin = performance.now();
  let first = Number.NaN;
  let answer: FindAnswer;
  do {
    answer = await asked(engine.handlers, 'find', query);
    if (Number.isNaN(first) && answer.total > 0) first = performance.now() - begin;
    await loopTurn();
  } while (answer.state === 'searching');
  return [first, performance.now() - begin];
}

heading('Following a value through an execution of 10,000 nodes');
{
  const nodes = 10_000;
  const id = (n: number) => `ifly-code::${String(n)}`;
  const steps = Array.from({ length: nodes }, (_, n): LongStep => {
    const value = `INV-${String(n)}-2026`;
    const handed = 'handed on from the start';
    return {
      nodeId: id(n),
      input: { given: handed, own: `INV-${String(n - 1)}-2026` },
      output: { given: handed, no: value, rows: [{ text: `Row of ${value}`, sum: n * 1.5 }] },
    };
  });
  const flow = JSON.stringify({
    flowMeta: { name: 'f' },
    flowData: {
      nodes: steps.map((_, n) => ({
        id: id(n),
        data: {
          inputs: [
            {
              name: 'own',
              schema: {
                value: { type: 'ref', content: { nodeId: id(n - 1), name: 'no', id: '' } },
              },
            },
          ],
        },
      })),
      edges: [],
    },
  });
  const engine = await engineWith(longRun(steps));
  const times = async (name: string, parts: Partial<LineageQuery>) => {
    const query: LineageQuery = {
      ...{ key: longKey, row: longRow(nodes - 2), section: 'input', index: 1, path: '' },
      ...{ direction: 'from', ...parts },
    };
    const all: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const begin = performance.now();
      const { steps: way } = await asked(engine.handlers, 'lineage', query);
      if (way.length < 2) throw new Error(`${name}: no way`);
      if (round >= 0) all.push(performance.now() - begin);
    }
    report(name, median(all), 'ms', { atMost: 100 });
  };
  await times('by an equal value, to who made it', {});
  await times('by an equal value, to who used it', {
    ...{ row: longRow(3), section: 'output', index: 1, direction: 'to' },
  });
  engine.flows.set('file:///f.json', 'f.json', parseFlow(flow, 'f.json'));
  engine.changed();
  await engine.tree.opened(longKey);
  await times('by the flow file', {});
  await times('by the flow file, to who used it', {
    ...{ row: longRow(3), section: 'output', index: 1, direction: 'to' },
  });
  await engine.close();
}
