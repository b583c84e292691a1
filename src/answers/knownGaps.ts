import { openRecord } from '../decode/decodeExecution.ts';
import { nodeType } from '../flow/nodeType.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type {
  Execution,
  ExecutionSummary,
  FailingNode,
  NodeId,
  NodeRun,
} from '../trace/execution.ts';
import type { FlowShape } from '../trace/flowShape.ts';
import { locateFailingNode } from '../trace/locateFailingNode.ts';
import type { ExecutionRecords } from './executionRecords.ts';
import { cameToSuspect, firstGoodBehind, isSmall, lastGoodBefore } from './goodRuns.ts';

/** What gaps are known by. */
export interface KnownGapsWorld {
  readonly store: ExecutionStore;
  readonly room: Pick<ExecutionRecords, 'held'>;
  readonly redaction: Pick<Redaction, 'rules' | 'revision'>;
}

/**
 * Which node it was that failed and left no entry, where no flow file is known: what follows there in the last good run
 * of the flow that came to a node of which the message may speak, as far as that is in memory.
 */
export class KnownGaps {
  private readonly world: KnownGapsWorld;
  /** As long as the store keeps the good run, and the rules that its names are masked by. */
  private readonly shapes = new WeakMap<StoredExecution, KnownShape>();

  constructor(world: KnownGapsWorld) {
    this.world = world;
  }

  /** The execution with its gap named, if it has one. */
  placed(execution: Execution, stored: StoredExecution): Execution {
    if (!hasGap(execution.summary)) return execution;
    const good = this.goodFor(stored);
    const shape = good === undefined ? undefined : this.shapeOf(good);
    if (shape === undefined) return execution;
    const placed = locateFailingNode(execution, shape);
    if (isOtherWay(execution, placed)) return execution;
    return { ...execution, summary: { ...execution.summary, failing: placed } };
  }

  /** Stands for the good run that a gap is named by: with another one it may have another name. Empty without a gap. */
  stampOf(stored: StoredExecution): string {
    if (!hasGap(stored.summary)) return '';
    const good = this.goodFor(stored);
    if (good === undefined) return '';
    return this.isUsable(good) ? `${good.summary.key} ${String(good.revision)}` : '';
  }

  private goodFor({ summary }: StoredExecution): StoredExecution | undefined {
    const { store } = this.world;
    const isBetter = cameToSuspect(summary);
    return (
      lastGoodBefore(store, summary.key, isBetter) ??
      firstGoodBehind(store, summary.key, isBetter, (good) => this.isUsable(good))
    );
  }

  private isUsable(good: StoredExecution): boolean {
    return this.knownShape(good) !== undefined || this.heldRecord(good) !== undefined;
  }

  private shapeOf(good: StoredExecution): FlowShape | undefined {
    const known = this.knownShape(good);
    if (known !== undefined) return known;
    const record = this.heldRecord(good);
    if (record === undefined) return undefined;
    const { rules, revision } = this.world.redaction;
    const shape = shapeOfRuns(openRecord(record, rules).execution().runs);
    this.shapes.set(good, { revision, shape });
    return shape;
  }

  private knownShape(good: StoredExecution): FlowShape | undefined {
    const known = this.shapes.get(good);
    return known?.revision === this.world.redaction.revision ? known.shape : undefined;
  }

  private heldRecord(good: StoredExecution) {
    return isSmall(good) ? this.world.room.held(good) : undefined;
  }
}

interface KnownShape {
  readonly revision: number;
  readonly shape: FlowShape;
}

/** Whether it was a node that failed, and nobody knows which. */
export function hasGap({ failing }: Pick<ExecutionSummary, 'failing'>): boolean {
  return failing?.inferred === true && failing.nodeId === null;
}

/** Several may have come next, and the good run went to one of which the message does not speak. */
function isOtherWay({ runs, suspectTypes: types }: Execution, placed: FailingNode | null): boolean {
  if (placed?.nodeId == null || types.length === 0 || isOfType(placed.nodeId, types)) return false;
  const before = runs.findLast(({ nodeId }) => nodeId === placed.afterNodeId);
  return before !== undefined && before.next.length > 1;
}

/** The id of a node begins with its type. */
function isOfType(nodeId: NodeId, types: readonly RegExp[]): boolean {
  const name = nodeType(nodeId);
  return types.some((type) => type.test(name));
}

/** The part of a flow that a run went through. */
function shapeOfRuns(runs: readonly NodeRun[]): FlowShape {
  const byKey = new Map(runs.map((run) => [run.key, run]));
  const nodes = new Map(
    runs.map(({ nodeId, name, type }) => [nodeId, { id: nodeId, name, type, parentId: null }]),
  );
  const edges = runs.flatMap(({ nodeId, next }) =>
    next.flatMap((key) => {
      const target = byKey.get(key)?.nodeId;
      return target === undefined ? [] : [{ source: nodeId, target, kind: 'normal' as const }];
    }),
  );
  return { nodes: [...nodes.values()], edges };
}
