import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { composeEngine } from '../../../src/engine/compose.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { RecordSink, RecordSource, SourceState } from '../../../src/record/recordSource.ts';
import { createSource } from '../../../src/sources/createSource.ts';
import { asked } from '../../support/asked.ts';
import { aRecord } from '../../support/builders.ts';
import { comparedPairs } from '../../support/comparedPairs.ts';
import { recordWith } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { storySid } from '../../support/storyRecords.ts';
import { topicSource } from '../../engine/engineWorld.ts';

const { before = '', after = '' } = comparedPairs.find(({ name }) => name === 'flaky') ?? {};
const keyOf = (n: number) => `workflow/${storySid(n)}`;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'other-sources-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A topic that gives records and states as a test says. */
class Scripted implements RecordSource {
  sink: RecordSink | undefined;
  stopped = 0;
  positions: NonNullable<RecordSource['positions']> = [];
  start = (sink: RecordSink) => {
    this.sink = sink;
    return Promise.resolve();
  };
  pause = () => undefined;
  resume = () => undefined;
  fetch = () => Promise.resolve(undefined);
  stop = () => {
    this.stopped++;
    return Promise.resolve();
  };
}

/** An engine whose window has the run that failed. */
async function engineWith(open?: (spec: SourceSpec) => RecordSource | undefined) {
  const clock = new ManualClock(1_000_000);
  const window = new Scripted();
  let opened = 0;
  const engine = composeEngine({
    ...{ clock, emit: () => undefined },
    createSource: (spec, world) =>
      opened++ === 0 ? window : (open?.(spec) ?? createSource(spec, world)),
  });
  await engine.handlers.openSource({ spec: { kind: 'sample' }, keep: false });
  engine.ingest.take([recordWith(after)], clock.now());
  return { ...engine, clock };
}

const query = (other: string, source?: number) => ({
  ...{ key: keyOf(2), other, onlyDifferences: false, offset: 0, limit: 200 },
  ...(source === undefined ? {} : { source }),
});

function fileOf(...lines: readonly string[]): SourceSpec {
  const path = join(folder, 'runs.jsonl');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { kind: 'files', paths: [path] };
}

describe('executions of a file', () => {
  test('are read beside what is read, and compared with what the window has', async () => {
    const { handlers, store } = await engineWith();
    const found = await handlers.readForCompare({ spec: fileOf(before, '{"no":"trace"}') });
    expect(found).toMatchObject({
      ...{ kind: 'read', id: 1, more: 0, rejected: 1, isPart: false },
      rows: [{ key: keyOf(1), outcome: 'succeeded' }],
    });
    expect(store.size).toBe(1);
    const answer = await asked(handlers, 'compare', query(keyOf(1), 1));
    expect(answer).toMatchObject({
      ...{ kind: 'compared', first: { what: 'status', row: 3 } },
      before: { from: 'runs.jsonl', summary: { outcome: 'succeeded' } },
    });
    const sides = { key: keyOf(2), other: keyOf(1), source: 1, place: 3, language: 'en' };
    const { sections } = await asked(handlers, 'sideBySide', sides);
    expect(sections.find(({ section }) => section === 'output')?.texts?.[0]).toContain('done:');
    // The window knows nothing of it.
    await expect(asked(handlers, 'compare', query(keyOf(1)))).rejects.toThrow('left the window');
  });

  test('are gone when two others were used since, and when the rules of masking change', async () => {
    const { handlers } = await engineWith();
    const compared = (id: number) => asked(handlers, 'compare', query(keyOf(1), id));
    for (let id = 1; id <= 2; id++) await handlers.readForCompare({ spec: fileOf(before) });
    expect(await compared(1)).toMatchObject({ kind: 'compared' });
    await handlers.readForCompare({ spec: fileOf(before) });
    const gone = { kind: 'sourceGone', query: query(keyOf(1), 2) };
    expect(await compared(2)).toEqual(gone);
    expect(await compared(1)).toMatchObject({ kind: 'compared' });
    expect(await compared(3)).toMatchObject({ kind: 'compared' });
    await handlers.openSource({ spec: { kind: 'sample' }, keep: false });
    const later = { kind: 'sourceGone', query: query(keyOf(1), 3) };
    expect(await compared(3)).toEqual(later);
  });

  test('keep a room of their own where two are read at once, whichever ends first', async () => {
    const topics = new Map(['one', 'two'].map((name) => [name, new Scripted()]));
    const { handlers } = await engineWith((spec) =>
      spec.kind === 'kafka' ? topics.get(spec.topic) : undefined,
    );
    const [one, two] = ['one', 'two'].map((name) =>
      handlers.readForCompare({ spec: topicSource('localhost:1', name) }),
    );
    for (const topic of topics.values()) {
      await topic.sink?.onRecords([aRecord({ value: Buffer.from(before) })]);
    }
    topics.get('two')?.sink?.onState({ kind: 'ended' });
    const later = await two;
    topics.get('one')?.sink?.onState({ kind: 'ended' });
    const earlier = await one;
    for (const [found, from] of [[earlier, 'one'] as const, [later, 'two'] as const]) {
      const id = found?.kind === 'read' ? found.id : -1;
      expect(await asked(handlers, 'compare', query(keyOf(1), id))).toMatchObject({
        before: { from },
      });
    }
  });

  test('are read again where the rules of masking change meanwhile', async () => {
    const topic = [new Scripted(), new Scripted()];
    let opened = 0;
    const { handlers } = await engineWith((spec) =>
      spec.kind === 'kafka' ? topic[opened++] : undefined,
    );
    const reading = handlers.readForCompare({ spec: topicSource('localhost:1', 'other') });
    await topic[0]?.sink?.onRecords([aRecord({ value: Buffer.from(before) })]);
    await handlers.openSource({ spec: { kind: 'sample' }, keep: false });
    topic[0]?.sink?.onState({ kind: 'ended' });
    await vi.waitFor(() => {
      expect(topic[1]?.sink).toBeDefined();
    });
    topic[1]?.sink?.onState({ kind: 'ended' });
    expect(await reading).toMatchObject({ kind: 'read', rows: [], id: 2 });
    const gone = { kind: 'sourceGone', query: query(keyOf(1), 1) };
    expect(await asked(handlers, 'compare', query(keyOf(1), 1))).toEqual(gone);
  });

  test('are not there where the file isn’t', async () => {
    const { handlers } = await engineWith();
    const spec: SourceSpec = { kind: 'files', paths: [join(folder, 'none.jsonl')] };
    expect(await handlers.readForCompare({ spec })).toMatchObject({
      ...{ kind: 'failed', error: { reason: 'fileNotFound' } },
    });
  });
});

describe('executions of another topic', () => {
  const record = aRecord({ value: Buffer.from(before), offset: '4' });
  const at = (next: string) => [{ partition: 0, next, high: '5' }];

  test('are read to where it stands', async () => {
    const topic = new Scripted();
    const { handlers } = await engineWith(() => topic);
    const reading = handlers.readForCompare({ spec: topicSource('localhost:1', 'other') });
    topic.positions = at('4');
    topic.sink?.onState({ kind: 'connecting' });
    // No lag is told before anything is known of it.
    topic.sink?.onState({ kind: 'live', lag: 0 });
    await topic.sink?.onRecords([record]);
    expect(topic.stopped).toBe(0);
    topic.positions = at('5');
    topic.sink?.onState({ kind: 'live', lag: 0 });
    expect(await reading).toMatchObject({ kind: 'read', rows: [{ key: keyOf(1) }] });
    expect(topic.stopped).toBe(1);
    expect(await asked(handlers, 'compare', query(keyOf(1), 1))).toMatchObject({
      before: { from: 'other' },
    });
  });

  const error = { reason: 'unreachable', detail: 'refused', subject: 'b:1' } as const;
  test.each<readonly [string, SourceState]>([
    ['it can’t be read', { kind: 'failed', error }],
    ['its broker is away', { kind: 'retrying', error, attempt: 1 }],
  ])('are not there where %s', async (_, state) => {
    const topic = new Scripted();
    const { handlers } = await engineWith(() => topic);
    const reading = handlers.readForCompare({ spec: topicSource('localhost:1', 'other') });
    topic.sink?.onState(state);
    expect(await reading).toEqual({ kind: 'failed', error });
    expect(topic.stopped).toBe(1);
  });

  test('and a source that can’t even be opened is told', async () => {
    const topic = new Scripted();
    topic.start = () => Promise.reject(new Error('no codec'));
    const { handlers } = await engineWith(() => topic);
    const spec = topicSource('localhost:1', 'other');
    expect(await handlers.readForCompare({ spec })).toMatchObject({
      ...{ kind: 'failed', error: { reason: 'unknown', detail: 'no codec' } },
    });
  });

  test.each([
    [
      'damaged records come',
      (topic: Scripted) =>
        topic.sink?.onState({ kind: 'stuck', lag: 1, batch: {} as never, more: 0 }),
    ],
    [
      'it takes too long',
      (_: Scripted, clock: ManualClock) => {
        clock.advance(30_000);
      },
    ],
  ])('are those that came until %s', async (_, end) => {
    const topic = new Scripted();
    const { handlers, clock } = await engineWith(() => topic);
    const reading = handlers.readForCompare({ spec: topicSource('localhost:1', 'other') });
    topic.positions = at('4');
    await topic.sink?.onRecords([record]);
    end(topic, clock);
    expect(await reading).toMatchObject({ kind: 'read', isPart: true, rows: [{}] });
    // What still comes is of no use.
    await topic.sink?.onRecords([record]);
  });
});
