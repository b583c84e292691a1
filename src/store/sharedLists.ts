import { textBytes } from './summarySize.ts';

interface Shared {
  readonly list: readonly string[];
  readonly key: string;
  users: number;
}

/** A list and the array, the map's entry and the key that it costs. */
const overheadBytes = 200;

/**
 * Gives equal lists as one: all runs of a flow have the same node ids and names, and 50,000 summaries would
 * hold them 50,000 times. A list leaves with the last summary that has it.
 */
export class SharedLists {
  private readonly lists = new Map<string, Shared>();
  /** Those in use are found without being joined again. */
  private readonly byList = new Map<readonly string[], Shared>();
  /** The one of those in use that was shared last, by the text it ends with. */
  private readonly byLast = new Map<string, Shared>();
  private size = 0;

  /** What the lists take, each counted once. */
  get bytes(): number {
    return this.size;
  }

  /** The list to be kept instead of this one; it has one user more. */
  share(list: readonly string[]): readonly string[] {
    const last = list.at(-1) ?? '';
    const known = this.byLast.get(last);
    // Lists that end alike are nearly always the same one; to join the texts takes longer than to compare them.
    if (known !== undefined && isSame(known.list, list)) {
      known.users++;
      return known.list;
    }
    const key = JSON.stringify(list);
    let shared = this.lists.get(key);
    if (shared === undefined) {
      shared = { list, key, users: 0 };
      this.lists.set(key, shared);
      this.byList.set(list, shared);
      this.size += sizeOf(key);
    }
    shared.users++;
    this.byLast.set(last, shared);
    return shared.list;
  }

  /** One user of a list has left. */
  release(list: readonly string[]): void {
    const shared = this.byList.get(list);
    if (shared === undefined || --shared.users > 0) return;
    this.lists.delete(shared.key);
    this.byList.delete(list);
    const last = list.at(-1) ?? '';
    if (this.byLast.get(last) === shared) this.byLast.delete(last);
    this.size -= sizeOf(shared.key);
  }

  clear(): void {
    this.lists.clear();
    this.byList.clear();
    this.byLast.clear();
    this.size = 0;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Its texts, once more as the key, and once more in lower case where the filter looks for nodes. */
function sizeOf(key: string): number {
  return overheadBytes + 3 * textBytes(key);
}
