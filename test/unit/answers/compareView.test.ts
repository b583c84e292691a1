import { describe, expect, it, vi } from 'vitest';

import type { CompareQuery, CompareWindow } from '../../../src/protocol/compare.ts';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { loopTurn } from '../../../src/engine/loopTurn.ts';
import { statementFlow } from '../../../src/sources/sample/sampleFlows.ts';
import { sampleRobotSteps } from '../../../src/sources/sample/writtenSteps.ts';
import { deltaText } from '../../../src/texts/comparedRowTexts.ts';
import { asked } from '../../support/asked.ts';
import { comparedPairs } from '../../support/comparedPairs.ts';
import { recordWith } from '../../support/fixtures.ts';
import { longRun, longSid } from '../../support/longRun.ts';
import { storyRecord, storySid } from '../../support/storyRecords.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

const keyOf = (n: number) => `workflow/${storySid(n)}`;

function pair(name: string) {
  const found = comparedPairs.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No pair ${name}`);
  return found;
}

/** An engine that took the runs of a pair, the one before first. */
function engineWith(name: string) {
  const engine = engineParts();
  const { before, after } = pair(name);
  engine.take([...before.split('\n'), after].map((line) => recordWith(line)));
  return engine;
}

const query = (parts: Partial<CompareQuery> = {}): CompareQuery => ({
  ...{ key: keyOf(2), other: null, onlyDifferences: false, offset: 0, limit: 200 },
  ...parts,
});

async function window(engine: ReturnType<typeof engineParts>, parts: Partial<CompareQuery> = {}) {
  const answer = await asked(engine.handlers, 'compare', query(parts));
  expect(answer.kind).toBe('compared');
  return answer as CompareWindow;
}

describe('comparing', () => {
  it('finds the last good run of the flow', async () => {
    const answer = await window(engineWith('flaky'));
    expect(answer).toMatchObject({
      before: { summary: { sid: storySid(1), outcome: 'succeeded' } },
      after: { summary: { sid: storySid(2), outcome: 'failed' } },
      first: { what: 'status', row: 3 },
      ...{ totalRows: 5, start: 0, differences: [3, 4] },
      extentMs: 2_707,
    });
    expect(answer.rows[3]).toEqual({
      ...{ place: 3, level: 1, mark: 'changed', moved: false },
      ...{ name: 'Enter ERP', nodeId: 'rpa::4', type: 'rpa' },
      before: { status: 'succeeded', sinceMs: 906, durationMs: 1_800, count: 1 },
      after: { status: 'failed', sinceMs: 906, durationMs: 1_800, count: 1 },
      ...{ input: 0, output: 1, config: 0 },
    });
    expect(new Map(answer.told).get(3)).toMatchObject({ name: 'Enter ERP', hasEntry: true });
  });

  it('which came to the step that failed, if one did, as the problem of it says', async () => {
    const engine = engineParts();
    const ran = (n: number, node: string, isFailed = false) =>
      storyRecord({
        ...{ n, answer: { done: true } },
        ...(isFailed && { code: 21_300, message: 'no' }),
        steps: [
          { id: 'node-start::1', name: 'Start' },
          { id: node, name: node, ...(isFailed && { error: 'no' }) },
        ],
      });
    const runs = [ran(1, 'save'), ran(2, 'skip'), ran(3, 'save', true), ran(4, 'gone', true)];
    engine.take(runs.map((line) => recordWith(line)));
    const goodOf = async (n: number) =>
      (await window(engine, { key: keyOf(n) })).before.summary.sid;
    expect(await goodOf(3)).toBe(storySid(1));
    expect(await goodOf(4)).toBe(storySid(2));
    const query = { scope: { kind: 'all' }, group: 'unresolved' } as const;
    const { rows } = await asked(engine.handlers, 'problems', query);
    expect(rows.find(({ nodeId }) => nodeId === 'save')?.lastGood).toBe(keyOf(1));
  });

  it.each([
    ['flaky', true],
    ['copy of the flow', true],
    ['copy of the flow with a node renamed', false],
    ['another version of the flow', true],
    ['node renamed', true],
  ])('knows whether one flow file has the ways of both: %s', async (name, hasBothWays) => {
    const answer = await window(engineWith(name), { other: keyOf(1) });
    expect(answer.hasBothWays).toBe(hasBothWays);
  });

  it('knows whether a flow file is known, also when that comes later', async () => {
    const engine = engineParts();
    const steps = [1, 2, 3].map((n) => ({ id: `rpa::${String(n)}`, name: `Step ${String(n)}` }));
    for (const n of [1, 2]) engine.take([recordWith(storyRecord({ n, steps }))]);
    const both = { key: keyOf(2), other: keyOf(1) };
    const before = engine.compare.stamp(both);
    expect((await window(engine, both)).hasFlow).toBe(false);
    const nodes = steps.map(({ id, name }) => ({ id, data: { label: name } }));
    const text = JSON.stringify({ nodes, edges: [] });
    const file = { uri: 'file:///w/a.json', fileName: 'a.json', text, keys: noFlowKeys };
    await engine.handlers.setFlow(file);
    expect((await window(engine, both)).hasFlow).toBe(true);
    expect(engine.compare.stamp(both)).not.toBe(before);
  });

  it('tells steps of one name apart by the lines of one file, and in no copy', async () => {
    const engine = engineParts();
    const ran = (n: number, file: string, line: number) => {
      const steps = [line, line + 1].map((at) => ({ id: `${file}:${String(at)}`, name: 'Save' }));
      engine.take([recordWith(storyRecord({ n, steps }))]);
    };
    ran(1, 'a.robot', 3);
    ran(2, 'a.robot', 13);
    ran(3, 'copy.robot', 3);
    expect((await window(engine, { other: keyOf(1) })).hasBothWays).toBe(true);
    expect((await window(engine, { other: keyOf(3) })).hasBothWays).toBe(false);
  });

  it('is made once for all that ask at the same time, and again for another source', async () => {
    const engine = engineWith('flaky');
    const [one, other] = await Promise.all([window(engine), window(engine, { offset: 3 })]);
    expect(one.notCompared).toBe(other.notCompared);
    expect((await window(engine, { limit: 1 })).notCompared).toBe(one.notCompared);
    engine.compare.clear();
    const again = await window(engine, { limit: 2 });
    expect(again.notCompared).toEqual(one.notCompared);
    expect(again.notCompared).not.toBe(one.notCompared);
  });

  it('is awaited by nobody once the engine is closed', async () => {
    const engine = engineWith('flaky');
    engine.compare.lookedAt(keyOf(2));
    await engine.close();
    expect(engine.clock.waiting).toBe(0);
    engine.compare.lookedAt(keyOf(2));
    expect(engine.clock.waiting).toBe(0);
  });

  it('is made while somebody looks at a failed execution, before it is asked for', async () => {
    const engine = engineWith('flaky');
    const opened = vi.spyOn(engine.tree, 'opened');
    const lookAt = async (n: number, ms: number) => {
      await asked(engine.handlers, 'tree', treeQuery(keyOf(n)));
      engine.clock.advance(ms);
      for (let turn = 0; turn < 10; turn++) await loopTurn();
    };
    // Whoever goes through a list looks at nothing for long; one that went well is compared with nothing.
    await lookAt(2, 75);
    await lookAt(1, 1_000);
    expect(opened).not.toHaveBeenCalled();
    await lookAt(2, 75);
    await lookAt(2, 25);
    expect(opened.mock.calls.map(([key]) => key)).toContain(keyOf(1));
    // Large ones would push each other out of memory.
    opened.mockClear();
    const stored = engine.store.get(keyOf(1));
    await lookAt(1, 0);
    vi.spyOn(stored as { recordBytes: number }, 'recordBytes', 'get').mockReturnValue(40_000_000);
    await lookAt(2, 1_000);
    expect(opened).not.toHaveBeenCalled();
  });

  it('shows the rows around the first difference, or around another', async () => {
    const engine = engineWith('flaky');
    const pageAround = async (around: number | null, onlyDifferences = false) => {
      const { start, rows } = await window(engine, { around, limit: 2, onlyDifferences });
      return [start, ...rows.map(({ place }) => place)];
    };
    expect(await pageAround(null)).toEqual([2, 2, 3]);
    expect(await pageAround(1)).toEqual([0, 0, 1]);
    expect(await pageAround(4)).toEqual([3, 3, 4]);
    expect(await pageAround(4, true)).toEqual([0, 3, 4]);
    // That one doesn't differ.
    expect(await pageAround(1, true)).toEqual([0, 3, 4]);
  });

  it('says that no difference of times is known where only the last attempt is', async () => {
    const answer = await window(engineWith('one more retry'));
    const tried = answer.rows.filter(({ after }) => after?.isRetried === true);
    expect(tried.map(({ name }) => name)).toEqual(['Enter ERP']);
    expect(tried.map(deltaText)).toEqual(['–']);
    expect(answer.groups.find(({ kind }) => kind === 'times')?.items ?? []).not.toContainEqual(
      expect.objectContaining({ row: tried[0]?.place }),
    );
  });

  it('shows a page of the rows, and those that differ alone', async () => {
    const engine = engineWith('flaky');
    expect((await window(engine, { offset: 3, limit: 2 })).rows.map(({ name }) => name)).toEqual([
      'Enter ERP',
      'End',
    ]);
    const few = await window(engine, { onlyDifferences: true });
    expect(few).toMatchObject({ totalRows: 2, differences: [0, 1] });
  });

  it('keeps what a row that differs hangs below', async () => {
    const few = await window(engineWith('one item fails'), { onlyDifferences: true });
    expect(few.rows.map(({ name, mark, level }) => [name, mark, level])).toEqual([
      ['All orders', 'changed', 1],
      ['Enter order', 'changed', 2],
      ['End', 'missing', 1],
    ]);
  });

  it('learns from several good runs', async () => {
    const engine = engineWith('a note that is another in every good run');
    expect(await window(engine, { key: keyOf(5) })).toMatchObject({ first: null, folded: 4 });
  });

  it('says that there is none', async () => {
    const engine = engineParts();
    engine.take([recordWith(pair('flaky').after)]);
    expect(await asked(engine.handlers, 'compare', query())).toEqual({
      kind: 'noGoodRun',
      query: query(),
    });
    await expect(asked(engine.handlers, 'compare', query({ key: 'gone' }))).rejects.toThrow(
      'left the window',
    );
  });

  it('counts what is another in every run side by side, too', async () => {
    const engine = engineWith('same but for times and IDs');
    const both = { key: keyOf(2), other: keyOf(1) };
    const { folded, rows } = await window(engine, both);
    let counted = 0;
    for (const { place } of rows) {
      const query = { ...both, place, language: 'en' };
      const { sections } = await asked(engine.handlers, 'sideBySide', query);
      for (const section of sections) counted += section.folded;
    }
    expect([folded, counted]).toEqual([3, 3]);
  });

  it('shows a node of both side by side', async () => {
    const engine = engineWith('a step gave nothing and the flow file changed there');
    const both = { key: keyOf(2), other: keyOf(1), language: 'en' };
    const { sections } = await asked(engine.handlers, 'sideBySide', { ...both, place: 1 });
    const lines = sections.map(({ section, lines: all, more, changes }) => ({
      ...{ section, more, values: changes.map(({ path, change }) => [...path, change].join(' ')) },
      changed: all.flatMap(({ before, after }) =>
        [before, after].some((side) => side?.some(({ differs }) => differs))
          ? [[before, after].map((side) => side?.map(({ text }) => text).join('') ?? null)]
          : [],
      ),
    }));
    expect(lines).toEqual([
      { section: 'input', more: 0, values: [], changed: [] },
      {
        ...{ section: 'output', more: 0, values: ['fields total removed'] },
        changed: [['  total: 1280.5', '  total: null']],
      },
      {
        ...{ section: 'config', more: 0, values: ['prompt changed'] },
        changed: [['prompt: "Extract vendor and total."', 'prompt: "Extract the vendor."']],
      },
      { section: 'logs', more: 0, values: [], changed: [] },
    ]);
    await expect(asked(engine.handlers, 'sideBySide', { ...both, place: 99 })).rejects.toThrow(
      'not in the comparison',
    );
  });

  it('goes before what nobody waits for', async () => {
    const engine = engineParts();
    const steps = Array.from({ length: 500 }, (_, n) => ({ output: { n } }));
    const run = (n: number, answer: string) =>
      longRun(steps, (text) =>
        text.replaceAll(longSid, storySid(n)).replace('"answer":""', `"answer":"${answer}"`),
      );
    // The one before was cut off: no good run has to be looked at, which would take longer than to compare.
    engine.take([run(1, ''), run(2, 'done')]);
    const both = { key: keyOf(2), other: keyOf(1) };
    const signs = () => asked(engine.handlers, 'signs', { key: both.key });
    // What both need is read by then.
    await Promise.all([signs(), window(engine, both)]);
    engine.compare.clear();
    const told: string[] = [];
    await Promise.all([
      signs().then(() => told.push('signs')),
      window(engine, both).then(() => told.push('comparison')),
    ]);
    expect(told).toEqual(['comparison', 'signs']);
  });

  it('shows no secret', async () => {
    const engine = engineWith('another key that stays hidden');
    const answer = await window(engine);
    const sides = await asked(engine.handlers, 'sideBySide', {
      ...{ key: keyOf(2), other: keyOf(1), place: 1, language: 'zh-cn' },
    });
    expect(answer.first).toMatchObject({ value: { change: 'secret' } });
    const sent = JSON.stringify([answer, sides]);
    expect(sent).toContain('••••aaaa');
    expect(sent).not.toMatch(/1111|2222/);
  });
});

describe('since when', () => {
  const since = (engine: ReturnType<typeof engineParts>, n: number) =>
    asked(engine.handlers, 'since', { key: keyOf(n), other: null });

  it('is told by the other runs of the flow, whichever way they went', async () => {
    const engine = engineParts();
    const { before, after } = pair('a step gave nothing and the flow file changed there');
    const again = (line: string, n: number) =>
      line.replaceAll(storySid(line === after ? 2 : 1), storySid(n));
    const lines = [before, again(after, 5), again(before, 6), after, again(after, 7)];
    engine.take(lines.map((line) => recordWith(line.split('\n').at(-1) ?? '')));
    const answer = await since(engine, 2);
    expect(answer).toMatchObject({ unread: 0, since: { isFromStart: false } });
    // Three of those that began with the first that had it; the good ones are of the day before.
    expect(answer.since).toMatchObject({ count: 3, of: 3 });
  });

  it('is not told where no run alone tells it, or there is none to compare with', async () => {
    const none = engineParts();
    none.take([recordWith(pair('flaky').after)]);
    expect((await since(none, 2)).since).toBeNull();
    expect((await since(engineWith('slower only'), 2)).since).toBeNull();
  });

  it('says of how many the record is gone', async () => {
    const engine = engineWith('flaky');
    await engine.opened;
    await window(engine);
    engine.store.held.clear();
    engine.topic.delete('0');
    expect(await since(engine, 2)).toMatchObject({ unread: 1, since: { count: 1, of: 1 } });
  });
});

it('lists the time that the flow file gives a node of the sample, which somebody changed', async () => {
  interface Wire {
    readonly flow_id: string;
    readonly srv: { readonly execution_state?: string };
  }
  const engine = engineParts();
  const startMs = Date.UTC(2026, 10, 2, 8);
  let atMs = startMs;
  const timeoutOf = () => (atMs < startMs + 60_000 ? 2_000 : 20_000);
  const ended: string[] = [];
  for (const { afterMs, value } of sampleRobotSteps({ seed: 1, startMs, timeoutOf })) {
    atMs += afterMs;
    if (atMs > startMs + 180_000) break;
    const { flow_id: flow, srv } = JSON.parse(value) as Wire;
    if (flow === statementFlow.id && srv.execution_state !== 'running') ended.push(value);
  }
  engine.take(ended.map((value) => recordWith(value)));
  const failed = engine.store.listed.findLast(({ summary }) => summary.outcome === 'failed');
  const answer = await window(engine, { key: failed?.summary.key ?? '' });
  const { items = [] } = answer.groups.find(({ kind }) => kind === 'configuration') ?? {};
  expect(items).toMatchObject([{ path: ['retry_config', 'timeout'], before: '20', after: '2' }]);
});
