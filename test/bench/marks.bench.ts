/** Marks in a flow file of 3.4 MB: what a key press takes of the extension host, and what an answer of the engine does. */
import { MarkedDocument } from '../../src/host/editor/markedDocument.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';
import type { FlowMarks } from '../../src/protocol/marks.ts';
import { packNodes, unpackNodes } from '../../src/protocol/packedNodes.ts';
import { largeFlow } from '../support/largeFlow.ts';
import { timeOf } from './growth.ts';
import { heading, note, quantile, report } from './report.ts';

const text = largeFlow(540);
const parsed = parseFlow(text, 'a.yaml');
if (!parsed.ok) throw new Error(parsed.error.detail);
const { nodes } = parsed.value;
const run = { row: 'r', status: 'succeeded', durationMs: 1_200 } as const;
const marks: FlowMarks = {
  version: { document: 1, version: 1 },
  nodes: nodes.map(({ id: nodeId, ...node }) => ({
    ...{ nodeId, name: node.name, type: node.type, idRange: node.idRange, range: node.range },
    ...{ run, runs: 12, failures: 1, usualMs: 1_100 },
  })),
  ...{ execution: null, problem: null, counted: 12, since: null },
};

heading(`Typing 200 characters into a flow of ${String(nodes.length)} nodes, with marks`);
{
  const document = { version: 1 };
  const marked = new MarkedDocument(document as never, { document: 1, version: 1 });
  marked.take(marks);
  const times: number[] = [];
  for (let key = 0; key < 200; key++) {
    document.version++;
    const begin = performance.now();
    marked.edited([{ rangeOffset: 20 + key, rangeLength: 0, text: 'x' }]);
    times.push(performance.now() - begin);
  }
  report('a key press, p99', quantile(times, 0.99), 'ms', { atMost: 4 });
  report('a key press, p95', quantile(times, 0.95), 'ms');
  const moved = marked.nodes.every(({ node, idRange }) => {
    return idRange.start === node.idRange.start + 200;
  });
  note(moved ? 'every mark is on its node afterwards' : 'MARKS ARE OFF THEIR NODES');
  const later = { ...marks, version: { document: 1, version: 2 } };
  report(
    'taking an answer to an older text',
    timeOf(() => {
      marked.take(later);
    }, 10) / 10,
    'ms',
    { atMost: 16 },
  );
}

heading('An answer of that size on its way to the extension host');
{
  const packed = packNodes(marks.nodes);
  const arrive = () => unpackNodes(structuredClone(packed));
  arrive();
  const arrivesMs = timeOf(arrive, 10) / 10;
  report('packed', arrivesMs, 'ms', { atMost: 16 });
  const asObjectsMs = timeOf(() => structuredClone(marks.nodes), 10) / 10;
  report('a part of what it takes as objects', arrivesMs / asObjectsMs, '', { atMost: 0.5 });
}
