import { describe, expect, it } from 'vitest';

import { composeEngine } from '../../../src/engine/compose.ts';
import type { RedactionSettings } from '../../../src/masking/redactionSettings.ts';
import { recordWith } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { engineParts, listQuery, treeQuery } from '../engine/world.ts';
import { maskAgain } from '../../../src/intake/maskAgain.ts';
import { asked } from '../../support/asked.ts';

const settings = (parts: Partial<RedactionSettings>): RedactionSettings => ({
  ...{ patterns: [], names: [], allowReveal: false },
  ...parts,
});

const aRecord = (n: number) =>
  recordWith({
    sid: `spf0097000${n}@hf1a2094e36ee0009782`,
    sub: 'workflow',
    flow_id: '737',
    status: { code: 1, message: `no customer KD-7712${n}` },
    trace: [
      {
        ...{ id: 'a', node_id: 'ifly-code::1', node_name: 'look up' },
        data: { input: { no: `KD-7712${n}` }, config: { apiKey: 'EXAMPLE-API-KEY' } },
      },
    ],
  });

describe('rules that change', () => {
  it('hide what was decoded before: summaries, open trees, rejected records, and back', async () => {
    const world = engineParts();
    world.take([aRecord(1), aRecord(2), recordWith('{"x": "KD-77129"')]);
    const key = world.list.latest({ kind: 'all' }, true)?.summary.key ?? '';
    const seen = async () =>
      JSON.stringify([
        world.store.oldestFirst.map(({ summary }) => summary),
        await world.tree.window(treeQuery(key)),
        await world.tree.inspect(key, 'a'),
        world.rejected.page(0, 10),
        await asked(world.handlers, 'list', listQuery()),
      ]);
    expect(await seen()).toContain('KD-7712');
    expect(world.redaction.configure(settings({ patterns: ['KD-\\d+'] }))).toBe(true);
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    expect(await seen()).not.toContain('KD-7712');
    expect(world.store.size).toBe(2);
    expect(world.redaction.configure(settings({ patterns: ['KD-\\d+'] }))).toBe(false);
    world.redaction.configure(settings({}));
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    expect(await seen()).toContain('KD-7712');
  });

  it('hide it in summaries whose bytes left the window too', () => {
    const world = engineParts({ maxBytes: 2_900, maxExecutions: 10 });
    world.take([aRecord(1), aRecord(2)]);
    expect(world.store.droppedPayloads).toBe(1);
    world.redaction.configure(settings({ patterns: ['KD-\\d+'] }));
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    const { oldestFirst, storedBytes, droppedPayloads } = world.store;
    expect(oldestFirst.map(({ summary }) => summary.message)).toStrictEqual([
      'no customer ••••',
      'no customer ••••',
    ]);
    expect(droppedPayloads).toBe(1);
    expect(storedBytes).toBeLessThan(3_300);
  });

  it('find an execution again under the key that they give it', () => {
    const world = engineParts();
    world.take([aRecord(1), aRecord(2)]);
    world.redaction.configure(settings({ patterns: ['spf\\d+'] }));
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    for (const { summary } of world.store.oldestFirst) {
      expect(summary.sid).not.toContain('spf0097');
      expect(world.store.get(summary.key)?.summary).toBe(summary);
    }
    world.take([aRecord(1)]);
    expect(world.store.size).toBeLessThanOrEqual(2);
  });
});

it('hides what began an execution whose bytes are gone', () => {
  const world = engineParts({ maxBytes: 10, maxExecutions: 10 });
  const srv = { parent_sid: 'spf0042', parent_log_id: 'log-spf0042' };
  const record = { sid: 's', sub: 'workflow', status: { code: 0, message: '' }, srv, trace: [] };
  world.take([recordWith(record)]);
  expect(world.store.calledFrom('spf0042', 1)).toHaveLength(1);
  world.redaction.configure(settings({ patterns: ['spf\\d+'] }));
  maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
  const [kept] = world.store.oldestFirst;
  expect(kept?.summary.calledBy).toBeDefined();
  expect(JSON.stringify(kept?.summary.calledBy)).not.toContain('spf0042');
});

describe('a record that is read again', () => {
  // Its key stands for its sid, plain or masked, as the rules were when it came.
  const sidPattern = settings({ patterns: ['spf\\d+'] });

  it.each([
    ['that hide its sid', undefined, sidPattern],
    ['that show it again', sidPattern, undefined],
  ])('is the same one under rules %s', async (_, before, after) => {
    const world = engineParts({ maxBytes: 10, maxExecutions: 10 });
    await world.opened;
    world.redaction.configure(before);
    world.take([aRecord(1)]);
    expect(world.store.droppedPayloads).toBe(1);
    world.redaction.configure(after);
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    const key = world.list.latest({ kind: 'all' }, true)?.summary.key ?? '';
    await expect(world.tree.window(treeQuery(key))).resolves.toMatchObject({ query: { key } });
  });
});

describe('a pattern that takes for ever on a text', () => {
  const slow = `${'\\w*'.repeat(8)}=(?=!)`;
  const slowRecord = recordWith({
    sid: 'spf00970009@hf1a2094e36ee0009782',
    sub: 'workflow',
    status: { code: 1, message: 'a'.repeat(3_000) },
    trace: [],
  });

  it('hides all text from there on, keeps executions apart, and is told until it is changed', () => {
    const world = engineParts();
    const problems: unknown[] = [];
    const patterns = ['KD-\\d+', slow];
    world.redaction.configure(settings({ patterns }), (problem) => problems.push(problem));
    world.take([aRecord(1)]);
    expect(world.redaction.problems).toStrictEqual([]);
    const before = world.redaction.revision;
    world.take([slowRecord, aRecord(2)]);
    const given = { level: 'user', index: 1, fault: { kind: 'givenUp' } };
    expect([problems, world.redaction.problems]).toStrictEqual([[given], [given]]);
    expect(world.redaction.revision).toBeGreaterThan(before);
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    const summaries = world.store.oldestFirst.map(({ summary }) => summary);
    expect(summaries.map(({ message }) => message)).toStrictEqual(['••••', '••••', '••••']);
    expect(new Set(summaries.map(({ key }) => key)).size).toBe(3);
    // Another record of the same execution is found under the same key.
    world.take([aRecord(2)]);
    expect(world.store.size).toBe(3);
    world.redaction.configure(settings({ patterns: ['KD-\\d+'] }));
    maskAgain(world.store, world.room, world.rejected, world.redaction.rules);
    expect(world.redaction.problems).toStrictEqual([]);
    expect(world.store.oldestFirst.map(({ summary }) => summary.message)).toContain(
      'no customer ••••',
    );
  });

  it('is in the status of the engine, and hides what is stored too', async () => {
    const engine = composeEngine({ clock: new ManualClock(0), emit: () => undefined });
    const rest = { storeBytes: 1_000_000, stalledAfterMs: 1_000, otlp: null, ledger: {} };
    const configure = (patterns: readonly string[]) =>
      engine.handlers.configure({ ...rest, largeValues: null, redaction: settings({ patterns }) });
    const problems = async () => {
      const status = await asked(engine.handlers, 'status', null);
      return status.redactionProblems.map(({ index, fault }) => [index, fault.kind]);
    };
    await configure(['(', 'a', '(a)\\1']);
    expect(await problems()).toStrictEqual([
      [0, 'invalid'],
      [2, 'tooSlow'],
    ]);
    await configure(['a']);
    expect(await problems()).toStrictEqual([]);
    await engine.close();
  });
});

describe('a value that shall be revealed', () => {
  const place = { section: 'config', index: 0 } as const;

  it('is refused unless the settings allow it', async () => {
    const world = engineParts();
    world.take([aRecord(1)]);
    const key = world.list.latest({ kind: 'all' }, true)?.summary.key ?? '';
    await expect(world.handlers.reveal({ key, row: 'a', place })).rejects.toMatchObject({
      reason: 'notAllowed',
    });
    expect(await world.tree.inspect(key, 'a')).toMatchObject({ canReveal: false });
    world.redaction.configure(settings({ allowReveal: true }));
    expect(await world.tree.inspect(key, 'a')).toMatchObject({ canReveal: true });
    const answer = world.handlers.reveal({ key, row: 'a', place });
    await expect(answer).resolves.toStrictEqual({ value: 'EXAMPLE-API-KEY' });
  });

  it('is given once and kept nowhere', async () => {
    const world = engineParts();
    world.take([aRecord(1)]);
    world.redaction.configure(settings({ allowReveal: true }));
    const key = world.list.latest({ kind: 'all' }, true)?.summary.key ?? '';
    await world.handlers.reveal({ key, row: 'a', place });
    const after = [await world.tree.inspect(key, 'a'), await world.tree.window(treeQuery(key))];
    expect(JSON.stringify([after, world.events])).not.toContain('EXAMPLE-API-KEY');
  });

  it('must be one that there is', async () => {
    const world = engineParts();
    world.take([aRecord(1)]);
    world.redaction.configure(settings({ allowReveal: true }));
    const key = world.list.latest({ kind: 'all' }, true)?.summary.key ?? '';
    const gone = { reason: 'notFound' };
    await expect(world.handlers.reveal({ key, row: 'b', place })).rejects.toMatchObject(gone);
    await expect(
      world.handlers.reveal({ key, row: 'a', place: { ...place, index: 9 } }),
    ).rejects.toMatchObject(gone);
  });
});

describe('the engine', () => {
  it('tells of a pattern that it does not apply, by its place alone', async () => {
    const events: unknown[] = [];
    const engine = composeEngine({
      clock: new ManualClock(0),
      emit: (name, payload) => events.push([name, payload]),
    });
    const redaction = settings({ patterns: ['ok-1', '(SECRET-IN-PATTERN'] });
    const more = {
      storeBytes: 1_000_000,
      stalledAfterMs: 1_000,
      otlp: null,
      ledger: {},
      largeValues: null,
    };
    await engine.handlers.configure({ ...more, redaction });
    await engine.handlers.configure({ ...more, redaction });
    const told = events.filter((event) => JSON.stringify(event).startsWith('["redactionProblem"'));
    expect(told).toStrictEqual([
      [
        'redactionProblem',
        { level: 'user', index: 1, fault: { kind: 'invalid', detail: 'Unterminated group' } },
      ],
    ]);
    expect(JSON.stringify(events)).not.toContain('SECRET-IN-PATTERN');
    await engine.close();
  });
});
