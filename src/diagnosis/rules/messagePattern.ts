import { causeOf } from '../causes.ts';
import type { Clue } from '../clue.ts';
import type { Facts } from '../facts.ts';
import type { Evidence } from '../finding.ts';

/** What the ERROR logs of the failing node, or the status message, say in so many words. */
export function messagePattern({ texts, execution }: Facts): Clue | null {
  const found = causeOf(texts);
  if (found === undefined) return null;
  const { cause, category } = found;
  return {
    rule: 'messagePattern',
    category,
    cause,
    code: null,
    evidence: [
      found.text.evidence,
      ...(cause === 'sixtySecondWall' ? duration(execution.summary.durationMs) : []),
    ],
    confidence: 'likely',
  };
}

/** An empty detail alone could have other reasons; a minute beside it hardly. */
function duration(durationMs: number | null): Evidence[] {
  if (durationMs === null) return [];
  const source = { kind: 'duration', ms: durationMs } as const;
  return [{ source, value: `${String(durationMs)} ms`, runKey: null }];
}
