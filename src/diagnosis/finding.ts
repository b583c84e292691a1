import type { Milliseconds, NodeId, RunKey } from '../trace/execution.ts';
import type { Category } from './category.ts';
import type { CauseId } from './causes.ts';
import type { RemedyId } from './remedyIds.ts';

/** The rules, by name: one file each in `rules/`. */
export type RuleId =
  | 'serviceCode'
  | 'productStatus'
  | 'errorLog'
  | 'failingNode'
  | 'messagePattern'
  | 'cutOff'
  | 'recovered';

/** A time limit that is set: in milliseconds where its unit is told, else in what nobody knows. */
export interface TimeLimit {
  readonly count: number;
  readonly unit: 'ms' | null;
}

/** Which part of the record shows it. */
export type EvidenceSource =
  | { readonly kind: 'code' | 'message' | 'answer' | 'executionState' }
  | { readonly kind: 'duration'; readonly ms: Milliseconds }
  /**
   * What the failing node is set to: in the flow file, `today` where that was changed since the run began or says something else
   * than the run; `run`: what it ran with, by its record.
   */
  | {
      readonly kind: 'setting';
      readonly part: 'timeout' | 'retry';
      /** Of a time limit; null where it is no number, but what makes one. */
      readonly limit: TimeLimit | null;
      readonly asOf?: 'today' | 'run';
    }
  /** Who asks whether a robot is done asks so often: its durations come in such steps. */
  | { readonly kind: 'poll'; readonly everyMs: Milliseconds }
  /** An ERROR log of a node, by its place among the node's logs. */
  | { readonly kind: 'log'; readonly index: number }
  /** The node says that it did not succeed. */
  | { readonly kind: 'runningStatus' }
  /** How often a node was entered: rounds, or attempts and the giving up. */
  | { readonly kind: 'count'; readonly count: number }
  /** How often a node was tried. */
  | { readonly kind: 'attempts'; readonly count: number }
  /** The node that should have come next, or did. */
  | { readonly kind: 'next' }
  /** When the last snapshot came. */
  | { readonly kind: 'snapshot'; readonly atMs: Milliseconds }
  /** A node that ran when the last snapshot came. */
  | { readonly kind: 'runningNode' };

/** A piece of the record that shows it. */
export interface Evidence {
  readonly source: EvidenceSource;
  /** Its value as it is shown, masked, 500 characters at most. */
  readonly value: string;
  /** The run it stands in; null for the execution itself. */
  readonly runKey: RunKey | null;
}

/** Items of an iteration that failed at the node of a finding. */
export interface FailedItems {
  /** How many there were; null where the record doesn't tell. */
  readonly total: number | null;
  readonly failed: number;
  /** Which of them, from 0, each with the run that shows it; null where the record doesn't tell. */
  readonly items: readonly { readonly item: number; readonly runKey: RunKey }[] | null;
}

/** Who was refused what; null where nothing tells. */
export interface Access {
  readonly account: string | null;
  readonly resource: string | null;
}

/** Why something went wrong, as data; the sentence is made where it is shown. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: 'error' | 'warning' | 'info';
  readonly category: Category;
  /** Which cause of the catalogue it is; null when only the category is known. */
  readonly cause: CauseId | null;
  readonly node: {
    readonly nodeId: NodeId | null;
    readonly runKey: RunKey | null;
    readonly name: string;
  } | null;
  readonly failedItems?: FailedItems;
  /** Of what was refused; missing where nothing tells who or what. */
  readonly access?: Access;
  /** Of the words on which a cause rests the line that tells it; missing where it rests on others. */
  readonly said?: string;
  /** The service's own code and its identifier, when the rule rests on one. */
  readonly code: { readonly service: string; readonly code: number; readonly name: string } | null;
  readonly evidence: readonly Evidence[];
  /** The line of the node's own program at which it failed; missing where no traceback tells. */
  readonly codeLine?: number;
  /** What the user can do, most likely first. */
  readonly remedies: readonly RemedyId[];
  readonly confidence: 'certain' | 'likely' | 'possible';
}
