import { describe, expect, it } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { pictureOf, tracedWorld } from './tracedWorld.ts';

const turn = () => new Promise(setImmediate);
const oddFails = async (item: number) => {
  await turn();
  if (item % 2 === 1) throw new Error(`no stock for ${String(item)}`);
  return item * 10;
};

describe('an iteration', () => {
  it('runs so many rounds at a time, and answers in their order', async () => {
    const { tracer, last } = tracedWorld();
    let running = 0;
    let most = 0;
    const results = await tracer.run({}, () =>
      tracedEach(
        'each',
        [1, 2, 3, 4, 5],
        (item) =>
          traced('enter', { item }, async () => {
            most = Math.max(most, ++running);
            for (let turns = 0; turns < 6 - item; turns++) await turn();
            running--;
            return item;
          }),
        { concurrency: 2 },
      ),
    );
    expect(results).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
    const rounds = last().trace.map(({ data }) => data.config['iteration_index']);
    expect(rounds.slice(0, -1).sort()).toEqual(['0', '1', '2', '3', '4']);
  });

  it('goes on after errors and names the rounds that failed', async () => {
    const { tracer, last } = tracedWorld();
    const results = await tracer.run({}, () =>
      tracedEach('each', [1, 2, 3], oddFails, { onError: 'continue' }),
    );
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    const [each] = last().trace;
    expect(each?.running_status).toBe(true);
    expect(each?.data.config).toMatchObject({ errorStrategy: 'continue' });
    expect(each?.data.output_vars).toEqual([
      '{"name": "failed_rounds", "value": "[0, 2]"}',
      '{"name": "output", "value": "[None, 20, None]"}',
    ]);
    expect(each?.logs.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'round 0 failed: no stock for 1',
      'round 2 failed: no stock for 3',
    ]);
    expect(each?.logs.every((line) => line.startsWith('{"level": "ERROR"'))).toBe(true);
  });

  it.each([1, 2])('stops at the first error otherwise, %i at a time', async (concurrency) => {
    const { tracer, last } = tracedWorld();
    const begun: number[] = [];
    const running = tracer.run({}, () =>
      tracedEach(
        'each',
        [2, 1, 4, 6, 8],
        async (item) => {
          begun.push(item);
          return oddFails(item);
        },
        { concurrency },
      ),
    );
    await expect(running).rejects.toThrow('no stock for 1');
    expect(begun.length).toBeLessThan(5);
    expect(last().trace.at(-1)).toMatchObject({ node_id: 'each', running_status: false });
  });

  it('takes what comes bit by bit, tells it when it stops early, and fails as it fails', async () => {
    let closed = false;
    async function* mails() {
      try {
        for (let no = 0; ; no++) yield await Promise.resolve(no);
      } finally {
        closed = true;
      }
    }
    await expect(tracedEach('each', mails(), oddFails, { concurrency: 3 })).rejects.toThrow(
      'stock',
    );
    expect(closed).toBe(true);
    async function* broken(): AsyncGenerator<number> {
      await turn();
      throw new Error('mailbox gone');
    }
    await expect(tracedEach('each', broken(), oddFails)).rejects.toThrow('mailbox gone');
  });
});

describe('a node that is tried again', () => {
  const after = (failures: number) => {
    let calls = 0;
    return () => {
      if (++calls <= failures) throw new Error(`busy ${String(calls)}`);
      return 'in';
    };
  };

  it.each([
    { name: 'at once', failures: 0, state: 'ok', entries: 1, lines: 0 },
    { name: 'at the third attempt', failures: 2, state: 'ok', entries: 3, lines: 2 },
    { name: 'never', failures: 9, state: 'failed', entries: 4, lines: 4 },
  ])('counts its attempts: $name', async ({ failures, state, entries, lines }) => {
    const { tracer, last } = tracedWorld();
    const running = tracer.run({}, () => tracedRetry('login', {}, after(failures), { delayMs: 0 }));
    await running.catch(() => undefined);
    const { trace } = last();
    expect(trace.map(({ id }) => id)).toEqual(Array.from({ length: entries }, () => 'log1'));
    expect(pictureOf(last()).split('\n')[0]).toBe(`login ${state}`);
    expect(trace[0]?.logs).toHaveLength(lines);
    // What a later attempt makes good is no error.
    const errors = trace[0]?.logs.filter((line) => line.includes('"level": "ERROR"'));
    expect(errors).toHaveLength(state === 'ok' ? 0 : 1);
    expect(trace[0]?.data.config['retryConfig']).toContain('"maxRetries": "2"');
  });

  it('gives up when the error is not worth it, and works outside of an execution', async () => {
    let calls = 0;
    const body = () => {
      calls++;
      throw new Error('wrong password');
    };
    const options = { isWorthRetrying: () => false };
    await expect(tracedRetry('login', {}, body, options)).rejects.toThrow('wrong password');
    expect(calls).toBe(1);
    expect(await tracedRetry('login', {}, after(1), { delayMs: 0 })).toBe('in');
  });
});
