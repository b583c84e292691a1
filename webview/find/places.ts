import { effect } from '@preact/signals';
import type { FoundPlace } from '../../src/protocol/find.ts';
import type { HostMethods } from '../../src/protocol/hostProtocol.ts';
import type { LineageQuery, LineageStep } from '../../src/protocol/lineage.ts';
import type { Watcher } from '../../src/protocol/watcher.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { Frames } from '../frames.ts';
import { PageFeed } from '../pageFeed.ts';
import type { PanelState } from '../state.ts';
import type { TreeFeed } from '../treeFeed.ts';
import { FindFeed } from './findFeed.ts';

/** Of the nodes of a way; the host takes no more. */
const mostMarked = 1_000;

/** The places of the opened execution: what is found in it, and the way of a value through it. */
export class Places {
  readonly find: FindFeed;
  /** Searches what is inspected. */
  readonly inRow: PageFeed<'find'>;
  private readonly trail: PageFeed<'lineage'>;
  private readonly world: {
    readonly state: PanelState;
    readonly tree: TreeFeed;
    readonly tell: <K extends 'revealNode' | 'stepChosen' | 'wayShown'>(
      method: K,
      params: HostMethods[K]['params'],
    ) => void;
  };

  constructor(world: Places['world'] & { watcher: Watcher; frames: Frames }) {
    this.world = world;
    this.find = new FindFeed({ ...world, show: (place) => this.show(place) });
    this.inRow = new PageFeed('find', world.state.foundInRow, world, 'findInRow');
    this.trail = new PageFeed('lineage', world.state.trail, world);
    let told = '';
    effect(() => {
      const nodeIds = [...world.state.onTrail.value.nodes].slice(0, mostMarked);
      const text = JSON.stringify(nodeIds);
      if (text === told || (told === '' && nodeIds.length === 0)) return;
      told = text;
      world.tell('wayShown', { nodeIds });
    });
  }

  /** Shows a place: its row, and there what was found. */
  show({ row, match }: Pick<FoundPlace, 'row' | 'match'>): void {
    const { state, tree } = this.world;
    const key = row ?? `execution:${state.choices.value.selected ?? ''}`;
    state.wantedPlace.value = { key, match, n: (state.wantedPlace.value?.n ?? 0) + 1 };
    void tree.showRow(row);
  }

  /** Shows a step of a way, here and in the flow file where that is seen. */
  walkTo(step: LineageStep): void {
    this.show(step);
    const { nodeId, place, asked } = step;
    if (nodeId === '') return;
    this.world.tell('stepChosen', { key: asked.key, nodeId, ...(place && { place }) });
  }

  /** Puts the cursor on its step in the flow file; of an input of a way on what is said of it there. */
  reveal({ nodeId, name, place }: Pick<LineageStep, 'nodeId' | 'name' | 'place'>): void {
    const key = this.world.state.choices.value.selected;
    if (key === null || nodeId === '') return;
    const target = { nodeId, name, ...(place && { place }) };
    this.world.tell('revealNode', { key, target, preserveFocus: false });
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
    this.inRow.engineChanged();
    this.trail.engineChanged();
  }
}
