import { Worker } from 'node:worker_threads';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { History, HistoryListener, HistoryPlace } from './history.ts';
import { newToken } from './historyFile.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { CallerPast, FoundPast, PastSearch } from './historySearch.ts';
import type { HistoryLimits, HistoryState } from './historyState.ts';
import { mostInTransaction } from './historyStore.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './messages.ts';

/** Some 10 MB of executions that wait for the disk. */
const mostWaiting = 5_000;
/** What a query over a month takes, with room. */
const heapMegabytes = 512;
/** What is left is written within this, or not at all. */
const closeMs = 2_000;

/** What the thread needs of its world. */
export interface HistoryThreadWorld extends HistoryListener {
  /** The bundle of the thread. */
  readonly bundle: string;
  readonly clock: Clock;
}

/** The history of a source in a thread of its own: whoever asks it never waits for the disk. */
export class HistoryThread implements History {
  private readonly world: HistoryThreadWorld;
  private readonly worker: Worker;
  private readonly waiting: HistoryRecord[] = [];
  private readonly waitingSubs: NamedPast[] = [];
  private readonly asked = new Map<number, (answer: Answer | null) => void>();
  private ids = 0;
  private isWriting = false;
  private isOver = false;
  private current: HistoryState = { kind: 'opening' };
  private floor = 0;
  private changes = 0;
  private readonly ended: Promise<void>;

  constructor(place: HistoryPlace, world: HistoryThreadWorld) {
    this.world = world;
    const data: ThreadData = { ...place, token: newToken() };
    this.worker = new Worker(world.bundle, {
      name: 'RPA Trace history',
      workerData: data,
      // Node 22 warns of its SQLite as of something new, in the log of the extension host.
      execArgv: ['--no-warnings'],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.end();
        resolve();
      });
    });
    this.worker.on('message', (said: FromThread) => {
      this.hear(said);
    });
    this.worker.on('error', (error) => {
      if (this.isOver) return;
      this.current = { kind: 'failed' };
      this.world.onNews('failed', error.message);
    });
  }

  get state(): HistoryState {
    return this.current;
  }

  get floorMs(): Milliseconds {
    return this.floor;
  }

  get revision(): number {
    return this.changes;
  }

  get hasRoom(): boolean {
    return this.waiting.length < mostWaiting;
  }

  add(records: readonly HistoryRecord[], subs: readonly NamedPast[] = []): void {
    if (this.isOver || this.isGivenUp) return;
    for (const record of records) this.waiting.push(record);
    for (const sub of subs) this.waitingSubs.push(sub);
    this.writeNext();
  }

  async between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly HistoryRecord[]> {
    const all: HistoryRecord[] = [];
    await this.ask(
      (id) => ({ kind: 'between', id, fromMs, toMs, most }),
      (answer) => {
        if (answer.kind === 'part' || answer.kind === 'records') {
          for (const record of answer.records) all.push(record);
        }
      },
    );
    return all;
  }

  async numbers(question: PastQuestion): Promise<PastNumbers | null> {
    const answer = await this.ask((id) => ({ kind: 'numbers', id, question }));
    return answer?.kind === 'numbers' ? answer.numbers : null;
  }

  async find(search: PastSearch): Promise<FoundPast | null> {
    const answer = await this.ask((id) => ({ kind: 'find', id, search }));
    return answer?.kind === 'found' ? answer.found : null;
  }

  async under(of: CallerPast): Promise<readonly HistoryRecord[]> {
    const answer = await this.ask((id) => ({ kind: 'under', id, of }));
    return answer?.kind === 'records' ? answer.records : [];
  }

  setLimits(limits: HistoryLimits): void {
    this.post({ kind: 'limits', limits });
  }

  async clear(): Promise<boolean> {
    this.waiting.length = 0;
    this.waitingSubs.length = 0;
    const answer = await this.ask((id) => ({ kind: 'clear', id }));
    this.changes++;
    this.world.onChange();
    return answer?.kind === 'cleared' && answer.isCleared;
  }

  async close(): Promise<void> {
    // All at once: it is told to end behind them.
    while (this.waiting.length + this.waitingSubs.length > 0) void this.writeBatch();
    this.post({ kind: 'close' });
    const timer = this.world.clock.after(closeMs, () => {
      this.dispose();
    });
    await this.ended;
    timer.dispose();
  }

  dispose(): void {
    this.end();
    void this.worker.terminate();
  }

  private get isGivenUp(): boolean {
    return this.current.kind === 'unavailable' || this.current.kind === 'newer';
  }

  private hear(said: FromThread): void {
    switch (said.kind) {
      case 'answer':
        this.asked.get(said.id)?.(said.answer);
        return;
      case 'state':
        this.current = said.state;
        this.floor = said.floorMs;
        this.world.onChange();
        return;
      case 'news':
        this.world.onNews(said.news, said.detail);
        return;
      case 'closed':
        this.end();
    }
  }

  /** One transaction after the other; while one is written the next is gathered. */
  private writeNext(): void {
    if (this.isWriting || this.waiting.length + this.waitingSubs.length === 0) return;
    this.isWriting = true;
    void this.writeBatch().then(() => {
      this.isWriting = false;
      this.writeNext();
    });
    if (this.hasRoom) this.world.onRoom();
  }

  private async writeBatch(): Promise<void> {
    const records = this.waiting.splice(0, mostInTransaction);
    // Behind those that they stand for.
    const subs = this.waiting.length > 0 ? [] : this.waitingSubs.splice(0, mostInTransaction);
    const answer = await this.ask((id) => ({ kind: 'put', id, records, subs }));
    if (answer?.kind !== 'put' || answer.changes === null) return;
    this.world.onKept(records);
    if (answer.changes === 0) return;
    this.changes++;
    this.world.onChange();
  }

  private ask(
    question: (id: number) => ToThread,
    onPart: (answer: Answer) => void = () => undefined,
  ): Promise<Answer | null> {
    if (this.isOver) return Promise.resolve(null);
    const id = this.ids++;
    return new Promise((resolve) => {
      this.asked.set(id, (answer) => {
        if (answer !== null) onPart(answer);
        if (answer?.kind === 'part') return;
        this.asked.delete(id);
        resolve(answer);
      });
      this.post(question(id));
    });
  }

  private post(message: ToThread): void {
    if (!this.isOver) this.worker.postMessage(message);
  }

  /** Whoever waits is answered: there is nothing. */
  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const answer of [...this.asked.values()]) answer(null);
    this.asked.clear();
    this.waiting.length = 0;
    this.waitingSubs.length = 0;
  }
}
