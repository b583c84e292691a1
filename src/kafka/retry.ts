import type { SourceError, SourceErrorReason } from '../record/recordSource.ts';

const firstRetryMs = 250;
const longestRetryMs = 5_000;
/** A topic that isn't there may come tomorrow; looking costs the brokers little, and nobody waits at the screen. */
const longestTopicRetryMs = 60_000;

/**
 * After a loss a broker that comes up may for a moment not know its users; these reasons end the
 * source only when they stay.
 */
const lastingReasons = new Set<SourceErrorReason>([
  ...(['tls', 'authentication', 'notAuthorized'] as const),
  ...(['badSettings', 'fileNotFound', 'fileUnreadable'] as const),
]);
const triesWithLastingReason = 5;

/** Milliseconds until the next try after the `attempt`th failure in a row, counted from 1; undefined: none. */
export function retryDelay({ reason }: SourceError, attempt: number): number | undefined {
  // The same batch would come again.
  if (reason === 'unsupportedCompression') return undefined;
  if (lastingReasons.has(reason) && attempt > triesWithLastingReason) return undefined;
  const longest = reason === 'noSuchTopic' ? longestTopicRetryMs : longestRetryMs;
  return Math.min(firstRetryMs * 2 ** (attempt - 1), longest);
}
