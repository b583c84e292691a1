import { describe, expect, test } from 'vitest';
import type { FlowThenTold } from '../../../src/protocol/flowSince.ts';
import { unpackNodes } from '../../../src/protocol/packedNodes.ts';
import { recordWith } from '../../support/fixtures.ts';
import { storyRecord } from '../../support/storyRecords.ts';
import { engineParts, flowFile } from '../engine/world.ts';

const invoice = flowFile('invoice-entry.yaml');
const { uri } = invoice;
const latest = { uri, execution: null };
/** The flow before a step was named otherwise, another was added, and one was taken out. */
const before = invoice.text
  .replaceAll('规整字段', 'Old name')
  .replaceAll('node-end::', 'node-end::0');

/** An engine that is told of the file when the run is over for a minute, or that saw it while it ran. */
async function world({ hasSeen = false } = {}) {
  const parts = engineParts();
  const tell = (text: string) => parts.handlers.setFlow({ ...invoice, text });
  if (hasSeen) await tell(invoice.text);
  const { key, nodeIds, beginMs } = parts.takeFixture('failed');
  parts.clock.advance((beginMs ?? 0) + 60_000);
  if (!hasSeen) await tell(invoice.text);
  const wanted = () =>
    parts.events.flatMap(([name, payload]) => (name === 'flowThenWanted' ? [payload] : []));
  const since = async () => (await parts.graph.states(latest)).since;
  return { ...parts, tell, key, nodeIds, beginMs, wanted, since };
}

const commit = { hash: '1a2b3c4d5e6f', atMs: 5 };

describe('what has changed since a run', () => {
  async function changed(was: FlowThenTold['was']) {
    const parts = await world();
    const { handlers, wanted, since, beginMs } = parts;
    expect(await since()).toBeNull();
    // It is asked once.
    await since();
    expect(wanted()).toEqual([{ uri, atMs: beginMs }]);
    await handlers.setFlowThen({ uri, fromMs: 0, untilMs: 9e12, was });
    return parts;
  }

  test('is told by a commit', async () => {
    const { since, marks, graph } = await changed({ commit, text: before });
    expect(await since()).toEqual({
      gone: { count: 1, names: ['结束'] },
      added: { count: 1, names: ['结束'] },
      moved: { count: 0, names: [] },
      renamed: { count: 1, names: [{ was: 'Old name', name: '规整字段' }] },
      then: { commit },
    });
    const { nodes, since: whole } = await marks.marks(latest);
    expect(whole).toEqual(await since());
    expect(unpackNodes(nodes).map((node) => node.since?.kind)).toEqual([
      ...[undefined, undefined, 'renamed', undefined, undefined, 'added'],
    ]);
    const drawing = await graph.drawing({ ...latest, asRun: true });
    expect(drawing).toMatchObject({ asRun: { commit }, nodes: { 2: { name: 'Old name' } } });
    const states = await graph.states({ ...latest, asRun: true });
    expect(states.since).toBeNull();
    expect(drawing).toMatchObject({ version: states.version });
  });

  test.each<[string, FlowThenTold['was']]>([
    ['where it is as it was', 'same'],
    ['where nobody knows', 'unknown'],
    ['where the commit is as it is', { commit, text: invoice.text }],
    ['where the commit can’t be read', { commit, text: '{' }],
    // It was edited and not committed before it ran.
    [
      'where the commit lacks what ran',
      { commit, text: invoice.text.replaceAll('rpa::', 'rpa::0') },
    ],
  ])('is nothing: %s', async (_name, was) => {
    const { since, graph } = await changed(was);
    expect(await since()).toBeNull();
    expect(await graph.drawing({ ...latest, asRun: true })).not.toHaveProperty('asRun');
  });

  test('is said where one jumps', async () => {
    const { handlers, key, nodeIds } = await changed({ commit, text: before });
    const answer = await handlers.locate({ key, target: { nodeId: nodeIds[2] ?? '', name: '' } });
    expect(answer).toMatchObject({ kind: 'found', since: { kind: 'renamed', was: 'Old name' } });
    const missing = await handlers.locate({ key, target: { nodeId: 'gone', name: '' } });
    expect(missing).toMatchObject({ kind: 'notInFlow', ranMs: expect.any(Number) as number });
  });
});

describe('a flow that was seen while it stood', () => {
  test('is known without git', async () => {
    const { tell, since, wanted } = await world({ hasSeen: true });
    await tell(invoice.text.replaceAll('规整字段', 'New name'));
    expect(await since()).toMatchObject({
      renamed: { count: 1, names: [{ was: '规整字段', name: 'New name' }] },
      then: { commit: null },
    });
    expect(wanted()).toEqual([]);
  });

  test('is known from when it was written, as somebody told that it is as it was then', async () => {
    const { tell, since, wanted, handlers, beginMs, clock } = await world();
    expect(await since()).toBeNull();
    const told = { fromMs: (beginMs ?? 0) - 1_000, untilMs: clock.now(), was: 'same' } as const;
    await handlers.setFlowThen({ uri, ...told });
    expect(await since()).toBeNull();
    await tell(invoice.text.replaceAll('规整字段', 'New name'));
    expect(await since()).toMatchObject({ renamed: { count: 1 }, then: { commit: null } });
    expect(wanted()).toHaveLength(1);
  });

  test('is forgotten where it stood for a moment, and where nothing of it changed', async () => {
    const { tell, clock, since } = await world({ hasSeen: true });
    await tell(`${invoice.text}\n`);
    expect(await since()).toBeNull();
    await tell(invoice.text.replaceAll('规整字段', 'One'));
    clock.advance(5_000);
    await tell(invoice.text.replaceAll('规整字段', 'Two'));
    expect(await since()).toMatchObject({ renamed: { names: [{ was: '规整字段', name: 'Two' }] } });
  });

  test('is forgotten with other rules of masking', async () => {
    const { tell, then, since } = await world({ hasSeen: true });
    await tell(invoice.text.replaceAll('规整字段', 'New name'));
    expect(await since()).not.toBeNull();
    then.clear();
    expect(await since()).toBeNull();
  });
});

describe('what is known by its line', () => {
  const robot = (...lines: string[]) =>
    `*** Tasks ***\nPost\n${lines.map((line) => `    ${line}\n`).join('')}`;

  test('is found where it stands now', async () => {
    const { handlers, put, clock, flows, then } = engineParts();
    const file = { uri: 'file:///w/a.robot', fileName: 'a.robot' };
    await handlers.setFlow({ ...file, text: robot('Open', 'Save') });
    const summary = put({
      ...{ sid: 'run', beginMs: clock.now(), nodeIds: ['a.robot:2', 'a.robot:3', 'a.robot:4'] },
      nodeNames: ['Post', 'Open', 'Save'],
    });
    clock.advance(60_000);
    const text = robot('Log    hello', 'Open', 'Save');
    await handlers.setFlow({ ...file, text });
    const answer = await handlers.locate({
      key: summary.key,
      target: { nodeId: 'a.robot:3', name: 'Open' },
    });
    if (answer.kind !== 'found') throw new Error(answer.kind);
    const { start, end } = answer.location.idRange;
    expect(text.slice(start, end)).toBe('Open');
    // What is gone is nowhere: another keyword stands on its line.
    await handlers.setFlow({ ...file, text: robot('Log    hello', 'Open') });
    const save = { nodeId: 'a.robot:4', name: 'Save' };
    expect(flows.locate(summary, save).kind).toBe('found');
    expect(flows.locate(summary, save, (...ran) => then.of(...ran)).kind).toBe('notInFlow');
  });

  test('is the same way in two executions, whenever each of them ran', async () => {
    const { handlers, take, clock, graph } = engineParts();
    const file = { uri: 'file:///w/a.robot', fileName: 'a.robot' };
    const steps = ['Open', 'Read', 'Save', 'Close'];
    const ranFrom = (n: number, line: number) => {
      const ran = steps.map((name, index) => ({
        ...{ id: `a.robot:${String(line + index)}`, name },
      }));
      const [finished] = take([recordWith(storyRecord({ n, steps: ran }))]).finished;
      clock.advance((finished?.summary.beginMs ?? 0) + 60_000 - clock.now());
      return finished?.summary.key ?? '';
    };
    await handlers.setFlow({ ...file, text: robot(...steps) });
    const [first, second] = [ranFrom(1, 3), ranFrom(2, 3)];
    await handlers.setFlow({ ...file, text: robot('Log    one', 'Log    two', ...steps) });
    const third = ranFrom(3, 5);
    const waysOf = async (execution: string, comparedWith: string, asRun?: true) => {
      const asked = { uri: file.uri, execution, comparedWith };
      const states = await graph.states(asRun === undefined ? asked : { ...asked, asRun });
      return [states.taken, states.takenByOther];
    };
    const now = [0, 0, 1, 1, 1];
    expect(await waysOf(first, second)).toEqual([now, now]);
    expect(await waysOf(first, third)).toEqual([now, now]);
    expect(await waysOf(third, first)).toEqual([now, now]);
    expect(await waysOf(first, third, true)).toEqual([now.slice(2), now.slice(2)]);
  });
});
