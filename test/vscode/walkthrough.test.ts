import { expect, test } from 'vitest';

import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();

const boxesOf = ({ page }: Workbench) => page.locator('.getting-started-step [role=checkbox]');

/** Jumps by the panel's button, until the step is selected in its flow file. */
async function jump(workbench: Workbench): Promise<void> {
  const panel = await workbench.panelFrame();
  await panel.getByRole('button', { name: /^Jump/ }).first().click({ timeout: 30_000 });
  const chosen = () =>
    workbench.inHost((api) => api.window.activeTextEditor?.selection.isEmpty === false);
  await expect.poll(chosen).toBe(true);
}

/** All but connecting was done. */
async function expectTicks(workbench: Workbench): Promise<void> {
  await expect
    .poll(() => boxesOf(workbench).evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel)))
    .toEqual([
      'Watch the sample robot: Completed',
      'Connect to Kafka: Not completed',
      'Jump to the failing step: Completed',
    ]);
}

test('what was done in the panel is ticked in the walkthrough', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({ width: 1500, height: 950, folder });
  const openWalkthrough = () =>
    workbench.inHost(async (api) => {
      const walkthrough = 'rpa-trace.rpa-trace#rpaTrace.gettingStarted';
      await api.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    });
  // VS Code takes note of what is done from then on.
  await openWalkthrough();
  await expect.poll(() => boxesOf(workbench).count()).toBe(3);
  await workbench.openFile('bank-statement.yaml');
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  await panel.getByRole('button', { name: /^Play Sample/ }).click();
  await jump(workbench);
  await openWalkthrough();
  await expectTicks(workbench);
});

test('what was done before is ticked when the panel opens the walkthrough', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({ width: 1500, height: 950, folder });
  await workbench.runCommand('rpaTrace.playSample');
  const panel = await workbench.panelFrame();
  await jump(workbench);
  await panel.getByRole('button', { name: 'More Actions…' }).click();
  await panel.getByRole('menuitem', { name: 'Getting Started' }).click();
  await expectTicks(workbench);
});
