import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { EngineEvents } from '../protocol/engineProtocol.ts';
import type { ListQuery, ListWindow } from '../protocol/list.ts';
import type { EngineStatus } from '../protocol/status.ts';
import type { TreeQuery, TreeWindow } from '../protocol/tree.ts';
import { clockStepMs, type ListView } from '../answers/listView.ts';
import { Pulse } from './pulse.ts';
import type { Log } from '../base/log.ts';
import type { TreeView } from '../answers/treeView.ts';

/** Tells the other side. */
export type Emit = <K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]) => void;

/** What the publisher needs of its world. */
export interface PublisherWorld {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly log: Log;
  readonly list: ListView;
  readonly tree: TreeView;
  readonly status: () => EngineStatus;
}

/** One frame at 60 Hz: more often than that nobody sees. */
const frameMs = 16;
/** Figures and lag are read by people: four times a second is live. */
const statusMs = 250;

/** Sends the panel what it watches, whenever that changed, and nothing while it is hidden. */
export class Publisher implements Disposable {
  private readonly world: PublisherWorld;
  private readonly listPulse: Pulse;
  private readonly treePulse: Pulse;
  private readonly statusPulse: Pulse;
  private visible = true;
  private listQuery: ListQuery | undefined;
  private treeQuery: TreeQuery | undefined;
  /** Runs while a list is watched that changes by itself. */
  private tick: Disposable | undefined;
  /** What the tree was made of that the panel has. */
  private treeStamp = '';

  constructor(world: PublisherWorld) {
    this.world = world;
    const pulse = (ms: number, work: () => void) => new Pulse(world.clock, ms, work);
    this.listPulse = pulse(frameMs, () => {
      this.pushList();
    });
    this.treePulse = pulse(frameMs, () => {
      void this.pushTree();
    });
    this.statusPulse = pulse(statusMs, () => {
      if (this.visible) world.emit('status', world.status());
    });
  }

  /** Something that list or tree show has changed. */
  changed(): void {
    this.listPulse.beat();
    this.treePulse.beat();
    this.statusPulse.beat();
  }

  /** The list alone: more is known of what its filter looks for. */
  listChanged(): void {
    this.listPulse.beat();
  }

  statusChanged(): void {
    this.statusPulse.beat();
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.treeStamp = '';
    this.followClock();
    if (visible) this.changed();
  }

  watchList(query: ListQuery): ListWindow {
    this.listQuery = query;
    this.followClock();
    return this.world.list.window(query);
  }

  watchTree(query: TreeQuery): Promise<TreeWindow> {
    this.treeQuery = query;
    this.treeStamp = this.world.tree.stamp(query.key);
    return this.world.tree.window(query);
  }

  unwatchTree(): void {
    this.treeQuery = undefined;
  }

  dispose(): void {
    this.tick?.dispose();
    this.listPulse.dispose();
    this.treePulse.dispose();
    this.statusPulse.dispose();
  }

  /** Executions leave a list of the last quarter of an hour without anything having come. */
  private followClock(): void {
    this.tick?.dispose();
    this.tick = undefined;
    const { clock, list } = this.world;
    if (!this.visible || this.listQuery === undefined) return;
    if (!list.movesWithClock(this.listQuery.filter)) return;
    this.tick = clock.after(clockStepMs, () => {
      this.listPulse.beat();
      this.followClock();
    });
  }

  private pushList(): void {
    if (this.visible && this.listQuery !== undefined) {
      this.world.emit('list', this.world.list.window(this.listQuery));
    }
  }

  private async pushTree(): Promise<void> {
    const { tree, emit, log } = this.world;
    const query = this.treeQuery;
    if (!this.visible || query === undefined) return;
    const stamp = tree.stamp(query.key);
    if (stamp === this.treeStamp) return;
    this.treeStamp = stamp;
    try {
      const window = await tree.window(query);
      // The reader may have moved on while a record was read again.
      if (query === this.treeQuery) emit('tree', window);
    } catch (error) {
      // The panel learns of it when it asks next; a push has nobody to answer.
      log('debug', `The opened execution can't be shown: ${String(error)}`);
    }
  }
}
