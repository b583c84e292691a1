import type { ExecutionKind, NodeId } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import { isGotOver } from './gotOver.ts';
import { type ComparedRow, hasOtherData, type RowDifferences } from './rowDifferences.ts';

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
  /** What it was given is another in every run: it was not given the same. */
  readonly hasOtherData?: true;
}

function typeOf(node: TreeNode | null): Pick<ToldRow, 'type' | 'executionKind'> {
  if (node === null) return { type: '' };
  const { type, subExecution } = node;
  return { type, ...(subExecution !== null && { executionKind: subExecution.kind }) };
}

/** What sentences need of a row. */
export function toldRow({ before, after, differences }: ComparedRow): ToldRow {
  const names = [after?.name, before?.name].map((name) => name ?? '');
  return {
    name: names.find((name) => name !== '') ?? '',
    nodeId: [after?.nodeId, before?.nodeId].find((id) => id !== undefined && id !== '') ?? '',
    nameBefore: before?.name ?? '',
    ...typeOf(after ?? before),
    hasEntry: after?.run != null,
    isGotOver: differences !== null && isGotOver(differences),
    isSetUpTheSame: differences?.config.differences.length === 0,
    ...(hasOtherData(differences?.input) && { hasOtherData: true }),
    status: differences?.status ?? null,
    error: differences?.error ?? null,
    count: differences?.count ?? null,
    time: differences?.time ?? null,
  };
}
