import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import type { FlowThenWanted } from '../protocol/flowSince.ts';
import type { EngineClient } from './engineClient.ts';
import type * as flowThen from './git/flowThen.ts';
import type { OpensFlowThen } from './opensFlowThen.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Settings } from './settings.ts';
import type { Vscode } from './vscode.ts';

/** What looks into the past of flow files needs of its world. */
export interface FlowsOfThenWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call' | 'on'>;
  readonly documents: ReadOnlyDocuments;
  readonly settings: () => Pick<Settings, 'flowKeys'>;
  readonly log: Log;
  /** What asks git, read when somebody wants to know. */
  readonly git: () => Promise<Pick<typeof flowThen, 'flowThen' | 'openFlowThen'>>;
}

/** Tells the engine how flow files were when something ran, and shows it; git is asked, and read with it on demand. */
export class FlowsOfThen implements OpensFlowThen, Disposable {
  private readonly world: FlowsOfThenWorld;
  private readonly listening: Disposable;

  constructor(world: FlowsOfThenWorld) {
    this.world = world;
    this.listening = world.engine.on('flowThenWanted', (wanted) => {
      this.tell(wanted).catch((error: unknown) => {
        // The engine died meanwhile; its successor asks again.
        world.log('debug', `The past of a flow file: ${String(error)}`);
      });
    });
  }

  /** Opens a flow file as it was at that time beside as it is. */
  async open(uri: string, atMs: number): Promise<void> {
    const { vscode, documents, log, git } = this.world;
    await (await git()).openFlowThen({ vscode, documents, log }, { uri, atMs });
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async tell(wanted: FlowThenWanted): Promise<void> {
    const { vscode, engine, settings, log, git } = this.world;
    const told = await (await git()).flowThen({ vscode, log }, wanted);
    await engine.call('setFlowThen', { ...told, keys: settings().flowKeys });
  }
}
