import type { CauseId } from '../diagnosis/causes.ts';
import { tellingLine } from '../diagnosis/tellingLine.ts';
import type { SaidText } from '../protocol/problems.ts';
import { coreMessage } from '../trace/coreMessage.ts';

/** What a failure said, and where in it its cause is told. */
export function saidText(cause: CauseId | null, text: string): SaidText {
  return { text, telling: tellingLine(cause, coreMessage(text)) };
}
