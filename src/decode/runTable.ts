import type { RedactionRules } from '../masking/redactionRules.ts';
import type { NodeRun, Outcome, TokenUsage } from '../trace/execution.ts';

/** Which runs a record has and how each of them ended, by their places: a few numbers each, and no text. */
export interface RunTable {
  readonly outcome: Outcome;
  readonly failure: KnownFailure | undefined;
  /** Summed over distinct runs. */
  readonly usage: TokenUsage;
  /** The first entry of each run, and the last. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** How many entries it has. */
  readonly counts: Int32Array;
  /** By entry, the next of the same run, else 0; undefined where each run has one. */
  readonly following: Int32Array | undefined;
  /** What its key is made of: `plainKey`, `keyWithNode`, or which entry without an id it is of its node. */
  readonly keys: Int32Array;
  /** The first run of the same type. */
  readonly types: Int32Array;
  /** Its status, and the marks below. */
  readonly states: Uint8Array;
  /** Not a number where it is not known. */
  readonly begins: Float64Array;
  readonly ends: Float64Array;
  /** The first run of each node, and of each name, as many as anybody looks for. */
  readonly nodes: Int32Array;
  readonly names: Int32Array;
  /** The same of all nodes whose ids are addresses, and of all names that may repeat a secret. */
  readonly addresses: Int32Array;
  readonly telling: Int32Array;
}

/** Where an execution failed, by the place of a run. */
export interface KnownFailure {
  readonly kind: 'entry' | 'after';
  readonly place: number;
  readonly mixesRounds: boolean;
}

/** The key of a run is its id. */
export const plainKey = -1;
/** The same with its node behind it, as another node has the same id. */
export const keyWithNode = -2;

/** Of the state of a run, in the order of its numbers. */
export const statuses: readonly NodeRun['status'][] = [
  'succeeded',
  'failed',
  'recovered',
  'running',
  'unended',
];
/** The bits of its status. */
export const statusBits = 0x07;
/** It logged an error. */
export const hasError = 0x08;
/** The record says within which run it ran, within which node, in which round. */
export const hasParent = 0x10;
export const hasContainer = 0x20;
export const hasRound = 0x40;

/** Their bytes of memory for each run, where each has a name that may repeat a secret. */
export const bytesOfKnownRun = 46;

/**
 * What was found of a record's runs once; it belongs to its bytes. A record is read when it arrives and when it is opened,
 * and to find it takes ten times as long as all else that opening one takes.
 */
export class KnownRuns {
  private known: { readonly rules: RedactionRules; readonly table: RunTable } | undefined;

  /** What was found where ids are masked by these rules: runs are told apart by keys that are masked. */
  by(rules: RedactionRules): RunTable | undefined {
    return this.known?.rules === rules ? this.known.table : undefined;
  }

  keep(rules: RedactionRules, table: RunTable): void {
    this.known = { rules, table };
  }
}
