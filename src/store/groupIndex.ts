import type { Milliseconds } from '../trace/execution.ts';
import { TimeOrder, type Timed } from './timeOrder.ts';

/** Executions by what they have in common (their flow, who called them), each group's in order of time. */
export class GroupIndex<Entry extends Timed> {
  private readonly groups = new Map<string, TimeOrder<Entry>>();
  private readonly groupOf: (entry: Entry) => string;

  /** `groupOf` names the group of an entry; empty for none. */
  constructor(groupOf: (entry: Entry) => string) {
    this.groupOf = groupOf;
  }

  /** Takes an entry; one that is there already must have been removed before. */
  add(entry: Entry): void {
    const group = this.groupOf(entry);
    if (group === '') return;
    let entries = this.groups.get(group);
    if (entries === undefined) this.groups.set(group, (entries = new TimeOrder()));
    entries.add(entry);
  }

  remove(entry: Entry): void {
    const group = this.groupOf(entry);
    const entries = this.groups.get(group);
    entries?.remove(entry);
    if (entries?.size === 0) this.groups.delete(group);
  }

  /** At most `most` executions of a group with a time from `fromMs` to `toMs`, oldest first. */
  between(group: string, fromMs: Milliseconds, toMs: Milliseconds, most: number): readonly Entry[] {
    return this.groups.get(group)?.between(fromMs, toMs, most) ?? [];
  }

  /** The same, newest first, as far as somebody goes through them. */
  newestFirst(group: string, fromMs: Milliseconds, toMs: Milliseconds): Iterable<Entry> {
    return this.groups.get(group)?.newestFirst(fromMs, toMs) ?? [];
  }

  /** The same, oldest first. */
  forwards(group: string, fromMs: Milliseconds, toMs: Milliseconds): Iterable<Entry> {
    return this.groups.get(group)?.forwards(fromMs, toMs) ?? [];
  }

  clear(): void {
    this.groups.clear();
  }
}
