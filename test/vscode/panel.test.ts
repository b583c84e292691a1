import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();
const shared = () => vscode.sharedWorkbench('media/sample-workspace', { width: 1500, height: 900 });

test('plays the sample robot in Chinese, and shows the same again after a reload', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({
    folder,
    ...{ locale: 'zh-cn', theme: 'light', width: 1400, height: 900 },
  });
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  const panel = await workbench.panelFrame();
  await panel.getByText('实时', { exact: true }).waitFor();
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

  // The card of the failure that is open leads to its problem, in pages of their own, which VS Code's policy has to let in.
  await panel.locator('.finding-fold[aria-expanded=false]').click();
  await panel.locator('.its-problem .item-link').click();
  await panel.locator('.problem-row.chosen').waitFor();
  await panel.getByRole('button', { name: 'Ignore', exact: true }).click();
  await panel.getByRole('button', { name: 'Ignored 1' }).click();
  await panel.locator('.problem-row').waitFor();
  await workbench.screenshot('panel-problems');
  await panel.getByRole('button', { name: 'Stop Ignoring' }).click();
  await panel.locator('.page-switch button').nth(2).click();
  await panel.locator('.figure-card.succeeded .figure-card-value').waitFor();
  await panel.locator('.chart-svg .mark').first().waitFor();
  await workbench.screenshot('panel-numbers');
  // An editor of its own; what is behind a number is shown where the list is.
  await panel.getByRole('button', { name: 'Open Dashboard' }).click();
  const shown = async (selector: string) =>
    (await workbench.panelFrame()).locator(selector).count();
  await expect.poll(() => shown('.dashboard-buttons')).toBe(1);
  const dashboard = await workbench.panelFrame();
  await dashboard.locator('.figure-card.rate button').click();
  await expect.poll(() => shown('.filter-input')).toBe(1);
  const behind = await workbench.panelFrame();
  await expect.poll(() => behind.locator('.filter-input').inputValue()).toMatch(/^status:failed /);
  await behind.locator('[role="treeitem"][data-status="failed"]').first().waitFor();

  await openAsTrace('broken.json');
  await (
    await workbench.panelFrame()
  )
    .getByText(/1 record/i)
    .first()
    .waitFor();
  await workbench.screenshot('panel-file-broken');
});

test('behind another file it comes back in its own group, pinned, with what was opened or told', async () => {
  const { workbench, folder } = await shared();
  const open = (name: string, viewColumn: number) =>
    workbench.inHost(
      async (api, file) => {
        const document = await api.workspace.openTextDocument(api.Uri.file(file.path));
        const column = file.viewColumn === 1 ? api.ViewColumn.One : api.ViewColumn.Two;
        await api.window.showTextDocument(document, { viewColumn: column, preview: false });
      },
      { path: join(folder, name), viewColumn },
    );
  const openAsTrace = (name: string) =>
    workbench.inHost(
      (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
      join(folder, name),
    );
  const panelTab = () =>
    workbench.inHost((api) =>
      api.window.tabGroups.all.flatMap(({ viewColumn, tabs, activeTab }) =>
        tabs
          .filter(({ input }) => input instanceof api.TabInputWebview)
          .map((tab) => [viewColumn, tab.isPreview, tab === activeTab]),
      ),
    );
  await open('invoice-entry.yaml', 1);
  await workbench.runCommand('rpaTrace.playSample');
  const first = await workbench.panelFrame();
  await first.getByText('Live', { exact: true }).waitFor();
  await first.getByRole('treeitem').first().waitFor();
  await expect.poll(panelTab).toEqual([[2, false, true]]);

  // It is hidden in its group, and the reader works in the other.
  await open('README.md', 2);
  await expect.poll(panelTab).toEqual([[2, false, false]]);
  await open('invoice-entry.yaml', 1);
  await openAsTrace('traces/invoice-entry.jsonl');
  await expect.poll(panelTab).toEqual([[2, false, true]]);
  const panel = await workbench.panelFrame();
  await panel.locator('[role="treeitem"][data-status="failed"]').first().waitFor();
  expect(await panel.getByText('no longer available').count()).toBe(0);

  await open('README.md', 2);
  await expect.poll(panelTab).toEqual([[2, false, false]]);
  await open('invoice-entry.yaml', 1);
  const id = await workbench.inHost((api) => {
    const editor = api.window.activeTextEditor;
    const text = editor?.document.getText() ?? '';
    const [found = ''] = /node-start::[\w-]+/.exec(text) ?? [];
    const at = editor?.document.positionAt(text.indexOf(found));
    if (editor !== undefined && at !== undefined) editor.selection = new api.Selection(at, at);
    return found;
  });
  await workbench.runCommand('rpaTrace.showInPanel');
  const again = await workbench.panelFrame();
  await again.locator('.inspector-head-id', { hasText: id }).waitFor();
  await expect.poll(panelTab).toEqual([[2, false, true]]);
  await workbench.screenshot('panel-came-back');
});

test('jumps to the side where files were, and keeps how the panel was divided', async () => {
  const { workbench, folder } = await shared();
  await workbench.openFile('invoice-entry.yaml');
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, 'traces/invoice-entry.jsonl'),
  );
  const panel = await workbench.panelFrame();
  await panel.locator('[role="treeitem"][data-status="failed"]').first().click();
  await workbench.screenshot('panel-room');
  const columns = () =>
    workbench.inHost((api) =>
      // VS Code lists the groups as they came, wherever they are.
      [...api.window.tabGroups.all]
        .sort((a, b) => a.viewColumn - b.viewColumn)
        .map(({ tabs }) =>
          tabs
            .map(({ input }) => {
              if (input instanceof api.TabInputText) return 'file';
              return input instanceof api.TabInputWebview ? 'panel' : 'other';
            })
            .join(),
        ),
    );
  await expect.poll(columns).toEqual(['file', 'panel']);
  // The second time it came there by a jump.
  for (const _ of [1, 2]) {
    await workbench.inHost(async (api) => {
      const files = api.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof api.TabInputText);
      await api.window.tabGroups.close(files);
    });
    await expect.poll(columns).toEqual(['panel']);
    const alone = await workbench.panelFrame();
    await alone.getByRole('button', { name: 'Jump to Failing Step' }).first().click();
    await expect.poll(columns).toEqual(['file', 'panel']);
  }

  // Closed and opened anew, the panel is divided as it was.
  const again = await workbench.panelFrame();
  await again.getByRole('separator', { name: 'Height of the inspector' }).press('End');
  const inspector = (frame: typeof again) =>
    frame.locator('.inspector').evaluate(({ clientHeight }) => clientHeight);
  await expect.poll(() => inspector(again)).toBe(0);
  await workbench.screenshot('panel-divided');
  await workbench.inHost(async (api) => {
    const panels = api.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof api.TabInputWebview);
    await api.window.tabGroups.close(panels);
  });
  await workbench.runCommand('rpaTrace.openPanel');
  const anew = await workbench.panelFrame();
  await anew.getByRole('treeitem').first().waitFor();
  await expect.poll(() => inspector(anew)).toBe(0);
});
