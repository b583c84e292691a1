import type { CompareWindow } from '../../src/protocol/compare.ts';
import type { ToldComparison } from '../../src/texts/compareTexts.ts';

/** A comparison as its sentences are made of it. */
export function toldOf(answer: CompareWindow): ToldComparison {
  const rows = new Map(answer.told);
  return {
    ...answer,
    before: answer.before.summary,
    after: answer.after.summary,
    rowAt: (place) => rows.get(place),
  };
}
