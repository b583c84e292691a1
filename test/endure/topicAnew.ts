import { makeTopic } from '../engine/kafkaWorld.ts';
import { createTopic, deleteTopic } from '../engine/topicLives.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import type { KafkaBroker } from '../support/kafkaBroker.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

/** Read of the first topic, before there is another. */
const before = 40;

interface Way {
  readonly name: string;
  readonly records: number;
  readonly partitions: number;
  readonly away: boolean;
}

const ways: readonly Way[] = [
  { name: 'fewer records', records: 10, partitions: 1, away: false },
  { name: 'more records and partitions', records: 90, partitions: 3, away: false },
  { name: 'fewer records, broker away', records: 10, partitions: 3, away: true },
  { name: 'more records, broker away', records: 90, partitions: 1, away: true },
];

const range = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

/** A topic is deleted and made anew: everything of the new one is read, and it is said once. */
export const topicAnew: Trial = {
  name: 'topicAnew',
  async run({ broker: brokerOf }) {
    const broker = await brokerOf();
    const told = new Count('topic made anew: told once');
    const executions = new Count('…executions of the topics before and after: read');
    const followed = await Promise.all(ways.map((way) => follow(broker, way)));
    try {
      const remake = async ({ topic, values, way }: Followed) => {
        await deleteTopic(broker.brokers, topic);
        await createTopic(broker.brokers, topic, values, way.partitions);
      };
      await Promise.all(followed.filter(({ way }) => !way.away).map(remake));
      await broker.kill();
      await Promise.all(
        followed.map(({ engine }) =>
          engine.until('the loss', ({ state }) => state.kind === 'retrying'),
        ),
      );
      await broker.restart();
      await Promise.all(followed.filter(({ way }) => way.away).map(remake));
      for (const { engine, way } of followed) {
        await engine.until(`news of ${way.name}`, () => engine.news.length > 0);
        await engine.untilRead(before + way.records);
        const made = engine.news.filter(({ kind }) => kind === 'madeAnew').length;
        told.check(made === 1, `${way.name}: told ${String(made)} times`);
        const sids = range(0, before + way.records).map((n) => sampleSid(n));
        executions.compare(sids, await engine.sids());
      }
    } finally {
      await Promise.allSettled(followed.map(({ engine }) => engine.close()));
    }
    return [told.tally, executions.tally];
  },
};

interface Followed {
  readonly way: Way;
  readonly topic: string;
  readonly engine: EnduredEngine;
  /** What the topic holds that is made later. */
  readonly values: readonly string[];
}

/** An engine that has read a topic which will be made anew. */
async function follow({ brokers }: KafkaBroker, way: Way): Promise<Followed> {
  const topic = await makeTopic(brokers);
  await topic.send(range(0, before).map((n) => sampleRecord('robot', n)));
  await topic.close();
  const engine = new EnduredEngine(brokers, topic.name);
  await engine.untilRead(before);
  const values = range(before, way.records).map((n) => sampleRecord('robot', n));
  return { way, topic: topic.name, engine, values };
}
