import fetchRequests from 'kafkajs/src/protocol/requests/fetch/index.js';
import type { BatchFault } from '../../record/unreadableBatch.ts';
import { codecsWith, maxDecompressedBytes, type Codec } from './codecs.ts';
import { FetchBudget } from './fetchBudget.ts';
import {
  isKnownVersion,
  readFetchLayout,
  withoutRecords,
  type FetchedPartition,
} from './fetchLayout.ts';
import { markerOf, type FetchedMessage } from './fetchedMessage.ts';
import { KeptAnswers } from './keptAnswers.ts';
import { readRecordSet } from './recordSet.ts';

type Make = ReturnType<typeof fetchRequests.protocol>;
type FetchArguments = Parameters<Make>[0];
type DecodedFetch = Awaited<ReturnType<ReturnType<Make>['response']['decode']>>;

const keptAnswers = Symbol.for('rpa-trace.fetchAnswers');

/** What brokers say where they come upon damage themselves, by Kafka's number for it. */
const refusals = new Map([
  [-1, 'UNKNOWN_SERVER_ERROR'],
  [2, 'CORRUPT_MESSAGE'],
  [87, 'INVALID_RECORD'],
]);

/**
 * Reads the records of a fetch in kafkajs's place, from the bytes of the answer. kafkajs checks no checksum, takes
 * what lengths and counts say for true, takes memory without a limit, and ends the whole consumer for one batch that
 * it can't decode, which then is fetched again for ever. Reading them here leaves its groups, connections and
 * positions as they are. This is the one place that all answers to a fetch come by, and the only name used is an
 * exported one; a test holds the version to that. May be called again. Gives where answers are kept for which a ticket
 * is read.
 */
export function readFetchAnswers(codecs: ReadonlyMap<number, Codec> = codecsWith()): KeptAnswers {
  const requests: typeof fetchRequests & { [keptAnswers]?: KeptAnswers } = fetchRequests;
  if (requests[keptAnswers] !== undefined) return requests[keptAnswers];
  const kept = new KeptAnswers();
  const { protocol } = requests;
  requests.protocol = ({ version }) => {
    const make = protocol({ version });
    if (!isKnownVersion(version)) return make;
    return (asked) => {
      const { response, ...request } = make(asked);
      const context = { version, asked, codecs, decode: response.decode };
      const decode = async (given: Buffer) => {
        const answer = kept.take(given);
        const decoded = await decodeFetchAnswer(answer ?? given, context);
        if (answer !== undefined) kept.lend(answer, messagesByPartition(decoded));
        return decoded;
      };
      return { ...request, response: { ...response, decode } };
    };
  };
  requests[keptAnswers] = kept;
  return kept;
}

/** How an answer is read. */
interface FetchContext {
  readonly version: number;
  /** What was asked for. */
  readonly asked: FetchArguments;
  readonly codecs: ReadonlyMap<number, Codec>;
  /** kafkajs's own way, for all but the records. */
  readonly decode: (raw: Buffer) => Promise<DecodedFetch>;
}

/** The answer as kafkajs knows it, its records read here. */
async function decodeFetchAnswer(
  raw: Buffer,
  { version, asked, codecs, decode }: FetchContext,
): Promise<DecodedFetch> {
  const partitions = readFetchLayout(raw, version);
  const answer = await decode(withoutRecords(raw, partitions));
  const decoded = answer.responses.flatMap((topic) => topic.partitions);
  const budget = new FetchBudget(maxDecompressedBytes);
  const bytes = partitions.reduce((sum, { records }) => sum + records.length, 0);
  for (const [index, fetched] of partitions.entries()) {
    const target = decoded[index];
    if (target === undefined) throw new Error('An answer that kafkajs reads otherwise');
    const from = offsetAsked(asked, fetched);
    if (from === undefined) continue;
    const refusal = refusals.get(fetched.errorCode);
    if (refusal !== undefined) {
      // As an error it would end the consumer, for all partitions.
      target.errorCode = 0;
      target.messages = [markerAt(fetched, from, 'refused', refusal)];
    } else if (fetched.errorCode === 0) {
      const { topic, partition, records, high } = fetched;
      const set = { topic, partition, bytes: records, from, high };
      target.messages = await readRecordSet(set, codecs, budget);
      const isHere = (target.preferredReadReplica ?? -1) < 0;
      const isThrottled = (answer.clientSideThrottleTime ?? answer.throttleTime) > 0;
      if (isHere && !isThrottled && isMissing(fetched, from, bytes, asked)) {
        target.messages = [markerAt(fetched, from, 'missing', '')];
      }
    }
  }
  return answer;
}

function messagesByPartition({ responses }: DecodedFetch) {
  return responses.flatMap(({ partitions }) =>
    partitions.map(({ messages }) => messages as readonly FetchedMessage[]),
  );
}

function offsetAsked({ topics }: FetchArguments, { topic, partition }: FetchedPartition) {
  const asked = topics
    .filter((one) => one.topic === topic)
    .flatMap((one) => one.partitions)
    .find((one) => one.partition === partition);
  return asked === undefined ? undefined : BigInt(asked.fetchOffset);
}

/** The broker says that there is more, and gave nothing although there was room for it. */
function isMissing(
  { records, lastStable, high }: FetchedPartition,
  from: bigint,
  bytes: number,
  { maxBytes = Infinity, topics }: FetchArguments,
): boolean {
  const end = lastStable >= 0n && lastStable < high ? lastStable : high;
  const largest = Math.max(...topics.flatMap((one) => one.partitions.map((at) => at.maxBytes)));
  return records.length === 0 && from < end && bytes + largest <= maxBytes;
}

function markerAt(
  { topic, partition }: FetchedPartition,
  from: bigint,
  fault: BatchFault,
  detail: string,
): FetchedMessage {
  const offset = String(from);
  return markerOf({ topic, partition, offset, fault, lastOffset: null, bytes: null, detail });
}
