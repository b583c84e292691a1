import type { JsonPath } from '../find/jsonPath.ts';
import type { PlaceInNode } from '../flow/flowDocument.ts';
import type { LineageEnd, LineageLink } from '../lineage/lineage.ts';
import type { ExecutionKey, Milliseconds, RunKey } from '../trace/execution.ts';
import type { FoundPlace } from './find.ts';

/** A value of a node, or a part of one: where did it come from, or who used it? */
export interface LineageQuery {
  readonly key: ExecutionKey;
  readonly row: RunKey;
  readonly section: 'input' | 'output';
  /** Which value of the section, from 0. */
  readonly index: number;
  /** Within the value. */
  readonly path: JsonPath;
  readonly direction: 'from' | 'to';
}

/** A place on the way of a value. */
export interface LineageStep extends FoundPlace {
  /** What stands there, in short; masked. Null where the record holds nothing there. */
  readonly value: string | null;
  /** How it is known; null for what was asked for. */
  readonly link: LineageLink | null;
  /** In which round it stands, or entry where these are attempts, from 0, and how long after the begin of the execution its run began; null where nobody knows. */
  readonly when?: {
    readonly round: number | null;
    readonly isEntry?: true;
    readonly sinceMs: Milliseconds | null;
  };
  /** Where the flow file says what this input is; missing where it doesn't. */
  readonly place?: PlaceInNode;
  /** The same as a question, to go on from here. */
  readonly asked: LineageQuery;
}

/** The way of a value. */
export interface LineageAnswer {
  readonly query: LineageQuery;
  /** What was asked for, and then back to where it began; or all that used it. */
  readonly steps: readonly LineageStep[];
  /** Where more than one may have given it, each of them; the way ends there. */
  readonly candidates: readonly LineageStep[];
  readonly end: LineageEnd;
  /** How many there are that are not told. */
  readonly more: number;
}
