import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Disposable } from '../../src/base/disposable.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import { EngineClient } from '../../src/host/engineClient.ts';
import type { Log } from '../../src/base/log.ts';
import { workerThread } from '../../src/host/engineWorker.ts';
import { Channel } from '../../src/protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../../src/protocol/engineProtocol.ts';
import type { ListQuery, ListWindow } from '../../src/protocol/list.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import type { SourceSpec } from '../../src/protocol/sources.ts';
import type { SourceState } from '../../src/record/recordSource.ts';
import { repositoryRoot } from '../support/paths.ts';
import { connectionTo } from './kafkaWorld.ts';
import { type WatchedQuestion, Watcher } from '../../src/protocol/watcher.ts';

type EngineChannel = Channel<EngineMethods, object, EngineEvents, object>;

/** An engine to talk to, wherever it runs. */
export interface RunningEngine {
  readonly call: EngineChannel['call'];
  readonly on: EngineChannel['on'];
  close(): Promise<void>;
}

/** The engine in this process; what crosses the boundary is copied as between threads. */
export function engineInProcess(): RunningEngine {
  const onError = (error: unknown) => {
    throw error;
  };
  const near: EngineChannel = new Channel({
    post: (packet) => far.receive(structuredClone(packet)),
    clock: systemClock,
    prefix: 'h',
    onError,
  });
  const far = new Channel<object, EngineMethods, object, EngineEvents>({
    post: (packet) => near.receive(structuredClone(packet)),
    clock: systemClock,
    prefix: 'e',
    onError,
  });
  const engine = composeEngine({
    clock: systemClock,
    emit: (name, payload) => far.emit(name, payload),
  });
  far.handle(engine.handlers);
  return {
    call: (method, params) => near.call(method, params),
    on: (name, listener) => near.on(name, listener),
    close: async () => {
      await engine.close();
      near.dispose();
      far.dispose();
    },
  };
}

/** The bundle that is shipped. */
export const engineBundle = join(repositoryRoot, 'dist', 'engine.js');

/** The shipped engine in a worker thread of its own, as the extension host runs it. */
export function engineInWorker(
  options: {
    readonly file?: string;
    readonly heapMegabytes?: () => number;
    readonly log?: Log;
  } = {},
): EngineClient {
  return new EngineClient({
    startWorker: workerThread(options.file ?? engineBundle, options.heapMegabytes ?? (() => 512)),
    clock: systemClock,
    log: options.log ?? (() => undefined),
  });
}

/** What an engine is told first, with what the test cares about. */
export function engineSettings(parts: Partial<EngineSettings> = {}): EngineSettings {
  return {
    storeBytes: 64 * 1024 * 1024,
    stalledAfterMs: 300_000,
    otlp: null,
    ledger: {},
    largeValues: null,
    ...parts,
  };
}

/** A topic as a source, read from its first record. */
export function topicSource(brokers: string, topic: string): SourceSpec {
  return {
    kind: 'kafka',
    connection: connectionTo(brokers),
    topic,
    start: { kind: 'earliest' },
  };
}

/** The whole list, newest first. */
export const wholeList: ListQuery = {
  scope: { kind: 'all' },
  filter: '',
  anchor: null,
  offset: 0,
  limit: 10_000,
};

/** A new engine that reads a topic, with the list watched. */
export async function openTopic(
  engine: RunningEngine,
  brokers: string,
  topic: string,
  settings: Partial<EngineSettings> = {},
): Promise<WatchedList> {
  const list = new WatchedList(engine);
  await engine.call('configure', engineSettings(settings));
  await engine.call('openSource', { spec: topicSource(brokers, topic), keep: false });
  await list.watch(wholeList);
  return list;
}

/** The windows on the list as the panel gets them; a test waits in it for a row or a number of rows. */
export class WatchedList implements Disposable {
  readonly windows: ListWindow[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly subscriptions: readonly Disposable[];
  private readonly states: SourceState[] = [];
  private readonly question: WatchedQuestion<'list'>;

  constructor(engine: RunningEngine) {
    const watcher = new Watcher(engine, randomUUID());
    this.question = watcher.question('list', 'list', (result) => {
      if (result.ok) this.take(result.value);
    });
    this.subscriptions = [
      engine.on('pushed', (pushed) => {
        watcher.receive(pushed);
      }),
      engine.on('state', ({ state }) => this.states.push(state)),
    ];
  }

  get last(): ListWindow | undefined {
    return this.windows.at(-1);
  }

  /** The sids of the last window, newest first. */
  get sids(): readonly string[] {
    return this.last?.rows.map(({ sid }) => sid) ?? [];
  }

  /** Watches another window from now on. */
  async watch(query: ListQuery): Promise<void> {
    const window = await this.question.ask(query);
    if (window !== null) this.take(window);
  }

  private take(window: ListWindow): void {
    this.windows.push(window);
    for (const check of this.waiting) check();
  }

  /** Resolves with the first window, the last one included, for which `condition` holds. */
  async until(condition: (window: ListWindow) => boolean, ms = 40_000): Promise<ListWindow> {
    const { promise, resolve, reject } = Promise.withResolvers<ListWindow>();
    const check = () => {
      const { last } = this;
      if (last !== undefined && condition(last)) resolve(last);
    };
    this.waiting.add(check);
    const timer = setTimeout(() => {
      const states = JSON.stringify(this.states.slice(-5));
      reject(new Error(`Waited in vain: ${String(this.last?.total)} rows, states ${states}`));
    }, ms);
    check();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(check);
    }
  }

  /** Resolves when the list has so many rows. */
  untilTotal(total: number, ms?: number): Promise<ListWindow> {
    return this.until((window) => window.total === total, ms);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
