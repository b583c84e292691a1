import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { Producer } from 'kafkajs';

/** Writes records `make(0)`, `make(1)`… until it is stopped; each is written once, however often it is sent. */
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

/** A writer with a client of its own: it tries until the broker is back. */
export async function startWriter(
  brokers: string,
  topic: string,
  make: (n: number) => string,
  { atOnce, restMs }: Pace,
): Promise<SteadyWriter> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  let producer = await producerOf(kafka);
  const send = async (messages: { readonly value: string }[]) => {
    for (;;) {
      try {
        await producer.send({ topic, messages });
        return;
      } catch {
        // A broker that lost its last seconds refuses the sequence of a producer for good; another one begins anew.
        await producer.disconnect().catch(() => undefined);
        producer = await producerOf(kafka);
      }
    }
  };
  const state = { written: 0, running: true };
  const writing = (async () => {
    while (state.running) {
      const messages = Array.from({ length: atOnce }, (_value, at) => ({
        value: make(state.written + at),
      }));
      await send(messages);
      state.written += atOnce;
      await delay(restMs);
    }
    await producer.disconnect();
  })();
  // Told by `stop`; meanwhile it must not end the program.
  writing.catch(() => undefined);
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

/** Idempotent: what is sent again because its answer was lost is written once. */
async function producerOf(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    retry: { retries: 1_000, maxRetryTime: 500 },
  });
  await producer.connect();
  return producer;
}
