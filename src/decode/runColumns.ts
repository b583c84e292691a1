import type { RunKey, TokenUsage } from '../trace/execution.ts';
import { byPlainKey, lastEntry, nameOf, type EntryGroup } from './entries.ts';
import { objectOf } from './fields.ts';
import { firstError } from './logs.ts';
import type { Redactor } from '../masking/redact.ts';
import { addUsage, noUsage, readUsage } from './usage.ts';

/**
 * What is read of each run of a record in more than one place: by the place of its group, read once and when somebody asks.
 * Nothing of it is masked but what says so.
 */
export class RunColumns {
  readonly groups: readonly EntryGroup[];
  readonly ownSid: string;
  private knownNames: readonly string[] | undefined;
  private masked: { readonly by: Redactor; readonly names: readonly string[] } | undefined;
  private knownErrors: readonly (string | undefined)[] | undefined;
  private knownUsages: readonly TokenUsage[] | undefined;
  private knownKeys: ReadonlyMap<RunKey, EntryGroup> | undefined;

  constructor(groups: readonly EntryGroup[], ownSid: string) {
    this.groups = groups;
    this.ownSid = ownSid;
  }

  /** What the record calls their nodes. */
  get names(): readonly string[] {
    return (this.knownNames ??= this.groups.map((group) => nameOf(lastEntry(group))));
  }

  /** The same, masked. */
  maskedNames(redactor: Redactor): readonly string[] {
    if (this.masked?.by !== redactor) {
      this.masked = { by: redactor, names: this.names.map((name) => redactor.text(name)) };
    }
    return this.masked.names;
  }

  /** The messages of their first logs of an error. */
  get errors(): readonly (string | undefined)[] {
    return (this.knownErrors ??= this.groups.map((group) => firstError(lastEntry(group))));
  }

  get usages(): readonly TokenUsage[] {
    return (this.knownUsages ??= this.groups.map((group) => {
      const data = objectOf(lastEntry(group)['data']);
      return readUsage(objectOf(data?.['usage']));
    }));
  }

  /** Summed over distinct runs. */
  get usage(): TokenUsage {
    return this.usages.reduce(addUsage, noUsage);
  }

  /** The runs by their keys before these were masked: what links between them point to. */
  get byKey(): ReadonlyMap<RunKey, EntryGroup> {
    return (this.knownKeys ??= byPlainKey(this.groups, this.ownSid));
  }
}
