import { readerTakesMs } from '../src/protocol/channel.ts';
import type { DroppedFile } from '../src/sources/files/spec.ts';
import type { ConnectionForm } from '../src/sources/kafka/spec.ts';
import type { Partners } from './host.ts';
import type { PanelState } from './state.ts';

interface SourceWorld {
  readonly askHost: Partners['host']['call'];
  readonly tell: (method: 'disconnect', params: null) => void;
  /** Another source is read now. */
  readonly opened: () => void;
  readonly complain: (error: unknown) => void;
}

/** What the reader does with sources: connects, opens, plays, disconnects. */
export class SourceActions {
  private readonly state: PanelState;
  private readonly world: SourceWorld;

  constructor(state: PanelState, world: SourceWorld) {
    this.state = state;
    this.world = world;
  }

  /** Connects; the password is sent only when a new one was typed. */
  connect(form: ConnectionForm, password?: string): void {
    this.state.connection.value = form;
    const params = { form, ...(password === undefined ? {} : { password }) };
    void this.openSource(this.world.askHost('connect', params));
  }

  async openFiles(): Promise<void> {
    const opened = this.world.askHost('openTraceFiles', null, readerTakesMs);
    const count = await opened.catch(() => null);
    if (count !== 0) await this.openSource(opened);
  }

  openContents(files: readonly DroppedFile[]): void {
    void this.openSource(this.world.askHost('openContents', { files }));
  }

  playSample(): void {
    void this.openSource(this.world.askHost('playSample', null));
  }

  /** From an opened file to the live source that was read before. */
  goBack(): void {
    void this.openSource(this.world.askHost('goBack', null));
  }

  readAgain(): void {
    void this.openSource(this.world.askHost('readAgain', null));
  }

  /** Stops reading; what was read stays until another source is opened. */
  disconnect(): void {
    this.state.expectsSource.value = false;
    this.world.tell('disconnect', null);
  }

  private async openSource(opened: Promise<unknown>): Promise<void> {
    this.state.view.value = 'traces';
    this.state.expectsSource.value = true;
    try {
      await opened;
      this.world.opened();
    } catch (error) {
      this.state.expectsSource.value = false;
      this.world.complain(error);
    }
  }
}
