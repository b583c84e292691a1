import { expect, test } from 'vitest';

import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();
const shared = () => vscode.sharedWorkbench('media/sample-workspace', { width: 1500, height: 900 });

/** The tabs of each group from left to right; what is seen in capitals. */
const groups = (workbench: Workbench) => () =>
  workbench.inHost((api) =>
    [...api.window.tabGroups.all]
      .sort((a, b) => a.viewColumn - b.viewColumn)
      .map(({ tabs, activeTab }) =>
        tabs
          .map((tab) => {
            const name = tab.input instanceof api.TabInputWebview ? 'panel' : tab.label;
            return tab === activeTab ? name.toUpperCase() : name;
          })
          .join(),
      ),
  );

/** Closes the panels, or all that is no panel. */
const close = (workbench: Workbench, isPanel: boolean) =>
  workbench.inHost(async (api, wanted) => {
    const tabs = api.window.tabGroups.all.flatMap((group) => group.tabs);
    await api.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof api.TabInputWebview === wanted),
    );
  }, isPanel);

/** The reader works in the panel: its group is the active one. */
async function clickInPanel(workbench: Workbench): Promise<void> {
  const panel = await workbench.panelFrame();
  await panel.getByRole('treeitem').first().click();
  await expect
    .poll(() =>
      workbench.inHost(
        (api) =>
          api.window.tabGroups.activeTabGroup.activeTab?.input instanceof api.TabInputWebview,
      ),
    )
    .toBe(true);
  // Until then VS Code may still be about to give it the focus, and would do so behind what is opened next.
  await workbench.focusedPanel();
}

/** A flow file, and beside it the panel, in which the reader works. */
async function panelBesideFlow() {
  const { workbench } = await shared();
  const seen = groups(workbench);
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'PANEL']);
  await clickInPanel(workbench);
  return { workbench, seen };
}

test('a file that is opened after a click in the panel does not cover it', async () => {
  const { workbench, seen } = await panelBesideFlow();
  const { page } = workbench;
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['invoice-entry.yaml,BATCH-ORDERS.YAML', 'PANEL']);

  await clickInPanel(workbench);
  await workbench.runCommand('workbench.view.explorer');
  const files = page.locator('.explorer-folders-view [role="treeitem"]');
  await files.filter({ hasText: 'bank-statement' }).click();
  const withOther = 'invoice-entry.yaml,batch-orders.yaml,BANK-STATEMENT.YAML';
  await expect.poll(seen).toEqual([withOther, 'PANEL']);
  await workbench.screenshot('own-group');

  // What shows one execution or numbers is still opened where the reader is.
  await clickInPanel(workbench);
  await workbench.runCommand('rpaTrace.openDashboard');
  await expect.poll(seen).toEqual([withOther, 'panel,PANEL']);
});

test('a group that holds other editors stays open to others', async () => {
  const { workbench } = await shared();
  const seen = groups(workbench);
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('workbench.action.splitEditorRight');
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.runCommand('rpaTrace.playSample');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'invoice-entry.yaml,PANEL']);
  await clickInPanel(workbench);
  await workbench.openFile('batch-orders.yaml');
  await expect
    .poll(seen)
    .toEqual(['INVOICE-ENTRY.YAML', 'invoice-entry.yaml,panel,BATCH-ORDERS.YAML']);
});

test('a group that the panel left takes files as any other', async () => {
  const { workbench, seen } = await panelBesideFlow();
  await close(workbench, false);
  await expect.poll(seen).toEqual(['PANEL']);
  await close(workbench, true);
  await expect.poll(seen).toEqual(['']);
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['BATCH-ORDERS.YAML']);
  await workbench.runCommand('workbench.action.splitEditorRight');
  await workbench.openFile('invoice-entry.yaml');
  await expect.poll(seen).toEqual(['BATCH-ORDERS.YAML', 'batch-orders.yaml,INVOICE-ENTRY.YAML']);
});

test('a group with a file takes others again when its panel was closed from elsewhere', async () => {
  const { workbench, seen } = await panelBesideFlow();
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['invoice-entry.yaml,BATCH-ORDERS.YAML', 'PANEL']);
  await workbench.runCommand('workbench.action.moveEditorToNextGroup');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'panel,BATCH-ORDERS.YAML']);
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await close(workbench, true);
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'BATCH-ORDERS.YAML']);
  await workbench.runCommand('workbench.action.focusSecondEditorGroup');
  await workbench.openFile('bank-statement.yaml');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'batch-orders.yaml,BANK-STATEMENT.YAML']);
});

test('a panel that came back with the window is locked too', async () => {
  const { workbench } = await shared();
  const seen = groups(workbench);
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'PANEL']);
  await workbench.panelFrame();
  await workbench.reload();
  await clickInPanel(workbench);
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['invoice-entry.yaml,BATCH-ORDERS.YAML', 'PANEL']);
});

test('where the panel was alone the file that one jumps to is in no locked group, and the panel is', async () => {
  const { workbench } = await shared();
  const seen = groups(workbench);
  await workbench.runCommand('rpaTrace.playSample');
  await expect.poll(seen).toEqual(['PANEL']);
  const panel = await workbench.panelFrame();
  await panel.getByRole('button', { name: 'Jump to Failing Step' }).click();
  await expect
    .poll(async () => (await seen()).toSorted())
    .toEqual([expect.stringMatching(/\.YAML$/), 'PANEL']);
  const [file = ''] = (await seen()).filter((name) => name !== 'PANEL');
  await workbench.openFile('bank-statement.yaml');
  await expect
    .poll(async () => (await seen()).toSorted())
    .toEqual(
      file === 'BANK-STATEMENT.YAML'
        ? [file, 'PANEL']
        : ['PANEL', `${file.toLowerCase()},BANK-STATEMENT.YAML`],
    );
});

test('a second panel is locked too in a group of its own', async () => {
  const { workbench, seen } = await panelBesideFlow();
  await workbench.runCommand('rpaTrace.openDashboard');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'panel,PANEL']);
  await workbench.runCommand('workbench.action.moveEditorToRightGroup');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'PANEL', 'PANEL']);
  await workbench.focusedPanel();
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['invoice-entry.yaml,BATCH-ORDERS.YAML', 'PANEL', 'PANEL']);
});

test('a group that the reader locked stays locked when a panel was closed in it', async () => {
  const { workbench, seen } = await panelBesideFlow();
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.runCommand('workbench.action.splitEditorRight');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'INVOICE-ENTRY.YAML', 'PANEL']);
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.runCommand('workbench.action.lockEditorGroup');
  await clickInPanel(workbench);
  await workbench.runCommand('workbench.action.moveEditorToFirstGroup');
  await expect.poll(seen).toEqual(['invoice-entry.yaml,PANEL', 'INVOICE-ENTRY.YAML']);
  await close(workbench, true);
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'INVOICE-ENTRY.YAML']);
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.openFile('batch-orders.yaml');
  await expect.poll(seen).toEqual(['INVOICE-ENTRY.YAML', 'invoice-entry.yaml,BATCH-ORDERS.YAML']);
});
