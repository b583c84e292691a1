import { randomBytes } from 'node:crypto';
import { filling, makeBatch, type CodecName } from '../support/kafkaBatches.ts';
import { rewriteLog } from '../support/kafkaLog.ts';
import type { SharedBroker } from './brokerOfAll.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';

/** Between two places that a broker can go to without reading what stands before: what it puts into its index. */
const indexBytes = 4_096;

/** What stands in a damaged topic: offset → value, for those that can be read. */
export interface DamagedTopic extends Topic {
  /** The records before the damaged batch, those behind, and those that a broker finds without reading through it. */
  readonly before: readonly string[];
  readonly behind: readonly string[];
  readonly found: readonly string[];
  /** The first and the last offset of what is damaged. */
  readonly first: string;
  readonly last: string;
}

/**
 * A topic of one partition that holds offsets 0 to 2, a batch of three that `damage` has been at, 6 to 9, and
 * 10 to 12. No broker takes such a batch, so it is written over one that it took.
 */
export async function makeDamagedTopic(
  broker: SharedBroker,
  codec: CodecName,
  damage: (batch: Buffer) => Buffer,
): Promise<DamagedTopic> {
  const topic = await makeTopic(broker.brokers);
  const valueOf = (offset: number) => `${String(offset)} 录入`;
  const found = [10, 11, 12].map(valueOf);
  const room = randomBytes(indexBytes).toString('hex');
  await topic.send(Array.from({ length: 10 }, () => room));
  // One by one, so that the first of them is in the index.
  for (const value of found) await topic.send([value]);
  const three = (firstOffset: number) =>
    makeBatch({ firstOffset, values: [0, 1, 2].map((at) => valueOf(firstOffset + at)), codec });
  await rewriteLog(broker, topic.name, 0, ([taken, ...others]) => {
    const batches = [three(0), damage(three(3)), three(6)];
    const left = taken!.bytes.length - Buffer.concat(batches).length;
    return [...batches, filler(9, left), ...others.map(({ bytes }) => bytes)];
  });
  return {
    ...topic,
    before: [0, 1, 2].map(valueOf),
    behind: [6, 7, 8].map(valueOf),
    found,
    first: '3',
    last: '5',
  };
}

/** A batch of one record that is so many bytes long. */
export const filler = (firstOffset: number, bytes: number): Buffer =>
  makeBatch({ firstOffset, values: [filling(bytes)] });
