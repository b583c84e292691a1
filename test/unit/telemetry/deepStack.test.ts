/** A robot that nests its nodes deeper and deeper: tracing takes little of its stack, and loses nothing where that ends. */
import { expect, test } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedWorld } from './tracedWorld.ts';

const bottom = () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  try {
    return new Error('at the bottom').stack?.split('\n').length ?? 0;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
const nested = (levels: number): number =>
  levels === 0 ? bottom() : traced('level', {}, () => nested(levels - 1));

test('a level takes two frames of the stack beside those of the robot', () => {
  const { tracer } = tracedWorld();
  const frames = (levels: number) => tracer.run({}, () => nested(levels));
  // The robot itself has two.
  expect((frames(110) - frames(10)) / 100).toBe(2 + 2);
});

/** So that the stack ends at another place of what is done for a node. */
const from = (depth: number, body: () => void): void => {
  if (depth === 0) body();
  else from(depth - 1, body);
};

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'where the stack ends each node that ran is recorded or counted, and each is over: %d',
  (depth) => {
    const { tracer, last, lines } = tracedWorld({ maxNodes: 100_000, snapshotMs: false });
    let ran = 0;
    const deeper = (): number => {
      try {
        return traced('level', { ran }, () => {
          ran++;
          return deeper();
        });
      } catch (error) {
        // Such as a guard of the robot: it goes on with what it has.
        if (error instanceof RangeError) return 0;
        throw error;
      }
    };
    from(depth, () => {
      tracer.run({}, deeper);
    });
    const { trace, srv } = last();
    const dropped = Number(srv['dropped_nodes'] ?? 0);
    expect(trace.length + dropped).toBeGreaterThanOrEqual(ran);
    expect(trace.filter(({ end_time }) => end_time === 0)).toEqual([]);
    if (dropped > 0) expect(lines.join()).toContain('deeper than the stack has room for');
  },
);
