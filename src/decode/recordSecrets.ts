import { gatherSecrets } from '../masking/knownSecrets.ts';
import type { NameJudge } from '../masking/secretNames.ts';
import { GatheredSecrets } from './gatheredSecrets.ts';

/** What stands under secret names anywhere in a record: looked for once, when it is first needed. */
export class RecordSecrets {
  private readonly names: NameJudge;
  private readonly gathered: GatheredSecrets;
  private readonly steps: Generator<undefined, readonly string[]>;
  private found: { readonly secrets: readonly string[] } | { readonly error: unknown } | undefined;

  /**
   * `pieces` are those of its text, none of which says something of another; they are asked for when the secrets are, unless these
   * were gathered before.
   */
  constructor(pieces: Iterable<string>, names: NameJudge, gathered = new GatheredSecrets()) {
    this.names = names;
    this.gathered = gathered;
    this.steps = gatherSecrets(pieces, names);
    const secrets = gathered.by(names);
    if (secrets !== undefined) this.found = { secrets };
  }

  /** Looks for them with pauses. Two that do so share the work; what fails is told by `all`. */
  *gather(): Generator<undefined, void> {
    // A small record has no pause: nobody has to wait for the turn after it.
    while (this.goesOn()) yield undefined;
  }

  /** All of them, looked for now where nobody did before. Throws `TooCostly`. */
  all(): readonly string[] {
    while (this.found === undefined) this.goesOn();
    if ('error' in this.found) throw this.found.error;
    return this.found.secrets;
  }

  /** Looks through the next piece; false when all are known. */
  private goesOn(): boolean {
    if (this.found !== undefined) return false;
    try {
      const step = this.steps.next();
      if (step.done !== true) return true;
      this.found = { secrets: step.value };
      this.gathered.keep(this.names, step.value);
      return false;
    } catch (error) {
      this.found = { error };
      return false;
    }
  }
}
