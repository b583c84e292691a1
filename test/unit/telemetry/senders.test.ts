import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { combineSenders } from '../../../src/telemetry/combinedSender.ts';
import { createConsoleSender } from '../../../src/telemetry/consoleSender.ts';
import { senderOf } from '../../../src/telemetry/defaultSender.ts';
import type { DeliveryReport } from '../../../src/telemetry/delivery.ts';
import { createFileSender } from '../../../src/telemetry/fileSender.ts';
import { FolderLargeFieldStore } from '../../../src/telemetry/folderLargeFieldStore.ts';
import type { RecordSender } from '../../../src/telemetry/recordSender.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { writeUnsent } from '../../../src/telemetry/unsentFile.ts';
import { printedTrace } from '../../../scripts/printedTrace.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { tracedWorld } from './tracedWorld.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rpa-trace-senders-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the file sender', () => {
  it('writes each execution as a line that the panel reads, without its snapshots', async () => {
    const file = join(folder, 'deep', 'trace.jsonl');
    const { tracer, clock } = tracedWorld({ producer: createFileSender({ file }) });
    tracer.run({ sid: 's1' }, () => {
      traced('a::1', {}, () => {
        clock.advance(5_000);
      });
    });
    tracer.run({ sid: 's2' }, () => undefined);
    const bytes = readFileSync(file);
    expect(bytes.toString().trim().split('\n')).toHaveLength(2);
    const { executions, rejected } = await printedTrace(readRecords(bytes, 'trace.jsonl'), null);
    expect(rejected).toEqual([]);
    expect(executions.map(({ summary }) => summary.sid)).toEqual(['s1', 's2']);
  });

  it('begins a new file when one is large, and keeps the one before', () => {
    const file = join(folder, 'trace.jsonl');
    writeFileSync(file, 'old\n');
    const sender = createFileSender({ file, maxBytes: 10 });
    for (const text of ['one', 'two', 'three']) sender.send('t', text, {});
    expect(readFileSync(file, 'utf8')).toBe('two\nthree\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('old\none\n');
  });

  // Where Node's own way to make several folders at once never ends.
  it.runIf(process.platform === 'linux')('says that there is no such place', async () => {
    const lines: string[] = [];
    const log = (_level: string, text: string) => lines.push(text);
    const sender = createFileSender({ file: '/proc/nope/deep/x.jsonl', log });
    expect(sender.send('t', 'x', {})).toBe(false);
    expect(lines[0]).toMatch(/was not written to \/proc\/nope.*ENOENT/);
    expect(() => writeUnsent('/proc/nope', [])).toThrow('ENOENT');
    const store = new FolderLargeFieldStore({ folder: '/proc/nope/deep' });
    await expect(store.upload('a.txt', new Uint8Array())).rejects.toThrow('ENOENT');
  });

  it('says that it can’t write, and never throws', () => {
    const lines: string[] = [];
    const reports: DeliveryReport[] = [];
    const file = join(folder, 'no-folder');
    writeFileSync(file, '');
    const log = (level: string, text: string) => lines.push(`${level} ${text}`);
    const sender = createFileSender({ file: join(file, 'trace.jsonl'), log });
    expect(sender.send('t', 'x', { onDelivery: (report) => reports.push(report) })).toBe(false);
    expect(lines[0]).toMatch(/^warn a trace record was not written to .*no-folder/);
    expect(reports).toMatchObject([{ ok: false, reason: 'refused' }]);
  });
});

describe('the console sender', () => {
  it('prints what ran, what failed and where', async () => {
    const lines: string[] = [];
    const { tracer, clock } = tracedWorld({
      sources: true,
      producer: createConsoleSender({ write: (line) => lines.push(line) }),
    });
    const running = tracer.run({ sid: 's1' }, async () => {
      traced({ id: 'rpa::1', name: 'Open' }, {}, () => {
        clock.advance(1_200);
      });
      await tracedRetry(
        'login',
        {},
        () => {
          throw new Error('busy');
        },
        { attempts: 2, delayMs: 0 },
      );
    });
    await running.catch(() => undefined);
    expect(lines.map((line) => line.replace(/\(.*\//, '(…/').replace(/:\d+\)/, ':0)'))).toEqual([
      'failed f1 s1 1.2 s — code 1: busy',
      '  ok     Open 1.2 s',
      '  failed login 0 ms — busy (…/senders.test.ts:0)',
    ]);
  });

  it('prints nodes below those around them, a line each', () => {
    const lines: string[] = [];
    const { tracer, clock } = tracedWorld({
      producer: createConsoleSender({ write: (line) => lines.push(line) }),
    });
    const run = () =>
      tracer.run({ sid: 's1' }, () => {
        traced('log in', () => {
          traced('open', () => {
            clock.advance(5);
          });
          traced('fill', () => undefined);
        });
        traced('save', () => {
          traced('click', () => {
            throw new Error('Timeout\nCall log:\n  - waiting');
          });
        });
      });
    expect(run).toThrow('Timeout');
    expect(lines).toEqual([
      'failed f1 s1 5 ms — code 1: Timeout',
      '  ok     log in 5 ms',
      '    ok     open 5 ms',
      '    ok     fill 0 ms',
      '  failed save 0 ms',
      '    failed click 0 ms — Timeout',
    ]);
  });

  it('prints each that failed, however many came before', () => {
    const lines: string[] = [];
    const producer = createConsoleSender({ write: (line) => lines.push(line) });
    const { tracer } = tracedWorld({ producer });
    const run = () =>
      tracer.run({ sid: 's1' }, () => {
        for (let at = 0; at < 250; at++) traced('a', {}, () => undefined);
        traced('bad', {}, () => {
          throw new Error('no');
        });
      });
    expect(run).toThrow('no');
    expect(lines.slice(-2)).toEqual(['  failed bad 0 ms — no', '  … and 50 nodes more']);
  });

  it('stops at what nobody would read', () => {
    const lines: string[] = [];
    const producer = createConsoleSender({ write: (line) => lines.push(line) });
    const { tracer } = tracedWorld({ producer });
    tracer.run({ sid: 's1' }, () => {
      for (let at = 0; at < 250; at++) traced('a', {}, () => undefined);
    });
    expect(lines).toHaveLength(202);
    expect(lines.at(-1)).toBe('  … and 50 nodes more');
  });

  it('writes to stderr unless told otherwise', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    tracedWorld({ producer: createConsoleSender() }).tracer.run({ sid: 's1' }, () => undefined);
    expect(write.mock.calls).toEqual([['ok     f1 s1 0 ms\n']]);
    write.mockRestore();
  });
});

it('a reader of stderr that has gone ends no robot', async () => {
  const url = (name: string) => new URL(`../../../src/telemetry/${name}.ts`, import.meta.url).href;
  const robot = `
    import { createConsoleSender } from '${url('consoleSender')}';
    import { createTracer } from '${url('tracer')}';
    const tracer = createTracer({ flowId: 'f1', producer: createConsoleSender() });
    process.stdin.once('data', async () => {
      for (let at = 0; at < 50; at++) {
        tracer.run({}, () => undefined);
        await new Promise(setImmediate);
      }
      console.log('alive');
      process.exit();
    });
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', robot]);
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.push(text.trim());
    if (said.length > 1) return;
    child.stderr.destroy();
    child.stdin.write('go');
  });
  const [code] = (await once(child, 'close')) as [number];
  expect([code, said]).toEqual([0, ['ready', 'alive']]);
});

describe('several senders', () => {
  const sender = (name: string, said: string[]): RecordSender => ({
    send: (_topic, value, { onDelivery }) => {
      said.push(`${name} ${value}`);
      onDelivery?.({ ok: true, topic: 't', partition: null, bytes: 1 });
      return name === 'b';
    },
    flush: () => Promise.resolve(said.push(`${name} flush`)),
    close: () => Promise.resolve(said.push(`${name} close`)),
    takeUnsent: () => [{ topic: 't', value: name }],
  });

  it('each get each record; who sends hears of the first', async () => {
    const said: string[] = [];
    const both = combineSenders(sender('a', said), sender('b', said), { send: () => false });
    const onDelivery = () => said.push('delivered');
    expect(both.send('t', 'x', { onDelivery })).toBe(true);
    await both.flush?.(1);
    await both.close?.(1);
    expect(said).toEqual([
      ...['a x', 'delivered', 'b x', 'a flush', 'b flush', 'a close', 'b close'],
    ]);
    expect(both.takeUnsent?.()).toMatchObject([{ value: 'a' }, { value: 'b' }]);
  });

  it('are what the environment asks for', () => {
    const file = join(folder, 'trace.jsonl');
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const producer = senderOf({ RPA_TRACE_FILE: file, RPA_TRACE_CONSOLE: '1' }, () => undefined);
    tracedWorld({ producer }).tracer.run({ sid: 's1' }, () => undefined);
    expect(readFileSync(file, 'utf8')).toContain('"sid": "s1"');
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  });
});

describe('files of what could not be sent', () => {
  it('are bounded in number', () => {
    for (let at = 0; at < 60; at++) {
      writeFileSync(join(folder, `unsent-2026-01-01-${String(at).padStart(2, '0')}.jsonl`), '');
    }
    writeFileSync(join(folder, 'mine.txt'), '');
    const file = writeUnsent(folder, [{ topic: 't', value: '{}' }]);
    expect(readFileSync(file, 'utf8')).toBe('{}\n');
    const files = readdirSync(folder);
    expect(files).toHaveLength(51);
    expect(files).toContain('mine.txt');
    expect(files).not.toContain('unsent-2026-01-01-10.jsonl');
  });

  it('are one for each tracer of a process, though they end at the same moment', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const files = ['1', '2', '3'].map((value) => writeUnsent(folder, [{ topic: 't', value }]));
      expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['1\n', '2\n', '3\n']);
      // Its name is known beforehand: what somebody laid there is not followed.
      symlinkSync(join(folder, 'elsewhere'), files[2]?.replace('-2.jsonl', '-3.jsonl') ?? '');
      expect(writeUnsent(folder, [{ topic: 't', value: '4' }])).toMatch(/-4\.jsonl$/);
      expect(readdirSync(folder)).not.toContain('elsewhere');
    } finally {
      vi.useRealTimers();
    }
  });

  it('get what waits when a tracer closes with no broker there', async () => {
    vi.stubEnv('KAFKA_ENABLE', '1');
    vi.stubEnv('KAFKA_SERVERS', '127.0.0.1:1');
    const lines: string[] = [];
    const { createTracer } = await import('../../../src/telemetry/tracer.ts');
    const log = (_level: string, text: string) => lines.push(text);
    const tracer = createTracer({
      ...{ flowId: 'f1', unsentFolder: folder, endWithProcess: false, log },
    });
    tracer.run({ sid: 's1' }, () => undefined);
    await tracer.close(20);
    vi.unstubAllEnvs();
    const [file = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, file), 'utf8')).toContain('"sid": "s1"');
    expect(lines.at(-1)).not.toContain('undefined');
    expect(lines.some((line) => line.includes(file))).toBe(true);
  });
});
