import type { KafkaBroker } from '../support/kafkaBroker.ts';

/** How much is tried: the figures of the long form, and of the one that is part of `npm test`. */
export interface Scale {
  readonly brokerKills: number;
  readonly engineKills: number;
  readonly floodRecords: number;
  readonly growingSeconds: number;
  readonly mutants: number;
  /** Executions of which all is known. */
  historyRecords: number;
  /** How long two windows write the history in turn. */
  readonly turnSeconds: number;
}

/** What a trial is given. */
export interface TrialWorld {
  readonly scale: Scale;
  /** What is drawn by lot is drawn from this; printed, so that a run can be repeated. */
  readonly seed: number;
  /** A broker of the trial's lane: started when first asked for, shared with the trials before and after. */
  readonly broker: () => Promise<KafkaBroker>;
}

/** What was tried, and what did not survive it. */
export interface Tally {
  readonly what: string;
  readonly tried: number;
  readonly lost: number;
  /** What was lost, in words: the first few. */
  readonly details: readonly string[];
}

/** One thing that is done to the engine; gives a line of the table for each kind of what was at stake. */
export interface Trial {
  readonly name: string;
  readonly run: (world: TrialWorld) => Promise<readonly Tally[]>;
}

/** A reader looks at the first; the count says how many there are. */
const mostDetails = 5;

/** Counts what was tried and lost of one kind. */
export class Count {
  private readonly what: string;
  private tried = 0;
  private lost = 0;
  private readonly details: string[] = [];

  constructor(what: string) {
    this.what = what;
  }

  try(times = 1): void {
    this.tried += times;
  }

  lose(detail: string, times = 1): void {
    this.lost += times;
    if (this.details.length < mostDetails) this.details.push(detail);
  }

  /** Counts one try, lost unless `isWell`. */
  check(isWell: boolean, detail: string): void {
    this.try();
    if (!isWell) this.lose(detail);
  }

  /** Counts each of `wanted` as a try, and what `found` lacks, or has beside it, as lost. */
  compare(wanted: Iterable<string>, found: ReadonlySet<string>): void {
    const all = new Set(wanted);
    this.try(all.size);
    for (const one of all) if (!found.has(one)) this.lose(`${one} is missing`);
    for (const one of found) if (!all.has(one)) this.lose(`${one} is more than was written`);
  }

  get tally(): Tally {
    return { what: this.what, tried: this.tried, lost: this.lost, details: this.details };
  }
}
