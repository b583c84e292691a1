import { err, ok, type Result } from '../base/result.ts';
import type { ConsumedRecord, RecordHead, RecordPosition } from './consumedRecord.ts';
import type { HeldRecords } from './heldRecords.ts';

/** What is kept of a record whose bytes may leave: enough to read it again, and to know it. */
export interface KeptRecord {
  readonly record: RecordHead;
  readonly recordBytes: number;
}

/** A record with its value. */
export type FullRecord = ConsumedRecord & { readonly value: Uint8Array };

/** Why a record can't be given: its source has let go of it, or has another one in its place. */
export type RecordLoss = 'gone' | 'madeAnew';

/** Reads a record of the source again; undefined when it is gone. */
export type Refetch = (position: RecordPosition) => Promise<ConsumedRecord | undefined>;

/** What the room needs of the world. */
export interface RecordRoomWorld<Owner extends KeptRecord> {
  readonly held: HeldRecords<Owner>;
  readonly refetch: Refetch;
  /** Whether a record of the right size and time is the owner's: only who decodes can tell. */
  readonly isOf: (record: FullRecord, owner: Owner) => boolean;
  /** Whether nobody noted the time of an owner's record: its size and whose it is have to tell. */
  readonly isOfAnyTime?: (owner: Owner) => boolean;
}

/**
 * The one place that gives a record's bytes: held, or read again by their position and checked to be the same
 * record. A topic that was made anew counts its offsets from 0 again: what stands there then is another run's.
 */
export class RecordRoom<Owner extends KeptRecord> {
  private readonly world: RecordRoomWorld<Owner>;
  /** What is being read, by its position: two that ask for one record at the same time share the answer. */
  private readonly reading = new Map<string, Promise<ConsumedRecord | undefined>>();

  constructor(world: RecordRoomWorld<Owner>) {
    this.world = world;
  }

  /** The record as far as it is in memory. */
  held(owner: Owner): FullRecord | undefined {
    const value = this.world.held.of(owner);
    return value === undefined ? undefined : { ...owner.record, key: null, value };
  }

  isHeld(owner: Owner): boolean {
    return this.world.held.has(owner);
  }

  /** The record, read again where it isn't in memory; it isn't put there. Rejects when the source fails. */
  async read(owner: Owner): Promise<Result<FullRecord, RecordLoss>> {
    const held = this.held(owner);
    if (held !== undefined) return ok(held);
    const again = await this.again(owner, this.world.isOfAnyTime?.(owner));
    return again.ok && !this.world.isOf(again.value, owner) ? err('madeAnew') : again;
  }

  /** A record that nobody holds, known by its place, its time and its size alone. */
  async again(
    { record, recordBytes }: KeptRecord,
    isOfAnyTime = false,
  ): Promise<Result<FullRecord, RecordLoss>> {
    const found = await this.fetch(record);
    if (found === undefined) return err('gone');
    const isSame = hasValue(found) && found.value.byteLength === recordBytes;
    const isOfTime = isOfAnyTime || sameStamp(found, record);
    return isSame && isOfTime ? ok(found) : err('madeAnew');
  }

  private fetch({ topic, partition, offset }: RecordPosition): Promise<ConsumedRecord | undefined> {
    const place = JSON.stringify([topic, partition, offset]);
    const known = this.reading.get(place);
    if (known !== undefined) return known;
    const reading = this.world.refetch({ topic, partition, offset }).finally(() => {
      this.reading.delete(place);
    });
    this.reading.set(place, reading);
    return reading;
  }
}

/** Whether two records of one place may be the same: in a topic that was made anew another one has its offset. */
export function sameStamp(a: RecordHead, b: RecordHead): boolean {
  return a.timestampMs === b.timestampMs;
}

function hasValue(record: ConsumedRecord): record is FullRecord {
  return record.value !== null;
}
