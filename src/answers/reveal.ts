import type { Json } from '../base/json.ts';
import { revealValue } from '../decode/revealValue.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import { gone } from './openedExecution.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { TreeView } from './treeView.ts';

/** One value as it stands in the record: kept nowhere, and only where the settings allow it. */
export async function reveal(
  { key, row, place }: EngineMethods['reveal']['params'],
  tree: TreeView,
  redaction: Redaction,
): Promise<Json> {
  if (!redaction.allowReveal) {
    throw new RequestError({
      reason: 'notAllowed',
      message: 'The settings do not allow to reveal masked values',
    });
  }
  const { record, runKey } = await tree.sourceOf(key, row);
  const value = revealValue(record, redaction.rules, runKey, place);
  if (value === undefined) throw gone('This value is not in the record');
  return value;
}
