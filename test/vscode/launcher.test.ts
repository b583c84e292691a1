import { join } from 'node:path';

import { expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite({
  extensionPath: join(repositoryRoot, 'test', 'vscode', 'stubExtension'),
});

/** In the language, theme and order that other tests don't begin with: those prove the rest. */
test('a workbench is driven, in another language and theme, and after a reload', async () => {
  const folder = await vscode.copyOf('test/vscode/stubExtension');
  const workbench = await vscode.openWorkbench({
    ...{ folder, locale: 'zh-cn', theme: 'highContrast', width: 1000 },
  });
  await workbench.openFile('extension.cjs');

  await workbench.runCommand('存根：打开面板');

  const button = (await workbench.panelFrame()).getByRole('button');
  await expect.poll(() => button.textContent()).toBe('zh-cn');
  await button.click();
  await expect.poll(() => button.textContent()).toBe('clicked');
  await workbench.notification('The stub panel is open.').waitFor();
  const opened = await workbench.inHost((api) =>
    api.window.visibleTextEditors.map(({ document }) => document.uri.fsPath),
  );
  expect(opened).toEqual([join(folder, 'extension.cjs')]);

  await workbench.screenshot('launcher');
  await workbench.reload();
  const restored = (await workbench.panelFrame()).getByRole('button');
  await expect.poll(() => restored.textContent()).toBe('zh-cn');
});
