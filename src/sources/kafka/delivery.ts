import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import type { KafkaLog } from './connection.ts';
import type { Positions } from './positions.ts';

/** What delivering needs. */
export interface DeliveryWorld {
  readonly positions: Positions;
  readonly log: KafkaLog;
  readonly take: (records: readonly ConsumedRecord[]) => void | Promise<void>;
  readonly onTaken: () => void;
}

/** One batch at a time, and none twice: the position says what is still to be delivered. */
export class Delivery {
  private readonly world: DeliveryWorld;
  private isOver = false;
  /** The one under way; a new session waits for the last one's. */
  private last: Promise<void> = Promise.resolve();

  constructor(world: DeliveryWorld) {
    this.world = world;
  }

  deliver(records: readonly ConsumedRecord[]): Promise<void> {
    const delivery = this.last.then(async () => {
      const { positions, log, take, onTaken } = this.world;
      const fresh = positions.fresh(records);
      if (fresh.length === 0 || this.isOver) return;
      try {
        await take(fresh);
      } catch (error) {
        // Trying again would deliver again what the sink has taken already.
        log('error', `Records were not taken: ${String(error)}`);
      }
      positions.took(fresh);
      onTaken();
    });
    this.last = delivery;
    return delivery;
  }

  /** Resolves when all that was handed over so far is taken. */
  settled(): Promise<void> {
    return this.last;
  }

  /** Resolves when what the sink is taking at this moment is taken; nothing comes after it. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.last;
  }
}
