import type { FoundPlace } from '../../src/protocol/find.ts';
import type { HostMethods } from '../../src/protocol/hostProtocol.ts';
import type { LineageQuery } from '../../src/protocol/lineage.ts';
import type { Watcher } from '../../src/protocol/watcher.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { Frames } from '../frames.ts';
import { PageFeed } from '../pageFeed.ts';
import type { PanelState } from '../state.ts';
import type { TreeFeed } from '../treeFeed.ts';
import { FindFeed } from './findFeed.ts';

/** The places of the opened execution: what is found in it, and the way of a value through it. */
export class Places {
  readonly find: FindFeed;
  private readonly trail: PageFeed<'lineage'>;
  private readonly world: {
    readonly state: PanelState;
    readonly tree: TreeFeed;
    readonly reveal: (params: HostMethods['revealNode']['params']) => void;
  };

  constructor(world: Places['world'] & { watcher: Watcher; frames: Frames }) {
    this.world = world;
    this.find = new FindFeed({ ...world, show: (place) => this.show(place) });
    this.trail = new PageFeed('lineage', world.state.trail, world);
  }

  /** Shows a place: its row, and there what was found. */
  show({ row, match }: Pick<FoundPlace, 'row' | 'match'>): void {
    const { state, tree } = this.world;
    const key = row ?? `execution:${state.choices.value.selected ?? ''}`;
    state.wantedPlace.value = { key, match, n: (state.wantedPlace.value?.n ?? 0) + 1 };
    void tree.showRow(row);
  }

  /** Puts the cursor on its step in the flow file. */
  reveal({ nodeId, name }: Pick<FoundPlace, 'nodeId' | 'name'>): void {
    const key = this.world.state.choices.value.selected;
    if (key === null || nodeId === '') return;
    this.world.reveal({ key, target: { nodeId, name }, preserveFocus: false });
  }

  /** Follows a value: back to where it began, or to who used it. */
  follow(query: LineageQuery): void {
    this.world.state.following.value = query;
    this.trail.show(query);
  }

  closeTrail(): void {
    const { state } = this.world;
    this.trail.hide();
    state.following.value = null;
    state.trail.value = { answer: null, failure: null };
  }

  /** An execution is opened: a way through another one ends. */
  opens(key: ExecutionKey): void {
    const { following } = this.world.state;
    if (following.value !== null && following.value.key !== key) this.closeTrail();
  }

  engineChanged(): void {
    this.find.engineChanged();
    this.trail.engineChanged();
  }
}
