import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();

test('plays the sample robot in Chinese, and shows the same again after a reload', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({
    folder,
    ...{ locale: 'zh-cn', theme: 'light', width: 1400, height: 900 },
  });
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  const panel = await workbench.panelFrame();
  await panel.getByText('实时').waitFor();
  await panel.getByRole('treeitem').first().click();
  const name = await panel.locator('.picker-name').innerText();
  await workbench.screenshot('panel-chinese');

  await workbench.reload();
  const again = await workbench.panelFrame();
  await again.getByRole('treeitem').first().waitFor();
  await expect.poll(() => again.locator('.picker-name').innerText()).toBe(name);
});

test('opens a trace file beside its flow file, and says so where a file holds none', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  await writeFile(join(folder, 'broken.json'), '{"sid": "x", ');
  const workbench = await vscode.openWorkbench({ folder, theme: 'highContrast', width: 1500 });
  await workbench.openFile('invoice-entry.yaml');
  const openAsTrace = (name: string) =>
    workbench.inHost(
      (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
      join(folder, name),
    );
  await openAsTrace('traces/invoice-entry.jsonl');
  const panel = await workbench.panelFrame();
  await panel.locator('[role="treeitem"][data-status="failed"]').first().waitFor();
  await workbench.screenshot('panel-file-high-contrast');

  await openAsTrace('broken.json');
  await panel
    .getByText(/1 record/i)
    .first()
    .waitFor();
  await workbench.screenshot('panel-file-broken');
});
