import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { FlowReader } from '../../../src/answers/flowReader.ts';
import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { FlowWorker, parseInPlace } from '../../../src/engine/flowWorker.ts';
import type { FlowParser } from '../../../src/flow/flowParser.ts';
import { systemClock } from '../../../src/base/systemClock.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { largeFlow } from '../../support/largeFlow.ts';
import { ManualClock } from '../../support/manualClock.ts';

const limits = { heapMegabytes: 512, longestMs: 100_000 };
const bundle = fileURLToPath(new URL('../../../src/engine/flowThread.ts', import.meta.url));
const small = largeFlow(2);

describe('flow files in a thread of their own', () => {
  const workers: FlowWorker[] = [];
  /** For those that only read: to start one takes a second. */
  const shared = new FlowWorker(bundle, systemClock, limits);
  afterAll(() => {
    shared.dispose();
  });
  afterEach(() => {
    for (const worker of workers.splice(0)) worker.dispose();
  });
  const workerWith = (parts: Partial<typeof limits>, clock = systemClock) => {
    const worker = new FlowWorker(bundle, clock, { ...limits, ...parts });
    workers.push(worker);
    return worker;
  };

  it('are read as they are in place, one after the other', async () => {
    const texts = [small, 'just: text', '['.repeat(1_000), largeFlow(20)];
    const parsed = await Promise.all(texts.map((text) => shared.parse(text, 'a.yaml')));
    expect(parsed).toStrictEqual(texts.map((text) => parseFlow(text, 'a.yaml')));
  });

  it('leave others their turn, however large they are', async () => {
    let turns = 0;
    const taking = setInterval(() => turns++, 1);
    const parsed = await shared.parse(largeFlow(100), 'a.yaml');
    clearInterval(taking);
    expect(parsed.ok).toBe(true);
    // In place it is none.
    expect(turns).toBeGreaterThan(0);
  });

  it('that need too much memory are refused, and the next one is read', async () => {
    const worker = workerWith({ heapMegabytes: 40 });
    const parsed = await Promise.all([
      worker.parse(largeFlow(3_000), 'a.yaml'),
      worker.parse(small, 'a.yaml'),
    ]);
    expect(parsed).toMatchObject([
      {
        ok: false,
        error: { reason: 'tooLarge', detail: expect.stringContaining('memory') as string },
      },
      { ok: true },
    ]);
  });

  it('that take too long are refused, and the next one is read', async () => {
    const clock = new ManualClock(0);
    const worker = workerWith({}, clock);
    const first = worker.parse(largeFlow(400), 'a.yaml');
    const second = worker.parse(small, 'a.yaml');
    clock.advance(limits.longestMs);
    expect(await first).toMatchObject({ ok: false, error: { reason: 'tooLarge' } });
    expect(await second).toMatchObject({ ok: true });
  });

  it('are answered when it is closed, and read again after a long pause', async () => {
    const clock = new ManualClock(0);
    const worker = workerWith({}, clock);
    await worker.parse(small, 'a.yaml');
    clock.advance(60_000);
    expect(await worker.parse(small, 'a.yaml')).toMatchObject({ ok: true });
    const last = worker.parse(small, 'a.yaml');
    worker.dispose();
    expect(await last).toMatchObject({ ok: false });
    // No thread is started that nobody would end.
    expect(await worker.parse(small, 'a.yaml')).toMatchObject({ ok: false });
  });
});

/** A parser whose answers the test gives, in order. */
function heldParser() {
  const begun: { text: string; go: () => void }[] = [];
  const parser: FlowParser = {
    parse: (text, fileName) =>
      new Promise((resolve) => {
        begun.push({
          text,
          go: () => {
            resolve(parseFlow(text, fileName));
          },
        });
      }),
    dispose: () => undefined,
  };
  return { parser, begun };
}

describe('the newest text of a file', () => {
  const uri = 'file:///w/a.yaml';
  const named = (name: string) => small.replace('发票录入', name);
  const world = () => {
    const { parser, begun } = heldParser();
    const log: string[] = [];
    const flows = new FlowRegistry();
    const reader = new FlowReader(
      flows,
      { small: parseInPlace, large: parser },
      (_level, message) => log.push(message),
    );
    const settle = () => new Promise(setImmediate);
    return {
      ...{ begun, log, flows, reader, settle },
      set: (text: string) => reader.set(uri, 'a.yaml', text),
    };
  };

  it('is read; those between are not, and all are answered', async () => {
    const { begun, set, flows, settle } = world();
    const answers = ['one', 'two', 'three'].map((name) => set(named(name)));
    await settle();
    const [first] = begun;
    const later = set(named('four'));
    first?.go();
    await settle();
    expect(flows.info(uri)).toMatchObject({ name: expect.any(String) as string });
    for (const { go } of begun) go();
    await settle();
    for (const { go } of begun) go();
    const infos = await Promise.all([...answers, later]);
    expect(infos.at(-1)).toMatchObject({ kind: 'flow', name: 'four' });
    expect(begun.length).toBeLessThan(4);
  });

  it.each(['', ' '.repeat(5_000)])('is read by the keys of its own format', async (blanks) => {
    const flows = new FlowRegistry();
    const reader = new FlowReader(
      flows,
      { small: parseInPlace, large: parseInPlace },
      () => undefined,
    );
    const keys = { identity: ['stepKey'], reference: [], name: [] };
    await reader.set(uri, 'a.json', `${blanks}[{"stepKey": "one", "id": 7}]`, null, keys);
    expect(flows.nodeAt(uri, blanks.length + 5)?.id).toBe('one');
  });

  it('is forgotten when the file goes meanwhile', async () => {
    const { begun, set, reader, settle } = world();
    const answer = set(small);
    await settle();
    reader.remove(uri);
    begun[0]?.go();
    expect(await answer).toStrictEqual({ kind: 'notAFlow', uri });
  });

  it('is the small one that came behind a large one', async () => {
    const { begun, set, settle } = world();
    const large = set(small);
    await settle();
    const text = 'name: tiny\nnodes:\n  - id: a\n    name: b\n';
    expect(await set(text)).toMatchObject({ kind: 'flow', name: 'tiny' });
    begun[0]?.go();
    expect(await large).toMatchObject({ kind: 'flow', name: 'tiny' });
  });

  it('that is no flow for another reason than its contents is told in the log', async () => {
    const { set, log } = world();
    await set('just: text');
    await set('['.repeat(1_000));
    expect(log).toStrictEqual([
      "a.yaml can't be read as a flow file: it nests deeper than 200 levels",
    ]);
  });
});
