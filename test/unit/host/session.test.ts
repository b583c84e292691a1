import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerListener } from '../../../src/host/engineWorker.ts';
import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import type { Packet } from '../../../src/protocol/packet.ts';
import { ManualClock } from '../../support/manualClock.ts';

vi.mock('vscode', () => ({ workspace: { isTrusted: true }, l10n: { t: (text: string) => text } }));
// Files of a thread share their modules, and another file may have given them a VS Code of its own.
vi.resetModules();
const { EngineClient } = await import('../../../src/host/engineClient.ts');
const { Session } = await import('../../../src/host/session.ts');

/** An engine that says yes to all. */
class WillingWorker {
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  readonly listener: WorkerListener;

  constructor(listener: WorkerListener) {
    this.listener = listener;
  }

  post(message: Packet | 'close'): void {
    if (message === 'close' || message.kind !== 'request') return;
    const { id, method, params } = message;
    this.asked.push({ method, params });
    queueMicrotask(() => {
      this.listener.onMessage({ kind: 'answer', id, result: null });
    });
  }

  terminate(): Promise<unknown> {
    this.listener.onExit(1);
    return Promise.resolve();
  }

  die(): void {
    const error = Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
    this.listener.onError(error);
    this.listener.onExit(1);
  }
}

let clock: ManualClock;
let workers: WillingWorker[];
let engine: InstanceType<typeof EngineClient>;
let session: InstanceType<typeof Session>;
let losses: EngineLoss[];
let errors: string[];

beforeEach(() => {
  clock = new ManualClock();
  workers = [];
  losses = [];
  errors = [];
  const log = (level: string, message: string) => {
    if (level === 'error') errors.push(message);
  };
  engine = new EngineClient({
    startWorker: (listener) => {
      const worker = new WillingWorker(listener);
      workers.push(worker);
      return worker;
    },
    ...{ clock, log },
  });
  engine.onDidLose((loss) => losses.push(loss));
  const kept: Record<string, unknown> = {};
  session = new Session({
    ...{ engine, clock, log },
    flowFiles: { sendAll: () => Promise.resolve() } as never,
    credentials: {} as never,
    settings: () => ({ storeBytes: 2 ** 27, otlp: null, redaction: {} }) as never,
    workspaceState: {
      get: (key: string, otherwise: unknown) => kept[key] ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(void (kept[key] = value)),
    } as never,
    ledger: { read: () => Promise.resolve({}), keep: () => undefined } as never,
  });
});

afterEach(() => {
  session.dispose();
  engine.dispose();
});

const current = (): WillingWorker => {
  const worker = workers.at(-1);
  if (worker === undefined) throw new Error('none was started');
  return worker;
};
const asked = (method: string) =>
  current()
    .asked.filter((call) => call.method === method)
    .map(({ params }) => params);
const isCautious = () => 'caution' in (asked('configure').at(-1) as object);

/** Reads files over which two engines ran out of memory. */
async function readWithCaution(): Promise<void> {
  await session.openFiles(['/large']);
  current().die();
  clock.advance(0);
  await expect.poll(() => asked('openSource')).toHaveLength(1);
  current().die();
  clock.advance(1_000);
  await expect.poll(() => asked('openSource')).toHaveLength(1);
  expect(isCautious()).toBe(true);
  losses.length = errors.length = 0;
}

test('reading again after caution takes another engine, and nobody hears of a death', async () => {
  await readWithCaution();
  const lives = workers.length;
  await session.readAgain();
  expect(workers).toHaveLength(lives + 1);
  expect(asked('openSource')).toEqual([
    { spec: { kind: 'files', paths: ['/large'] }, keep: false },
  ]);
  expect(isCautious()).toBe(false);
  expect([losses, errors]).toEqual([[], []]);
  await session.readAgain();
  expect(workers).toHaveLength(lives + 1);
});

test('Disconnect ends the caution at once; what is opened next gets another engine', async () => {
  await readWithCaution();
  const lives = workers.length;
  await session.disconnect();
  expect(current().asked.at(-2)?.method).toBe('closeSource');
  expect(current().asked.at(-1)?.method).toBe('configure');
  expect(isCautious()).toBe(false);
  expect(workers).toHaveLength(lives);
  await session.openFiles(['/small']);
  expect(workers).toHaveLength(lives + 1);
  await session.openFiles(['/other']);
  expect(workers).toHaveLength(lives + 1);
  expect([losses, errors]).toEqual([[], []]);
});

test('Disconnect without caution tells no settings; what was read last is still what is shown', async () => {
  await session.openFiles(['/a']);
  const told = asked('configure').length;
  await session.disconnect();
  expect(asked('configure')).toHaveLength(told);
  expect(asked('closeSource')).toHaveLength(1);
  expect(session.hasSource).toBe(false);
  expect(session.shown).toEqual({ kind: 'files', paths: ['/a'] });
});
