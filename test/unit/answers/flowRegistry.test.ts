import { describe, expect, test } from 'vitest';
import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { profileKey } from '../../../src/answers/keptFlows.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import type { FlowChoice } from '../../../src/protocol/flows.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';
import { recordWith } from '../../support/fixtures.ts';
import { engineParts, flowFile, rpaNode, startNode } from '../engine/world.ts';

const invoice = flowFile('invoice-entry.yaml');
const batch = flowFile('batch-orders.yaml');

/** A registry that knows the files and has seen an execution. */
function registryOf(
  files: readonly ReturnType<typeof flowFile>[],
  parts: Partial<ExecutionSummary> = { nodeIds: [startNode, rpaNode] },
): { flows: FlowRegistry; summary: ExecutionSummary } {
  const flows = new FlowRegistry();
  for (const { uri, fileName, text } of files) flows.set(uri, fileName, parseFlow(text, fileName));
  const summary = aSummary(parts);
  flows.observe(summary);
  return { flows, summary };
}

test('tells what it made of a file', () => {
  const flows = new FlowRegistry();
  expect(
    flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName)),
  ).toEqual({
    ...{ kind: 'flow', uri: invoice.uri, name: '发票录入', format: 'astronYaml', nodeCount: 6 },
  });
  expect(flows.set('file:///w/a.yaml', 'a.yaml', parseFlow('just: text', 'a.yaml'))).toEqual({
    ...{ kind: 'notAFlow', uri: 'file:///w/a.yaml' },
  });
});

test('a file that is unreadable while it is edited keeps its last good state', () => {
  const { flows, summary } = registryOf([invoice]);
  const { revision } = flows;
  expect(
    flows.set(invoice.uri, invoice.fileName, parseFlow('flowData: [', invoice.fileName)),
  ).toMatchObject({ kind: 'flow' });
  expect(flows.revision).toBe(revision);
  expect(flows.labelFor(summary)?.name).toBe('发票录入');
});

test.each([
  ['a list is open', '[\n'],
  ['a quote is open', '  "\n'],
  ['a mapping is open in a list', '- {\n'],
])('a file whose text lost nodes because %s keeps all of them, and its executions', (_, typed) => {
  const { flows, summary } = registryOf([invoice]);
  const at = invoice.text.indexOf('\n', invoice.text.indexOf(startNode)) + 1;
  const broken = invoice.text.slice(0, at) + typed + invoice.text.slice(at);
  const parsed = parseFlow(broken, invoice.fileName);
  expect(parsed).toMatchObject({ ok: true, value: { isPartial: true } });
  flows.set(invoice.uri, invoice.fileName, parsed);
  expect(flows.info(invoice.uri)).toMatchObject({ format: 'astronYaml', nodeCount: 6 });
  expect(flows.labelFor(summary)).toMatchObject({ uri: invoice.uri, share: 1 });
  const mended = invoice.text.replaceAll('node-end::', 'node-end::0');
  flows.set(invoice.uri, invoice.fileName, parseFlow(mended, invoice.fileName));
  expect(flows.documentFor(summary)?.nodes.at(-1)?.id).toMatch(/^node-end::0/);
});

test('what a run leaves anew is taken, though it was cut off before it held all', () => {
  const flows = new FlowRegistry();
  const [uri, name] = ['file:///w/astron/main.map', 'main.map'];
  flows.set(uri, name, parseFlow('2:1,4:2,11:3', name));
  flows.set(uri, name, parseFlow('3:1,5:2,12', name));
  const ids = flows.fileOf(uri)?.document.nodes.map(({ id }) => id);
  expect(ids).toEqual(['main.py:3', 'main.py:5']);
});

test('an execution is bound to the file that holds its nodes', () => {
  const { flows, summary } = registryOf([batch, invoice]);
  expect(flows.labelFor(summary)).toEqual({
    ...{ uri: invoice.uri, name: '发票录入', share: 1, tied: [] },
  });
  expect(flows.documentFor(summary)?.name).toBe('发票录入');
  expect(flows.isBoundTo(summary, invoice.uri)).toBe(true);
  expect(flows.isBoundTo(summary, batch.uri)).toBe(false);
});

test('what later executions of a flow show counts for the earlier ones too', () => {
  const { flows, summary } = registryOf([invoice], { flowId: 'f', nodeIds: ['lost::1'] });
  expect(flows.labelFor(summary)).toBeNull();
  flows.observe(aSummary({ flowId: 'f', nodeIds: [startNode, rpaNode] }));
  expect(flows.labelFor(summary)?.share).toBeCloseTo(2 / 3);
});

describe('ids that are tokens', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SECRETsecretSECRET';
  const flow = JSON.stringify({
    id: token,
    data: {
      nodes: ['a', 'b'].map((end) => ({ id: `agent::${token}${end}`, data: { nodeMeta: {} } })),
      edges: [{ sourceNodeId: `agent::${token}a`, targetNodeId: `agent::${token}b` }],
    },
  });

  test('are found in the flow file all the same, and shown masked', () => {
    const world = engineParts();
    world.flows.set('file:///a.json', 'a.json', parseFlow(flow, 'a.json'));
    world.take([
      recordWith({
        ...{ sid: 'spf1@x', sub: 'workflow', flow_id: token, status: { code: 0, message: '' } },
        trace: [{ id: '1', node_id: `agent::${token}b`, node_name: 'b' }],
      }),
    ]);
    const [summary] = world.store.oldestFirst.map((stored) => stored.summary);
    if (summary === undefined) throw new Error('no execution');
    expect(world.flows.labelFor(summary)).toMatchObject({ uri: 'file:///a.json', share: 1 });
    const located = world.flows.locate(summary, { nodeId: summary.nodeIds[0] ?? '', name: 'b' });
    expect(located).toMatchObject({ kind: 'found' });
    expect(JSON.stringify([summary, located, world.flows.documentFor(summary)])).not.toContain(
      'SECRETsecret',
    );
    const place = located.kind === 'found' ? located.location.idRange : { start: 0, end: 0 };
    expect(flow.slice(place.start, place.end)).toBe(`agent::${token}b`);
    world.flows.maskAgain();
    world.flows.observe(summary);
    expect(world.flows.labelFor(summary)).toMatchObject({ uri: 'file:///a.json' });
  });
});

describe('two files that fit alike', () => {
  const clone = { ...invoice, uri: 'file:///w/clone.yaml', fileName: 'clone.yaml' };

  test('are both named, and executions belong to both', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    expect(flows.labelFor(summary)).toMatchObject({
      ...{ uri: clone.uri, tied: [{ uri: invoice.uri, name: '发票录入' }] },
    });
    expect(flows.isBoundTo(summary, invoice.uri)).toBe(true);
    expect(flows.isBoundTo(summary, clone.uri)).toBe(true);
  });

  test('until the reader chooses one, for all executions of the flow', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    const { revision } = flows;
    flows.choose(summary, invoice.uri);
    expect(flows.revision).toBeGreaterThan(revision);
    expect(flows.labelFor(summary)).toMatchObject({ uri: invoice.uri, tied: [] });
    const next = aSummary({ sid: 'next', nodeIds: [startNode] });
    expect(flows.labelFor(next)).toMatchObject({ uri: invoice.uri, tied: [] });
    // Who chose the wrong one finds the other.
    const passedOver = [{ uri: clone.uri, name: '发票录入' }];
    expect(flows.labelFor(next)).toMatchObject({ passedOver });
  });

  test('are asked for on a jump, until one of them is chosen', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    const target = { nodeId: rpaNode, name: '' };
    expect(flows.locate(summary, target)).toMatchObject({
      ...{ kind: 'ambiguous', areFiles: true },
      candidates: [{ uri: clone.uri }, { uri: invoice.uri }],
    });
    flows.choose(summary, invoice.uri);
    expect(flows.locate(summary, target)).toMatchObject({
      ...{ kind: 'found', location: { uri: invoice.uri } },
    });
  });

  test('which the next engine recalls', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    const told: FlowChoice[] = [];
    flows.onChose = (choice) => void told.push(choice);
    flows.choose(summary, invoice.uri);
    const next = registryOf([invoice, clone]);
    next.flows.recall(told);
    expect(next.flows.labelFor(next.summary)).toMatchObject({ uri: invoice.uri, tied: [] });
    const { revision } = next.flows;
    next.flows.recall(told);
    expect(next.flows.revision).toBe(revision);
  });

  test('and are named again once the chosen one is gone', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    flows.recall([{ flow: profileKey(summary), uri: 'file:///w/gone.yaml' }]);
    expect(flows.labelFor(summary)?.tied).toHaveLength(1);
  });

  test('and the other one serves when the chosen one is deleted', () => {
    const { flows, summary } = registryOf([invoice, clone]);
    flows.choose(summary, invoice.uri);
    flows.remove(invoice.uri);
    expect(flows.labelFor(summary)?.uri).toBe(clone.uri);
  });
});

describe('of one flow in two forms', () => {
  const dsl = flowFile('invoice-entry.core.json');
  const flowId = (JSON.parse(dsl.text) as { id: string }).id;

  test.each<readonly [string, readonly (typeof dsl)[], readonly string[], string]>([
    ['the one that has the flow’s id, where nobody looks at either', [], [], dsl.uri],
    ['the one that is open', [invoice], [], invoice.uri],
    ['the one that is seen, where both are open', [invoice, dsl], [invoice.uri], invoice.uri],
    ['the one with the cursor of two', [invoice, dsl], [dsl.uri, invoice.uri], dsl.uri],
    [
      'the one that is seen, though the other is open',
      [dsl],
      ['file:///w/n.txt', invoice.uri],
      invoice.uri,
    ],
    ['what it would be, where something else is seen', [], ['file:///w/note.txt'], dsl.uri],
  ])('a jump leads to %s', (_, open, seen, uri) => {
    const { flows, summary } = registryOf([invoice, dsl], {
      flowId,
      nodeIds: [startNode, rpaNode],
    });
    for (const file of open) {
      flows.set(file.uri, file.fileName, parseFlow(file.text, file.fileName), {
        document: 1,
        version: 1,
      });
    }
    const target = { nodeId: rpaNode, name: '' };
    const answer = flows.locate(summary, target, undefined, seen);
    expect(answer).toMatchObject({ kind: 'found', location: { uri } });
    flows.choose(summary, dsl.uri);
    const chosen = flows.locate(summary, target, undefined, seen);
    expect(chosen).toMatchObject({ kind: 'found', location: { uri: dsl.uri } });
  });
});

describe('locate', () => {
  const target = { nodeId: rpaNode, name: '录入ERP' };

  test('the node of the bound file', () => {
    const { flows, summary } = registryOf([invoice]);
    const answer = flows.locate(summary, target);
    expect(answer).toMatchObject({ kind: 'found', location: { uri: invoice.uri } });
    if (answer.kind !== 'found') return;
    const { idRange } = answer.location;
    expect(invoice.text.slice(idRange.start, idRange.end)).toBe(rpaNode);
  });

  test('a list where the file repeats the id', () => {
    const repeated = { ...invoice, text: invoice.text.replaceAll(startNode, rpaNode) };
    const { flows, summary } = registryOf([repeated], { nodeIds: [rpaNode] });
    const answer = flows.locate(summary, target);
    expect(answer).toMatchObject({ kind: 'ambiguous' });
    expect(answer.kind === 'ambiguous' ? answer.candidates.length : 0).toBe(2);
  });

  test('the name of the file that lacks it', () => {
    const { flows, summary } = registryOf([invoice]);
    expect(flows.locate(summary, { nodeId: 'rpa::gone', name: 'gone' })).toEqual({
      ...{ kind: 'notInFlow', uri: invoice.uri, flowName: '发票录入', ranMs: summary.beginMs },
    });
  });

  test('without a bound file: no file, the one that holds the id, or a list', () => {
    const unbound = { nodeIds: ['a::1', 'b::2', rpaNode] };
    expect(registryOf([]).flows.locate(aSummary(unbound), target)).toEqual({ kind: 'noFlowFile' });
    const one = registryOf([invoice], unbound);
    expect(one.flows.locate(one.summary, target)).toMatchObject({
      ...{ kind: 'found', location: { uri: invoice.uri, nodeId: rpaNode } },
    });
    const two = registryOf([invoice, { ...invoice, uri: 'file:///w/2.yaml' }], unbound);
    expect(two.flows.locate(two.summary, target)).toMatchObject({ kind: 'ambiguous' });
  });
});

test('knows which node stands at an offset', () => {
  const { flows } = registryOf([invoice]);
  expect(flows.nodeAt(invoice.uri, invoice.text.indexOf(rpaNode))?.name).toBe('录入ERP');
  expect(flows.nodeAt(invoice.uri, 0)).toBeUndefined();
  expect(flows.nodeAt('file:///w/unknown.yaml', 0)).toBeUndefined();
});

test('executions without nodes belong to no file', () => {
  const { flows, summary } = registryOf([invoice], { flowId: '', nodeIds: [] });
  expect(flows.labelFor(summary)).toBeNull();
  expect(flows.isBoundTo(summary, invoice.uri)).toBe(false);
});

describe('what is kept of flows', () => {
  const roomy = { files: 100, filesBytes: 1e6, profiles: 100, profilesNodes: 10_000 };
  const many = (count: number, of: string) =>
    Array.from({ length: count }, (_, n) => `${of}::${String(n)}`);

  test.each([
    ['by their number', { ...roomy, profiles: 10 }, 1],
    ['by their nodes', { ...roomy, profilesNodes: 500 }, 100],
  ])('is bounded by profiles: the one seen longest ago leaves, %s', (_, limits, nodes) => {
    const flows = new FlowRegistry({ limits });
    flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName));
    const [once, again] = ['once', 'again'].map((flowId) =>
      aSummary({ flowId, nodeIds: [startNode, rpaNode] }),
    ) as [ExecutionSummary, ExecutionSummary];
    flows.observe(once);
    for (let n = 0; n < 20; n++) {
      flows.observe(again);
      flows.observe(aSummary({ flowId: String(n), nodeIds: many(nodes, String(n)) }));
    }
    expect(flows.labelFor(once)).toBeNull();
    expect(flows.labelFor(again)?.name).toBe('发票录入');
  });

  test.each([
    ['by their number', { ...roomy, files: 3 }],
    ['by what they take', { ...roomy, filesBytes: 16_000 }],
  ])('is bounded by files: the one told longest ago leaves, %s', (_, limits) => {
    const flows = new FlowRegistry({ limits });
    const summary = aSummary({ nodeIds: [rpaNode] });
    flows.observe(summary);
    flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName));
    expect(flows.labelFor(summary)).not.toBeNull();
    for (const uri of many(5, 'file'))
      flows.set(uri, `${uri}.yaml`, parseFlow(batch.text, 'x.yaml'));
    expect(flows.labelFor(summary)?.uri).not.toBe(invoice.uri);
    flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName));
    expect(flows.isBoundTo(summary, invoice.uri)).toBe(true);
  });

  test('is the last file, however large', () => {
    const flows = new FlowRegistry({ limits: { ...roomy, filesBytes: 1 } });
    expect(
      flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName)),
    ).toMatchObject({ kind: 'flow' });
  });
});

test('an execution whose profile grows is bound anew, and whoever asked is told', () => {
  const { flows, summary } = registryOf([invoice], { flowId: 'f', nodeIds: ['lost::1'] });
  const unasked = flows.revision;
  flows.observe(aSummary({ flowId: 'f', nodeIds: ['lost::2'] }));
  expect(flows.revision).toBe(unasked);
  flows.labelFor(summary);
  flows.observe(aSummary({ flowId: 'f', nodeIds: ['lost::2'] }));
  expect(flows.revision).toBe(unasked);
  flows.observe(aSummary({ flowId: 'f', nodeIds: [startNode] }));
  expect(flows.revision).toBeGreaterThan(unasked);
});

test('flows without an id are told apart by their nodes, however many', () => {
  const { flows } = registryOf([invoice]);
  const many = Array.from({ length: 500 }, (_, n) => `node::${String(n)}`);
  const [one, other] = ['a', 'b'].map((last) => aSummary({ flowId: '', nodeIds: [...many, last] }));
  flows.observe(one!);
  flows.observe(other!);
  flows.choose(one!, invoice.uri);
  expect([flows.labelFor(one!), flows.labelFor(other!)]).toEqual([null, null]);
});

test('of too many flows the one that was not seen for the longest time is forgotten, not the first that came', () => {
  const flows = new FlowRegistry();
  flows.set(invoice.uri, invoice.fileName, parseFlow(invoice.text, invoice.fileName));
  const summaryOf = (flow: string, nodeIds = [startNode]) =>
    aSummary({ subject: flow, flowId: flow, nodeIds });
  const [daily, once] = [summaryOf('daily', [startNode, rpaNode]), summaryOf('once')];
  flows.observe(daily);
  flows.observe(once);
  for (let n = 0; n < 4_999; n++) {
    flows.observe(summaryOf(`other ${String(n)}`));
    if (n % 1_000 === 0) flows.observe(daily);
  }
  expect(flows.labelFor(daily)?.uri).toBe(invoice.uri);
  expect(flows.labelFor(once)).toBeNull();
});
