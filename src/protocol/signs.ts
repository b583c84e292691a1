import type { DataSign } from '../compare/dataSign.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { FoundPlace } from './find.ts';

/** Of which execution it is asked what stands out in its data. */
export interface SignsQuery {
  readonly key: ExecutionKey;
}

/** What stands out, with the way to where it stands. */
export interface ToldSign extends Pick<
  DataSign,
  ('kind' | 'section' | 'name' | 'type' | 'expected' | 'isDeclared') | ('goodRuns' | 'text')
> {
  readonly place: FoundPlace;
}

export interface SignsAnswer {
  readonly query: SignsQuery;
  /** Most telling first. */
  readonly signs: readonly ToldSign[];
  /** How many good runs of its flow were looked into. */
  readonly goodRuns: number;
}
