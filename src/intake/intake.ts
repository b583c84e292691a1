import type { Clock } from '../base/clock.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RecordAge } from '../record/recordSource.ts';
import type { Ingest, Ingested } from './ingest.ts';
import type { IntakeRates } from './intakeRates.ts';

/** What the intake needs of its world. */
export interface IntakeWorld {
  readonly clock: Clock;
  readonly ingest: Ingest;
  readonly rates: IntakeRates;
  /** Lets everybody else have a turn: requests that wait, sockets, timers. */
  readonly turn: () => Promise<void>;
  readonly onTaken: (taken: Ingested, age: RecordAge) => void;
}

/** So long a request waits for records at most, but for a single record that takes longer: half a frame. */
const sliceMs = 8;

/**
 * Takes batches slice by slice. Whoever delivers waits for the last slice, which is the back-pressure, and nobody
 * else waits for more than one.
 */
export class Intake {
  private readonly world: IntakeWorld;
  /**
   * A slice begins with a turn, and goes over the end of a batch: many small ones in a row are a backlog as well. A
   * batch that comes long after it is taken from its second record on behind the next turn.
   */
  private sliceEndMs = Number.NEGATIVE_INFINITY;

  constructor(world: IntakeWorld) {
    this.world = world;
  }

  async take(batch: readonly ConsumedRecord[], age: RecordAge = 'next'): Promise<void> {
    const { clock, ingest, rates, turn, onTaken } = this.world;
    const isOver = () => clock.now() >= this.sliceEndMs;
    for (let at = 0; at < batch.length;) {
      const begin = clock.now();
      const taken = ingest.take(batch, begin, { from: at, isOver, age });
      at += taken.count;
      rates.took(taken.count, taken.bytes, clock.now() - begin);
      onTaken(taken, age);
      if (!isOver()) continue;
      await turn();
      this.sliceEndMs = clock.now() + sliceMs;
    }
  }
}
