import { expect, test } from 'vitest';

import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();

test('fail, read, go to the setting, fix the flow file, and the next run says that it passed, without a click', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({ width: 1500, height: 950, folder });
  await workbench.openFile('bank-statement.yaml');
  await workbench.runCommand('rpaTrace.openPanel');
  await workbench.runCommand('rpaTrace.playSample');
  const panel = await workbench.panelFrame();
  // Of the open flow file there is nothing but what fails, and it is opened by itself.
  const problem = panel.locator('.its-problem');
  const said = async () => (await problem.allTextContents()).join('');
  await expect.poll(said, { timeout: 30_000 }).toContain('New');

  await panel.getByRole('button', { name: 'Go to Timeout Setting' }).click();
  const selected = () =>
    workbench.inHost((api) => {
      const editor = api.window.activeTextEditor;
      return editor === undefined ? '' : editor.document.getText(editor.selection);
    });
  await expect.poll(selected).toBe('2');
  await workbench.inHost(async (api) => {
    const editor = api.window.activeTextEditor!;
    await editor.edit((edit) => {
      edit.replace(editor.selection, '20');
    });
    await editor.document.save();
  });
  await expect
    .poll(said, { timeout: 60_000 })
    .toMatch(/^Resolved: (?:1 of 1 needed runs passed|passed \d+ times) since /);
  await workbench.screenshot('fix-verified');
});
