import { expect, test } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { pictureOf, tracedWorld } from './tracedWorld.ts';

/** Runs the robot with room for so many nodes; gives the ids of those that are in the record, and how many are not. */
function kept(maxNodes: number, robot: () => unknown): string {
  const { tracer, last } = tracedWorld({ maxNodes });
  tracer.run({}, robot);
  const { trace, srv } = last();
  const known = new Set(trace.map(({ id }) => id));
  for (const { parent_log_id: parent } of trace) {
    // A child without its parent would stand where it does not belong.
    if (parent !== undefined) expect(known).toContain(parent);
  }
  return `${trace.map(({ node_id }) => node_id).join(' ')} | ${srv['dropped_nodes'] ?? '0'}`;
}

const leaf = (id: string) => traced(id, {}, () => undefined);
const failing = (id: string) => {
  try {
    traced(id, {}, () => {
      throw new Error(id);
    });
  } catch {
    // Goes on.
  }
};
const many = (count: number, each: (at: number) => unknown) => {
  for (let at = 0; at < count; at++) each(at);
};

test.each<[string, number, () => unknown, string]>([
  ['the first and the last', 4, () => many(9, (at) => leaf(`n${at}`)), 'n0 n1 n2 n8 | 5'],
  [
    'all where there is room',
    9,
    () => many(9, (at) => leaf(`n${at}`)),
    'n0 n1 n2 n3 n4 n5 n6 n7 n8 | 0',
  ],
  [
    'a parent that ends long after its first child',
    4,
    () => {
      traced('all', {}, () => many(9, (at) => leaf(`n${at}`)));
      leaf('end');
    },
    'n0 n1 all end | 7',
  ],
  [
    'all that is around a child',
    20,
    () =>
      traced('a', {}, () =>
        traced('b', {}, () => traced('c', {}, () => many(30, (at) => leaf(`n${at}`)))),
      ),
    `${Array.from({ length: 15 }, (_, at) => `n${at}`).join(' ')} n28 n29 c b a | 13`,
  ],
  [
    'no child without room for what is around it',
    3,
    () => {
      leaf('first');
      traced('a', {}, () => traced('b', {}, () => traced('c', {}, () => leaf('deep'))));
    },
    'first b a | 2',
  ],
  [
    'a failed one and what is around it, when all places are taken',
    3,
    () => {
      many(5, (at) => leaf(`n${at}`));
      traced('a', {}, () => {
        failing('bad');
        many(5, (at) => leaf(`m${at}`));
      });
    },
    'n0 n1 bad m4 a | 7',
  ],
  ['as many failed ones again', 3, () => many(9, (at) => failing(`f${at}`)), 'f0 f1 f2 f8 | 5'],
  ['none', 0, () => many(3, (at) => leaf(`n${at}`)), ' | 3'],
])('kept are %s', (_name, maxNodes, robot, picture) => {
  expect(kept(maxNodes, robot)).toBe(picture);
});

test('a node is followed by the next one that is there, within its parent', () => {
  const { tracer, last } = tracedWorld({ maxNodes: 20 });
  tracer.run({}, () => {
    traced('a', {}, () => many(30, (at) => leaf(`n${at}`)));
    leaf('b');
  });
  const lines = pictureOf(last()).split('\n');
  expect(lines.slice(15)).toEqual([
    'n15 ok in a -> n16',
    'n16 ok in a -> n29',
    'n29 ok in a',
    'a ok -> b',
    'b ok',
  ]);
});

test('attempts of a node stand beside it', async () => {
  const { tracer, last } = tracedWorld();
  await tracer.run({}, () =>
    tracedRetry(
      'flaky',
      {},
      (_node, attempt) => {
        if (attempt < 3) throw new Error('again');
      },
      { delayMs: 0 },
    ),
  );
  expect(pictureOf(last())).toBe('flaky ok\nflaky ok\nflaky ok');
});

test('what was left out counts in what the execution used', () => {
  const { tracer, last } = tracedWorld({ maxNodes: 2 });
  tracer.run({}, () => many(5, () => traced('n', {}, (node) => node.usage({ totalTokens: 2 }))));
  expect((last() as unknown as { usage: { total_tokens: number } }).usage.total_tokens).toBe(10);
});

test('a snapshot says what it lacks', async () => {
  const { tracer, clock, records } = tracedWorld({ maxNodes: 2, snapshotMs: 100 });
  await tracer.run({}, async () => {
    many(5, (at) => leaf(`n${at}`));
    clock.advance(1_000);
    await new Promise(setImmediate);
  });
  expect(records()[0]?.srv).toMatchObject({ execution_state: 'running', dropped_nodes: '3' });
  expect(pictureOf(records()[0]!)).toBe('n0 ok -> n4\nn4 ok');
});
