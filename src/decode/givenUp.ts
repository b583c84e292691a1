import type { EntryGroup } from './entries.ts';
import { lastEntry, runKeyOf, saysFailed } from './entries.ts';
import { wentOn } from './failure.ts';
import { numberIn, objectIn, textIn } from './fields.ts';
import type { RunKey } from '../trace/execution.ts';

/**
 * Tells runs that failed an item of an iteration for good, though the execution went on: nothing followed them in
 * their round, nor what is around them. Only of writers that say in which entry one ran: there each attempt is an
 * entry of its own, and whatever followed is linked.
 */
export class GivenUp {
  private readonly known = new Map<EntryGroup, boolean>();
  private readonly byKey: ReadonlyMap<RunKey, EntryGroup>;
  private readonly ownSid: string;

  constructor(byKey: ReadonlyMap<RunKey, EntryGroup>, ownSid: string) {
    this.byKey = byKey;
    this.ownSid = ownSid;
  }

  has(group: EntryGroup): boolean {
    // Up to what is known, or to an end; each run is looked at once, however deep it stands.
    const path: EntryGroup[] = [];
    let isGivenUp = false;
    for (let at: EntryGroup | undefined = group; at !== undefined; at = this.parentOf(at)) {
      const known = this.known.get(at);
      if (known !== undefined) {
        isGivenUp = known;
        break;
      }
      path.push(at);
      // Entries that name each other in a circle tell nothing.
      this.known.set(at, false);
      if (!at.entries.some(saysFailed) || wentOn(at, this.byKey, this.ownSid)) break;
      if (this.parentOf(at) !== undefined && roundOf(at) !== undefined) {
        isGivenUp = true;
        break;
      }
    }
    for (const at of path) this.known.set(at, isGivenUp);
    return isGivenUp;
  }

  private parentOf(group: EntryGroup): EntryGroup | undefined {
    const id = textIn(lastEntry(group), 'parent_log_id');
    return id === '' ? undefined : this.byKey.get(runKeyOf(id, group.sid, this.ownSid));
  }
}

function roundOf(group: EntryGroup): number | undefined {
  const data = objectIn(lastEntry(group), 'data') ?? {};
  return numberIn(objectIn(data, 'config') ?? {}, 'iteration_index');
}
