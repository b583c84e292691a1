import { describe, expect, test } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { engineParts, flowFile, listQuery, rpaNode, treeQuery } from './world.ts';
import { asked } from '../../support/asked.ts';

const invoice = flowFile('invoice-entry.yaml');
const all = { kind: 'all' } as const;

/** The engine's answers over a failed run of the invoice flow, with or without its file. */
function answering(...files: readonly ReturnType<typeof flowFile>[]) {
  const parts = engineParts();
  const { key } = parts.takeFixture('failed');
  for (const { uri, fileName, text } of files) {
    parts.flows.set(uri, fileName, parseFlow(text, fileName));
  }
  return { ...parts, key };
}

describe('where is the failing node', () => {
  test('found in the flow file', async () => {
    const { handlers, key } = answering(invoice);
    expect(await handlers.locate({ key, target: 'failing' })).toMatchObject({
      ...{ kind: 'found', location: { uri: invoice.uri, nodeId: rpaNode, flowName: '发票录入' } },
    });
  });

  test('left to the reader where the file has it twice', async () => {
    const twice = { ...invoice, text: invoice.text.replace(/message::[\w-]+/, rpaNode) };
    const { handlers, key } = answering(twice);
    expect(await handlers.locate({ key, target: 'failing' })).toMatchObject({
      ...{ kind: 'ambiguous', candidates: [{ nodeId: rpaNode }, { nodeId: rpaNode }] },
    });
  });

  test('no flow file', async () => {
    const { handlers, key } = answering();
    expect(await handlers.locate({ key, target: 'failing' })).toEqual({ kind: 'noFlowFile' });
  });

  test('not in the flow file', async () => {
    const without = invoice.text.replaceAll(rpaNode, 'rpa::new').replaceAll('录入ERP', 'x');
    const { handlers, key } = answering({ ...invoice, text: without });
    expect(await handlers.locate({ key, target: 'failing' })).toMatchObject({
      ...{ kind: 'notInFlow', uri: invoice.uri, flowName: '发票录入' },
    });
  });

  test('no node, for it went well', async () => {
    const { handlers, takeFixture } = answering(invoice);
    const { key } = takeFixture('succeeded');
    expect(await handlers.locate({ key, target: 'failing' })).toEqual({ kind: 'notFailed' });
  });

  test('the flow itself is shown where it failed, else where it began', async () => {
    const { handlers, key, takeFixture } = answering(invoice);
    expect(await handlers.locate({ key, target: 'flow' })).toMatchObject({
      ...{ kind: 'found', location: { nodeId: rpaNode } },
    });
    const well = takeFixture('succeeded');
    expect(await handlers.locate({ key: well.key, target: 'flow' })).toMatchObject({
      ...{ kind: 'found', location: { nodeId: expect.stringMatching(/^node-start::/) as unknown } },
    });
  });

  test('an execution that is gone', async () => {
    const { handlers } = answering();
    await expect(handlers.locate({ key: 'gone', target: 'failing' })).rejects.toMatchObject({
      reason: 'notFound',
    });
  });
});

test('any node is located by its id', async () => {
  const { handlers, key } = answering(invoice);
  const target = { nodeId: rpaNode, name: '' };
  expect(await handlers.locate({ key, target })).toMatchObject({ kind: 'found' });
});

test('from a place in the flow file to its node and the latest execution that ran it', async () => {
  const { handlers, key, takeFixture } = answering(invoice);
  const offset = invoice.text.indexOf(rpaNode);
  const at = (preferred: string | null = null) =>
    handlers.nodeAt({ uri: invoice.uri, offset, preferred });
  expect(await at()).toEqual({ nodeId: rpaNode, name: '录入ERP', execution: key });
  const later = takeFixture('succeeded');
  const newest = await handlers.latest({ scope: all, failed: false });
  expect((await at())?.execution).toBe(newest);
  expect([key, later.key]).toContain(newest);
  // The one that is open stays open, unless it did not run the node or is gone.
  expect((await at(key))?.execution).toBe(key);
  expect((await at(later.key))?.execution).toBe(later.key);
  expect((await at('gone'))?.execution).toBe(newest);
  expect(await handlers.nodeAt({ uri: invoice.uri, offset: 0, preferred: null })).toBeNull();
  const never = invoice.text.indexOf('message::');
  expect(await handlers.nodeAt({ uri: invoice.uri, offset: never, preferred: null })).toMatchObject(
    {
      execution: expect.anything() as unknown,
    },
  );
});

test('the latest failed one, or none', async () => {
  const { handlers, key } = answering();
  expect(await handlers.latest({ scope: all, failed: true })).toBe(key);
  const scope = { kind: 'flow', uri: invoice.uri } as const;
  expect(await handlers.latest({ scope, failed: true })).toBeNull();
});

test('the reader chooses between two copies of a flow file', async () => {
  const copy = { ...invoice, uri: 'file:///w/a-copy.yaml' };
  const { handlers, key } = answering(invoice, copy);
  const flow = async () => (await asked(handlers, 'tree', treeQuery(key))).flow;
  expect(await flow()).toMatchObject({ uri: copy.uri, tied: [{ uri: invoice.uri }] });
  await handlers.chooseFlow({ key, uri: invoice.uri });
  expect(await flow()).toMatchObject({ uri: invoice.uri, tied: [] });
  await handlers.removeFlow({ uri: invoice.uri });
  expect(await flow()).toMatchObject({ uri: copy.uri, tied: [] });
});

test('a flow file that comes or goes is told to who watches', async () => {
  const { handlers, events, clock } = answering();
  await handlers.watch({ watcher: 'w', id: 'l', kind: 'list', query: listQuery() });
  const names = () =>
    events.flatMap(([name, pushed]) => {
      if (name !== 'pushed' || pushed.answered.kind !== 'list') return [];
      const { result } = pushed.answered;
      return result.ok ? result.answer.rows.map((row) => row.name) : [];
    });
  clock.advance(1_000);
  events.length = 0;
  await handlers.setFlow(invoice);
  await expect.poll(names).toEqual(['发票录入']);
  clock.advance(1_000);
  events.length = 0;
  await handlers.removeFlow({ uri: invoice.uri });
  await expect.poll(names).toEqual(['7379450201923928066']);
});

test('rejected records come in pages, newest first', async () => {
  const { handlers, rejected } = answering();
  for (const offset of ['1', '2', '3']) {
    const position = { topic: 't', partition: 0, offset };
    rejected.add({
      ...{ ...position, reason: 'notJson', detail: '', timestampMs: null, bytes: 0, preview: '' },
      ...{ form: 'text', whole: true },
    });
  }
  const page = await handlers.rejected({ offset: 1, limit: 1 });
  expect(page).toMatchObject({ total: 3, rows: [{ offset: '2' }] });
});
