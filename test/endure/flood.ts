import { Kafka, logLevel } from 'kafkajs';

import { makeTopic } from '../engine/kafkaWorld.ts';
import { sampleRecord, sampleSid, type SampleName } from '../support/sampleRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

const partitions = 3;
/** Far less than what comes; summaries count as well. */
const storeBytes = 32 * 1024 * 1024;
/** Of that, so many executions must be there at least: one takes some kilobytes of it at most. */
const fewestExecutions = 1_000;
/** What the store keeps of executions. */
const mostExecutions = 50_000;
/** Large ones, so that payloads leave the store too, and small ones, so that there may be many. */
const names: readonly SampleName[] = [
  'robot',
  'link',
  'robot',
  'link',
  'robot',
  'link',
  'oldSucceeded',
];

/** More than the store may hold, as fast as it comes: what is there are the newest, within the bounds. */
export const flood: Trial = {
  name: 'flood',
  async run({ scale: { floodRecords }, broker }) {
    const { brokers } = await broker();
    const records = new Count(
      `${floodRecords.toLocaleString('en-US')} records at full speed: read to the end, none refused`,
    );
    const kept = new Count('…those of them that are kept: the newest');
    const bounds = new Count('…looks at the store: within its bounds');
    const topic = await makeTopic(brokers, partitions);
    await topic.close();
    await fill(brokers, topic.name, floodRecords);
    const engine = new EnduredEngine(brokers, topic.name, { storeBytes });
    try {
      await engine.untilRead(fewestExecutions);
      const status = await engine.status();
      const held = Math.max(status.storedExecutions, fewestExecutions);
      // Most of them leave the store unseen: what is known of those is that they were read.
      records.check(status.rejected === 0, `${String(status.rejected)} refused as unreadable`);
      for (const death of engine.deaths) records.lose(`the engine died: ${death}`);
      const newest = Array.from({ length: held }, (_value, at) => sampleSid(floodRecords - 1 - at));
      kept.compare(newest, await engine.sids());
      for (const { storedBytes, storedExecutions } of [...engine.statuses, status]) {
        const isWell = storedBytes <= storeBytes && storedExecutions <= mostExecutions;
        bounds.check(
          isWell,
          `${String(storedBytes)} bytes, ${String(storedExecutions)} executions`,
        );
      }
    } finally {
      await engine.close();
    }
    return [records.tally, kept.tally, bounds.tally];
  },
};

/** Written before it is read: reading is what shall be at full speed. */
async function fill(brokers: string, topic: string, count: number): Promise<void> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const atOnce = 500;
  for (let first = 0; first < count; first += atOnce) {
    const messages = Array.from({ length: Math.min(atOnce, count - first) }, (_value, at) => {
      const n = first + at;
      return {
        value: sampleRecord(names[n % names.length] ?? 'robot', n),
        partition: n % partitions,
      };
    });
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
}
