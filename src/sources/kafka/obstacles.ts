import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Offset, RecordPosition } from '../../record/consumedRecord.ts';
import type { UnreadableBatch } from '../../record/unreadableBatch.ts';
import type { Positions } from './positions.ts';

/** A broker may be mended, or another one lead: a damaged batch is asked for again, less and less often. */
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** A broker that gives nothing is asked so often before that is called damage: it may have another reason. */
const patience = 2;

/** What obstacles need to know, and whom they tell. */
export interface ObstaclesWorld {
  readonly clock: Clock;
  readonly positions: Positions;
  /** Told once of each. */
  readonly onMet: (batch: UnreadableBatch) => void;
  /** Reads a partition on: from `offset`, or from its position. */
  readonly goOn: (partition: number, offset: Offset) => void;
  readonly onChange: () => void;
}

interface Obstacle {
  readonly batch: UnreadableBatch;
  /** How often it was met. */
  attempt: number;
  /** The offset of the record to be written next, when it was met last. */
  high: bigint;
  timer?: Disposable;
  search?: Search;
}

/** Looks for the first offset behind that can be read: farther and farther, then between the last two. */
interface Search {
  bad: bigint;
  good: bigint | undefined;
  at: bigint;
}

/** The damaged batches before which reading stands, one for each partition at most; they outlive consumers. */
export class Obstacles implements Disposable {
  private readonly world: ObstaclesWorld;
  private readonly byPartition = new Map<number, Obstacle>();
  private skips = false;

  constructor(world: ObstaclesWorld) {
    this.world = world;
  }

  /** Those that reading waits for, by partition. */
  get waiting(): readonly UnreadableBatch[] {
    return [...this.byPartition.values()]
      .filter((obstacle) => isTold(obstacle) && this.isHere(obstacle))
      .map(({ batch }) => batch);
  }

  /** Whether to go on behind each damaged batch without being told; those that wait are passed as well. */
  setSkips(skips: boolean): void {
    this.skips = skips;
    if (!skips) return;
    for (const { batch } of [...this.byPartition.values()]) this.skip(batch);
  }

  /** Reading stands before `batch`. Gives the offset to go on at; undefined: wait. */
  meet(batch: UnreadableBatch, high: Offset): Offset | undefined {
    const { partition } = batch;
    let obstacle = this.byPartition.get(partition);
    if (obstacle?.batch.offset !== batch.offset || obstacle.batch.fault !== batch.fault) {
      this.clear(partition);
      obstacle = { batch, attempt: 0, high: 0n };
      this.byPartition.set(partition, obstacle);
    }
    obstacle.attempt++;
    obstacle.high = BigInt(high);
    if (obstacle.attempt === attemptsUntold(batch) + 1) this.world.onMet(batch);
    // What is sound and only too large is in nobody's way.
    if (isTold(obstacle) && (this.skips || batch.fault === 'tooLarge')) {
      return this.pass(obstacle);
    }
    this.retryLater(obstacle);
    this.world.onChange();
    return undefined;
  }

  /** Goes on behind the batch at `position`; false when reading does not stand there. */
  skip({ partition, offset }: RecordPosition): boolean {
    const obstacle = this.byPartition.get(partition);
    if (obstacle?.batch.offset !== offset || !this.isHere(obstacle)) return false;
    const next = this.pass(obstacle);
    if (next !== undefined) this.world.goOn(partition, next);
    return true;
  }

  /** Records were read up to `next`. */
  passed(partition: number, next: Offset): void {
    const obstacle = this.byPartition.get(partition);
    if (obstacle === undefined || BigInt(next) <= BigInt(obstacle.batch.offset)) return;
    this.clear(partition);
    this.world.onChange();
  }

  isSearching(partition: number): boolean {
    return this.byPartition.get(partition)?.search !== undefined;
  }

  /** What came of looking at the place the search asked for; goes on looking, or reading. */
  looked(partition: number, isReadable: boolean, high: Offset): void {
    const obstacle = this.byPartition.get(partition);
    const search = obstacle?.search;
    if (obstacle === undefined || search === undefined) return;
    if (isReadable) search.good = search.at;
    else search.bad = search.at;
    const end = BigInt(high);
    const begin = BigInt(obstacle.batch.offset);
    if (search.good === undefined && 2n * search.bad - begin + 1n < end) {
      search.at = 2n * search.bad - begin + 1n;
    } else {
      // There is nothing to be read behind the end, and nothing damaged either.
      search.good ??= end;
      if (search.good - search.bad <= 1n) {
        this.world.goOn(partition, this.moveTo(obstacle, search.good));
        return;
      }
      search.at = (search.good + search.bad) / 2n;
    }
    this.world.goOn(partition, String(search.at));
  }

  /** Where a partition is to be asked next: the position, or the place that is looked at. */
  place(partition: number): Offset | undefined {
    const search = this.byPartition.get(partition)?.search;
    return search === undefined ? this.world.positions.next(partition) : String(search.at);
  }

  /** The topic is another one: nothing of it was met yet. */
  forget(): void {
    for (const { timer } of this.byPartition.values()) timer?.dispose();
    this.byPartition.clear();
  }

  dispose(): void {
    this.forget();
  }

  /** Behind a batch whose end is known; else the search for it begins. */
  private pass(obstacle: Obstacle): Offset | undefined {
    const { batch } = obstacle;
    obstacle.timer?.dispose();
    if (batch.lastOffset !== null) return this.moveTo(obstacle, BigInt(batch.lastOffset) + 1n);
    if (obstacle.search !== undefined) return undefined;
    const bad = BigInt(batch.offset);
    const at = bad + 1n;
    if (at >= obstacle.high) return this.moveTo(obstacle, at);
    obstacle.search = { bad, good: undefined, at };
    return String(at);
  }

  private moveTo({ batch }: Obstacle, next: bigint): Offset {
    this.clear(batch.partition);
    this.world.positions.setNext(batch.partition, String(next));
    this.world.onChange();
    return String(next);
  }

  private retryLater(obstacle: Obstacle): void {
    const { partition, offset } = obstacle.batch;
    const delay = Math.min(firstRetryMs * 2 ** (obstacle.attempt - 1), longestRetryMs);
    obstacle.timer?.dispose();
    obstacle.timer = this.world.clock.after(delay, () => {
      if (this.isHere(obstacle)) this.world.goOn(partition, offset);
      else this.clear(partition);
    });
  }

  /** False when reading stands elsewhere since: the topic was made anew. */
  private isHere({ batch }: Obstacle): boolean {
    return this.world.positions.next(batch.partition) === batch.offset;
  }

  private clear(partition: number): void {
    this.byPartition.get(partition)?.timer?.dispose();
    this.byPartition.delete(partition);
  }
}

function isTold({ batch, attempt }: Obstacle): boolean {
  return attempt > attemptsUntold(batch);
}

/** What was seen of a batch says that it is damaged; that a broker didn't give it out says so only if it lasts. */
function attemptsUntold({ fault }: UnreadableBatch): number {
  return fault === 'missing' || fault === 'refused' ? patience : 0;
}

/** What is met, in a line for the log. */
export function logText(batch: UnreadableBatch): string {
  const { partition, offset, lastOffset, fault, detail } = batch;
  const range = lastOffset === null ? `from ${offset} on` : `${offset} to ${lastOffset}`;
  const why = detail === '' ? fault : `${fault}: ${detail}`;
  return `Partition ${partition}, ${range}: can't be read (${why})`;
}
