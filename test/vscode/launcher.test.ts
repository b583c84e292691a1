import { join } from 'node:path';

import { expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite({
  extensionPath: join(repositoryRoot, 'test', 'vscode', 'stubExtension'),
});

test.each([
  { locale: 'en', title: 'Stub: Open Panel', theme: 'light', isReloaded: true },
  { locale: 'zh-cn', title: '存根：打开面板', theme: 'highContrast', isReloaded: false },
] as const)(
  'a workbench in $locale, reloaded: $isReloaded',
  async ({ locale, title, theme, isReloaded }) => {
    const folder = await vscode.copyOf('test/vscode/stubExtension');
    const workbench = await vscode.openWorkbench({ folder, locale, theme, width: 1000 });
    await workbench.openFile('extension.cjs');

    await workbench.runCommand(title);

    const button = (await workbench.panelFrame()).getByRole('button');
    await expect.poll(() => button.textContent()).toBe(locale);
    await button.click();
    await expect.poll(() => button.textContent()).toBe('clicked');
    await workbench.notification('The stub panel is open.').waitFor();
    const opened = await workbench.inHost((api) =>
      api.window.visibleTextEditors.map(({ document }) => document.uri.fsPath),
    );
    expect(opened).toEqual([join(folder, 'extension.cjs')]);

    await workbench.screenshot(`launcher-${locale}`);
    if (!isReloaded) return;
    await workbench.reload();
    const restored = (await workbench.panelFrame()).getByRole('button');
    await expect.poll(() => restored.textContent()).toBe(locale);
  },
);
