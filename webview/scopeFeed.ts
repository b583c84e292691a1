import type { FlowState } from '../src/protocol/flows.ts';
import { sameScope, type Scope } from '../src/protocol/list.ts';
import type { Figures } from '../src/protocol/status.ts';
import type { WatchedQuestion, Watcher } from '../src/protocol/watcher.ts';
import type { Frames } from './frames.ts';
import type { PanelState } from './state.ts';

/** Keeps the figures of what the list shows, and how many of all are of the flow beside the panel. */
export class ScopeFeed {
  private readonly state: PanelState;
  private readonly frames: Frames;
  private readonly figures: WatchedQuestion<'figures'>;
  private readonly flow: WatchedQuestion<'flow'>;

  constructor(world: { watcher: Watcher; state: PanelState; frames: Frames }) {
    this.state = world.state;
    this.frames = world.frames;
    this.figures = world.watcher.question('figures', 'figures', (result, { scope }) => {
      if (result.ok) this.takeFigures(scope, result.value);
    });
    this.flow = world.watcher.question('flow', 'flow', (result, { uri }) => {
      if (result.ok) this.takeFlow(uri, result.value);
    });
  }

  /** Asks for both, of the scope and the flow of now. */
  async ask(): Promise<void> {
    const scope = this.state.scope.value;
    const uri = this.state.flow.value?.uri;
    // The engine went away, and all is asked for again once it is back.
    const unlessLost = () => null;
    if (uri === undefined) {
      this.flow.end();
      this.state.flowState.value = null;
    }
    const [figures, flow] = await Promise.all([
      this.figures.ask({ scope }).catch(unlessLost),
      uri === undefined ? null : this.flow.ask({ uri }).catch(unlessLost),
    ]);
    if (figures !== null) this.takeFigures(scope, figures);
    if (flow !== null && uri !== undefined) this.takeFlow(uri, flow);
  }

  private takeFigures(scope: Scope, figures: Figures): void {
    if (!sameScope(scope, this.state.scope.value)) return;
    this.frames.put('figures', () => {
      this.state.figures.value = { scope, figures };
    });
  }

  private takeFlow(uri: string, flow: FlowState): void {
    if (uri !== this.state.flow.value?.uri) return;
    this.frames.put('flow', () => {
      this.state.flowState.value = flow;
    });
  }
}
