import { openRecord } from '../decode/decodeExecution.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { Execution, NodeRun } from '../trace/execution.ts';
import type { FlowShape } from '../trace/flowShape.ts';
import { locateFailingNode } from '../trace/locateFailingNode.ts';
import type { ExecutionRecords } from './executionRecords.ts';
import { isSmall, lastGoodBefore, lastGoodBehind } from './goodRuns.ts';

/** What gaps are known by. */
export interface KnownGapsWorld {
  readonly store: ExecutionStore;
  readonly room: Pick<ExecutionRecords, 'held'>;
  readonly redaction: Pick<Redaction, 'rules'>;
}

/**
 * Which node it was that failed and left no entry, where no flow file is known: what follows there in the last good run
 * of the flow, as far as that is in memory.
 */
export class KnownGaps {
  private readonly world: KnownGapsWorld;
  /** As long as the store keeps the good run. */
  private readonly shapes = new WeakMap<StoredExecution, FlowShape>();

  constructor(world: KnownGapsWorld) {
    this.world = world;
  }

  /** The execution with its gap named, if it has one. */
  placed(execution: Execution, { summary: { key } }: StoredExecution): Execution {
    const { failing } = execution.summary;
    if (failing?.inferred !== true || failing.nodeId !== null) return execution;
    const { store } = this.world;
    const good = lastGoodBefore(store, key) ?? lastGoodBehind(store, key);
    const shape = good === undefined ? undefined : this.shapeOf(good);
    if (shape === undefined) return execution;
    const placed = locateFailingNode(execution, shape);
    return { ...execution, summary: { ...execution.summary, failing: placed } };
  }

  private shapeOf(good: StoredExecution): FlowShape | undefined {
    const known = this.shapes.get(good);
    if (known !== undefined) return known;
    const record = isSmall(good) ? this.world.room.held(good) : undefined;
    if (record === undefined) return undefined;
    const shape = shapeOfRuns(openRecord(record, this.world.redaction.rules).execution().runs);
    this.shapes.set(good, shape);
    return shape;
  }
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
