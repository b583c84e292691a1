import type { EngineLoss } from '../protocol/engineLoss.ts';
import { engineLossSetting, engineLossText } from '../texts/engineLossText.ts';
import type { EngineClient } from './engineClient.ts';
import { commandIds } from './ids.ts';
import { t } from './l10n.ts';
import type { Notice } from './notice.ts';
import type { Vscode } from './vscode.ts';

/** Says that the engine is started no more by itself, also to who has no panel open, and offers what helps. */
export async function tellEngineLoss(
  vscode: Vscode,
  loss: EngineLoss,
  engine: EngineClient,
  notice: Notice,
): Promise<void> {
  const start = t('Restart Engine');
  const setting = engineLossSetting(loss);
  const open = t('Open Settings');
  const log = t('Show Log');
  const choices = [start, ...(setting === null ? [] : [open]), log];
  const picked = await notice.tell('error', engineLossText(loss, t), ...choices);
  if (picked === start) engine.startAgain();
  if (picked === log) await vscode.commands.executeCommand(commandIds.showLog);
  if (picked === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', setting);
  }
}
