import type { Tried } from '../compare/attempts.ts';
import type { FirstDifference } from '../compare/firstDifference.ts';
import type { DifferenceGroup } from '../compare/groups.ts';
import type { NotCompared } from '../compare/notCompared.ts';
import type { Two } from '../compare/rowDifferences.ts';
import type { SinceWhen } from '../compare/sinceWhen.ts';
import type { SideSection } from '../compare/sideTexts.ts';
import type { SideLine } from '../compare/textDifference.ts';
import type { ToldRow } from '../compare/toldRow.ts';
import type { ValueDifference } from '../compare/valueDifferences.ts';
import type { ExecutionKey, ExecutionKind, Milliseconds, NodeId } from '../trace/execution.ts';
import type { NodeStatus } from '../trace/tree.ts';
import type { SourceError } from '../record/recordSource.ts';
import type { ExecutionRow } from './list.ts';
import type { SentSummary } from './tree.ts';

/** Which two executions are compared, and what part of their rows is shown. */
export interface CompareQuery {
  readonly key: ExecutionKey;
  /** Null: the last one of its flow before it that went well. */
  readonly other: ExecutionKey | null;
  /** Of which other source that one was read; none: of what is read otherwise, too. */
  readonly source?: number;
  readonly onlyDifferences: boolean;
  readonly offset: number;
  readonly limit: number;
  /** Instead of `offset`, which row is wanted, by its place among all; null: that of the first difference. */
  readonly around?: number | null;
}

/** The run of a node in one of the two. */
export interface SentSide {
  readonly status: NodeStatus;
  /** From the begin of its execution; null: not known. */
  readonly sinceMs: Milliseconds | null;
  /** Of what was tried again, of its last attempt. */
  readonly durationMs: Milliseconds | null;
  readonly isRetried?: true;
  /** It failed at first and gave its output in the end. */
  readonly isMadeGood?: true;
  /** How long before that earlier attempts began, as far as anything tells. */
  readonly lostMs?: Milliseconds;
  /** What it called tells that: they may have begun earlier still. Else they took no longer than that. */
  readonly isLeast?: true;
  readonly count: number;
}

/** A row of both. */
export interface SentComparedRow {
  /** Its place among all rows. */
  readonly place: number;
  readonly level: number;
  readonly mark: 'same' | 'changed' | 'added' | 'missing';
  readonly moved: boolean;
  readonly name: string;
  readonly nodeId: NodeId;
  readonly type: string;
  /** Where the execution of another service stands here, as in the tree: what kind it is. */
  readonly executionKind?: ExecutionKind;
  readonly before: SentSide | null;
  readonly after: SentSide | null;
  /** How many values differ. */
  readonly input: number;
  readonly output: number;
  readonly config: number;
}

/** One of the two, with the name that it has elsewhere. */
export interface SentCompared {
  readonly name: string;
  readonly summary: SentSummary;
  /** The name of the other source that it was read of: no list has it. */
  readonly from?: string;
}

/** What two executions differ in. */
export interface CompareWindow {
  readonly kind: 'compared';
  readonly query: CompareQuery;
  readonly before: SentCompared;
  readonly after: SentCompared;
  readonly first: FirstDifference | null;
  readonly groups: readonly DifferenceGroup[];
  readonly notCompared: readonly NotCompared[];
  readonly folded: number;
  readonly goodRuns: number;
  readonly isSame: boolean;
  readonly isOtherFlow: boolean;
  readonly hasNoSteps?: true;
  /** The flow file of the one has the steps of the other: by their ids or, of a copy, by names that tell them apart. */
  readonly hasBothWays: boolean;
  /** There is a flow file of it: no way leads into one that nobody has. */
  readonly hasFlow: boolean;
  /** The rows that sentences speak of, by their place. */
  readonly told: readonly (readonly [number, ToldRow])[];
  /** The longer of the two. */
  readonly extentMs: Milliseconds;
  /** The places of rows that differ among those that are shown. */
  readonly differences: readonly number[];
  readonly totalRows: number;
  readonly start: number;
  readonly rows: readonly SentComparedRow[];
}

/**
 * The answer. `noGoodRun`: nothing of its flow went well, so that there is nothing to compare with; `recordGone`: of one of
 * them, `key`, is known how it ended, and nothing of what it got and gave; `sourceGone`: another source was read since.
 */
export type CompareAnswer =
  | CompareWindow
  | { readonly kind: 'noGoodRun' | 'sourceGone'; readonly query: CompareQuery }
  | { readonly kind: 'recordGone'; readonly query: CompareQuery; readonly key: ExecutionKey };

/** Since when the first difference of two is there. */
export type SinceQuery = Pick<CompareQuery, 'key' | 'other' | 'source'>;

/** In how many runs of its flow since when; null where that can't be told by a run alone, or no other one has it. */
export interface SinceAnswer {
  readonly query: SinceQuery;
  readonly since: SinceWhen | null;
  /** How many were not looked at: their records are gone, or it would have taken too long. */
  readonly unread: number;
  /** Nobody can tell: it is of a trace file, which holds few of its runs and doesn't say. */
  readonly isOfFile?: true;
}

/** Executions of a source that is not read otherwise, to compare one of them. */
export type OtherSource =
  | {
      readonly kind: 'read';
      /** By which a comparison names the source. */
      readonly id: number;
      /** Newest first. */
      readonly rows: readonly ExecutionRow[];
      /** How many more there are, for which there is no room. */
      readonly more: number;
      /** How many records can't be read. */
      readonly rejected: number;
      /** It was not read to its end. */
      readonly isPart: boolean;
    }
  | { readonly kind: 'failed'; readonly error: SourceError };

/** Which row of a comparison is looked at side by side. */
export interface SideBySideQuery {
  readonly key: ExecutionKey;
  readonly other: ExecutionKey;
  readonly source?: number;
  readonly place: number;
  /** By whose words texts are parted. */
  readonly language: string;
}

/** A node of both executions side by side, masked. */
export interface SideBySide {
  readonly query: SideBySideQuery;
  /** Where a step was tried again the last attempt is shown, of each round; null: nobody knows of any. */
  readonly attempts: Two<Pick<Tried, 'attempts' | 'rounds'> | null>;
  readonly sections: readonly {
    readonly section: SideSection;
    readonly lines: readonly SideLine[];
    /** How many lines there are beside those. */
    readonly more: number;
    /** Which of its values differ, in short: lines tell neither what stands elsewhere nor by how much. None of logs. */
    readonly changes: readonly ValueDifference[];
    /** How many differ beside those. */
    readonly moreChanges: number;
    /** How many of its values are others in every run: their lines differ as well. */
    readonly folded: number;
    /** Both whole, for the editor of VS Code; null where they are too long to send. */
    readonly texts: readonly [string, string] | null;
  }[];
}
