import { causeOf } from '../causes.ts';
import type { Facts } from '../facts.ts';
import type { Clue } from '../clue.ts';

/** What the ERROR logs of the failing node, or the status message, say in so many words. */
export function messagePattern({ texts }: Facts): Clue | null {
  for (const text of texts) {
    const found = causeOf(text.value);
    if (found === undefined) continue;
    return {
      rule: 'messagePattern',
      category: found.category,
      cause: found.cause,
      code: null,
      evidence: [text],
      confidence: 'likely',
    };
  }
  return null;
}
