import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';

import { countControls, walkByTab } from '../webview/tabWalk.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();

/** The panel beside a flow file, with the sample robot playing. */
async function openPanel(): Promise<{ workbench: Workbench; panel: Frame }> {
  const { workbench } = await vscode.sharedWorkbench('media/sample-workspace', { width: 1500 });
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  const panel = await workbench.panelFrame();
  await panel.getByRole('treeitem').first().waitFor();
  // VS Code gives it the focus a while after it is there; later it would take it from what is opened over it.
  await expect.poll(focusIn(panel)).toBe('rows-scroller');
  return { workbench, panel };
}

/** The first class of what has the focus in the panel; `elsewhere` while it is in another part of the window. */
const focusIn = (panel: Frame) => () =>
  panel.evaluate(() =>
    document.hasFocus() ? (document.activeElement?.classList[0] ?? 'nothing') : 'elsewhere',
  );

/**
 * Until the focus has left the panel, and VS Code knows: it asks the frame around our page four times a second. Where
 * that answer comes after VS Code gave the focus back, it goes no further than to that frame, and the page hears of
 * nothing. No reader is as quick.
 */
async function focusHasLeft(panel: Frame): Promise<void> {
  await expect.poll(focusIn(panel)).toBe('elsewhere');
  await panel.parentFrame()?.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
}

test('opened by key it has the focus in its tree; leaving it and coming back finds it where it was', async () => {
  const { workbench, panel } = await openPanel();
  const { page } = workbench;
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await focusHasLeft(panel);
  await workbench.runCommand('rpaTrace.openPanel');
  await expect.poll(focusIn(panel)).toBe('rows-scroller');

  await panel.locator('.picker-button').focus();
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input[type="text"]').waitFor();
  await focusHasLeft(panel);
  await page.keyboard.press('Escape');
  await expect.poll(focusIn(panel)).toBe('picker-button');

  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await focusHasLeft(panel);
  await workbench.runCommand('workbench.action.focusSecondEditorGroup');
  await expect.poll(focusIn(panel)).toBe('picker-button');

  // Behind another file its page ends, and another begins.
  await workbench.inHost(async (api) => {
    const [file] = await api.workspace.findFiles('README.md');
    if (file !== undefined)
      await api.window.showTextDocument(file, { viewColumn: api.ViewColumn.Two });
  });
  await page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
  await workbench.runCommand('rpaTrace.openPanel');
  const again = await workbench.panelFrame();
  await again.getByRole('treeitem').first().waitFor();
  await expect.poll(focusIn(again)).toBe('picker-button');
});

test('the keys of VS Code work from within the panel', async () => {
  const { workbench, panel } = await openPanel();
  const { page } = workbench;
  const input = page.locator('.quick-input-widget input[type="text"]');
  for (const key of ['F1', 'Control+p']) {
    await page.keyboard.press(key);
    await input.waitFor();
    await focusHasLeft(panel);
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'hidden' });
    await expect.poll(focusIn(panel)).toBe('rows-scroller');
  }
  const sideBar = page.locator('.part.sidebar');
  const isSeen = await sideBar.isVisible();
  await page.keyboard.press('Control+b');
  await expect.poll(() => sideBar.isVisible()).toBe(!isSeen);
  await expect.poll(focusIn(panel)).toBe('rows-scroller');
});

test(
  'Tab alone comes to every control of each page of the panel',
  { timeout: 120_000 },
  async () => {
    const { workbench, panel } = await openPanel();
    const { page } = workbench;
    const walk = async () => {
      // From its first control until the focus leaves it.
      await panel.evaluate(() => {
        const all = document.querySelectorAll<HTMLElement>('button, input');
        [...all].find((one) => one.checkVisibility() && one.tabIndex === 0)?.focus();
      });
      const { places, unseen } = await walkByTab(page, panel);
      expect(unseen).toEqual([]);
      expect(1 + new Set(places).size).toBeGreaterThanOrEqual(await countControls(panel));
      return places.length;
    };
    expect(await walk()).toBeGreaterThan(12);
    for (const [button, shown] of [
      ['Problems', '.problems'],
      ['Numbers', '.figure-card'],
    ] as const) {
      await panel.getByRole('button', { name: button, exact: true }).focus();
      await page.keyboard.press('Enter');
      await panel.locator(shown).first().waitFor();
      await walk();
    }
  },
);
