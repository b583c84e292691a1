/** An engine that dies at each start, in a real VS Code: it is given up, said so, and started again on demand. */
import { cpSync, mkdtempSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

/** A copy of the extension whose engine a test can break. */
const extensionPath = mkdtempSync(join(tmpdir(), 'rpa-trace-extension-'));
for (const part of ['package.json', 'package.nls.json', 'dist', 'media']) {
  cpSync(join(repositoryRoot, part), join(extensionPath, part), { recursive: true });
}
const engineFile = join(extensionPath, 'dist', 'engine.js');

const vscode = vscodeSuite({ extensionPath });

afterAll(() => rm(extensionPath, { recursive: true, force: true, maxRetries: 5 }));

test('says that it is given up, everywhere, and goes on once it is started again', async () => {
  await writeFile(engineFile, 'process.exit(3);');
  const workbench = await vscode.openWorkbench({ width: 1400, height: 900 });
  const { page } = workbench;
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  // The page has asked the engine for its status, which started it; what is opened is opened by whichever lives.
  await workbench.inHost((api) => api.commands.executeCommand('rpaTrace.playSample'));
  const told = workbench.notification(/exited unexpectedly \(exit code 3\).*6 times in a row/);
  await told.waitFor({ timeout: 60_000 });
  await panel.locator('.banner').getByRole('button', { name: 'Restart Engine' }).waitFor();
  const statusBar = page.locator('.statusbar-item', { hasText: 'RPA Trace stopped' });
  await statusBar.waitFor();
  await workbench.screenshot('engine-given-up');

  await copyFile(join(repositoryRoot, 'dist', 'engine.js'), engineFile);
  await told.getByRole('button', { name: 'Restart Engine' }).click();
  await panel.getByRole('treeitem').first().waitFor();
  await statusBar.waitFor({ state: 'detached' });
  await expect.poll(() => panel.locator('.banner').count()).toBe(0);
  await page.locator('.statusbar-item', { hasText: 'Sample robot' }).waitFor();
});
