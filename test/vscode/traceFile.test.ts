import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';

import { traceFileHead } from '../../src/sources/files/traceFileHead.ts';
import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();
const flows = 'test/fixtures/flows';
const fixture = (...path: string[]) =>
  readFile(join(repositoryRoot, 'test', 'fixtures', ...path), 'utf8');

/** The pages of our extension that are seen. */
async function pages({ page }: Workbench, shown = '.panel .head-line'): Promise<Frame[]> {
  const found = await Promise.all(
    page.frames().map(async (frame) => {
      const isOurs = await frame
        .locator(shown)
        .count()
        .catch(() => 0);
      return isOurs > 0 ? [frame] : [];
    }),
  );
  return found.flat();
}

test('a trace file opens by itself, with its flow as it was, and two at once where git compares', async () => {
  const { workbench, folder } = await vscode.sharedWorkbench(flows, { width: 1400, height: 900 });
  const text = await fixture('flows', 'invoice-entry.yaml');
  const record = JSON.stringify(
    JSON.parse(await fixture('records', '03-workflow-rpa-node-failed.g3.json')),
  );
  const head = traceFileHead({ flows: [{ name: 'as-it-was.yaml', text }] });
  const paths = ['one.rpatrace', 'other.rpatrace'].map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, gzipSync(`${head}${record}\n`));

  await workbench.inHost(
    (api, path) => api.commands.executeCommand('vscode.open', api.Uri.file(path)),
    paths[0] ?? '',
  );
  await expect.poll(async () => (await pages(workbench)).length).toBe(1);
  const [panel] = await pages(workbench);
  await panel?.getByText('Read to the end', { exact: true }).waitFor();
  // Nothing else can be read in it.
  await panel?.getByRole('button', { name: 'More Actions…' }).click();
  await panel?.getByRole('menuitem', { name: 'Save as Trace File…' }).waitFor();
  expect(await panel?.getByRole('menuitem', { name: /Switch Source|Connect/ }).count()).toBe(0);
  await workbench.page.keyboard.press('Escape');
  // Its menus are those of the panel; one would close if it got its focus only now.
  await panel?.waitForFunction(() => document.hasFocus());
  await panel?.getByRole('treeitem').first().click({ button: 'right' });
  await workbench.page.getByRole('menuitem', { name: 'Save as Test Fixture' }).waitFor();
  await workbench.screenshot('trace-file');
  await workbench.page.keyboard.press('Escape');

  await workbench.inHost(
    (api, [one, other]) =>
      api.commands.executeCommand(
        'vscode.diff',
        api.Uri.file(one ?? ''),
        api.Uri.file(other ?? ''),
      ),
    paths,
  );
  await expect.poll(async () => (await pages(workbench)).length).toBe(2);
  await workbench.screenshot('trace-files-compared');
});

test('what is asked for second while a trace file is saved has the focus, as what is asked for first', async () => {
  const { workbench, folder } = await vscode.sharedWorkbench(flows, { width: 1400, height: 900 });
  const { page } = workbench;
  const path = join(folder, 'saved.rpatrace');
  const text = await fixture('flows', 'invoice-entry.yaml');
  const record = await fixture('records', '03-workflow-rpa-node-failed.g3.json');
  const head = traceFileHead({ flows: [{ name: 'as-it-was.yaml', text }] });
  await writeFile(path, gzipSync(`${head}${JSON.stringify(JSON.parse(record))}\n`));
  await workbench.inHost(async (api, file) => {
    await api.commands.executeCommand('workbench.action.closeAllEditors');
    await api.commands.executeCommand('vscode.open', api.Uri.file(file));
  }, path);
  await expect.poll(async () => (await pages(workbench)).length).toBe(1);
  const [panel] = await pages(workbench);
  const widget = page.locator('.quick-input-widget');
  const field = widget.locator('input[type="text"]');
  // It was lost now and then only.
  for (let round = 0; round < 5; round++) {
    await panel?.getByRole('button', { name: 'More Actions…' }).click();
    await panel?.getByRole('menuitem', { name: 'Save as Trace File…' }).click();
    await widget.getByText('Execution Only').waitFor();
    if (round === 0) await workbench.screenshot('trace-file-what-to-save');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toMatch(/\.rpatrace$/);
    // What is typed goes where it is looked for.
    await page.keyboard.press('End');
    await page.keyboard.type('-typed');
    await expect.poll(() => field.inputValue()).toMatch(/-typed$/);
    await page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
  }
});

test('a trace file that is gone says so on its page, and is read by itself once it is back', async () => {
  const { workbench, folder } = await vscode.sharedWorkbench(flows, { width: 1400, height: 900 });
  const path = join(folder, 'gone.rpatrace');
  await workbench.inHost(async (api, file) => {
    await api.commands.executeCommand('workbench.action.closeAllEditors');
    const uri = api.Uri.file(file);
    await api.commands.executeCommand('vscode.openWith', uri, 'rpaTrace.traceFile');
  }, path);
  const found = () => pages(workbench, '.empty-state .error-actions');
  await expect.poll(async () => (await found()).length).toBe(1);
  const [panel] = await found();
  await panel?.getByText(`The file ${path} doesn’t exist.`).waitFor();
  expect(await panel?.locator('.source-status').innerText()).toContain('gone.rpatrace');
  expect(await workbench.notification('gone.rpatrace').count()).toBe(0);
  await workbench.screenshot('trace-file-gone');
  const record = await fixture('records', '03-workflow-rpa-node-failed.g3.json');
  await writeFile(
    path,
    gzipSync(`${traceFileHead({ flows: [] })}${JSON.stringify(JSON.parse(record))}\n`),
  );
  await panel?.getByText('Read to the end', { exact: true }).waitFor();
  await panel?.getByRole('treeitem').first().waitFor();
  // What becomes of it then is told, and what is shown stays.
  await writeFile(path, gzipSync(traceFileHead({ flows: [] })));
  await panel?.getByText('“gone.rpatrace” was changed on disk.').waitFor();
  await workbench.screenshot('trace-file-changed');
  await rm(path);
  await panel?.getByText('“gone.rpatrace” was moved or deleted.').waitFor();
  expect(await panel?.getByRole('treeitem').count()).toBeGreaterThan(0);
});

test('a link is opened by a command as well, which refuses hostile ones and connects to nothing', async () => {
  const { workbench } = await vscode.sharedWorkbench(flows, { width: 1400, height: 900 });
  const link = 'vscode://rpa-trace.rpa-trace/open?topic=invoices&partition=0&offset=7';
  // It ends when its last sentence is closed.
  await workbench.inHost((api) => void api.commands.executeCommand('rpaTrace.openLink'));
  const widget = workbench.page.locator('.quick-input-widget');
  const field = widget.locator('input[type="text"]');
  await field.waitFor();
  await field.fill(`${link}&command=workbench.action.quit`);
  await widget.getByText('has parts that this version doesn’t support').waitFor();
  await field.fill(link);
  await field.press('Enter');
  await workbench.notification('None of your connections reads this topic.').waitFor();
  await workbench.screenshot('link-without-connection');
});
