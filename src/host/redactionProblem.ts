import * as vscode from 'vscode';
import { assertNever } from '../base/assertNever.ts';
import type { RedactionProblem } from '../protocol/engineProtocol.ts';
import { t } from './l10n.ts';
import type { JoinedTexts } from './joinedTexts.ts';
import type { Log } from './log.ts';
import { tell } from './surfaces.ts';

const setting = 'rpaTrace.redaction.patterns';

/** Says which pattern of the settings is not applied and why; the pattern itself may be a secret, so it isn't said. */
export async function tellRedactionProblem(
  problem: RedactionProblem,
  origins: JoinedTexts['origins'],
  log: Log,
): Promise<void> {
  const { level, index } = origins[problem.index] ?? { level: 'user', index: problem.index };
  const sentence = t(
    'Pattern {0} of the setting {1} is not applied: {2}',
    index + 1,
    level === 'user' ? setting : t('{0} of the workspace', setting),
    reasonOf(problem),
  );
  log('warn', sentence);
  const open = t('Open Settings');
  const picked = await tell('warning', sentence, open);
  if (picked === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', setting);
  }
}

function reasonOf({ fault }: RedactionProblem): string {
  switch (fault.kind) {
    case 'invalid':
      return t('it is not a regular expression ({0}).', fault.detail);
    case 'unknownFlag':
      return t('there is no flag “{0}” for it; use i, m, s or u.', fault.detail);
    case 'matchesEmpty':
      return t('it finds an empty text, which stands everywhere.');
    case 'tooLong':
      return t('it is longer than 1,000 characters; write several instead.');
    case 'tooSlow':
      return t('it takes too long on some texts; avoid repetitions within repetitions.');
    default:
      return assertNever(fault);
  }
}
