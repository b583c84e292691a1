import { ByteRooms, type Place } from './byteRooms.ts';
import { UseOrder } from './useOrder.ts';

/**
 * The bytes of records that are in memory, by whom they belong to; least recently used first, which is the order
 * in which they leave. Those that were asked for as older ones leave before all others, until they are used. Whoever
 * holds the owner holds no bytes with it.
 */
export class HeldRecords<Owner extends object> {
  private readonly rooms = new ByteRooms();
  private readonly places = new UseOrder<Owner, Place>();
  private readonly older = new UseOrder<Owner, Place>();
  private size = 0;

  /** What they are in sum. */
  get bytes(): number {
    return this.size;
  }

  /** The memory that they take, which may be half as much again where records leave out of turn. */
  get memoryBytes(): number {
    return this.rooms.memoryBytes;
  }

  get count(): number {
    return this.places.size + this.older.size;
  }

  /** Holds a copy of the bytes of a record as the most recently used. */
  hold(owner: Owner, value: Uint8Array): void {
    this.put(this.places, owner, value);
  }

  /** Holds the bytes of an older record as the first to leave. */
  holdOlder(owner: Owner, value: Uint8Array): void {
    this.put(this.older, owner, value);
  }

  has(owner: Owner): boolean {
    return this.placeOf(owner) !== undefined;
  }

  /** The bytes for whoever asks, to keep; nobody changes them. */
  of(owner: Owner): Uint8Array | undefined {
    const place = this.placeOf(owner);
    return place && this.rooms.bytesAt(place);
  }

  /** Marks the bytes as used; false where they aren't held. */
  touch(owner: Owner): boolean {
    const place = this.take(owner);
    if (place === undefined) return false;
    this.places.add(owner, place);
    return true;
  }

  drop(owner: Owner): void {
    const place = this.take(owner);
    if (place === undefined) return;
    this.size -= place.byteLength;
    this.rooms.remove(place);
    this.clearSparse();
  }

  /** Lets go of what is over so many bytes; never of what is in use right now. */
  shrink(mostBytes: number, inUse?: Owner): void {
    const isFree = (owner: Owner) => owner !== inUse;
    while (this.size > mostBytes) {
      const next = this.older.firstOf(isFree) ?? this.places.firstOf(isFree);
      if (next === undefined) return;
      this.drop(next);
    }
  }

  clear(): void {
    this.places.clear();
    this.older.clear();
    this.rooms.clear();
    this.size = 0;
  }

  private put(order: UseOrder<Owner, Place>, owner: Owner, value: Uint8Array): void {
    this.drop(owner);
    order.add(owner, this.rooms.add(value));
    this.size += value.byteLength;
  }

  private placeOf(owner: Owner): Place | undefined {
    return this.places.valueOf(owner) ?? this.older.valueOf(owner);
  }

  private take(owner: Owner): Place | undefined {
    return this.places.remove(owner) ?? this.older.remove(owner);
  }

  /** To look through all places takes as long as to move what is left of a room. */
  private clearSparse(): void {
    const { rooms, places, older } = this;
    const { sparse } = rooms;
    if (sparse === undefined) return;
    const elsewhere = (place: Place) => (place.room === sparse ? rooms.move(place) : place);
    places.change(elsewhere);
    older.change(elsewhere);
  }
}
