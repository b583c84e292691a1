import type { EngineClient } from '../../src/host/engineClient.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import { ask } from '../../src/protocol/ask.ts';
import type { EngineStatus, Figures } from '../../src/protocol/status.ts';
import { type WatchedQuestion, Watcher } from '../../src/protocol/watcher.ts';
import type { SourceState, TopicNews } from '../../src/record/recordSource.ts';
import { engineInWorker, engineSettings, topicSource, wholeList } from '../engine/engineWorld.ts';

/** A machine under load is slow; a wait that ends here ends a trial that hangs. */
const patienceMs = 180_000;
const pageSize = 5_000;

/** What can be looked at while waiting. */
export interface Seen {
  readonly total: number;
  readonly state: SourceState;
  /** How many were going on when the figures were told last. */
  readonly running: number;
}

/** The shipped engine in its worker, whose every life is told its source anew, as the extension does. */
export class EnduredEngine {
  readonly client: EngineClient;
  /** Why each life ended that was not the last. */
  readonly deaths: string[] = [];
  readonly news: TopicNews[] = [];
  readonly statuses: EngineStatus[] = [];
  /** What the list and the source last said; of this life. */
  private seen: Seen = { total: 0, state: { kind: 'idle' }, running: 0 };
  private readonly waiting = new Set<() => void>();
  private lives = 0;
  private readonly list: WatchedQuestion<'list'>;
  private readonly statusWatch: WatchedQuestion<'status'>;
  private readonly figuresWatch: WatchedQuestion<'figures'>;

  constructor(brokers: string, topic: string, settings: Partial<EngineSettings> = {}) {
    this.client = engineInWorker();
    this.client.onDidLose(({ detail }) => this.deaths.push(detail));
    const watcher = new Watcher(this.client, 'endured');
    this.list = watcher.question('list', 'list', (result) => {
      if (result.ok) this.look({ total: result.value.totalAll });
    });
    this.statusWatch = watcher.question('status', 'status', (result) => {
      if (result.ok) this.statuses.push(result.value);
    });
    this.figuresWatch = watcher.question('figures', 'figures', (result) => {
      if (result.ok) this.look({ running: result.value.running });
    });
    this.client.on('pushed', (pushed) => {
      watcher.receive(pushed);
    });
    this.client.on('state', ({ state }) => {
      this.look({ state });
    });
    this.client.on('topicNews', (news) => this.news.push(news));
    this.client.onDidStart(() => {
      this.lives++;
      this.look({ total: 0, state: { kind: 'idle' }, running: 0 });
      // Fails when the engine dies meanwhile; the next life asks again.
      void this.open(brokers, topic, settings).catch(() => undefined);
    });
    this.client.start();
  }

  /** How often it was started. */
  get starts(): number {
    return this.lives;
  }

  get last(): Seen {
    return this.seen;
  }

  /** Resolves once `condition` holds; rejects with what is there when that takes too long. */
  async until(
    what: string,
    condition: (seen: Seen) => boolean,
    mostMs = patienceMs,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const check = () => {
      if (condition(this.seen)) resolve(undefined);
    };
    this.waiting.add(check);
    const timer = setTimeout(() => {
      reject(new Error(`Waited in vain for ${what}: ${JSON.stringify(this.seen)}`));
    }, mostMs);
    check();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(check);
    }
  }

  /** Resolves in the life of that number. */
  untilStarted(lives: number): Promise<void> {
    return this.until(`life ${String(lives)}`, () => this.lives >= lives);
  }

  /** Resolves once everything on the topic is read and the list has at least so many rows. */
  untilRead(total: number, mostMs?: number): Promise<void> {
    return this.until(
      `${String(total)} executions`,
      (seen) => seen.total >= total && seen.state.kind === 'live' && seen.state.lag === 0,
      mostMs,
    );
  }

  status(): Promise<EngineStatus> {
    return ask(this.client, 'status', null);
  }

  figures(): Promise<Figures> {
    return ask(this.client, 'figures', { scope: { kind: 'all' } });
  }

  /** The sids of all rows; one that has two rows is there with a mark as well. */
  async sids(): Promise<ReadonlySet<string>> {
    const sids = new Set<string>();
    for (let offset = 0; ; offset += pageSize) {
      const query = { ...wholeList, offset, limit: pageSize };
      const { rows } = await ask(this.client, 'list', query);
      for (const { sid } of rows) sids.add(sids.has(sid) ? `${sid} a second time` : sid);
      if (rows.length < pageSize) return sids;
    }
  }

  /** The places of the records that are listed as unreadable, as `partition@offset`. */
  async rejected(): Promise<ReadonlySet<string>> {
    const { rows } = await this.client.call('rejected', { offset: 0, limit: 1_000 });
    return new Set(rows.map(({ partition, offset }) => `${String(partition)}@${offset}`));
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async open(
    brokers: string,
    topic: string,
    settings: Partial<EngineSettings>,
  ): Promise<void> {
    const { client } = this;
    await client.call('configure', engineSettings(settings));
    await this.list.ask({ ...wholeList, limit: 50 });
    await this.statusWatch.ask(null);
    await this.figuresWatch.ask({ scope: { kind: 'all' } });
    await client.call('openSource', { spec: topicSource(brokers, topic), keep: false });
  }

  private look(part: Partial<Seen>): void {
    this.seen = { ...this.seen, ...part };
    for (const check of this.waiting) check();
  }
}
