import type { Caller } from '../src/protocol/channel.ts';
import type { PageEngineMethods } from '../src/protocol/pageMethods.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { PanelState } from './state.ts';

/** Which execution is opened where the reader chose none: the first of a source, or always the newest. */
export class ExecutionChoice {
  private readonly engine: Caller<PageEngineMethods>;
  private readonly state: PanelState;
  private readonly open: (key: ExecutionKey) => void;
  /** False once something was opened, by the reader or for good by itself. */
  private isOpen: boolean;
  /** Tells answers to older questions. */
  private asked = 0;
  /** What the source had when it was opened has been read. */
  private settled = false;

  constructor(world: {
    engine: Caller<PageEngineMethods>;
    state: PanelState;
    open: (key: ExecutionKey) => void;
  }) {
    this.engine = world.engine;
    this.state = world.state;
    this.open = world.open;
    this.isOpen = world.state.choices.value.selected === null;
  }

  /** Another source: its first execution is to be chosen. */
  begin(): void {
    this.isOpen = true;
    this.settled = false;
  }

  /** The reader chose. */
  made(): void {
    this.isOpen = false;
  }

  settle(): void {
    this.settled = true;
    if ((this.state.list.value?.total ?? 0) > 0) void this.listChanged();
  }

  /** True where that opened another execution than the one that is open. */
  listChanged(): Promise<boolean> {
    return this.state.followLatest.value ? this.followNewest() : this.chooseFirst();
  }

  async openNewest(): Promise<void> {
    const key = await this.latest(false);
    if (key !== null) this.open(key);
  }

  /** The newest failed execution, else the newest: the panel is not empty without reason. */
  private async chooseFirst(): Promise<boolean> {
    if (!this.isOpen) return false;
    const asked = ++this.asked;
    const isForGood = this.settled;
    try {
      const key = (await this.latest(true)) ?? (await this.latest(false));
      return key !== null && asked === this.asked && this.takeFirst(key, isForGood);
    } catch {
      // Tried again with the next window.
      return false;
    }
  }

  /** The reader may have chosen meanwhile. */
  private takeFirst(key: ExecutionKey, isForGood: boolean): boolean {
    if (!this.isOpen) return false;
    this.isOpen = !isForGood;
    return this.openOther(key);
  }

  private async followNewest(): Promise<boolean> {
    const key = await this.latest(false).catch(() => null);
    return key !== null && this.state.followLatest.value && this.openOther(key);
  }

  private openOther(key: ExecutionKey): boolean {
    if (key === this.state.choices.value.selected) return false;
    this.open(key);
    return true;
  }

  private latest(failed: boolean): Promise<ExecutionKey | null> {
    return this.engine.call('latest', { scope: this.state.scope.value, failed });
  }
}
