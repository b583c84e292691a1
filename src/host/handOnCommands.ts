import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import type { Log } from '../base/log.ts';
import type { Desk } from './desk.ts';
import type { EngineClient } from './engineClient.ts';
import { type CommandId, commandIds } from './ids.ts';
import { later } from './later.ts';
import type { Session } from './session.ts';
import { tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

/** What handing an execution on needs of its world. */
export interface HandOnWorld {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly session: Session;
  readonly panel: TracePanel;
  /** Where the reader works. */
  readonly desk: () => Desk;
}

/** The commands that hand an execution on; what they do is read with the first of them. */
export function handOnCommands(world: HandOnWorld) {
  const { vscode, desk, session } = world;
  /** The editor of a trace file reads no topic, whatever the window reads. */
  const reading = () => {
    const at = desk();
    return { desk: at, shown: at.engine === world.engine ? session.shown : undefined };
  };
  return {
    [commandIds.copyLink]: async (context: unknown) => {
      const { copyLink } = await later();
      await copyLink(vscode, reading(), context);
    },
    [commandIds.copyReport]: async (context: unknown) =>
      (await later()).copyReport(vscode, reading(), context),
    [commandIds.openLink]: async () => (await later()).askForLink(world),
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}

/** Opens the links that VS Code hands over. */
export function registerLinks(world: HandOnWorld & { readonly log: Log }): Disposable {
  const { vscode, log } = world;
  return vscode.window.registerUriHandler({
    handleUri: async ({ path, query }: vscode.Uri) => {
      try {
        await (await later()).openUri(world, { path, query });
      } catch (error) {
        const message = withoutCredentials(error instanceof Error ? error.message : String(error));
        log('error', `A link could not be opened: ${message}`);
        void tell(vscode, 'error', message);
      }
    },
  });
}
