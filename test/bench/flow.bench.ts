/** Flow files: the look at each file of a workspace, and the reading of a large one while it is edited. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { LayoutWorker } from '../../src/engine/layoutWorker.ts';
import { layoutGraph } from '../../src/flow/layout/layoutGraph.ts';
import { FlowWorker } from '../../src/engine/flowWorker.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { looksLikeFlow } from '../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';
import { piecesOfFlows } from '../support/hostileTexts.ts';
import { foldedFlow, largeFlow } from '../support/largeFlow.ts';
import { reportGrowth, timeOf } from './growth.ts';
import { heading, report } from './report.ts';

heading('Looking whether a file of 2 MB may be a flow, three times');
for (const piece of piecesOfFlows) {
  const text = `"nodes": ${piece.repeat(2_000_000 / piece.length)}`;
  const look = () => ['a.json', 'a.yaml', 'a.bpmn'].map((name) => looksLikeFlow(text, name));
  look();
  // It runs in the extension host, which all extensions share.
  report(JSON.stringify(piece), timeOf(look, 10) / 10, 'ms', { atMost: 16 });
}

heading('Reading a flow file');
reportGrowth("the console's export, 800 KB", 65, (copies) => reading(largeFlow(copies), 'a.yaml'));
reportGrowth('the same with long texts, folded, 1.4 MB', 65, (copies) =>
  reading(foldedFlow(copies), 'a.yaml'),
);
reportGrowth('JSON of 200,000 steps with one id', 100_000, (steps) =>
  reading(`[${'{"id":"a","x":1},'.repeat(steps)}{"id":"b"}]`, 'a.json'),
);
reportGrowth('BPMN of 100,000 steps', 50_000, (steps) =>
  reading(`<process>${'<task id="a" name="b" />'.repeat(steps)}</process>`, 'a.bpmn'),
);

reportGrowth('a process of 40,000 atoms whose blocks lack their ends', 20_000, (atoms) =>
  reading(
    `[${'{"id":"a","key":"Code.If","inputList":[]},{"id":"b","key":"Code.ForEnd","inputList":[]},'.repeat(atoms / 2)}{}]`,
    'a.json',
  ),
);
reportGrowth('Robot Framework, 80,000 steps in blocks that lack their ends', 40_000, (steps) =>
  reading(
    `*** Tasks ***\nA\n${'    IF    x\n    ${a} =    Save    b\n'.repeat(steps / 2)}`,
    'a.robot',
  ),
);
reportGrowth('Python, 100,000 functions', 50_000, (functions) =>
  reading('def a():\n    return 1\n'.repeat(functions), 'a.py'),
);
reportGrowth('XAML of 40,000 activities', 20_000, (activities) =>
  reading(`<Activity>${'<Click DisplayName="a" />'.repeat(activities)}</Activity>`, 'a.xaml'),
);

heading('Reading a flow file of 3.4 MB, as the engine does');
{
  const text = largeFlow(540);
  const inPlaceMs = timeOf(reading(text, 'a.yaml'), 1);
  const worker = new FlowWorker(
    fileURLToPath(import.meta.resolve('../../src/engine/flowThread.ts')),
    systemClock,
  );
  // The thread is started with the first one.
  await worker.parse(largeFlow(1), 'a.yaml');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const parsed = await worker.parse(text, 'a.yaml');
  delay.disable();
  worker.dispose();
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const longestMs = delay.max / 1e6;
  report('what is asked meanwhile waits at most', longestMs, 'ms', { atMost: 50 });
  report('a part of what it takes in place', longestMs / inPlaceMs, '', { atMost: 0.05 });
}

heading('Laying out a graph without places, as the engine does');
{
  const nodes = (count: number) => Array.from({ length: count }, () => ({ parent: -1 }));
  const ladder = (count: number) => ({
    nodes: nodes(count),
    edges: Array.from({ length: count - 1 }, (_, index) => [
      { source: index - (index % 3), target: index + 1, kind: 'normal' as const },
      ...(index % 3 === 2
        ? [{ source: index - 1, target: index + 1, kind: 'normal' as const }]
        : []),
    ]).flat(),
  });
  const small = timeOf(() => layoutGraph(ladder(100)), 3);
  report('100 steps', small / 3, 'ms', { atMost: 300 });
  reportGrowth('2,000 steps with branches', 1_000, (count) => () => layoutGraph(ladder(count)));
  const worker = new LayoutWorker(
    fileURLToPath(import.meta.resolve('../../src/engine/layoutThread.ts')),
    systemClock,
  );
  await worker.layOut(ladder(3));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const layout = await worker.layOut(ladder(2_000));
  delay.disable();
  worker.dispose();
  if (layout === null) throw new Error('It took too long');
  report('what is asked meanwhile waits at most', delay.max / 1e6, 'ms', { atMost: 50 });
}

heading('Refusing a text that nests 100,000 levels deep');
for (const [name, file, piece] of [
  ['XML', 'a.bpmn', '<a id="x">'],
  ['JSON', 'a.json', '{"id":"x","a":'],
] as const) {
  const read = reading(piece.repeat(100_000), file);
  read();
  report(name, timeOf(read, 10) / 10, 'ms', { atMost: 50 });
}

function reading(text: string, fileName: string): () => unknown {
  return () => parseFlow(text, fileName);
}
