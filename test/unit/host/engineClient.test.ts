import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { EngineClient } from '../../../src/host/engineClient.ts';
import type { WorkerListener } from '../../../src/host/engineWorker.ts';
import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import type { Packet } from '../../../src/protocol/packet.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ask } from '../../../src/protocol/ask.ts';

/** An engine that does what the test says. */
class FakeWorker {
  readonly posted: (Packet | 'close')[] = [];
  readonly listener: WorkerListener;

  constructor(listener: WorkerListener) {
    this.listener = listener;
  }

  post(message: Packet | 'close'): void {
    this.posted.push(message);
  }

  terminate(): Promise<unknown> {
    this.listener.onExit(1);
    return Promise.resolve();
  }

  /** Ends as of itself. */
  die(error?: unknown): void {
    if (error !== undefined) this.listener.onError(error);
    this.listener.onExit(1);
  }
}

const outOfMemory = () =>
  Object.assign(
    new Error('Worker terminated due to reaching memory limit: JS heap out of memory'),
    {
      code: 'ERR_WORKER_OUT_OF_MEMORY',
    },
  );
const noBundle = () =>
  Object.assign(new Error("Cannot find module '/x/engine.js'"), { code: 'MODULE_NOT_FOUND' });

let clock: ManualClock;
let workers: FakeWorker[];
let engine: EngineClient;
let losses: EngineLoss[];
let toPanel: Packet[];
let logged: string[];
/** Thrown in place of a start. */
let startFails: Error | undefined;

beforeEach(() => {
  clock = new ManualClock();
  workers = [];
  losses = [];
  toPanel = [];
  logged = [];
  startFails = undefined;
  engine = new EngineClient({
    startWorker: (listener) => {
      if (startFails !== undefined) throw startFails;
      const worker = new FakeWorker(listener);
      workers.push(worker);
      return worker;
    },
    clock,
    log: (level, message) => logged.push(`${level}: ${message}`),
  });
  engine.onDidLose((loss) => losses.push(loss));
});

afterEach(() => {
  engine.dispose();
});

const current = (): FakeWorker => {
  const worker = workers.at(-1);
  if (worker === undefined) throw new Error('none was started');
  return worker;
};
const request = (id: string): Packet => ({ kind: 'request', id, method: 'status', params: null });
const status = () => ask(engine, 'status', null);
/** As a panel asks; what it is answered goes to `toPanel`. */
const forward = (id: string) => {
  engine.forward(request(id), (packet) => toPanel.push(packet));
};
const lost = { reason: 'engineLost' };
/** Dies at each start until it is started no more; gives the pauses between. */
function dieAtEachStart(): number[] {
  const pauses: number[] = [];
  engine.start();
  // One that is never given up would go on for ever.
  while (pauses.length < 20) {
    current().die();
    const diedMs = clock.now();
    const lives = workers.length;
    for (let waited = 0; workers.length === lives && waited < 60_000; waited += 100) {
      clock.advance(waited === 0 ? 0 : 100);
    }
    if (workers.length === lives) return pauses;
    pauses.push(clock.now() - diedMs);
  }
  return pauses;
}

describe('an engine that dies at each start', () => {
  test('is started again after pauses that grow, and then no more', () => {
    expect(dieAtEachStart()).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    expect(losses.map(({ comesBack }) => comesBack)).toEqual([true, true, true, true, true, false]);
    expect(losses.map(({ deaths }) => deaths)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('is not started by what is asked of it, in a pause or behind the last', async () => {
    engine.start();
    current().die();
    clock.advance(0);
    current().die();
    for (let second = 0; second < 9; second++) {
      await expect(status()).rejects.toMatchObject(lost);
      forward(`p${String(second)}`);
      engine.start();
      clock.advance(100);
    }
    expect(workers).toHaveLength(2);
    expect(toPanel).toEqual(
      Array.from({ length: 9 }, (_, n) => ({
        kind: 'failure',
        id: `p${String(n)}`,
        error: expect.objectContaining(lost) as unknown,
      })),
    );
    dieAtEachStart();
    const lives = workers.length;
    await expect(status()).rejects.toMatchObject(lost);
    engine.start();
    clock.advance(3_600_000);
    expect(workers).toHaveLength(lives);
  });

  test('is started again, with all its tries, when the reader says so', () => {
    dieAtEachStart();
    engine.startAgain();
    expect(engine.isRunning).toBe(true);
    expect(engine.loss).toBeNull();
    expect(dieAtEachStart()).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
  });

  test('is started at once in a pause when the reader says so, and once alone', () => {
    engine.start();
    current().die();
    clock.advance(0);
    current().die();
    engine.startAgain();
    expect(workers).toHaveLength(3);
    clock.advance(600_000);
    expect(workers).toHaveLength(3);
  });

  test('counts from the start again after a life of a minute', () => {
    engine.start();
    for (let life = 0; life < 20; life++) {
      current().die();
      clock.advance(0);
      expect(engine.isRunning).toBe(true);
      clock.advance(60_000);
    }
    current().die();
    clock.advance(0);
    current().die();
    clock.advance(999);
    expect(engine.isRunning).toBe(false);
    clock.advance(1);
    expect(engine.isRunning).toBe(true);
  });

  test('can’t even be started: the same', () => {
    startFails = new Error('no threads left');
    engine.start();
    clock.advance(600_000);
    expect(losses).toHaveLength(6);
    expect(losses.at(-1)).toEqual({
      ...{ cause: 'notLoaded', detail: 'no threads left', deaths: 6, comesBack: false },
    });
    startFails = undefined;
    engine.startAgain();
    expect(engine.isRunning).toBe(true);
  });

  test('leaves no timer behind, nor a start after it was let go', async () => {
    engine.start();
    current().die();
    clock.advance(0);
    current().die();
    expect(clock.waiting).toBe(1);
    clock.advance(1_000);
    expect(clock.waiting).toBe(0);
    current().die();
    await engine.close();
    expect(clock.waiting).toBe(0);
    engine.startAgain();
    expect(workers).toHaveLength(3);
  });
});

test('an end that was asked for is followed by a start at once and counts as no death', async () => {
  engine.start();
  for (let life = 0; life < 20; life++) {
    await engine.kill();
    clock.advance(0);
    expect(engine.isRunning).toBe(true);
  }
  expect(losses.every(({ comesBack }) => comesBack)).toBe(true);
});

describe('an engine that is replaced', () => {
  test('is no loss: nobody hears of one, and the next runs at once', async () => {
    let starts = 0;
    engine.onDidStart(() => starts++);
    engine.start();
    const first = current();
    await engine.restart();
    expect(workers).toHaveLength(2);
    expect(engine.isRunning).toBe(true);
    expect([losses, engine.loss, starts]).toEqual([[], null, 2]);
    expect(logged.filter((line) => !line.startsWith('info'))).toEqual([]);
    // Whatever the old one says is not heard.
    first.listener.onMessage({ kind: 'event', name: 'list', payload: 'late' });
    first.listener.onExit(1);
    expect(toPanel).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  test('leaves no request without its answer, and the next engine is asked only new ones', async () => {
    const order: string[] = [];
    engine.forward(request('p1'), (packet) => {
      toPanel.push(packet);
      order.push(packet.kind);
    });
    const mine = status();
    engine.onDidStart(() => order.push('started'));
    const ended = expect(mine).rejects.toMatchObject(lost);
    await engine.restart();
    await ended;
    expect(toPanel).toEqual([
      { kind: 'failure', id: 'p1', error: expect.objectContaining(lost) as unknown },
    ]);
    expect(order).toEqual(['failure', 'started']);
    expect(current().posted).toEqual([]);
  });

  test('is not one that waits for its next start, nor one that was let go', async () => {
    engine.start();
    current().die();
    clock.advance(0);
    current().die();
    await engine.restart();
    expect(workers).toHaveLength(2);
    clock.advance(1_000);
    expect(workers).toHaveLength(3);
    const closing = engine.close();
    await engine.restart();
    await closing;
    expect(workers).toHaveLength(3);
  });

  test('whose successor can’t be started is told as any other loss', async () => {
    engine.start();
    startFails = new Error('no threads left');
    await engine.restart();
    expect(losses).toEqual([expect.objectContaining({ cause: 'notLoaded', comesBack: true })]);
  });
});

test.each<[string, () => void, Partial<EngineLoss>]>([
  [
    'a full heap',
    () => {
      current().die(outOfMemory());
    },
    { cause: 'memory', detail: outOfMemory().message },
  ],
  [
    'no bundle',
    () => {
      current().die(noBundle());
    },
    { cause: 'notLoaded', detail: noBundle().message },
  ],
  [
    'a broken bundle',
    () => {
      current().die(new SyntaxError('Unexpected token'));
    },
    { cause: 'notLoaded', detail: 'Unexpected token' },
  ],
  [
    'an error before it listens',
    () => {
      current().die(new TypeError('x is not a function'));
    },
    { cause: 'notLoaded', detail: 'x is not a function' },
  ],
  [
    'an error later',
    () => {
      current().listener.onMessage('listening');
      current().die(new TypeError('x is not a function'));
    },
    { cause: 'fault', detail: 'x is not a function' },
  ],
  [
    'something thrown that is no error',
    () => {
      current().listener.onMessage('listening');
      current().die('no error');
    },
    { cause: 'fault', detail: 'no error' },
  ],
  [
    'an exit',
    () => {
      current().listener.onExit(9);
    },
    { cause: 'exit', detail: 'exit code 9' },
  ],
])('the cause of a loss is told: %s', (_, end, loss) => {
  engine.start();
  end();
  expect(losses).toEqual([expect.objectContaining(loss)]);
  expect(engine.loss).toEqual(losses[0]);
});

describe('requests that are out when the engine dies', () => {
  test('end, those of the panel as well, and their late answers go nowhere', async () => {
    engine.start();
    forward('p1');
    const mine = status();
    const first = current();
    first.die(outOfMemory());
    await expect(mine).rejects.toMatchObject(lost);
    const failure = { kind: 'failure', id: 'p1', error: expect.objectContaining(lost) as unknown };
    expect(toPanel).toEqual([failure]);
    clock.advance(0);
    first.listener.onMessage({ kind: 'answer', id: 'p1', result: 'late' });
    first.listener.onMessage({ kind: 'event', name: 'list', payload: 'late' });
    first.listener.onExit(1);
    expect(toPanel).toEqual([failure]);
    expect(workers).toHaveLength(2);
    expect(losses).toHaveLength(1);
  });

  test('are ended before anybody hears of the loss', () => {
    const seen: string[] = [];
    engine.onDidLose(() => seen.push('lost'));
    engine.forward(request('p1'), (packet) => seen.push(packet.kind));
    current().die();
    expect(seen).toEqual(['failure', 'lost']);
  });
});

test('what is asked first starts the engine and is asked of it', () => {
  let starts = 0;
  engine.onDidStart(() => starts++);
  forward('p1');
  expect(starts).toBe(1);
  expect(current().posted).toEqual([request('p1')]);
  current().listener.onMessage({ kind: 'answer', id: 'p1', result: 7 });
  expect(toPanel).toEqual([{ kind: 'answer', id: 'p1', result: 7 }]);
});

describe('closing', () => {
  test('lets the engine say its last words', async () => {
    engine.start();
    const closing = engine.close();
    expect(current().posted).toEqual(['close']);
    const ledgers: unknown[] = [];
    engine.on('ledger', (ledger) => ledgers.push(ledger));
    current().listener.onMessage({ kind: 'event', name: 'ledger', payload: {} });
    current().listener.onMessage('closed');
    current().listener.onExit(0);
    await closing;
    expect(ledgers).toEqual([{}]);
    expect(losses).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  test('does not wait for ever', async () => {
    engine.start();
    const closing = engine.close();
    clock.advance(2_000);
    await closing;
    expect(engine.isRunning).toBe(false);
  });

  test('ends what is out and answers what comes later', async () => {
    engine.start();
    const mine = status();
    const closing = engine.close();
    current().listener.onExit(0);
    await closing;
    await expect(mine).rejects.toMatchObject({ reason: 'disposed' });
    await expect(status()).rejects.toMatchObject({ reason: 'disposed' });
    expect(workers).toHaveLength(1);
  });
});
