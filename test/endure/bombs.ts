import { everyBatchIndexed, makeTopic } from '../engine/kafkaWorld.ts';
import type { KafkaBroker } from '../support/kafkaBroker.ts';
import { bomb, codecNames, filling, makeBatch } from '../support/kafkaBatches.ts';
import { rewriteLog } from '../support/kafkaLog.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

const codecs = codecNames.filter((codec) => codec !== 'none');
/** What each of them swells to: more than is taken from any. Snappy writes a 21st of that, the others less. */
const megabytes = 128;
const inPartition = 4;
/** What all of them together would be is twice that; what one answer may take, with all that it is read into, is less. */
const mostGrowth = (codecs.length * inPartition * megabytes * 1024 * 1024) / 2;
const lookEveryMs = 50;

/** A few kilobytes that swell to gigabytes, of every codec: listed with their place, and read past. */
export const bombs: Trial = {
  name: 'bombs',
  async run({ broker: brokerOf }) {
    const broker = await brokerOf();
    const bombsOf = codecs.join(', ');
    const listed = new Count(`bombs of ${bombsOf}: listed with place`);
    const executions = new Count('…executions before and behind them: read');
    const memory = new Count('…memory of the process: bounded');
    const topic = await plant(broker);
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, lookEveryMs);
    const engine = new EnduredEngine(broker.brokers, topic);
    try {
      const sids = Array.from({ length: 2 * codecs.length }, (_value, n) => sampleSid(n));
      await engine.untilRead(sids.length);
      const rejected = await engine.rejected();
      for (const [partition, codec] of codecs.entries()) {
        for (let offset = 1; offset <= inPartition; offset++) {
          const place = `${String(partition)}@${String(offset)}`;
          listed.check(rejected.has(place), `${codec} at ${place} is not listed`);
        }
      }
      executions.compare(sids, await engine.sids());
      const growth = most - before;
      memory.check(growth < mostGrowth, `grew by ${String(Math.round(growth / 1024 ** 2))} MB`);
      for (const death of engine.deaths) memory.lose(`the engine died: ${death}`);
    } finally {
      clearInterval(watch);
      await engine.close();
    }
    return [listed.tally, executions.tally, memory.tally];
  },
};

/** A partition for each codec: an execution, bombs, an execution. No producer writes bombs, so the log is rewritten. */
async function plant(broker: KafkaBroker): Promise<string> {
  const topic = await makeTopic(broker.brokers, codecs.length, {
    configEntries: everyBatchIndexed,
  });
  const contents = codecs.map((codec) => bomb(codec, megabytes));
  const batchOf = (partition: number, firstOffset: number) =>
    makeBatch({
      ...{ firstOffset, values: [null], codec: codecs[partition] ?? 'gzip' },
      content: contents[partition] ?? Buffer.alloc(0),
    });
  for (const partition of codecs.keys()) {
    await topic.send([sampleRecord('robot', 2 * partition)], { partition });
    const { length } = batchOf(partition, 0);
    for (let n = 0; n < inPartition; n++) await topic.send([filling(length)], { partition });
    await topic.send([sampleRecord('robot', 2 * partition + 1)], { partition });
  }
  await topic.close();
  for (const partition of codecs.keys()) {
    await rewriteLog(broker, topic.name, partition, (batches) =>
      batches.map(({ bytes, firstOffset }, at) =>
        at > 0 && at <= inPartition ? batchOf(partition, firstOffset) : bytes,
      ),
    );
  }
  return topic.name;
}
