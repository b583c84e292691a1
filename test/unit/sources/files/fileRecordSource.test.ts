import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileRecordSource } from '../../../../src/sources/files/fileRecordSource.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { RecordingSink } from './recordingSink.ts';

const clock = new ManualClock();
const utf8 = (content: string) => new TextEncoder().encode(content);
const lines = (count: number) =>
  Array.from({ length: count }, (_line, at) => `{"n":${String(at)}}`).join('\n');

describe('a file record source', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rpa-trace-files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads files one after the other and ends', async () => {
    const path = join(folder, 'a.jsonl');
    await writeFile(path, lines(3));
    const files = [
      { name: 'a.jsonl', path },
      { name: 'b.json', bytes: utf8('[{"n":7}]') },
    ];
    const sink = new RecordingSink();
    await createFileRecordSource({ files, clock }).start(sink);
    expect(sink.records.map(({ topic, offset }) => `${topic}@${offset}`)).toEqual([
      'a.jsonl@1',
      'a.jsonl@2',
      'a.jsonl@3',
      'b.json@1',
    ]);
    expect(sink.states.at(-1)).toEqual({ kind: 'ended' });
  });

  it('hands over at most 500 at once and waits for each batch to be taken', async () => {
    const sink = new RecordingSink();
    const { promise, resolve: take } = Promise.withResolvers<undefined>();
    sink.gate = promise.then(() => undefined);
    const files = [{ name: 'x', bytes: utf8(lines(1_200)) }];
    const started = createFileRecordSource({ files, clock }).start(sink);
    await Promise.resolve();
    await new Promise(setImmediate);
    expect(sink.batchSizes).toEqual([500]);
    take(undefined);
    await started;
    expect(sink.batchSizes).toEqual([500, 500, 200]);
  });

  it('delivers nothing while paused and goes on where it was', async () => {
    const sink = new RecordingSink();
    const source = createFileRecordSource({
      files: [{ name: 'x', bytes: utf8(lines(600)) }],
      clock,
    });
    source.pause();
    const started = source.start(sink);
    await new Promise(setImmediate);
    expect(sink.records).toEqual([]);
    source.resume();
    await started;
    expect(sink.values.join('\n')).toBe(lines(600));
  });

  it('tells how far it is, over all files, once for each per cent', async () => {
    const sink = new RecordingSink();
    const files = [
      { name: 'x', bytes: utf8(lines(3_000)) },
      { name: 'y', bytes: utf8(lines(1_000)) },
    ];
    await createFileRecordSource({ files, clock }).start(sink);
    const totalBytes = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const shares = sink.states.flatMap((state) => (state.kind === 'reading' ? [state] : []));
    expect(new Set(shares.map((share) => share.totalBytes))).toEqual(new Set([totalBytes]));
    const done = shares.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect([done[0], done.at(-1)]).toEqual([0, totalBytes]);
    expect(done.length).toBeGreaterThan(8);
  });

  it('hands over what is large in smaller batches', async () => {
    const sink = new RecordingSink();
    const text = JSON.stringify({ text: 'x'.repeat(1_000_000) });
    const files = [{ name: 'x', bytes: utf8(`${text}\n`.repeat(5)) }];
    await createFileRecordSource({ files, clock }).start(sink);
    expect(sink.batchSizes).toEqual([3, 2]);
  });

  it('ends where the reader ends it, who gets a turn between two batches', async () => {
    const sink = new RecordingSink();
    const files = [{ name: 'x', bytes: utf8(lines(5_000)) }];
    const source = createFileRecordSource({ files, clock });
    setImmediate(() => source.endEarly?.());
    await source.start(sink);
    expect(sink.records.length).toBeLessThan(5_000);
    expect(sink.records.length).toBe(sink.batchSizes.length * 500);
    const last = sink.states.at(-1);
    expect(last).toMatchObject({ kind: 'endedEarly', totalBytes: lines(5_000).length });
    const { offset } = sink.records.at(-1)!;
    expect(await source.fetch({ topic: 'x', partition: 0, offset })).toBeDefined();
  });

  it('ends while it is paused', async () => {
    const sink = new RecordingSink();
    const source = createFileRecordSource({
      files: [{ name: 'x', bytes: utf8(lines(600)) }],
      clock,
    });
    source.pause();
    const started = source.start(sink);
    source.endEarly?.();
    await started;
    expect(sink.states.at(-1)).toMatchObject({ kind: 'endedEarly', doneBytes: 0 });
    source.endEarly?.();
    expect(sink.states.filter(({ kind }) => kind === 'endedEarly')).toHaveLength(1);
  });

  it('delivers nothing after it was stopped', async () => {
    const sink = new RecordingSink();
    const source = createFileRecordSource({
      files: [{ name: 'x', bytes: utf8(lines(600)) }],
      clock,
    });
    source.pause();
    const started = source.start(sink);
    await source.stop();
    await started;
    expect(sink.records).toEqual([]);
    expect(sink.states).not.toContainEqual({ kind: 'ended' });
  });

  it.each([
    ['a missing file', 'no-such-file.json', 'fileNotFound'],
    ['a folder', '.', 'fileUnreadable'],
  ])('says that %s can not be read', async (_name, name, reason) => {
    const path = join(folder, name);
    const sink = new RecordingSink();
    await createFileRecordSource({ files: [{ name, path }], clock }).start(sink);
    expect(sink.states.at(-1)).toMatchObject({ kind: 'failed', error: { reason, subject: path } });
  });

  it('says how large a file is, and how large it may be', async () => {
    const path = join(folder, 'large.jsonl');
    await writeFile(path, '');
    // No more than a size: nothing is written.
    await truncate(path, 300 * 1024 * 1024);
    const sink = new RecordingSink();
    await createFileRecordSource({ files: [{ name: 'large', path }], clock }).start(sink);
    const error = { reason: 'fileTooLarge', subject: path, detail: '300 MB > 256 MB' };
    expect(sink.states.at(-1)).toEqual({ kind: 'failed', error });
  });

  it('reads a record again by its position', async () => {
    const source = createFileRecordSource({ files: [{ name: 'x', bytes: utf8(lines(3)) }], clock });
    const found = await source.fetch({ topic: 'x', partition: 0, offset: '2' });
    expect(new TextDecoder().decode(found?.value ?? undefined)).toBe('{"n":1}');
    expect(await source.fetch({ topic: 'x', partition: 0, offset: '9' })).toBeUndefined();
    expect(await source.fetch({ topic: 'y', partition: 0, offset: '1' })).toBeUndefined();
  });
});
