import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';
import type { EarlierPast, EarlierRecord, EarlierSearch } from '../answers/earlierPast.ts';
import type { KeptNumbers } from '../answers/numbersView.ts';
import type { Log } from '../base/log.ts';
import { fileNameOf } from '../history/fileName.ts';
import type { History, HistoryListener, HistoryPlace } from '../history/history.ts';
import type { HistoryRecord } from '../history/historyRecord.ts';
import { asMatched, type CallerPast } from '../history/historySearch.ts';
import type { HistoryNews, HistorySettings, HistoryState } from '../history/historyState.ts';
import { pastMatches } from '../query/pastMatch.ts';
import type { PartitionRange } from '../record/recordSource.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryFeed } from './historyFeed.ts';
import { maskedExecution, maskedNumbers, type MaskNames } from './maskedNames.ts';
import { maskOnce } from './maskOnce.ts';

/** Opens a history. */
export type StartHistory = (place: HistoryPlace, listener: HistoryListener) => History;

/** What the kept history needs of its world. */
export interface KeptHistoryWorld {
  /** None where it can't be kept: what runs is counted in memory alone. */
  readonly start: StartHistory | undefined;
  readonly feed: HistoryFeed;
  readonly log: Log;
  readonly masks: () => string;
  /** Masks by the rules of now what was masked by others. */
  readonly maskAgain: (text: string) => string;
  /** The same of ids, as they are masked in memory. */
  readonly maskId: (id: string) => string;
  readonly onChange: () => void;
  readonly onNews: (news: HistoryNews) => void;
}

/** The history of the source that is read now: opened with its topic, closed with it. */
export class KeptHistory implements KeptNumbers, EarlierPast {
  private readonly world: KeptHistoryWorld;
  private settings: HistorySettings | null = null;
  private source: { readonly clusterId: string; readonly topic: string } | null = null;
  /** By partition, the first offset that the topic still has, as it was told last. */
  private lows = new Map<number, bigint>();
  private history: History | undefined;
  private opened = '';
  private cleared = 0;
  private changes = 0;
  private closing: Promise<unknown> = Promise.resolve();
  /** What was masked by which rules. */
  private masked:
    | {
        readonly by: string;
        readonly texts: Map<string, string>;
        readonly ids: Map<string, string>;
      }
    | undefined;

  constructor(world: KeptHistoryWorld) {
    this.world = world;
  }

  get state(): HistoryState {
    return this.history?.state ?? { kind: 'off' };
  }

  get revision(): number {
    return this.changes;
  }

  /** Other files, and other rules of masking, have other executions. */
  get sameness(): string {
    return `${this.opened} ${String(this.cleared)} ${this.world.masks()}`;
  }

  configure(settings: HistorySettings | null): void {
    this.settings = settings;
    if (settings !== null) this.history?.setLimits(limitsOf(settings));
    this.open();
  }

  /** A source is opened, or none any more: its topic is told later. */
  sourceOpened(): void {
    this.source = null;
    this.open();
  }

  /** Told before the first records of a topic. */
  partitions(ranges: readonly PartitionRange[]): void {
    const [first] = ranges;
    if (first?.clusterId === undefined) return;
    this.lows = new Map(ranges.map(({ partition, low }) => [partition, BigInt(low)]));
    this.source = { clusterId: first.clusterId, topic: first.topic };
    this.open();
  }

  get known(): KeptNumbers['known'] {
    const { state, history } = this;
    return state.kind === 'on' ? { sinceMs: state.sinceMs, floorMs: history?.floorMs ?? 0 } : null;
  }

  async find(search: EarlierSearch): ReturnType<EarlierPast['find']> {
    const { source } = this;
    const found = await this.history?.find(search);
    if (found == null || source === null) return null;
    const again = this.masking();
    const records = found.records
      .map((record) => this.earlier(record, source.topic, again))
      // What was found by a text that is hidden now must not tell that it is there.
      .filter(({ past }) => pastMatches(asMatched(past), search.terms));
    return { records, next: found.next };
  }

  async under(of: CallerPast): Promise<readonly EarlierRecord[]> {
    const { source } = this;
    const found = (await this.history?.under(of)) ?? [];
    const again = this.masking();
    return source === null ? [] : found.map((each) => this.earlier(each, source.topic, again));
  }

  private earlier(record: HistoryRecord, topic: string, again: MaskNames): EarlierRecord {
    const { execution, masks, position } = record;
    const { partition, offset } = position;
    const low = this.lows.get(partition);
    return {
      past: masks === this.world.masks() ? execution : maskedExecution(execution, again),
      record: { topic, partition, offset, timestampMs: null },
      // A partition that isn't there any more has nothing.
      isGone: low === undefined || BigInt(offset) < low,
    };
  }

  async numbers(question: PastQuestion): Promise<PastNumbers | null> {
    const numbers = await this.history?.numbers(question);
    return numbers == null ? null : maskedNumbers(numbers, this.masking());
  }

  /** The newest of those that began in a span, in order of their begin. */
  async between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]> {
    const records = await this.history?.between(fromMs, toMs, most);
    const again = this.masking();
    return (records ?? []).map(({ execution, masks }) =>
      masks === this.world.masks() ? execution : maskedExecution(execution, again),
    );
  }

  /** Deletes the history of all sources; how many could not be. */
  async clear(folder: string): Promise<number> {
    const { start } = this.world;
    this.cleared++;
    const names = await readdir(folder).catch(() => []);
    let failed = 0;
    for (const name of names.filter((each) => each.endsWith('.db'))) {
      const file = join(folder, name);
      const isOpen = this.opened === file && this.history !== undefined;
      const history = isOpen ? this.history : start?.(placeOf(file), silent);
      const isCleared = (await history?.clear()) === true;
      if (isOpen) this.world.feed.forget();
      if (!isOpen) await history?.close();
      // What is no history that we can read is deleted as a file.
      const isStrange = history?.state.kind !== 'on';
      if (isStrange && !isOpen) await removeFile(file);
      else if (!isCleared) failed++;
    }
    for (const name of names.filter((each) => each.includes('.db.damaged-'))) {
      await rm(join(folder, name), { force: true });
    }
    return failed;
  }

  async close(): Promise<void> {
    this.source = null;
    this.open();
    await this.closing;
  }

  private open(): void {
    const { feed, start } = this.world;
    const { settings, source } = this;
    const file =
      settings === null || source === null
        ? ''
        : join(settings.folder, fileNameOf(source.clusterId, source.topic));
    if (file === this.opened) return;
    this.opened = file;
    const { history } = this;
    feed.feed(undefined);
    this.history = undefined;
    if (history !== undefined) this.closing = Promise.all([this.closing, history.close()]);
    if (settings !== null && source !== null && start !== undefined) {
      const place = {
        ...{ file, source: `${source.clusterId}/${source.topic}`, limits: limitsOf(settings) },
      };
      const opened = start(place, {
        onChange: () => {
          this.changed();
        },
        onRoom: () => {
          if (this.history === opened) feed.wake();
        },
        onKept: (records) => {
          if (this.history === opened) feed.kept(records);
        },
        onNews: (news, detail) => {
          this.world.log('warn', `History: ${news}: ${detail}`);
          if (news !== 'leftOut') this.world.onNews(news);
        },
      });
      this.history = opened;
      feed.feed(opened);
    }
    this.changed();
  }

  private changed(): void {
    this.changes++;
    // It may be stuck now: nobody waits for it then.
    this.world.feed.wake();
    this.world.onChange();
  }

  /** Who adds a pattern wants nothing to be shown any more that it hides, whenever that was kept. */
  private masking(): MaskNames {
    const { maskAgain, maskId, masks } = this.world;
    if (this.masked?.by !== masks()) {
      this.masked = { by: masks(), texts: new Map(), ids: new Map() };
    }
    const { texts, ids } = this.masked;
    return {
      text: (text) => maskOnce(texts, text, maskAgain),
      id: (id) => maskOnce(ids, id, maskId),
    };
  }
}

const silent: HistoryListener = {
  onChange: () => undefined,
  onRoom: () => undefined,
  onKept: () => undefined,
  onNews: () => undefined,
};

function limitsOf({ days, megabytes }: HistorySettings) {
  return { days, megabytes };
}

/** To delete it: nothing is taken. */
function placeOf(file: string): HistoryPlace {
  return { file, source: '', limits: { days: 36_500, megabytes: 10_000 } };
}

async function removeFile(file: string): Promise<void> {
  for (const part of ['', '-wal', '-shm', '-journal']) await rm(file + part, { force: true });
}
