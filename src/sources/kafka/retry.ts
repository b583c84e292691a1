import type { Clock } from '../../base/clock.ts';
import type { SourceError, SourceErrorReason } from '../../record/recordSource.ts';

const firstRetryMs = 250;
const longestRetryMs = 5_000;
/** A topic that isn't there may come tomorrow; looking costs the brokers little, and nobody waits at the screen. */
const longestTopicRetryMs = 60_000;
/** A broker that takes each connection and ends it again is asked more rarely than one that is away. */
const manyFruitless = 5;
const longestFruitlessMs = 60_000;

/**
 * After a loss a broker that comes up may for a moment not know its users; these reasons end the
 * source only when they stay.
 */
const lastingReasons = new Set<SourceErrorReason>([
  ...(['tls', 'authentication', 'notAuthorized'] as const),
  ...(['badSettings', 'fileNotFound', 'fileUnreadable'] as const),
]);
const triesWithLastingReason = 5;

/**
 * Milliseconds until the next try after the `attempt`th failure in a row, counted from 1; undefined: none. So many
 * connections before, `fruitless`, brought nothing: each makes the pauses longer, as a failure does.
 */
export function retryDelay(
  { reason }: SourceError,
  attempt: number,
  fruitless = 0,
): number | undefined {
  // The same batch would come again.
  if (reason === 'unsupportedCompression') return undefined;
  if (lastingReasons.has(reason) && attempt > triesWithLastingReason) return undefined;
  const longest = longestPause(reason, fruitless);
  return Math.min(firstRetryMs * 2 ** (attempt - 1 + fruitless), longest);
}

function longestPause(reason: SourceErrorReason, fruitless: number): number {
  if (reason === 'noSuchTopic') return longestTopicRetryMs;
  return fruitless > manyFruitless ? longestFruitlessMs : longestRetryMs;
}

/** A connection that lasted so long was one, even if the topic was quiet. */
const settledMs = 60_000;

/** Counts what went wrong since something went well. */
export class Retries {
  private readonly clock: Clock;
  private failures = 0;
  /** Connections in a row that brought nothing. */
  private fruitless = 0;
  private connectedAt = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Which attempt this is since the last connection, counted from 1. */
  get attempt(): number {
    return this.failures;
  }

  connected(): void {
    this.failures = 0;
    this.connectedAt = this.clock.now();
  }

  /** Something was read. */
  progressed(): void {
    this.fruitless = 0;
  }

  lost(): void {
    const lasted = this.clock.now() - this.connectedAt;
    this.fruitless = lasted > settledMs ? 0 : this.fruitless + 1;
  }

  /** Counts a failure, and gives the milliseconds until the next try; undefined: none. */
  next(error: SourceError): number | undefined {
    this.failures++;
    return retryDelay(error, this.failures, this.fruitless);
  }
}
