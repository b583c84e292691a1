import { contextKeys } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** Opens the walkthrough. VS Code ticks steps when a key changes while it knows them: so also what was done before. */
export async function openGuide({ commands }: Pick<Vscode, 'commands'>): Promise<void> {
  await commands.executeCommand('setContext', contextKeys.opensGuide, true);
  await commands.executeCommand(
    'workbench.action.openWalkthrough',
    'rpa-trace.rpa-trace#rpaTrace.gettingStarted',
    false,
  );
  await commands.executeCommand('setContext', contextKeys.opensGuide, false);
}
