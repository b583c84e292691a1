import { expect, test } from 'vitest';

import { compareInWorkbench } from '../support/compareInWorkbench.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();

test('two runs of the sample workspace, one click: the sentence, and the cause in sight in the flow file', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({ folder, width: 1500, height: 950 });
  const { page } = workbench;
  const panel = await compareInWorkbench(workbench, folder);
  expect(await panel.locator('.compare-sentence').innerText()).toMatch(
    /^First difference: “校验金额” returned no fields\.total: it is missing now \(before: 2245\.63\)\. “录入 ERP” failed after it\. Its error: “Amount must not be empty”\. The configuration of “校验金额” differs between the two\./,
  );
  const selected = () =>
    workbench.inHost((api) => {
      const [editor] = api.window.visibleTextEditors;
      return editor === undefined ? '' : editor.document.getText(editor.selection);
    });
  const seen = () =>
    workbench.inHost((api) => {
      const [editor] = api.window.visibleTextEditors;
      return editor?.visibleRanges.map((range) => editor.document.getText(range)).join('\n') ?? '';
    });
  // The configuration differs in its code: it is scrolled to, and the cursor goes there when that is asked for.
  await expect.poll(seen).toContain('fields["total"] = round(');
  expect(await selected()).toBe('');
  await panel.getByRole('button', { name: 'Go to First Difference in Flow' }).click();
  await expect.poll(selected).toContain('fields["total"] = round(');
  await panel.locator('.compare-active', { hasText: '校验金额' }).waitFor();
  await workbench.screenshot('compare');

  // The whole values of a step in VS Code's own diff editor.
  await panel.getByRole('button', { name: 'Show Side by Side' }).click();
  await panel.locator('.side-differs').first().waitFor();
  await workbench.screenshot('compare-side-by-side');
  await panel.locator('.side-section[open]').first().getByText('Open in Diff Editor').click();
  await page.locator('.tab.active', { hasText: '校验金额' }).waitFor();
  await page.locator('.monaco-diff-editor .line-delete').first().waitFor();
  // Code is compared by its lines.
  await panel.locator('.side-section[open]').nth(1).getByText('Open in Diff Editor').click();
  await page
    .locator('.monaco-diff-editor .view-line', { hasText: 'def main(text)' })
    .first()
    .waitFor();
  await workbench.screenshot('compare-diff-editor');
});
