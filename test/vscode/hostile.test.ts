import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { sampleBeginMs, sampleRecord } from '../support/sampleRecords.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();

const command = 'command:workbench.action.toggleSidebarVisibility';
const name = `[Fix now](${command}) $(zap) <${command}> https://evil.example`;
/** Where a file's name can't hold all of that. */
const fileName = `$(zap) [Fix](${command}) <command:rpaTrace.disconnect?[]>`;
const failingNode = 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';

test('names of records, flow files and files get neither link nor icon out of VS Code', async () => {
  const folder = await vscode.copyOf('test/fixtures/flows');
  const flow = await readFile(join(folder, 'invoice-entry.yaml'), 'utf8');
  for (const file of await readdir(folder)) await rm(join(folder, file));
  // Two of its nodes have the id of the one that fails.
  const twice = flow
    .replaceAll('录入ERP', `'${name}'`)
    .replaceAll(/ifly-code::[\w-]+/g, failingNode);
  await writeFile(join(folder, 'hostile.yaml'), twice);
  const workbench = await vscode.openWorkbench({
    ...{ folder, width: 1400, height: 900 },
    settings: { 'rpaTrace.notifications.failures': 'all' },
  });
  const { page } = workbench;
  const path = join(folder, `${fileName}.jsonl`);
  await writeFile(path, `${failureSoon()}\n${sampleRecord('succeeded', soon() + 60)}\n`);
  await workbench.inHost(
    (api, file) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(file)),
    path,
  );

  // The panel, while it is seen, tells of what it doesn't show: it follows the newest, which is another.
  const panel = await workbench.panelFrame();
  await panel.getByText('Read to the end', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Follow' }).click();
  await panel.locator('[role="treeitem"][data-status="failed"]').waitFor({ state: 'detached' });
  await workbench.runCommand('rpaTrace.readAgain');
  const news = panel.locator('.news-words');
  await news.waitFor();
  expect(await textOf(news)).toContain(`“${name}”`);
  expect(await news.locator('*').count()).toBe(0);
  await workbench.screenshot('hostile-0-news');
  await news.click();

  await workbench.runCommand('workbench.action.files.newUntitledFile');
  await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await workbench.runCommand('rpaTrace.readAgain');
  const message = workbench.notification(/failed at/);
  await message.waitFor();
  expect(await textOf(message)).toContain(`“${name}”`);
  await expectOnlyText(workbench);
  await workbench.screenshot('hostile-1-notification');
  // A link would run its command under the pointer.
  await message.locator('.notification-list-item-message').getByText('Fix now').click();
  await page.locator('.part.sidebar').waitFor();

  const status = page.locator('.statusbar-item', { hasText: 'Fix' });
  await status.waitFor();
  expect(await textOf(status)).toContain('$(zap)');
  await status.hover();
  const tooltip = page.locator('.monaco-hover', { hasText: 'Read to the end' });
  await tooltip.waitFor();
  expect(await textOf(tooltip)).toContain(fileName);
  await expectOnlyText(workbench);
  await workbench.screenshot('hostile-2-status-bar');

  void workbench.runCommand('rpaTrace.switchSource');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Fix' });
  await row.waitFor();
  expect(await textOf(row)).toContain(fileName);
  await expectOnlyText(workbench);
  await workbench.screenshot('hostile-3-quick-pick');
  await page.keyboard.press('Escape');

  // The reader chooses, by the names that the flow file gives them.
  await workbench.runCommand('rpaTrace.openPanel');
  await (await workbench.panelFrame()).locator(`[data-node-id="${failingNode}"]`).click();
  await workbench.runCommand('rpaTrace.jumpToFailingStep');
  const place = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Fix now' });
  await place.waitFor();
  await expectOnlyText(workbench);
  await workbench.screenshot('hostile-4-places');
});

/** The record that begins after all of the test, by its number. */
function soon(): number {
  return Math.ceil((Date.now() - sampleBeginMs) / 1_000) + 180;
}

/** What a service would write of a flow whose failing step has that name; it fails after the file was opened. */
function failureSoon(): string {
  const record = JSON.parse(sampleRecord('failed', soon())) as {
    trace: { node_name: string; func_name: string }[];
  };
  for (const entry of record.trace) {
    if (entry.node_name === '录入ERP') entry.node_name = entry.func_name = name;
  }
  return JSON.stringify(record);
}

/** As it is seen: without the signs that have no width. */
async function textOf(shown: { innerText(): Promise<string> }): Promise<string> {
  return (await shown.innerText()).replaceAll('\u2060', '').replaceAll('\u00a0', ' ');
}

async function expectOnlyText({ page }: Workbench): Promise<void> {
  const made = await page.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLElement>('a[href], a[data-href]')].map(
      (link) => link.dataset['href'] ?? link.getAttribute('href') ?? '',
    );
    const icons = document.querySelectorAll('.codicon-zap');
    return [...links, ...[...icons].map(() => 'icon')];
  });
  const ours = /^command:rpaTrace\.\w+$/;
  const foreign = made.filter((href) => /^command:|evil|^icon$/.test(href) && !ours.test(href));
  expect(foreign).toEqual([]);
}
