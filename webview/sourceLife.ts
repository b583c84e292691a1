import { traitsOf } from '../src/sources/table.ts';
import type { EngineStatus } from '../src/protocol/status.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import { firstChoices } from './choices.ts';
import type { ExecutionChoice } from './executionChoice.ts';
import type { Frames } from './frames.ts';
import type { ListFeed } from './list/listFeed.ts';
import type { PanelState } from './state.ts';
import type { TreeFeed } from './treeFeed.ts';

/** What the life of a source is told to. */
interface SourceLifeWorld {
  readonly state: PanelState;
  readonly frames: Frames;
  readonly list: ListFeed;
  readonly tree: TreeFeed;
  readonly choice: ExecutionChoice;
  readonly open: (key: ExecutionKey) => void;
  /** An execution was opened since the page began. */
  readonly hasOpened: () => boolean;
  readonly setScope: (scope: 'all') => void;
  readonly noneSelected: () => void;
}

/** What follows from what is read: that it is another source, that all it had was read, that it is read again. */
export class SourceLife {
  private readonly world: SourceLifeWorld;
  private wasLost = false;

  constructor(world: SourceLifeWorld) {
    this.world = world;
  }

  engineLost(): void {
    this.wasLost = true;
  }

  /** Another engine reads now. */
  engineReady(): void {
    const { state, list } = this.world;
    // One that was replaced is not told as lost; the next one reads again all the same.
    const { engineLost, status } = state;
    if (engineLost.value === null && status.value !== null) this.wasLost = true;
    engineLost.value = null;
    list.engineChanged(this.wasLost);
    if (this.wasLost) list.unsettle();
  }

  /** Another source: nothing of the one before is shown, and something of the new one is opened by itself. */
  opened(): void {
    const { state, tree, list, choice } = this.world;
    const { pinned } = state;
    if (pinned !== null) {
      // Gone with its source, unless that is the one that is opened again.
      tree.close();
      this.world.open(pinned);
      return;
    }
    state.view.value = 'traces';
    state.notice.value = null;
    state.news.value = null;
    state.choose({ selected: null, row: null, only: firstChoices.only });
    if (!state.isWhole) return;
    choice.begin();
    this.wasLost = false;
    this.world.noneSelected();
    tree.close();
    list.unsettle();
    list.restart();
  }

  take(status: EngineStatus): void {
    const { state, frames, tree } = this.world;
    const before = state.status.value;
    const isIdle = status.state.kind === 'idle';
    // A new engine is idle until the host has told it what to read.
    if (isIdle && this.wasLost && before?.state.kind !== 'idle') return;
    frames.put('status', () => {
      // Opened by a command of the palette, for one, also while the page was not there.
      if (this.isOther(status)) this.otherSource(status);
      if (!isIdle) this.remember(status);
      state.status.value = status;
      if (!isIdle) state.expectsSource.value = false;
      if (state.pinned !== null) tree.historyGrew();
      if (isSettled(status)) this.settle();
    });
  }

  /** What is to be known of the source that is read. */
  get traits() {
    return traitsOf(this.world.state.status.value?.source.kind ?? 'none');
  }

  /** Whether it is not the source that was read before. */
  isOther(status: EngineStatus): boolean {
    const { source } = this.world.state.choices.value;
    return status.state.kind !== 'idle' && source !== null && source !== nameOf(status);
  }

  private remember(status: EngineStatus): void {
    const { state } = this.world;
    const source = nameOf(status);
    if (source !== state.choices.value.source) state.choose({ source });
  }

  private otherSource({ source }: EngineStatus): void {
    const { state, list, hasOpened } = this.world;
    // What is opened to be looked at would be behind the numbers; of topics somebody may compare those.
    const traits = traitsOf(source.kind);
    const isTopic = traits?.isLive === true && !traits.isNewEachTime;
    if (!isTopic && state.isWhole) state.choose({ page: 'executions' });
    // What a page that has just begun was told to show is of the source that it finds.
    if (state.status.value === null && hasOpened()) list.restart();
    else this.opened();
  }

  private settle(): void {
    const { state, list, tree, choice } = this.world;
    void list.settle();
    list.endRecovery();
    this.wasLost = false;
    tree.endOfHistory();
    if (!state.isWhole) return;
    choice.settle();
    this.showWhatWasOpened();
  }

  /** A file that was opened on purpose is shown, whatever flow stands beside the panel. */
  private showWhatWasOpened(): void {
    const { list, choices } = this.world.state;
    if (this.traits?.isLive !== false) return;
    const { total = 0, totalAll = 0, query } = list.value ?? {};
    if (total > 0 || totalAll === 0 || choices.value.filter !== '') return;
    if (query?.scope.kind === 'flow') this.world.setScope('all');
  }
}

function nameOf({ source }: EngineStatus): string {
  return `${source.kind} ${source.name} ${source.detail}`;
}

/** Whether what the source had when it was opened has been read. */
function isSettled({ state }: EngineStatus): boolean {
  return (
    ['ended', 'endedEarly', 'paused', 'stuck'].includes(state.kind) ||
    (state.kind === 'live' && state.lag === 0)
  );
}
