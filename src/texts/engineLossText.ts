import { assertNever } from '../base/assertNever.ts';
import type { EngineLoss } from '../protocol/engineLoss.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** The setting that holds how much memory the engine may take. */
export const heapSetting = 'rpaTrace.engine.maxHeapMegabytes';

/** Why the engine is away, what becomes of it and, where that is up to the reader, what helps. */
export function engineLossText(loss: EngineLoss, t: Translate): string {
  const cause = causeText(loss, t);
  if (loss.comesBack) return sentences([cause, t('It is being restarted; what you see stays.')]);
  const times = t(
    'This happened {0} times in a row, so it isn’t restarted automatically.',
    loss.deaths,
  );
  return sentences([cause, times, adviceText(loss, t)]);
}

/** The setting that would help; null where none does. */
export function engineLossSetting({ cause }: EngineLoss): string | null {
  return cause === 'memory' ? heapSetting : null;
}

function causeText({ cause, detail }: EngineLoss, t: Translate): string {
  switch (cause) {
    case 'memory':
      return t('The trace engine ran out of memory.');
    case 'notLoaded':
      return t('The trace engine could not be loaded.');
    case 'exit':
      return t('The trace engine exited unexpectedly ({0}).', detail);
    case 'fault':
      return t('The trace engine stopped because of an error.');
    default:
      return assertNever(cause);
  }
}

function adviceText({ cause }: EngineLoss, t: Translate): string {
  switch (cause) {
    case 'memory':
      return t('Allow it more memory in the settings, or read fewer records.');
    case 'notLoaded':
      return t('If restarting it doesn’t help, reinstall RPA Trace.');
    case 'exit':
    case 'fault':
      return t('See the log for details.');
    default:
      return assertNever(cause);
  }
}
