import type { SourceSpec } from '../protocol/sources.ts';
import { traitsOf } from '../sources/table.ts';
import type { Desk } from './desk.ts';
import { spokenLanguage, t } from './l10n.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';
import { executionOf } from './whatWasClicked.ts';

/** Copies what is known of an execution for a ticket, and offers to look at it. */
export async function copyReport(
  vscode: Vscode,
  { desk, shown }: { readonly desk: Desk; readonly shown: SourceSpec | undefined },
  context: unknown,
): Promise<void> {
  const key = executionOf(vscode, desk, context);
  if (key === null) return;
  const { askForReport, translateLike } = await import('./reportBundle.ts');
  translateLike(spokenLanguage());
  const content = await askForReport(desk.engine, key, {
    language: vscode.env.language,
    isOfTopic: traitsOf(shown?.kind ?? 'none')?.isLive === true,
  });
  await vscode.env.clipboard.writeText(content);
  const open = t('Open');
  const picked = await tell(vscode, 'information', t('Report copied as Markdown.'), open);
  if (picked !== open) return;
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document);
}
