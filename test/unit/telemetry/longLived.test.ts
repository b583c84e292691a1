/** Robots that go on for weeks, and forget to end what they began: nothing of theirs grows without end. */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { KeptNodes } from '../../../src/telemetry/keptNodes.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { startNode } from '../../../src/telemetry/startedNode.ts';
import { writeStored } from '../../../src/telemetry/storedTexts.ts';
import { scopes } from '../../../src/telemetry/traceContext.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedWorld } from './tracedWorld.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const library = new URL('../../../src/telemetry/', import.meta.url).href;

/** Plays a robot in a thread with a small heap, and tells what its record says in the end. */
async function played(robot: string): Promise<unknown> {
  const code = `
    const { parentPort, workerData: library } = require('node:worker_threads');
    import(library + 'tracer.ts').then(({ createTracer }) => {
      let last = '';
      const producer = { send: (topic, value) => { last = value; return true; } };
      const tracer = createTracer({ flowId: 'f', producer, snapshotMs: false, sources: false });
      ${robot}
      const { srv, trace } = JSON.parse(last);
      parentPort.postMessage({ entries: trace.length, dropped: srv.dropped_nodes });
    }).catch((error) => { parentPort.postMessage(error.stack); });
  `;
  const worker = new Worker(code, {
    eval: true,
    execArgv: ['--experimental-strip-types', '--no-warnings'],
    workerData: library,
    resourceLimits: { maxOldGenerationSizeMb: 70 },
  });
  const [told] = (await once(worker, 'message')) as [unknown];
  await worker.terminate();
  return told;
}

test('nodes that nobody ends', async () => {
  const told = await played(`
    const execution = tracer.start();
    for (let at = 0; at < 300_000; at++) execution.startNode('open', { order: 'SO-' + at });
    execution.end();
  `);
  expect(told).toMatchObject({ entries: 1_000, dropped: '299000' });
});

test('a node that outlives its execution holds nothing of it', async () => {
  const end = vi.spyOn(NodeLog.prototype, 'setEnd');
  const { tracer } = tracedWorld();
  const execution = tracer.run({}, () =>
    traced('node::a', {}, () => new WeakRef(scopes().getStore()?.execution ?? {})),
  );
  const log = end.mock.contexts[0];
  await nextTurn();
  collectGarbage();
  expect(execution.deref()).toBeUndefined();
  expect(log).toMatchObject({ nodeId: 'node::a' });
});

test.each<[string, (end: () => void, begin: () => void) => void]>([
  [
    'ends before the next begins',
    (end, begin) => {
      end();
      begin();
    },
  ],
  [
    'ends when the next has begun',
    (end, begin) => {
      begin();
      end();
    },
  ],
])('nodes each of which begins the next one, and %s, hold none of those before', (_name, step) => {
  const nodes = new KeptNodes(10);
  const newLog = () => new NodeLog({ sid: 's', mask: false });
  let node = nodes.begin(newLog(), undefined);
  for (let at = 0; at < 1_000; at++) {
    const before = node;
    const end = () => {
      before.isOver = true;
      nodes.end(before);
    };
    step(end, () => {
      node = nodes.begin(newLog(), before);
    });
  }
  let held = 0;
  for (let at = node.parent; at !== undefined; at = at.parent) held++;
  expect(held).toBeLessThan(3);
});

test('executions that nobody ends are ended when there are too many', () => {
  const { tracer, records, lines } = tracedWorld({ snapshotMs: false });
  const last = Array.from({ length: 10_002 }, (_, at) => tracer.start({ question: at })).at(-1);
  expect(records()).toMatchObject([
    {
      question: '0',
      status: { code: 1, message: expect.stringContaining('nobody ended') as string },
    },
    { question: '1' },
  ]);
  expect(lines).toEqual([expect.stringMatching(/^warn .*never ended/)]);
  last?.end('well');
  expect(records()).toHaveLength(3);
});

test('addresses of large texts are forgotten with the texts', async () => {
  const store = { upload: (name: string) => Promise.resolve(`https://store/${name}`) };
  const addresses = new Map<string, string>();
  const write = (text: string) => writeStored(store, (writeText) => writeText(text), addresses);
  const large = (text: string) => text.repeat(6_000);
  await write(large('a'));
  expect([...addresses.keys()]).toEqual([large('a')]);
  expect(await write(large('b'))).toContain('https://store/');
  expect([...addresses.keys()]).toEqual([large('b')]);
  await write('short');
  expect(addresses.size).toBe(0);
});

test('of those that are open the first are told, and one that ends later stands where it belongs', () => {
  const { tracer, last } = tracedWorld({ maxNodes: 10, snapshotMs: false });
  const execution = tracer.start();
  const open = Array.from({ length: 1_000 }, () => execution.startNode('open'));
  const late = execution.startNode('late');
  late.run(() => {
    traced('child', {}, () => undefined);
  });
  open.at(-1)?.end();
  execution.end();
  const { trace, srv } = last();
  const names = trace.map(({ node_id }) => node_id);
  expect(names).toEqual(expect.arrayContaining(['open', 'late', 'child']));
  expect(trace.find(({ node_id }) => node_id === 'child')?.parent_log_id).toBe(
    trace.find(({ node_id }) => node_id === 'late')?.id,
  );
  expect(Number(srv['dropped_nodes']) + trace.length).toBe(1_002);
});

test('a node is ended once, however often its code says that it is over', async () => {
  const { tracer, last } = tracedWorld({ snapshotMs: false });
  const twice = {
    then(ok: (value: number) => void) {
      ok(1);
      ok(2);
    },
  };
  tracer.run({}, () => {
    void traced('twice', {}, () => twice);
    const { end } = startNode('by hand');
    end();
    end();
  });
  await new Promise(setImmediate);
  expect(last().trace.map(({ node_id }) => node_id)).toEqual(['twice', 'by hand']);
});
