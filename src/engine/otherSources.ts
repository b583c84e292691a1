import { executionRecords } from '../answers/executionRecords.ts';
import type { FlowRegistry } from '../answers/flowRegistry.ts';
import type { ListView } from '../answers/listView.ts';
import { TreeView } from '../answers/treeView.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Ingest } from '../intake/ingest.ts';
import { Intake } from '../intake/intake.ts';
import { IntakeRates } from '../intake/intakeRates.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { OtherSource } from '../protocol/compare.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import type { RecordSource, SourceState } from '../record/recordSource.ts';
import { labelOf } from '../sources/createSource.ts';
import type { ReaderWorld } from '../sources/reader.ts';
import { ExecutionStore } from '../store/executionStore.ts';
import { RejectedStore } from '../store/rejectedStore.ts';
import type { StoreLimits } from '../store/storedExecution.ts';

/** What they need of their world. */
export interface OtherSourcesWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly flows: FlowRegistry;
  readonly list: Pick<ListView, 'nameOf' | 'row'>;
  readonly redaction: Redaction;
  readonly createSource: NonNullable<ReaderWorld['createSource']>;
  readonly turn: () => Promise<void>;
}

/** Where the executions of another source are. */
export interface OtherRoom {
  readonly store: ExecutionStore;
  readonly tree: TreeView;
  /** What it is called. */
  readonly name: string;
}

/** Read beside the window, to choose one of: as many as a picker is looked through, and no more memory than a large record. */
const limits: StoreLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxSummaryBytes: 8 * 1024 * 1024,
  maxExecutions: 500,
};
/** Two panels may each compare with another one, and one may be read while another is looked through. */
const mostRooms = 2;
/** What was not read until then stays unread, which is said; whoever asked waits at most so long. */
const longestMs = 30_000;

/**
 * Executions of sources that are not read otherwise, to compare one of the window with: read once, to where the source
 * ends now, each into a room of its own, and kept in memory until others that were used since need the place.
 */
export class OtherSources {
  private readonly world: OtherSourcesWorld;
  /** By their ids, the one that was used last at the end. */
  private readonly rooms = new Map<number, OtherRoom>();
  private last = 0;
  private clears = 0;

  constructor(world: OtherSourcesWorld) {
    this.world = world;
  }

  /** Undefined when others were read since. */
  room(id: number): OtherRoom | undefined {
    const room = this.rooms.get(id);
    if (room !== undefined) this.keep(id, room);
    return room;
  }

  /** Other rules of masking, or another window: nothing that was read is of it. */
  clear(): void {
    this.clears++;
    this.rooms.clear();
  }

  /** Reads a source that has an end, or to where one without stands now. */
  async read(spec: SourceSpec): Promise<OtherSource> {
    for (;;) {
      const { clears } = this;
      const answer = await this.readOnce(spec);
      // Other rules of masking came meanwhile: what was taken before them is masked by the old ones.
      if (this.clears === clears) return answer;
      if (answer.kind === 'read') this.rooms.delete(answer.id);
    }
  }

  private keep(id: number, room: OtherRoom): void {
    this.rooms.delete(id);
    this.rooms.set(id, room);
    for (const oldest of this.rooms.keys()) {
      if (this.rooms.size <= mostRooms) break;
      this.rooms.delete(oldest);
    }
  }

  private async readOnce(spec: SourceSpec): Promise<OtherSource> {
    const { clock, log, flows, redaction, turn, list } = this.world;
    const store = new ExecutionStore(limits);
    const rejected = new RejectedStore();
    const room = executionRecords(store, redaction, () => Promise.resolve(undefined));
    const intake = new Intake({
      ...{ clock, turn, ingest: new Ingest(store, rejected, flows, redaction) },
      rates: new IntakeRates(clock),
      onTaken: () => undefined,
    });
    const source = this.world.createSource(spec, { clock, log });
    const end = await readToEnd(source, (batch) => intake.take(batch), clock);
    if (end.kind === 'failed' && store.size === 0) return { kind: 'failed', error: end.error };
    const id = ++this.last;
    const tree = new TreeView({
      // They are read to be compared with, once: nothing of them is prepared.
      ...{ store, flows, room, redaction, turn, turnBehind: turn },
      list: { nameOf: (summary) => list.nameOf(summary), hasNoGoodRun: () => false },
    });
    this.keep(id, { store, tree, name: labelOf(spec).name });
    const here = store.listed.filter((stored) => room.isHeld(stored)).reverse();
    return {
      ...{ kind: 'read', id, rejected: rejected.total, isPart: end.kind !== 'ended' },
      rows: here.map((stored) => {
        const { summaryOnly: _, noGoodRun: __, ...row } = list.row(stored.summary);
        return { ...row, subExecutionCount: stored.subExecutionCount };
      }),
      more: store.listed.length - here.length + store.evictions,
    };
  }
}

type End = { readonly kind: 'ended' | 'part' } | (SourceState & { readonly kind: 'failed' });

/** Resolves when a source has given all that it has by now, or can't go on. */
async function readToEnd(
  source: RecordSource,
  take: (batch: Parameters<Parameters<RecordSource['start']>[0]['onRecords']>[0]) => Promise<void>,
  clock: Clock,
): Promise<End> {
  let taking = 0;
  let reading: SourceState = { kind: 'idle' };
  let isOver = false;
  return new Promise<End>((resolve) => {
    const finish = (end: End) => {
      if (isOver) return;
      isOver = true;
      timer.dispose();
      void source.stop().finally(() => {
        resolve(end);
      });
    };
    const look = () => {
      const end = taking > 0 ? undefined : endOf(reading, source);
      if (end !== undefined) finish(end);
    };
    const timer = clock.after(longestMs, () => {
      finish({ kind: 'part' });
    });
    const start = source.start({
      onRecords: async (batch) => {
        if (isOver) return;
        taking++;
        await take(batch).finally(() => {
          taking--;
        });
        look();
      },
      onState: (state) => {
        reading = state;
        look();
      },
      onPartitions: () => undefined,
      onTopicNews: () => undefined,
    });
    start.catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      finish({ kind: 'failed', error: { reason: 'unknown', detail, subject: '' } });
    });
  });
}

/** Undefined while more comes. */
function endOf(state: SourceState, { positions = [] }: RecordSource): End | undefined {
  switch (state.kind) {
    case 'idle':
    case 'connecting':
    case 'reading':
    case 'paused':
      return undefined;
    case 'live':
      return state.lag === 0 && positions.every(({ next, high }) => BigInt(next) >= BigInt(high))
        ? { kind: 'ended' }
        : undefined;
    case 'ended':
      return { kind: 'ended' };
    // Damaged records are not waited behind, and a topic or a broker that isn't there is not waited for.
    case 'stuck':
    case 'endedEarly':
      return { kind: 'part' };
    case 'retrying':
    case 'failed':
      return { kind: 'failed', error: state.error };
  }
}
