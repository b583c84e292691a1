import type { NameJudge } from '../masking/secretNames.ts';
import { ownText } from './ownText.ts';

/** Most records have a few, or none; those of one with more are gathered anew. */
const mostChars = 16 * 1024;

/** The secrets that were gathered of the bytes of a record; they belong to these bytes, and to the names that tell what is one. */
export class GatheredSecrets {
  private known: { readonly names: NameJudge; readonly secrets: readonly string[] } | undefined;

  /** What was found by these names. */
  by(names: NameJudge): readonly string[] | undefined {
    return this.known?.names === names ? this.known.secrets : undefined;
  }

  keep(names: NameJudge, secrets: readonly string[]): void {
    if (secrets.reduce((chars, { length }) => chars + length, 0) > mostChars) return;
    this.known = { names, secrets: secrets.map(ownText) };
  }
}
