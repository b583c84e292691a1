import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';

/**
 * Writes records `make(0)`, `make(1)`… until it is stopped. What the broker did not acknowledge is written again, so
 * that a record may stand there twice, as any robot's may; none is left out.
 */
export interface SteadyWriter {
  /** How many the broker has acknowledged. */
  readonly written: number;
  /** Resolves with how many were written in all. */
  stop(): Promise<number>;
}

/** How many are sent at once, and how long the writer rests between. */
export interface Pace {
  readonly atOnce: number;
  readonly restMs: number;
}

/** A writer with clients of its own: it tries until the broker is back. */
export function startWriter(
  brokers: string,
  topic: string,
  make: (n: number) => string,
  { atOnce, restMs }: Pace,
): SteadyWriter {
  const state = { written: 0, running: true };
  const writeOn = async () => {
    const retry = { retries: 20, maxRetryTime: 500 };
    const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING, retry });
    const producer = kafka.producer();
    try {
      await producer.connect();
      // Once more at the end too: what was not acknowledged may stand there all the same.
      do {
        const messages = Array.from({ length: atOnce }, (_value, at) => ({
          value: make(state.written + at),
        }));
        await producer.send({ topic, messages });
        state.written += atOnce;
        await delay(restMs);
      } while (state.running);
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  };
  const writing = (async () => {
    let isDone = false;
    // Whatever a producer could not get over, the next one has no memory of.
    while (!isDone) isDone = await writeOn().then(succeeded, () => delay(restMs, false));
  })();
  return {
    get written() {
      return state.written;
    },
    async stop() {
      state.running = false;
      await writing;
      return state.written;
    },
  };
}

const succeeded = () => true;
