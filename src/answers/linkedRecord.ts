import type { LinkedExecution } from '../protocol/handOn.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';

/** What is needed to find what a link leads to. */
export interface LinkedRecordWorld {
  readonly store: ExecutionStore;
  /** The topic that is read; null: what is read is no topic. */
  readonly topic: () => string | null;
  readonly fetch: (position: RecordPosition) => Promise<ConsumedRecord | undefined>;
  /** Takes a record that is older than what is live. */
  readonly take: (record: ConsumedRecord) => Promise<void>;
}

/**
 * The execution of a record that somebody else looked at. It is read where it is not in the list: a link may be older
 * than what was read. What stands there has to be of the sid, or a topic that was made anew would show another run.
 */
export async function linkedRecord(
  { store, topic, fetch, take }: LinkedRecordWorld,
  position: RecordPosition,
  sid: string,
): Promise<LinkedExecution> {
  if (topic() !== position.topic) return { kind: 'otherSource' };
  const known = at(store, position);
  if (known !== undefined) return found(known, sid);
  const record = await fetch(position);
  if (record?.value == null) return { kind: 'gone' };
  if (store.leftUntilMs !== null) return inPlaceOf(store, sid) ?? { kind: 'noRoom' };
  await take(record);
  const taken = at(store, position);
  if (taken !== undefined) return found(taken, sid);
  // Its end came in a later record, which is in the list already.
  return inPlaceOf(store, sid) ?? { kind: 'unreadable' };
}

function found({ summary }: StoredExecution, sid: string): LinkedExecution {
  const isMeant = sid === '' || summary.sid === sid;
  return isMeant ? { kind: 'found', key: summary.key } : { kind: 'otherRecord' };
}

function at(store: ExecutionStore, position: RecordPosition): StoredExecution | undefined {
  const { topic, partition, offset } = position;
  return store.oldestFirst.find(
    ({ record }) =>
      record.offset === offset && record.partition === partition && record.topic === topic,
  );
}

/** A snapshot gives way to what came after it. */
function inPlaceOf(store: ExecutionStore, sid: string): LinkedExecution | undefined {
  const known = store.listed.findLast(({ summary }) => sid !== '' && summary.sid === sid);
  return known === undefined ? undefined : { kind: 'found', key: known.summary.key };
}
