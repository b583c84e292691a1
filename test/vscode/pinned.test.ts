import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();

test('an execution has a panel of its own beside the others, also after a reload', async () => {
  const folder = await vscode.copyOf('test/fixtures/flows');
  const workbench = await vscode.openWorkbench({ folder, width: 1400, height: 900 });
  const { page } = workbench;
  const file = '31-robot-called-three-times.jsonl';
  await copyFile(join(repositoryRoot, 'test', 'fixtures', 'records', file), join(folder, file));
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, file),
  );
  const whole = await workbench.focusedPanel();
  await whole.getByText('Read to the end', { exact: true }).waitFor();
  // Until its flow file is read it has the name of its record.
  const name = '批量录单';
  await whole.locator('.head-name', { hasText: name }).waitFor();
  await whole.locator('.head-line').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open in New Panel' }).waitFor();
  await workbench.screenshot('pinned-panel-menu');
  await workbench.chooseInMenu('Open in New Panel');

  const tab = page.locator('.tab', { hasText: name });
  await tab.waitFor();
  /** Asks and does not wait: what it finds first may be the panel that goes away, and shows nothing any more. */
  const shown = async () => {
    const panel = await workbench.panelFrame();
    const [isFilled, header] = await Promise.all(
      ['[role="treeitem"]', '.header'].map((part) => panel.locator(part).count()),
    );
    return [await panel.locator('.head-name').allInnerTexts(), isFilled !== 0, header];
  };
  const pinnedOne = [[name], true, 0];
  await expect.poll(shown).toEqual(pinnedOne);
  await workbench.screenshot('pinned-panel');

  // Its own menus offer no second one.
  const pinned = await workbench.panelFrame();
  await pinned.locator('.head-line').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy Execution ID' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Open in New Panel' }).count()).toBe(0);
  await page.keyboard.press('Escape');

  await workbench.reload(/pinned\\*":\\*"workflow/);
  await tab.waitFor();
  await expect.poll(shown).toEqual(pinnedOne);
  await page.locator('.tab', { hasText: 'RPA Trace' }).click();
  await expect.poll(shown).toEqual([[name], true, 1]);
  await workbench.screenshot('pinned-panel-reloaded');
});
