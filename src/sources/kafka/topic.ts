import type { Admin } from 'kafkajs';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Offset } from '../../record/consumedRecord.ts';
import type { PartitionRange, SourceError } from '../../record/recordSource.ts';
import type { KafkaConnection, StartPosition } from './spec.ts';
import { errorTypes } from './kafkaErrors.ts';

/** The topics that exist, sorted, and how many partitions the asked one has. */
export interface TopicDescription {
  readonly topics: readonly string[];
  readonly partitions: number;
}

/** Looks a topic up; a missing one is an error with the topics that exist, anything else is thrown. */
export async function describeTopic(
  admin: Admin,
  topic: string,
): Promise<Result<TopicDescription, SourceError>> {
  const topics = (await admin.listTopics()).filter((name) => !name.startsWith('__')).sort();
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topic] });
    return ok({ topics, partitions: found[0]?.partitions.length ?? 0 });
  } catch (error) {
    const types = errorTypes(error);
    const missing = types.has('UNKNOWN_TOPIC_OR_PARTITION') || types.has('INVALID_TOPIC_EXCEPTION');
    if (!missing) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    return err({ reason: 'noSuchTopic', subject: topic, detail, topics });
  }
}

/** The id of the cluster; the brokers' addresses where they tell none, as those before 0.10.1 do. */
export async function clusterIdOf(admin: Admin, { brokers }: KafkaConnection): Promise<string> {
  const { clusterId } = (await admin.describeCluster()) as { clusterId: string | null };
  return clusterId ?? [...brokers].sort().join(',');
}

/** What each partition holds now, by partition number. */
export async function rangesOf(admin: Admin, topic: string): Promise<readonly PartitionRange[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ topic, partition, low, high }))
    .sort((a, b) => a.partition - b.partition);
}

/** The offset at which each partition is to be read first. */
export async function startOffsets(
  admin: Admin,
  ranges: readonly PartitionRange[],
  start: StartPosition,
): Promise<ReadonlyMap<number, Offset>> {
  const [first] = ranges;
  if (first === undefined) return new Map();
  if (start.kind !== 'time')
    return new Map(ranges.map((at) => [at.partition, offsetOf(at, start)]));
  const found = await admin.fetchTopicOffsetsByTimestamp(first.topic, start.timestampMs);
  const byPartition = new Map(found.map(({ partition, offset }) => [partition, offset]));
  return new Map(
    ranges.map(({ partition, high }) => {
      const offset = byPartition.get(partition);
      // No record is that young: -1.
      return [partition, offset === undefined || offset.startsWith('-') ? high : offset];
    }),
  );
}

function offsetOf(range: PartitionRange, start: Exclude<StartPosition, { kind: 'time' }>): Offset {
  switch (start.kind) {
    case 'earliest':
      return range.low;
    case 'latest':
      return range.high;
    case 'last': {
      const wanted = BigInt(range.high) - BigInt(Math.max(0, Math.trunc(start.count)));
      return wanted > BigInt(range.low) ? String(wanted) : range.low;
    }
  }
}
