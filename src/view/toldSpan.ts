import type { Span } from '../analysis/spans.ts';
import type { NumbersAnswer } from '../protocol/numbers.ts';

/**
 * A time of an answer as it is told: what is counted reaches to the end of the minute that goes on, so that what just began is
 * in it, and no reader has been there yet. A range of the reader's own is told as it was asked for.
 */
export function toldSpan({ query, nowMs }: NumbersAnswer, { fromMs, toMs }: Span): Span {
  const isAhead = query.range !== 'own' && toMs > nowMs && nowMs >= fromMs;
  return { fromMs, toMs: isAhead ? nowMs : toMs };
}
