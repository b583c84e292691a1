import type { JsonPath } from '../find/jsonPath.ts';
import type { SectionId } from '../find/places.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type {
  ExecutionData,
  ExecutionKey,
  Milliseconds,
  NodeData,
  RunKey,
} from '../trace/execution.ts';
import type { WantedPart } from '../trace/wantedPart.ts';
import type { SentSummary, TreeRow } from './tree.ts';

/** Asks for a row of a tree. */
export interface InspectQuery {
  readonly key: ExecutionKey;
  /** Null: the execution itself. */
  readonly row: RunKey | null;
  /** Of large values what is seen of them at first; all of them where it is left out. */
  readonly part?: 'beginning' | undefined;
  /** In place of a beginning what is around these parts; of those of one list or text the last one counts. */
  readonly wanted?: readonly WantedPart[] | undefined;
}

/** Parts that are wanted at a time: as many as one goes back and forth between, each with its own room in the answer. */
export const mostWanted = 8;

/** A value of what is inspected, or a part of one: which of its section it is, and the way within it. */
export interface ValueRef extends Pick<InspectQuery, 'key' | 'row'> {
  readonly section: SectionId;
  readonly index: number;
  readonly path: JsonPath;
}

/** Asks for rows that somebody may look into next, the likeliest first. */
export interface AheadQuery {
  readonly key: ExecutionKey;
  readonly rows: readonly RunKey[];
}

/** What a row of its own execution shows. */
export type RowContent = Extract<InspectorContent, { readonly row: TreeRow }>;

/** The beginning of what the inspector shows of them: of as many as are worth sending before anybody asks. */
export interface AheadAnswer {
  /** As that of the tree's window: what was made of the same is as true as that window. */
  readonly stamp: string;
  readonly contents: readonly RowContent[];
}

/** What the inspector shows of a row. */
export type InspectorContent =
  | {
      readonly kind: 'node';
      readonly row: TreeRow;
      readonly data: NodeData;
      /** Time to the first frame of a model's answer. */
      readonly firstFrameMs: Milliseconds | null;
      /** Whether masked values of it may be revealed. */
      readonly canReveal?: boolean;
    }
  /** In the flow file, but never ran. */
  | { readonly kind: 'notRun'; readonly row: TreeRow }
  | {
      readonly kind: 'execution';
      readonly summary: SentSummary;
      readonly data: ExecutionData;
      readonly position: RecordPosition;
      readonly canReveal?: boolean;
    };
