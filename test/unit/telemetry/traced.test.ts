import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import type { TracedNode } from '../../../src/telemetry/tracedNode.ts';
import { pictureOf, tracedWorld } from './tracedWorld.ts';
import type { TracedRecord } from './tracedWorld.ts';

interface LogLine {
  readonly level: string;
  readonly message: string;
}

const turn = () => new Promise(setImmediate);

describe('a traced execution', () => {
  it('is recorded with what its nodes got, gave and took', async () => {
    const { tracer, clock, last, sent } = tracedWorld({ version: 'v1' });
    const answer = await tracer.run({ question: { mail: '发票' } }, async () => {
      const fields = await traced('spark-llm::1', { mail: '发票' }, async (node) => {
        clock.advance(40);
        await turn();
        node.info('asked');
        node.usage({ promptTokens: 5, totalTokens: 5 });
        return { no: 'A1', rows: [1, true] };
      });
      return traced({ id: 'rpa::2', name: '录入', category: '工具' }, fields, () => {
        clock.advance(7);
        return 'done';
      });
    });
    expect(answer).toBe('done');
    const record = last();
    expect(pictureOf(record)).toBe('spark-llm::1 ok -> rpa::2\nrpa::2 ok');
    expect(record).toMatchObject({
      question: '{"mail": "发票"}',
      answer: '{"output": "done"}',
      srv: { workflow_version: 'v1' },
      status: { code: 0, message: '' },
    });
    expect(record.trace[0]).toMatchObject({
      duration: 40,
      data: {
        input_vars: ['{"name": "mail", "value": "发票"}'],
        output_vars: ['{"name": "no", "value": "A1"}', '{"name": "rows", "value": "[1, True]"}'],
      },
    });
    expect(record.trace[1]).toMatchObject({ node_name: '录入', duration: 7 });
    expect(sent[0]?.key).toBe('f1');
  });

  it('knows nested nodes, rounds and what ran side by side', async () => {
    const { tracer, last } = tracedWorld();
    await tracer.run({}, async () => {
      traced('start', {}, () => undefined);
      await tracedEach('each', ['a', 'b'], async (item) => {
        await traced('enter', { item }, () => traced('type', {}, () => turn()));
        traced('check', {}, () => undefined);
      });
      await Promise.all([traced('left', {}, turn), traced('right', {}, turn)]);
      traced('end', {}, () => undefined);
    });
    expect(pictureOf(last())).toBe(
      [
        'start ok -> each',
        'type ok in enter',
        'enter ok in each#0 -> check',
        'check ok in each#0',
        'type ok in enter',
        'enter ok in each#1 -> check',
        'check ok in each#1',
        'each ok -> left right',
        'left ok -> end',
        'right ok -> end',
        'end ok',
      ].join('\n'),
    );
  });

  it('records errors by itself and hands them on as they are', async () => {
    const { tracer, last } = tracedWorld();
    const error = Object.assign(new Error('connect ETIMEDOUT 10.0.0.1'), { code: 'ETIMEDOUT' });
    const running = tracer.run({}, async () => {
      await traced('outer', {}, () =>
        traced('inner', {}, async () => {
          await turn();
          throw error;
        }),
      );
    });
    await expect(running).rejects.toBe(error);
    const record = last();
    expect(pictureOf(record)).toBe('inner failed in outer\nouter failed');
    expect(record.status).toEqual({ code: 2, message: 'connect ETIMEDOUT 10.0.0.1' });
    expect(record.srv).toMatchObject({ error_category: 'timeout' });
    expect(record.trace.map(({ logs }) => logs.length)).toEqual([2, 0]);
    const [stack, message] = record.trace[0]!.logs.map((line) => JSON.parse(line) as LogLine);
    expect(stack?.level).toBe('INFO');
    expect(stack?.message).toMatch(
      /^Error: connect ETIMEDOUT 10\.0\.0\.1\n +at .*traced\.test\.ts:/,
    );
    expect(message).toMatchObject({ level: 'ERROR', message: 'connect ETIMEDOUT 10.0.0.1' });
    expect(record.answer).toBe('');
  });

  it('ends well when the robot caught the error', () => {
    const { tracer, last } = tracedWorld();
    tracer.run({}, () => {
      try {
        traced('try', {}, () => {
          throw new Error('not there');
        });
      } catch {
        // Another way.
      }
    });
    expect(last().status.code).toBe(0);
    expect(pictureOf(last())).toBe('try failed');
  });

  it('keeps what is synchronous synchronous', () => {
    const { tracer, records } = tracedWorld();
    expect(tracer.run({}, () => traced('a', {}, () => 3))).toBe(3);
    expect(records()).toHaveLength(1);
    expect(records()[0]?.answer).toBe('{"output": 3}');
  });

  it('answers {} for nothing, because an empty answer means that it was cut off', () => {
    const { tracer, last } = tracedWorld();
    tracer.run({}, () => undefined);
    expect(last().answer).toBe('{}');
  });

  it('keeps executions that run at the same time apart', async () => {
    const { tracer, records } = tracedWorld();
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        tracer.run({ question: name }, async () => {
          await turn();
          await traced(name, {}, turn);
        }),
      ),
    );
    expect(
      records()
        .map(({ question, trace }) => `${question} ${trace[0]?.node_id ?? ''}`)
        .sort(),
    ).toEqual([...['a a', 'b b', 'c c']]);
  });

  it('lets code outside of an execution just run', async () => {
    expect(traced('a', {}, (node) => [node.logId])).toEqual(['']);
    expect(await tracedEach('b', [1, 2], (item, round) => item * 10 + round)).toEqual([10, 21]);
  });

  it('bounds the entries, and keeps failed ones beyond', () => {
    const { tracer, last } = tracedWorld({ maxNodes: 2 });
    tracer.run({}, () => {
      for (let at = 0; at < 5; at++) traced(`ok${at}`, {}, () => undefined);
      try {
        traced('bad', {}, () => {
          throw new Error('x');
        });
      } catch {
        // Goes on.
      }
    });
    expect(last().trace.map(({ node_id }) => node_id)).toEqual(['ok0', 'ok4', 'bad']);
    expect(last().srv).toMatchObject({ dropped_nodes: '3' });
  });

  it('says what nodes and the execution used, when asked', () => {
    const { tracer, last } = tracedWorld({ resources: true });
    tracer.run({}, () =>
      traced('busy', {}, () => {
        const until = process.cpuUsage().user + 3_000;
        while (process.cpuUsage().user < until);
      }),
    );
    const { trace, srv } = last();
    expect(trace[0]?.resources).toMatchObject({ memory_bytes: expect.any(Number) as number });
    expect(trace[0]?.resources?.['cpu_ms']).toBeGreaterThan(1);
    expect(Number(srv['cpu_ms'])).toBeGreaterThan(1);
    expect(Object.keys(srv)).toEqual([
      ...['workflow_version', 'cpu_ms', 'memory_bytes', 'memory_growth_bytes'],
      'event_loop_utilization',
    ]);
  });

  it('says how late the event loop was, of an execution that lets it turn', async () => {
    const { tracer, last } = tracedWorld({ resources: true });
    await tracer.run({}, async () => {
      await delay(60);
      const until = performance.now() + 60;
      while (performance.now() < until);
      await delay(60);
    });
    expect(Number(last().srv['event_loop_delay_ms'])).toBeGreaterThan(30);
  });

  it('hides the usual secrets unless told otherwise', () => {
    const { tracer, last } = tracedWorld();
    tracer.run({ question: { password: 'p-1' } }, () =>
      traced('login', { user: 'ada', password: 'p-1' }, (node) => node.info('token=p-1')),
    );
    expect(JSON.stringify(last())).not.toContain('p-1');
    const open = tracedWorld({ mask: false });
    open.tracer.run({ question: { password: 'p-1' } }, () => undefined);
    expect(open.last().question).toBe('{"password": "p-1"}');
  });

  it('is sent without its data when it is too large with it', () => {
    const sent: string[] = [];
    const { tracer } = tracedWorld({
      producer: {
        send(_topic, value, { onDelivery }) {
          sent.push(value);
          const report = {
            ok: false,
            topic: 't',
            reason: 'tooLarge',
            detail: '',
            bytes: 1,
          } as const;
          onDelivery?.(report);
          return false;
        },
      },
    });
    const robot = () =>
      tracer.run({ question: 'q'.repeat(5_000) }, () =>
        traced('a', { page: 'x'.repeat(2_000_000) }, () => {
          throw new Error('not there');
        }),
      );
    expect(robot).toThrow('not there');
    expect(sent).toHaveLength(2);
    expect(sent[0]?.length).toBeGreaterThan(2_000_000);
    expect(sent[1]?.length).toBeLessThan(3_000);
    const brief = JSON.parse(sent[1] ?? '') as TracedRecord;
    expect(pictureOf(brief)).toBe('a failed');
    expect(brief.trace[0]?.logs).toEqual([
      expect.stringContaining('"ERROR", "message": "not there"'),
    ]);
    expect(brief.srv).toMatchObject({ dropped_data: 'too large' });
    expect(brief.status.message).toBe('not there');
  });

  it('goes on when what a robot gives can not be read', () => {
    const { tracer, last, lines } = tracedWorld();
    const broken = {
      get page(): string {
        throw new Error('gone');
      },
    };
    const answer = tracer.run({ question: broken }, () => {
      expect(traced('a', broken, () => 1)).toBe(1);
      return traced('b', {}, (node) => {
        node.info(undefined as unknown as string);
        return broken;
      });
    });
    expect(answer).toBe(broken);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toBe('warn a part of a trace was not recorded: Error: gone');
    expect(pictureOf(last())).toBe('a ok -> b\nb ok');
  });

  it('is not disturbed by a sender that throws', () => {
    const { tracer, lines } = tracedWorld({
      producer: {
        send() {
          throw new Error('full');
        },
      },
    });
    expect(tracer.run({}, () => 1)).toBe(1);
    expect(lines).toEqual(['error a record was not written: Error: full']);
  });
});

describe('snapshots', () => {
  it('show the run while it goes on, at most so often, until the final record', async () => {
    const { tracer, clock, records } = tracedWorld({ snapshotMs: 500 });
    await tracer.run({}, async () => {
      for (let step = 0; step < 20; step++) {
        await traced(`step${step}`, {}, async () => {
          clock.advance(100);
          await turn();
        });
      }
    });
    const all = records();
    const snapshots = all.slice(0, -1);
    expect(snapshots.length).toBeGreaterThan(2);
    expect(snapshots.length).toBeLessThan(6);
    for (const snapshot of snapshots) {
      expect(snapshot.srv).toMatchObject({ execution_state: 'running' });
      expect(snapshot.end_time).toBe(0);
      expect(pictureOf(snapshot).split('\n').at(-1)).toMatch(/running$/);
    }
    expect(all.at(-1)?.srv).not.toHaveProperty('execution_state');
    expect(all.at(-1)?.trace).toHaveLength(20);
    clock.advance(60_000);
    expect(records()).toHaveLength(all.length);
  });

  it.each<[string, (node: TracedNode) => void]>([
    ['info', (node) => node.info('half way')],
    ['error', (node) => node.error('not yet')],
    ['output', (node) => node.output('no', 1)],
    ['attach', (node) => node.attach('page', 'text')],
    ['config', (node) => node.config({ model: 'm' })],
    ['usage', (node) => node.usage({ totalTokens: 3 })],
    ['llmOutput', (node) => node.llmOutput('answer')],
    ['firstFrame', (node) => node.firstFrame()],
  ])('follow what a node says: %s', (_name, say) => {
    const { tracer, clock, sent } = tracedWorld({ snapshotMs: 500 });
    tracer.run({}, () =>
      traced('slow', {}, (node) => {
        clock.advance(1_000);
        const before = sent.length;
        say(node);
        say(node);
        clock.advance(1_000);
        expect(sent).toHaveLength(before + 1);
        expect(sent.at(-1)?.json).not.toBe(sent.at(-2)?.json);
        clock.advance(50_000);
        expect(sent).toHaveLength(before + 1);
      }),
    );
  });

  it.each([
    [undefined, 5],
    [100_000, 3],
    [false, 1],
  ] as const)('say that a silent node lives, every %s ms', (heartbeatMs, count) => {
    const { tracer, clock, records } = tracedWorld({ heartbeatMs });
    tracer.run({}, () =>
      traced('slow', {}, () => {
        clock.advance(299_950);
        expect(records()).toHaveLength(count);
      }),
    );
    const all = records().length;
    clock.advance(300_000);
    expect(records()).toHaveLength(all);
  });

  it('are not sent of what is over at once, nor when they are not wanted', async () => {
    const quick = tracedWorld();
    quick.tracer.run({}, () => quick.clock.advance(100));
    expect(quick.records()).toHaveLength(1);
    const none = tracedWorld({ snapshotMs: false });
    await none.tracer.run({}, async () => {
      none.clock.advance(60_000);
      await turn();
    });
    expect(none.records()).toHaveLength(1);
  });

  it('never come after the final record, even if a store is slow', async () => {
    const waiting: (() => void)[] = [];
    const { tracer, clock, records } = tracedWorld({
      snapshotMs: 500,
      largeFieldStore: {
        upload: (name) =>
          new Promise((resolve) => {
            waiting.push(() => resolve(`https://s/${name}`));
          }),
      },
    });
    await tracer.run({ question: 'x'.repeat(6_000) }, async () => {
      clock.advance(600);
      await turn();
    });
    expect(waiting).toHaveLength(2);
    for (const resolve of waiting.reverse()) {
      resolve();
      await turn();
    }
    await tracer.close();
    expect(records().map(({ srv }) => srv['execution_state'])).toEqual([undefined]);
  });
});
