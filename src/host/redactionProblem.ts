import type { RedactionProblem } from '../masking/redactionSettings.ts';
import { patternsSetting, redactionProblemText } from '../texts/redactionProblemText.ts';
import { t } from './l10n.ts';
import type { Log } from '../base/log.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Says what is wrong with a pattern of the settings; the panel says it too, until it is mended. */
export async function tellRedactionProblem(
  vscode: Vscode,
  problem: RedactionProblem,
  log: Log,
): Promise<void> {
  const sentence = redactionProblemText(problem, t);
  log('warn', sentence);
  const open = t('Open Settings');
  const picked = await tell(vscode, 'warning', sentence, open);
  if (picked === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', patternsSetting);
  }
}
