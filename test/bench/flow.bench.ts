/** Flow files: the look at each file of a workspace, and the reading of a large one while it is edited. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { FlowWorker } from '../../src/engine/flowWorker.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { looksLikeFlow } from '../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';
import { piecesOfFlows } from '../support/hostileTexts.ts';
import { largeFlow } from '../support/largeFlow.ts';
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
reportGrowth('JSON of 200,000 steps with one id', 100_000, (steps) =>
  reading(`[${'{"id":"a","x":1},'.repeat(steps)}{"id":"b"}]`, 'a.json'),
);
reportGrowth('BPMN of 100,000 steps', 50_000, (steps) =>
  reading(`<process>${'<task id="a" name="b" />'.repeat(steps)}</process>`, 'a.bpmn'),
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
