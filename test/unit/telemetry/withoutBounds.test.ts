/** What a robot may do without end, and what must not reach it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { learningMask } from '../../../src/telemetry/learningMask.ts';
import { createMask } from '../../../src/telemetry/mask.ts';
import { startNode } from '../../../src/telemetry/startedNode.ts';
import { systemClock } from '../../../src/telemetry/systemClock.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import type { TracedNode } from '../../../src/telemetry/tracedNode.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { maskMark } from '../../../src/trace/masked.ts';
import { tracedWorld } from './tracedWorld.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([Infinity, 1e12])(
  'rounds that may all run at once are those that there are: %d',
  async (concurrency) => {
    const { tracer } = tracedWorld();
    const done = tracer.run({}, () =>
      tracedEach('each', [1, 2, 3], (item) => Promise.resolve(item), { concurrency }),
    );
    expect(await done).toEqual([1, 2, 3]);
  },
);

test('nodes that follow many at once name some of them each', async () => {
  const { tracer, last } = tracedWorld({ maxNodes: 2_000, snapshotMs: false });
  await tracer.run({}, async () => {
    for (const wave of ['a', 'b'])
      await Promise.all(
        Array.from({ length: 600 }, (_, at) =>
          traced(`${wave}${String(at)}`, {}, () => Promise.resolve()),
        ),
      );
  });
  const { trace } = last();
  const named = trace.flatMap(({ next_log_ids }) => next_log_ids);
  expect(named.length).toBeLessThan(20_000);
  // Each is named by somebody: none looks like one that was never reached.
  const seconds = trace.filter(({ node_id }) => node_id.startsWith('b'));
  expect(seconds).toHaveLength(600);
  expect(seconds.filter(({ id }) => !named.includes(id))).toEqual([]);
});

test('nodes that are never ended have a bound in the record, with those around what has ended', () => {
  const { tracer, last } = tracedWorld({ maxNodes: 20, snapshotMs: false });
  const execution = tracer.start();
  for (let at = 0; at < 100; at++) execution.startNode(`open${String(at)}`);
  const parent = execution.startNode('parent');
  parent.run(() => {
    traced('child', {}, () => undefined);
  });
  execution.end();
  const { trace, srv } = last();
  const names = trace.map(({ node_id }) => node_id);
  expect(names.length).toBeLessThan(30);
  expect(names).toEqual(expect.arrayContaining(['open0', 'parent', 'child']));
  expect(srv['dropped_nodes']).toBe(String(102 - names.length));
});

describe('what is attached', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-fifo-'));
  const fifo = join(folder, 'fifo');
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(process.platform === 'win32')('is a file, and nothing that has no end', () => {
    execFileSync('mkfifo', [fifo]);
    const { tracer, last } = tracedWorld();
    tracer.run({}, () =>
      traced('a', {}, (node) => {
        for (const file of [fifo, '/dev/zero', folder]) node.attach('x', { file });
      }),
    );
    const [entry] = last().trace;
    expect(entry?.data.output_vars).toEqual([]);
    expect(entry?.logs.join()).toContain('is no file');
  });
});

describe('a pattern of the robot', () => {
  it('is found everywhere, however it was made', () => {
    const { tracer, last } = tracedWorld({ mask: { patterns: [/EMP-\d+/y, /ORD-\d+/gy] } });
    tracer.run({ question: 'a EMP-17 b ORD-18' }, () => undefined);
    expect(last().question).toBe(`a ${maskMark} b ${maskMark}`);
  });

  it('stays where the robot had it', () => {
    const pattern = /x/g;
    const { tracer } = tracedWorld({ mask: { patterns: [pattern] } });
    pattern.exec('x x');
    tracer.run({ question: 'some text' }, () => undefined);
    expect(pattern.lastIndex).toBe(1);
  });

  it('that is none is told, and the robot goes on', () => {
    const patterns = ['(', 'EMP-[0-9]+'] as unknown as RegExp[];
    const { tracer, last, lines } = tracedWorld({ mask: { patterns } });
    tracer.run({ question: 'EMP-17' }, () => undefined);
    expect(last().question).toBe(maskMark);
    expect(lines.join()).toMatch(/warn .*mask\.patterns/);
  });
});

test('a known value of few signs is hidden where it stands in quotes or alone', () => {
  const { tracer, last } = tracedWorld({ mask: { values: ['042'] } });
  tracer.run({}, () => traced('a', { pad: '042', no: 1042 }, () => 'typed "042" of 1042'));
  const { data } = last().trace[0]!;
  expect(data.input_vars.map((text) => (JSON.parse(text) as { value: string }).value)).toEqual([
    maskMark,
    '1042',
  ]);
  expect(JSON.parse(data.output_vars[0]!)).toMatchObject({ value: `typed "${maskMark}" of 1042` });
});

test('a secret of few signs is a text: no number is hidden for it', () => {
  const mask = learningMask({ values: ['42'] });
  for (const secret of ['4', '07']) mask.learn(secret);
  expect(mask.value('rows', [4, 42, 7, '4'])).toEqual([4, 42, 7, maskMark]);
  mask.learn('1234');
  expect(mask.value('no', 1234)).toBe(maskMark);
});

test('names that are hidden stay those of several values', () => {
  const mask = createMask({ patterns: [/EMP-\d+/] });
  const hours = mask.value('hours', {
    'EMP-1': 10,
    'EMP-2': 20,
    [`${maskMark} 3`]: 25,
    'EMP-3': 30,
  });
  expect([...(hours as Map<string, number>).values()]).toEqual([10, 20, 25, 30]);
  expect(JSON.stringify([...(hours as Map<string, number>).keys()])).not.toContain('EMP');
});

test('a pause is never shorter because it is too long for a timer', async () => {
  const set = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(
      () => ({ unref: () => undefined }) as unknown as ReturnType<typeof setTimeout>,
    );
  systemClock.after(Infinity, () => undefined);
  const options = { delayMs: 1e12, longestDelayMs: Infinity };
  void tracedRetry('a', {}, () => Promise.reject(new Error('x')), options);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(set.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
});

test('a store that never answers holds no record', async () => {
  const { tracer, clock, sent, lines } = tracedWorld({
    largeFieldStore: { upload: () => new Promise(() => undefined) },
    snapshotMs: false,
  });
  tracer.run({}, () => traced('a', { x: 'y '.repeat(5_000) }, () => undefined));
  await new Promise(setImmediate);
  expect(sent).toEqual([]);
  clock.advance(60_000);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(sent).toHaveLength(1);
  expect(lines.join()).toContain('could not be stored');
});

test('what a node says has a bound, its errors stand all the same', () => {
  const { tracer, sent } = tracedWorld({ snapshotMs: false });
  tracer.run({}, () => {
    const { node, end } = startNode('a');
    for (let at = 0; at < 40; at++) node.info('y '.repeat(100_000));
    node.error('at last');
    end();
  });
  expect(sent[0]!.json.length).toBeLessThan(3_000_000);
  expect(sent[0]!.json).toContain('at last');
});

describe.each(['info', 'error'] as const)('a long line of a log: %s', (level) => {
  const jwt = [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    Buffer.from(JSON.stringify({ sub: '12', name: 'x'.repeat(400) })).toString('base64url'),
    'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ].join('.');

  it.each([
    ['a token', jwt, {}],
    ['a known value', 'EXAMPLE horse battery', { values: ['EXAMPLE horse battery'] }],
    ['a pattern', 'EXAMPLE 4111 2222', { patterns: [/EXAMPLE \d{4} \d{4}/] }],
  ])('is cut behind the masking: %s', (_name, secret, mask) => {
    const { tracer, last } = tracedWorld({ snapshotMs: false, mask });
    // So that each of its parts is the last one that there is room for.
    for (let at = 8; at < secret.length; at += 7) {
      tracer.run({}, () => {
        traced('a', {}, (node) => {
          node[level](`${'y '.repeat(25_000).slice(at)}${secret} end`);
        });
      });
      const line = last().trace[0]!.logs[0]!;
      expect(line.length).toBeLessThan(50_200);
      expect(line.slice(-1_000)).not.toMatch(/EXAMPLE|eyJ/);
    }
  });
});

test('what an execution keeps of values has a bound, and says that some are left out', () => {
  const { tracer, sent, last } = tracedWorld({ snapshotMs: false, mask: false });
  tracer.run({}, () => {
    for (let at = 0; at < 10; at++) traced('a', { x: 'y '.repeat(2_000_000) }, () => undefined);
    traced('b', { order: 'SO-17' }, () => undefined);
  });
  expect(sent[0]!.json.length).toBeLessThan(34_000_000);
  expect(last().srv['dropped_data']).toBe('too large');
  // What is small has its place all the same.
  expect(last().trace.at(-1)?.data.input_vars).toEqual(['{"name": "order", "value": "SO-17"}']);
});

describe('what an execution says has the same bound', () => {
  const x = 'y '.repeat(2_000_000);
  const nodes = (say: (node: TracedNode) => void) => () => {
    for (let at = 0; at < 12; at++) traced('a', {}, say);
  };

  it.each<[string, () => unknown]>([
    ['settings', nodes((node) => node.config({ template: x }))],
    [
      'errors',
      nodes((node) => {
        for (let at = 0; at < 100; at++) node.error(x.slice(0, 50_000));
      }),
    ],
    [
      'attempts, each of which stands in the record with all that was said before',
      () =>
        tracedRetry(
          'a',
          {},
          (node, attempt) => {
            node.output('page', x);
            if (attempt < 8) throw new Error('not yet');
          },
          { attempts: 8, delayMs: 0 },
        ),
    ],
  ])('in %s', async (_name, body) => {
    const { tracer, sent, last } = tracedWorld({ snapshotMs: false, mask: false });
    await tracer.run({}, body);
    expect(sent[0]!.json.length).toBeLessThan(34_000_000);
    expect(last().srv['dropped_data']).toBe('too large');
  });

  it('and settings of one name count once, attempts for which there is no room as left out', async () => {
    const { tracer, last } = tracedWorld({ snapshotMs: false, mask: false });
    tracer.run({}, () => {
      traced('a', {}, (node) => {
        for (let at = 0; at < 12; at++) node.config({ template: x });
      });
    });
    expect(last().srv['dropped_data']).toBeUndefined();
    const flaky = (_node: TracedNode, attempt: number) => {
      if (attempt < 12) throw new Error('not yet');
    };
    await tracer.run({}, () => tracedRetry('a', { x }, flaky, { attempts: 12, delayMs: 0 }));
    expect(last().trace).toHaveLength(8);
    expect(last().srv).toMatchObject({ dropped_data: 'too large', dropped_nodes: '4' });
  });
});

describe('that a part of one value was left out is said', () => {
  const x = 'some words, and more. '.repeat(500_000);
  test.each<[string, (node: TracedNode) => unknown]>([
    ['of an output', (node) => node.output('x', x)],
    ['of a text in an output', (node) => node.output('x', { deep: [x] })],
    ['of a long list', (node) => node.output('x', Array(300_000).fill(1))],
    [
      'of an object with many members',
      (node) => node.output('x', new Map(Array(300_000).fill(1).entries())),
    ],
    ['of settings', (node) => node.config({ x })],
    ['of what a model has answered', (node) => node.llmOutput(x)],
    ['of what it returns', () => x],
  ])('%s', (_name, body) => {
    const { tracer, last } = tracedWorld({ snapshotMs: false, mask: false });
    tracer.run({}, () => {
      traced('a', body);
    });
    expect(last().srv['dropped_data']).toBe('too large');
  });

  test('of question and answer', () => {
    const { tracer, records } = tracedWorld({ snapshotMs: false, mask: false });
    tracer.run({ question: x }, () => undefined);
    tracer.run({ question: { x } }, () => undefined);
    tracer.run({}, () => x);
    tracer.run({}, () => [x]);
    tracer.run({}, () => 'short');
    expect(records().map(({ srv }) => srv['dropped_data'])).toEqual([
      ...['too large', 'too large', 'too large', 'too large'],
      undefined,
    ]);
  });
});

describe('what is said again in the place of another takes the room of one', () => {
  const order = { order: 'SO-17' };

  it('a streamed answer', () => {
    const { tracer, last } = tracedWorld({ snapshotMs: false, mask: false });
    tracer.run({}, () => {
      for (let at = 0; at < 4; at++)
        traced('llm', {}, (node) => {
          for (let text = 'a word '; text.length < 14_000; text += 'a word ') node.llmOutput(text);
          return order;
        });
    });
    const { srv, trace } = last();
    expect(srv['dropped_data']).toBeUndefined();
    expect(trace.map(({ data }) => data.output_vars)).toEqual(
      trace.map(() => ['{"name": "order", "value": "SO-17"}']),
    );
  });

  it('an output of one name, where the last counts', () => {
    const { tracer, last } = tracedWorld({ snapshotMs: false, mask: false, form: 'g1' });
    const output = () => last().trace.map(({ data }) => (data as { output?: unknown }).output);
    const x = 'y '.repeat(1_000_000);
    tracer.run({}, () => {
      traced('a', {}, (node) => {
        for (let at = 0; at < 20; at++) node.output('page', x + String(at));
        node.output('page', 'short');
        for (let at = 0; at < 15; at++) node.output(`page${String(at)}`, x);
      });
      traced('b', {}, () => order);
    });
    expect(last().srv['dropped_data']).toBeUndefined();
    expect(output()).toMatchObject([{ page: 'short', page14: x }, order]);
  });
});

test('room of nodes that are left out is there for others', () => {
  const { tracer, last } = tracedWorld({ snapshotMs: false, mask: false, maxNodes: 5 });
  const x = 'y '.repeat(1_000_000);
  tracer.run({}, () => {
    for (let at = 0; at < 40; at++) traced('a', { x }, () => undefined);
  });
  expect(last().srv['dropped_data']).toBeUndefined();
  expect(last().trace.at(-1)?.data.input_vars[0]?.length).toBeGreaterThan(x.length);
});

describe('a secret that stands where the text of an error is cut', () => {
  const secret = 'correct horse battery staple';
  const places = Array.from({ length: 8 }, (_, at) => 3_972 + 4 * at);

  it.each(places)('is hidden from sign %d on', (place) => {
    const { tracer, last } = tracedWorld({ mask: { values: [secret] } });
    const text = `${'word '.repeat(1_000).slice(0, place - 1)} ${secret} ${'more '.repeat(200)}`;
    const fail = () => {
      throw new Error(text);
    };
    expect(() => tracer.run({}, () => traced('step', {}, fail))).toThrow();
    const record = JSON.stringify(last());
    expect(record).not.toMatch(/correct|horse/);
    expect(record).toContain('word word');
  });
});
