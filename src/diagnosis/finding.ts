import type { NodeId, RunKey } from '../trace/execution.ts';

/** The rules, by name: one file each in `rules/`. */
export type RuleId =
  | 'serviceCode'
  | 'productStatus'
  | 'errorLog'
  | 'failingNode'
  | 'messagePattern'
  | 'cutOff'
  | 'recovered';

/** What kind of trouble, in the user's terms. */
export type Category =
  | 'timeout'
  | 'resource'
  | 'quota'
  | 'permission'
  | 'configuration'
  | 'network'
  | 'codeExecution'
  | 'data'
  | 'contentAudit'
  | 'notFound'
  | 'database'
  | 'storage'
  | 'model'
  | 'engine'
  | 'node'
  | 'tool'
  | 'robotTask'
  | 'cancelled'
  | 'unknown';

/** A piece of the record that shows it. */
export interface Evidence {
  /** The field as the record names it: `status.message`, `logs[3].message`, `running_status`. */
  readonly field: string;
  /** Its value, masked, 500 characters at most. */
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

/** Why something went wrong, as data; the sentence is made where it is shown. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: 'error' | 'warning' | 'info';
  readonly category: Category;
  /** Which cause within the category the pattern tells, for a more precise sentence: `elementNotFound`, `sixtySecondWall`, …; null when only the category is known. */
  readonly cause: string | null;
  readonly node: {
    readonly nodeId: NodeId | null;
    readonly runKey: RunKey | null;
    readonly name: string;
  } | null;
  readonly failedItems?: FailedItems;
  /** The service's own code and its identifier, when the rule rests on one. */
  readonly code: { readonly service: string; readonly code: number; readonly name: string } | null;
  readonly evidence: readonly Evidence[];
  /** Keys of what the user can do, most likely first; texts in view/findingTexts.ts. */
  readonly remedies: readonly string[];
  readonly confidence: 'certain' | 'likely' | 'possible';
}
