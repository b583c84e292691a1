import { ownBytes } from './ownBytes.ts';
import { UseOrder } from './useOrder.ts';

/**
 * The bytes of records that are in memory, by whom they belong to; least recently used first, which is the order
 * in which they leave. Those that were asked for as older ones leave before all others, until they are used. Whoever
 * holds the owner holds no bytes with it.
 */
export class HeldRecords<Owner extends object> {
  private readonly values = new UseOrder<Owner, Uint8Array>();
  private readonly older = new UseOrder<Owner, Uint8Array>();
  private size = 0;

  /** What they take. */
  get bytes(): number {
    return this.size;
  }

  get count(): number {
    return this.values.size + this.older.size;
  }

  /** Holds the bytes of a record as the most recently used. */
  hold(owner: Owner, value: Uint8Array): void {
    this.drop(owner);
    this.values.add(owner, ownBytes(value));
    this.size += value.byteLength;
  }

  /** Holds the bytes of an older record as the first to leave. */
  holdOlder(owner: Owner, value: Uint8Array): void {
    this.drop(owner);
    this.older.add(owner, ownBytes(value));
    this.size += value.byteLength;
  }

  of(owner: Owner): Uint8Array | undefined {
    return this.values.valueOf(owner) ?? this.older.valueOf(owner);
  }

  /** Marks the bytes as used; false where they aren't held. */
  touch(owner: Owner): boolean {
    const value = this.take(owner);
    if (value === undefined) return false;
    this.values.add(owner, value);
    return true;
  }

  drop(owner: Owner): void {
    this.size -= this.take(owner)?.byteLength ?? 0;
  }

  /** Lets go of what is over so many bytes; never of what is in use right now. */
  shrink(mostBytes: number, inUse?: Owner): void {
    const isFree = (owner: Owner) => owner !== inUse;
    while (this.size > mostBytes) {
      const next = this.older.firstOf(isFree) ?? this.values.firstOf(isFree);
      if (next === undefined) return;
      this.drop(next);
    }
  }

  clear(): void {
    this.values.clear();
    this.older.clear();
    this.size = 0;
  }

  private take(owner: Owner): Uint8Array | undefined {
    return this.values.remove(owner) ?? this.older.remove(owner);
  }
}
