import type { ExecutionKind, NodeId } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import { isGotOver } from './gotOver.ts';
import { type ComparedRow, hasOtherData, type RowDifferences } from './rowDifferences.ts';
import { noDifferences, type SideDifferences } from './valueDifferences.ts';

/** A row as far as sentences speak of it. */
export interface ToldRow extends Pick<RowDifferences, 'status' | 'error' | 'count' | 'time'> {
  /** As it is called now; where it left no entry, as it was called. */
  readonly name: string;
  readonly nodeId: NodeId;
  readonly type: string;
  /** Where the execution of another service stands here: what kind it is. */
  readonly executionKind?: ExecutionKind;
  /** What it was called before. */
  readonly nameBefore: string;
  /** Whether the execution after has an entry of it. */
  readonly hasEntry: boolean;
  /** It failed, gave nothing, and the flow went on. */
  readonly isGotOver: boolean;
  /** Whether its configuration is the same. */
  readonly isSetUpTheSame: boolean;
  /** It ran after alone. */
  readonly isNew?: true;
  /** It failed, or the execution did, before it came to its end. */
  readonly hasNoEnd?: true;
  /** The item that it ran for, counted from 0. */
  readonly item?: number;
  /** It was not given the same: that is another in every run, or good runs had it as well. */
  readonly hasOtherData?: true;
  /** What it was given is the same but for what tells runs apart: IDs, times. */
  readonly hasOtherIds?: true;
}

function typeOf(node: TreeNode | null): Pick<ToldRow, 'type' | 'executionKind'> {
  if (node === null) return { type: '' };
  const { type, subExecution } = node;
  return { type, ...(subExecution !== null && { executionKind: subExecution.kind }) };
}

function endOf(after: TreeNode | null): Pick<ToldRow, 'hasNoEnd'> {
  return after?.status === 'unended' ? { hasNoEnd: true } : {};
}

function givenOf(given: SideDifferences): Pick<ToldRow, 'hasOtherData' | 'hasOtherIds'> {
  if (hasOtherData(given) || given.differences.length > 0) return { hasOtherData: true };
  return given.folded.some(({ shape }) => shape !== 'sid') ? { hasOtherIds: true } : {};
}

/** Of a row that one of the two lacks. */
const alone = { status: null, count: null, time: null } as const;

/** What sentences need of a row. */
export function toldRow({ before, after, differences }: ComparedRow): ToldRow {
  const names = [after?.name, before?.name].map((name) => name ?? '');
  const { run = null } = after ?? before ?? {};
  const item = run?.iterationIndex ?? null;
  const { status, error, count, time } = differences ?? {
    ...alone,
    error: run?.error == null ? null : { before: null, after: run.error },
  };
  return {
    name: names.find((name) => name !== '') ?? '',
    nodeId: [after?.nodeId, before?.nodeId].find((id) => id !== undefined && id !== '') ?? '',
    nameBefore: before?.name ?? '',
    ...typeOf(after ?? before),
    hasEntry: after?.run != null,
    isGotOver: differences !== null && isGotOver(differences),
    isSetUpTheSame: differences?.config.differences.length === 0,
    ...(before === null && { isNew: true }),
    ...endOf(after),
    ...(item !== null && { item }),
    ...givenOf(differences?.input ?? noDifferences),
    ...{ status, error, count, time },
  };
}
