import { foldText } from './foldedText.ts';
import { findNamedSecrets } from './namedSecrets.ts';
import type { NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import type { Work } from './work.ts';

/**
 * The values behind secret names that are written in other signs: fullwidth letters, letters with something unseen
 * between them, escapes such as `pass\u0077ord` in a text that nobody parses.
 */
export function findDisguised(text: string, names: NameJudge, work?: Work): SecretSpan[] {
  const folded = foldText(text);
  if (!folded.isFolded) return [];
  return findNamedSecrets(folded.text, names, work).map(({ start, end, quote }) => ({
    start: folded.original(start),
    end: folded.original(end),
    quote,
  }));
}
