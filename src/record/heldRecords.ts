import { ownBytes } from './ownBytes.ts';

/**
 * The bytes of records that are in memory, by whom they belong to; least recently used first, which is the order
 * in which they leave. Those that were asked for as older ones leave before all others, until they are used. Whoever
 * holds the owner holds no bytes with it.
 */
export class HeldRecords<Owner extends object> {
  private readonly values = new Map<Owner, Uint8Array>();
  private readonly older = new Map<Owner, Uint8Array>();
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
    this.values.set(owner, ownBytes(value));
    this.size += value.byteLength;
  }

  /** Holds the bytes of an older record as the first to leave. */
  holdOlder(owner: Owner, value: Uint8Array): void {
    this.drop(owner);
    this.older.set(owner, ownBytes(value));
    this.size += value.byteLength;
  }

  of(owner: Owner): Uint8Array | undefined {
    return this.values.get(owner) ?? this.older.get(owner);
  }

  /** Marks the bytes as used; false where they aren't held. */
  touch(owner: Owner): boolean {
    const value = this.of(owner);
    if (value === undefined) return false;
    this.older.delete(owner);
    this.values.delete(owner);
    this.values.set(owner, value);
    return true;
  }

  drop(owner: Owner): void {
    const value = this.of(owner);
    if (value === undefined) return;
    this.older.delete(owner);
    this.values.delete(owner);
    this.size -= value.byteLength;
  }

  /** Lets go of what is over so many bytes; never of what is in use right now. */
  shrink(mostBytes: number, inUse?: Owner): void {
    for (const owners of [this.older, this.values]) {
      for (const owner of owners.keys()) {
        if (this.size <= mostBytes) return;
        if (owner !== inUse) this.drop(owner);
      }
    }
  }

  clear(): void {
    this.values.clear();
    this.older.clear();
    this.size = 0;
  }
}
