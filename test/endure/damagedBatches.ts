import { everyBatchIndexed, makeTopic } from '../engine/kafkaWorld.ts';
import { rewriteLog } from '../support/kafkaLog.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { damages } from '../support/kafkaBatches.ts';
import { EnduredEngine } from './enduredEngine.ts';
import { Count, type Trial } from './trial.ts';

/** What each partition holds, by offset: a batch, one that is damaged, and batches of one each behind it. */
const [before, damaged, behind] = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
] as const;
const inPartition = 9;

/** Each kind of damage in a partition of its own: what stands before and behind it is read, and it is listed. */
export const damagedBatches: Trial = {
  name: 'damagedBatches',
  async run({ broker: brokerOf }) {
    const broker = await brokerOf();
    const kinds = new Count(
      `${String(damages.length)} kinds of damaged batches: listed with place`,
    );
    const executions = new Count('…executions before and behind them: read');
    const sidOf = (partition: number, at: number) => sampleSid(partition * inPartition + at);
    const valueOf = (partition: number, at: number) =>
      sampleRecord('robot', partition * inPartition + at);
    const topic = await makeTopic(broker.brokers, damages.length, {
      configEntries: everyBatchIndexed,
    });
    for (const partition of damages.keys()) {
      for (const places of [before, damaged, ...behind.map((at) => [at])]) {
        await topic.send(
          places.map((at) => valueOf(partition, at)),
          { partition },
        );
      }
    }
    await topic.close();
    for (const [partition, damage] of damages.entries()) {
      await rewriteLog(broker, topic.name, partition, (batches) =>
        batches.map(({ bytes }, at) => (at === 1 ? damage.apply(bytes) : bytes)),
      );
    }
    const engine = new EnduredEngine(broker.brokers, topic.name, { skipDamagedBatches: true });
    try {
      const sids = [...damages.keys()].flatMap((partition) =>
        [...before, ...behind].map((at) => sidOf(partition, at)),
      );
      // Which of them are missing says more than that some are.
      await engine.untilRead(sids.length).catch((error: unknown) => executions.lose(String(error)));
      const rejected = await engine.rejected();
      for (const [partition, { name }] of damages.entries()) {
        kinds.check(
          rejected.has(`${String(partition)}@${String(damaged[0])}`),
          `${name} is not listed`,
        );
      }
      executions.compare(sids, await engine.sids());
      for (const death of engine.deaths) kinds.lose(`the engine died: ${death}`);
    } finally {
      await engine.close();
    }
    return [kinds.tally, executions.tally];
  },
};
