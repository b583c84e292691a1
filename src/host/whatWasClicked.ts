import type { ExecutionKey } from '../trace/execution.ts';
import type { Desk } from './desk.ts';
import { t } from './l10n.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** A field of the `data-vscode-context` of what was clicked; empty from the palette. */
export function contextText(context: unknown, field: string): string {
  if (typeof context !== 'object' || context === null) return '';
  const value: unknown = Reflect.get(context, field);
  return typeof value === 'string' ? value : '';
}

/** The execution that was clicked, from the palette the selected one; without one it says so. */
export function executionOf(
  vscode: Vscode,
  { selection }: Pick<Desk, 'selection'>,
  context: unknown,
): ExecutionKey | null {
  const key = contextText(context, 'executionKey') || selection.key;
  if (key === null) {
    void tell(vscode, 'information', t('Select an execution in the trace panel first.'));
  }
  return key;
}
