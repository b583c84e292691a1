import type { Clue } from '../clue.ts';
import type { Facts } from '../facts.ts';

/** What the failing node logged as an error, in its own words. */
export function errorLog({ texts }: Facts): Clue | null {
  const logs = texts.map(({ evidence }) => evidence).filter(({ runKey }) => runKey !== null);
  if (logs.length === 0) return null;
  return {
    rule: 'errorLog',
    category: 'node',
    cause: null,
    code: null,
    evidence: logs,
    confidence: 'likely',
  };
}
