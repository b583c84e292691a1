import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { placeIn } from '../../../src/telemetry/callSite.ts';
import { carriedEnv, parentOf } from '../../../src/telemetry/carriedContext.ts';
import { currentSid } from '../../../src/telemetry/current.ts';
import { startNode } from '../../../src/telemetry/startedNode.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { observe } from '../../../src/telemetry/observe.ts';
import type { TracerOptions } from '../../../src/telemetry/tracer.ts';
import { tracedWorld } from './tracedWorld.ts';
import type { TracedRecord } from './tracedWorld.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('where a node was traced', () => {
  const here = /^test\/unit\/telemetry\/tracerOptions\.test\.ts:\d+$/;

  it('is the line of the robot, whatever it called', async () => {
    const { tracer, last } = tracedWorld({ sources: true });
    const observed = observe('observed', () => 1);
    await tracer.run({}, async () => {
      traced('traced', {}, () => 1);
      await tracedEach('each', [], () => 1);
      await tracedRetry('retry', {}, () => 1);
      startNode('started').end();
      observed();
    });
    const sources = last().trace.map(({ source }) => source ?? '');
    for (const source of sources) expect(source).toMatch(here);
    expect(new Set(sources).size).toBe(5);
  });

  it('is looked up again where one name is traced at several places', () => {
    const { tracer, last } = tracedWorld({ sources: true });
    tracer.run({}, () => {
      for (let at = 0; at < 20; at++) {
        traced('a', {}, () => 1);
        traced('a', {}, () => 2);
      }
    });
    const { trace } = last();
    expect(new Set(trace.map(({ source }) => source)).size).toBe(2);
    expect(trace[38]?.source).not.toBe(trace[39]?.source);
  });

  it('is not said when nobody wants it', () => {
    const { tracer, last } = tracedWorld({ sources: false });
    tracer.run({}, () => traced('a', {}, () => 1));
    expect(last().trace[0]).not.toHaveProperty('source');
  });

  it('leaves the limit of stacks as it was', () => {
    const before = Error.stackTraceLimit;
    const { tracer } = tracedWorld({ sources: true });
    tracer.run({}, () => traced('a', {}, () => 1));
    expect(Error.stackTraceLimit).toBe(before);
  });

  it.each([
    ['Error\n    at run (file:///robot/src/main.ts:12:5)', 'src/main.ts:12'],
    ['Error\n    at file:///robot/main.mjs:3:1', 'main.mjs:3'],
    ['Error\n    at async run (/robot/main.js:3:1)', 'main.js:3'],
    ['Error\n    at Object.<anonymous> (/robot/a b/main.js:3:1)', 'a b/main.js:3'],
    ['Error\n    at run (/robot/src (copy)/main.js:3:1)', 'src (copy)/main.js:3'],
    ['Error\n    at /robot/src (copy)/main.js:3:1', 'src (copy)/main.js:3'],
    [
      'Error\n    at Page.act [as click] (file:///robot/src%20(copy)/main.mjs:3:1)',
      'src (copy)/main.mjs:3',
    ],
    ['Error\n    at eval (eval at run (/robot/main.js:3:1), <anonymous>:1:1)', undefined],
    ['Error\n    at async Promise.all (index 0)', undefined],
    ['Error\n    at main (/elsewhere/main.js:3:1)', '../elsewhere/main.js:3'],
    ['Error\n    at node:internal/modules:3:1', undefined],
    ['Error\n    at run (node:internal/modules:3:1)', undefined],
    ['Error\n    at <anonymous>', undefined],
    ['', undefined],
  ])('%s', (stack, place) => {
    expect(placeIn(stack, '/robot')).toBe(place);
  });

  it('are not looked for in a frame that is longer than any path', () => {
    const frame = (name: string) => `Error\n    at ${name} (/robot/main.js:3:1)`;
    expect(placeIn(frame('a'.repeat(1_000)), '/robot')).toBe('main.js:3');
    expect(placeIn(frame('a'.repeat(90_000)), '/robot')).toBeUndefined();
  });
});

describe('tags', () => {
  it('stand in each record; those of an execution count', () => {
    const { tracer, last } = tracedWorld({ tags: { env: 'test', robots: 2, night: false } });
    tracer.run({ tags: { env: 'prod' } }, () => undefined);
    expect(last().srv).toMatchObject({ env: 'prod', robots: '2', night: 'false' });
  });
});

describe('sampling', () => {
  it.each([
    { drawn: 0.3, share: 0.5, sent: 2 },
    { drawn: 0.7, share: 0.5, sent: 1 },
    { drawn: 0, share: 0, sent: 1 },
    { drawn: 0.999, share: 1, sent: 2 },
  ])('$share of the executions, and all that fail: $sent', ({ drawn, share, sent }) => {
    vi.spyOn(Math, 'random').mockReturnValue(drawn);
    const { tracer, records, clock } = tracedWorld({ sampling: share, snapshotMs: false });
    tracer.run({}, () => {
      traced('a', {}, () => {
        clock.advance(5_000);
      });
    });
    expect(() =>
      tracer.run({}, () => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(records()).toHaveLength(sent);
    expect(records().at(-1)?.status.code).toBe(1);
  });
});

it('times are none of a clock that somebody sets meanwhile', () => {
  const { tracer, last } = tracedWorld({ clock: undefined });
  const real = Date.now;
  let shift = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => real() + shift);
  tracer.run({}, () => {
    traced('a', {}, () => {
      shift = -3_600_000;
    });
    traced('b', {}, () => {
      shift = 3_600_000;
    });
  });
  const { start_time, end_time, trace } = last();
  for (const took of [end_time - start_time, ...trace.map(({ duration }) => duration)]) {
    expect(took).toBeGreaterThanOrEqual(0);
    expect(took).toBeLessThan(60_000);
  }
});

it('nothing ends before it began, whatever the clock says', () => {
  let now = 1e12;
  const clock = { now: () => (now -= 1_000), after: () => ({ dispose: () => undefined }) };
  const { tracer, last } = tracedWorld({ clock });
  tracer.run({}, () => traced('a', {}, (node) => node.firstFrame()));
  const { start_time, end_time, trace } = last();
  expect(end_time).toBe(start_time);
  expect(trace[0]?.duration).toBe(0);
});

describe('each execution has a sid of its own', () => {
  const secret = 'abcDEF1234567890abcDEF1234567890abcdEFGH';
  let made = 0;

  it.each<[string, Partial<TracerOptions>]>([
    ['where those of the robot are secret', { newSid: () => `sk-proj-${String(++made)}${secret}` }],
    ['where a pattern of the robot is found in them', { mask: { patterns: [/[\da-f]{4,}/] } }],
  ])('%s', (_, options) => {
    const { tracer, records } = tracedWorld(options);
    const told: string[] = [];
    for (const run of ['a', 'b']) {
      tracer.run({}, (sid) => {
        told.push(sid);
        traced(run, {}, () => told.push(currentSid() ?? ''));
      });
    }
    const sids = records().map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(2);
    expect(sids.join()).not.toContain(secret.slice(8, 30));
    expect(told).toEqual(sids.flatMap((sid) => [sid, sid]));
  });
});

describe('what a worker or a child process is told', () => {
  it.each(['order 17', 'x '.repeat(900), '订单 17\n\0% \ufffd', `a@b/${'y'.repeat(400)}`])(
    'may be of any sid: %j',
    (sid) => {
      const { tracer, last } = tracedWorld();
      const env = tracer.run({ sid }, () => traced('a', {}, () => carriedEnv({})));
      expect(parentOf(env)).toEqual({ sid: last().sid, logId: 'log1' });
      // What an environment may hold.
      expect(env['RPA_TRACE_PARENT']).toMatch(/^[!-~]+ log1$/);
    },
  );

  it('is the execution and the node that began it', () => {
    const { tracer } = tracedWorld();
    const env = tracer.run({ sid: 's1' }, () => traced('a', {}, () => carriedEnv({ HOME: '/h' })));
    expect(env).toEqual({ HOME: '/h', RPA_TRACE_PARENT: 's1 log1' });
    expect(parentOf(env)).toEqual({ sid: 's1', logId: 'log1' });
    vi.stubEnv('RPA_TRACE_PARENT', env['RPA_TRACE_PARENT']);
    const child = tracedWorld();
    child.tracer.run({}, () => undefined);
    expect(child.last().srv).toMatchObject({ parent_sid: 's1', parent_log_id: 'log1' });
  });

  it('is what an execution within another one says as well', () => {
    vi.stubEnv('RPA_TRACE_PARENT', 's0 log0');
    const { tracer, records } = tracedWorld();
    tracer.run({ sid: 's1' }, () => {
      traced('a', {}, () => {
        tracer.run({ sid: 's2' }, () => undefined);
      });
      tracer.run({ sid: 's3' }, () => undefined);
    });
    const srv = records().map((record) => [
      record.sid,
      record.srv['parent_sid'],
      record.srv['parent_log_id'],
    ]);
    expect(srv).toEqual([
      ['s2', 's1', 'log1'],
      ['s3', 's1', undefined],
      ['s1', 's0', 'log0'],
    ]);
  });

  it('may be the execution alone, or nothing', () => {
    const { tracer } = tracedWorld();
    const env = tracer.run({ sid: 's1' }, () => carriedEnv({}));
    expect(parentOf(env)).toEqual({ sid: 's1', logId: '' });
    expect(carriedEnv({ A: '1' })).toEqual({ A: '1' });
    expect(parentOf({ RPA_TRACE_PARENT: 'no parent at all' })).toBeUndefined();
    expect(parentOf({ RPA_TRACE_PARENT: '100% x' })).toBeUndefined();
  });

  it('names the trace of OpenTelemetry as the robot’s propagator does', () => {
    vi.spyOn(propagation, 'inject').mockImplementation((context, carrier, setter) => {
      setter?.set(carrier, 'traceparent', context === ROOT_CONTEXT ? 'root' : 'other');
    });
    expect(trace.getActiveSpan()).toBeUndefined();
    const { tracer } = tracedWorld();
    expect(tracer.run({}, () => carriedEnv({}))).toMatchObject({ TRACEPARENT: 'root' });
  });

  it('is told of a sid with half a sign in it as well', () => {
    const { tracer } = tracedWorld();
    const env = tracer.run({ sid: 'a\ud83d' }, () => carriedEnv({}));
    expect(parentOf(env)).toEqual({ sid: 'a\ufffd', logId: '' });
  });
});

describe('attachments', () => {
  const outputs = ({ trace }: TracedRecord) =>
    trace.flatMap(({ data }) =>
      data.output_vars.map((text) => JSON.parse(text) as { name: string; value: string }),
    );
  const png = Buffer.from('89504e470d0a1a0a0000000049454e44', 'hex');

  it('are a picture’s address, a text, or what is in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-attached-'));
    const file = join(folder, 'shot.jpg');
    writeFileSync(file, Buffer.from('ffd8ffe000', 'hex'));
    const { tracer, last } = tracedWorld();
    tracer.run({}, () =>
      traced('a', {}, (node) => {
        node.attach('shot', png);
        node.attach('file', { file });
        node.attach('page', 'password: geheim1');
        node.attach('text', Buffer.from('grüß'));
        node.attach('wide', Buffer.from('\ufeffpassword: geheim1', 'utf16le'));
        node.attach('swapped', Buffer.from('\ufeffpassword: geheim1', 'utf16le').swap16());
        node.attach('bytes', Buffer.from([0, 1]));
        node.attach('webp', Buffer.from('RIFF0000WEBP'));
        node.attach('none', { file: join(folder, 'none') });
      }),
    );
    rmSync(folder, { recursive: true });
    expect(outputs(last())).toEqual([
      { name: 'shot', value: `data:image/png;base64,${png.toString('base64')}` },
      { name: 'file', value: 'data:image/jpeg;base64,/9j/4AA=' },
      { name: 'page', value: 'password: ••••' },
      { name: 'text', value: 'grüß' },
      { name: 'wide', value: 'password: ••••' },
      { name: 'swapped', value: 'password: ••••' },
      { name: 'bytes', value: 'data:application/octet-stream;base64,AAE=' },
      { name: 'webp', value: 'data:image/webp;base64,UklGRjAwMDBXRUJQ' },
    ]);
    expect(last().trace[0]?.logs[0]).toContain('“none” was not attached: Error: ENOENT');
  });

  it.each([
    { store: false, bytes: 200 * 1024, kept: 0 },
    { store: false, bytes: 150 * 1024, kept: 3 },
    { store: true, bytes: 200 * 1024, kept: 5 },
  ])('are kept as far as a record may grow: $kept', async ({ store, bytes, kept }) => {
    const uploaded: string[] = [];
    const upload = (name: string) => {
      uploaded.push(name);
      return Promise.resolve(`https://files.example/${name}`);
    };
    const { tracer, last } = tracedWorld({
      snapshotMs: false,
      ...(store && { largeFieldStore: { upload } }),
    });
    tracer.run({}, () =>
      traced('a', {}, (node) => {
        for (let at = 0; at < 5; at++) node.attach('shot', Buffer.concat([png], bytes));
      }),
    );
    await tracer.close();
    const left = outputs(last()).filter(({ value }) => value.startsWith('<'));
    expect(left).toHaveLength(5 - kept);
    for (const { value } of left) expect(value).toContain(`<${String(bytes)} bytes: too large`);
  });
});
