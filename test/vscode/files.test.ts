import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';
import { plantedSecret } from '../support/plantedSecrets.ts';

const vscode = vscodeSuite();
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

test('executions are saved from the panel, and their file opens as the same list', async () => {
  const { workbench, panel, folder } = await openTrace('36-secrets-everywhere.g3.json');
  await panel.getByRole('button', { name: 'More Actions…' }).click();
  await panel.getByRole('menuitem', { name: /Save Executions/ }).click();
  const path = join(folder, 'saved.jsonl');
  await saveAs(workbench, path);
  await workbench.notification('Execution saved to saved.jsonl.').waitFor();
  await workbench.screenshot('files-saved');
  const text = await readFile(path, 'utf8');
  expect(text).not.toMatch(plantedSecret);
  expect(await readdir(folder)).not.toContain('saved.jsonl.part');

  const before = await panel.locator('.head-line').innerText();
  await openInPanel(workbench, path);
  await panel.getByText('saved.jsonl').first().waitFor();
  await panel.locator('.head-line').waitFor();
  await expect.poll(() => panel.locator('.head-line').innerText()).toBe(before);
});

test('one execution is saved from its context menu', async () => {
  const { workbench, panel, folder } = await openTrace('31-robot-called-three-times.jsonl');
  await panel.locator('.head-line').click({ button: 'right' });
  const entry = 'Save This Execution…';
  await workbench.page.getByRole('menuitem', { name: entry }).waitFor();
  await workbench.screenshot('files-context-menu');
  await workbench.chooseInMenu(entry);
  const path = join(folder, 'one.jsonl');
  await saveAs(workbench, path);
  await workbench.notification('Execution saved to one.jsonl.').waitFor();
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(4);
});

test('menus open on the active row from the keyboard, and copy what is meant, masked', async () => {
  const { workbench, panel } = await openTrace('36-secrets-everywhere.g3.json');
  const { page } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const choose = async (entry: string) => {
    await page.getByRole('menuitem', { name: entry, exact: true }).waitFor();
    await workbench.screenshot(`files-menu-${entry.replaceAll(' ', '-').toLowerCase()}`);
    await workbench.chooseInMenu(entry);
  };
  const copied = () => workbench.inHost((api) => api.env.clipboard.readText());
  /** Selects a step, and waits until the inspector shows it and no other: it is what a menu is about. */
  const select = async (index: number) => {
    const row = panel.getByRole('treeitem').nth(index);
    const id = (await row.getAttribute('data-node-id')) ?? '';
    await row.click();
    const inspector = panel.locator('.inspector[aria-busy="false"]');
    await inspector.locator('.inspector-head-id', { hasText: id }).waitFor();
    return id;
  };
  const id = await select(0);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+F10');
  await choose('Copy Node ID');
  await expect.poll(copied).toBe(id);

  await select(1);
  await panel.getByRole('treeitem').nth(1).click({ button: 'right' });
  await choose('Copy Input');
  await expect.poll(copied).toMatch(/^\{[^]*\}$/);
  expect(await copied()).not.toMatch(plantedSecret);

  const name = panel.locator('.inspector-value-name').first();
  const path = await name.innerText();
  await name.click({ button: 'right' });
  await choose('Copy Path');
  await expect.poll(copied).toBe(path);
});

test('from an opened file there is a way back to what was read before, and to it again', async () => {
  const name = '31-robot-called-three-times.jsonl';
  const { workbench, panel, folder } = await openTrace(name, async (before) => {
    await before.runCommand('rpaTrace.playSample');
    await (await before.panelFrame()).getByText('Live', { exact: true }).waitFor();
  });
  await panel.getByRole('button', { name: 'Back to Sample robot' }).click();
  await panel.getByText('Live', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'More Actions…' }).click();
  await panel.getByRole('menuitem', { name: 'Switch Source…' }).click();
  const row = workbench.page.locator('.quick-input-list .monaco-list-row', {
    hasText: name,
  });
  await row.waitFor();
  await workbench.screenshot('files-switch-source');
  await copyFile(join(repositoryRoot, 'test', 'fixtures', 'records', name), join(folder, name));
  await row.click();
  await panel.getByText('Read to the end', { exact: true }).waitFor();
  await panel.locator('.source-name', { hasText: name }).waitFor();
});

test('rejected records are saved with their reasons', async () => {
  const { workbench, panel, folder } = await openTrace('34-unreadable.jsonl');
  await panel.getByRole('button', { name: 'More Actions…' }).click();
  await panel.getByRole('menuitem', { name: /Rejected Records/ }).click();
  await panel.getByRole('button', { name: 'Save All to File…' }).click();
  const path = join(folder, 'rejected.jsonl');
  await saveAs(workbench, path);
  await workbench.notification(/Rejected records saved to rejected\.jsonl/).waitFor();
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const reasons = lines.map((line) => (JSON.parse(line) as { reason: string }).reason);
  expect(reasons).toContain('notAnObject');
  expect(lines.join()).not.toMatch(plantedSecret);
});

test('a large value is fetched from where the setting says', async () => {
  const host = await storeOf('{"total": 1280.5, "apiKey": "sk-EXAMPLE-7f3a9b2c4d5e6f708192"}');
  const { workbench, panel } = await openTrace('33-large-values-stored.g1.json');
  await workbench.inHost(
    (api, to) =>
      api.workspace
        .getConfiguration('rpaTrace')
        .update('largeValues.hostRewrite', { 'minio:9000': to }, api.ConfigurationTarget.Global),
    host,
  );
  await panel.getByRole('treeitem', { name: /提取发票/ }).click();
  await panel
    .getByRole('button', { name: `Fetch from ${host}` })
    .first()
    .click();
  await panel.getByText('1280.5').first().waitFor();
  expect(await panel.locator('.inspector').innerText()).not.toContain('EXAMPLE');
  await workbench.screenshot('files-fetched');
});

async function openTrace(name: string, before?: (workbench: Workbench) => Promise<void>) {
  const flows = 'test/fixtures/flows';
  const { workbench, folder } = await vscode.sharedWorkbench(flows, { width: 1400, height: 900 });
  await before?.(workbench);
  // Beside the folder's own files, so that it is in reach of the simple dialog.
  const path = join(folder, name);
  await copyFile(join(repositoryRoot, 'test', 'fixtures', 'records', name), path);
  await openInPanel(workbench, path);
  const panel: Frame = await workbench.focusedPanel();
  await panel.getByText(name).first().waitFor();
  // Before that the file is still needed, and what is selected may change.
  await panel.getByText('Read to the end', { exact: true }).waitFor();
  await rm(path, { force: true });
  return { workbench, panel, folder };
}

function openInPanel(workbench: Workbench, path: string): Promise<unknown> {
  return workbench.inHost(
    (api, file) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(file)),
    path,
  );
}

/** In VS Code's own dialog for files, once it has listed the folder and made its suggestion. */
async function saveAs({ page }: Workbench, path: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget');
  const field = dialog.locator('input[type="text"]');
  await expect.poll(() => field.inputValue()).toMatch(/-\d{8}-\d{6}\.jsonl$/);
  await field.fill(path);
  await dialog.getByRole('button', { name: 'OK' }).click();
}

async function storeOf(text: string): Promise<string> {
  const server = createServer((_, response) => response.end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
