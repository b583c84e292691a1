import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { named, nodeContent } from './inspectorContents.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const masked = '••••c3f1';

async function open(options: PanelOptions = {}): Promise<OpenPanel> {
  const panel = await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      const result = {
        lines: [{ 'unit price': 24.9 }],
        raw: '{"token":"' + masked + '","a#b":[1]}',
      };
      engine.inspect = () => nodeContent({ output: [named('result', result), named('note', 'x')] });
    },
    seed: { hasStarted: true },
    ...options,
  });
  await panel.page.locator('.inspector-json-row').first().waitFor();
  await panel.page.evaluate(listenAsVscode);
  return panel;
}

/** Puts together what VS Code passes to commands, as its page does: from the inside out, inner fields first. */
function listenAsVscode(): void {
  window.addEventListener('contextmenu', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    let context: Record<string, unknown> = {};
    for (let at = event.target as Element | null; at !== null; at = at.parentElement) {
      const own = at instanceof HTMLElement ? at.dataset['vscodeContext'] : undefined;
      if (own !== undefined) context = { ...(JSON.parse(own) as object), ...context };
    }
    const { clientX, clientY } = event;
    (window as unknown as { menus: unknown[] }).menus.push({ context, clientX, clientY });
  });
  Object.assign(window, { menus: [] });
}

interface Menu {
  readonly context: Readonly<Record<string, unknown>>;
  readonly clientX: number;
  readonly clientY: number;
}

async function menu(page: Page): Promise<Menu> {
  await page.waitForFunction(() => (window as unknown as { menus: Menu[] }).menus.length > 0);
  const [only, ...others] = await page.evaluate(() =>
    (window as unknown as { menus: Menu[] }).menus.splice(0),
  );
  expect(others).toEqual([]);
  return only!;
}

test.each([
  ['Copy Link', 'copyLink'],
  ['Copy Report as Markdown', 'copyReport'],
  ['Save Step as Test Fixture', 'saveFixture'],
])('the menu of the panel hands on what is opened: %s', async (name, command) => {
  const { page, asked } = await open();
  await page.locator('.inspector-head').waitFor();
  await page.locator('.menu-button').click();
  await page.getByRole('menuitem', { name }).click();
  const step = { rowKey: 'save', nodeId: 'rpa::save' };
  expect(await asked('handOn')).toEqual({ command, key: 'workflow/spf10', step });
});

test.each([
  ['kafka', true],
  ['sample', false],
  ['files', false],
  ['contents', false],
] as const)('a link is offered where it leads others there: %s', async (kind, isOffered) => {
  const { page } = await open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = { ...liveStatus, source: { kind, name: 'a', detail: '' } };
      engine.inspect = () => nodeContent({ output: [named('note', 'x'), named('list', [1])] });
    },
  });
  const hasLinks = async () => (await menu(page)).context['sourceHasLinks'] === true;
  for (const place of ['.execution-row[data-sid=spf11]', '.tree-row', '.inspector-json-row']) {
    await page.locator(place).first().click({ button: 'right' });
    expect(await hasLinks(), place).toBe(isOffered);
  }
  await page.locator('.menu-button').click();
  await page.getByRole('menuitem', { name: 'Copy Report as Markdown' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Copy Link' }).count()).toBe(isOffered ? 1 : 0);
});

describe('the menu of an execution', () => {
  test('knows which it is, and what is said of it', async () => {
    const { page } = await open();
    await page.locator('.execution-row[data-sid=spf11]').click({ button: 'right' });
    const { context } = await menu(page);
    expect(context).toMatchObject({ webviewSection: 'execution', sid: 'spf11' });
    expect(context).toMatchObject({ executionKey: 'workflow/spf11', executionIsOpen: false });
    expect(context['summary']).toMatch(/^vendor-onboarding, Succeeded, .*, spf11$/);
    expect(await page.locator('.execution-row[aria-selected=true]').getAttribute('data-sid')).toBe(
      'spf10',
    );
  });

  test('of the opened one offers no opening', async () => {
    const { page } = await open();
    await page.locator('.head-line').click({ button: 'right' });
    const { context } = await menu(page);
    expect(context).toMatchObject({ sid: 'spf10', executionIsOpen: true });
    expect(context['summary']).toMatch(/^order-intake, Failed at “Click save”, .*, spf10$/);
  });
});

describe('from the keyboard', () => {
  test.each(['Shift+F10', 'ContextMenu'])('%s opens the menu of the active row', async (key) => {
    const { page } = await open();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(key);
    const opened = await menu(page);
    expect(opened.context).toMatchObject({ webviewSection: 'execution', sid: 'spf11' });
    const box = await page.locator('.execution-row[data-sid=spf11]').boundingBox();
    expect(opened.clientY).toBe(Math.floor(box!.y + box!.height));
  });

  test('in the tree, and in the tree of a value', async () => {
    const { page, host, asked } = await open();
    await page.getByRole('tree', { name: /^Execution tree/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    expect((await menu(page)).context).toMatchObject({
      ...{ webviewSection: 'step', executionKey: 'workflow/spf10', rowKey: 'start' },
      ...{ name: '开始', stepRan: true },
    });
    await page.getByRole('tree', { name: 'Value of result' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+F10');
    expect((await menu(page)).context).toMatchObject({
      ...{ webviewSection: 'value', valuePath: 'result.lines[0]["unit price"]' },
    });
    host.emit('copyValue', null);
    expect(await asked('copy')).toEqual({ text: '24.9' });
  });

  test('without an active row it is nobody’s', async () => {
    const { page } = await open();
    await page.locator('.filter-input').focus();
    await page.keyboard.press('Shift+F10');
    expect((await menu(page)).context).toEqual({ sourceHasLinks: true });
  });
});

/** What VS Code does to the page while its menu is open: the menu has the focus, and nothing in the page. */
async function openVscodesMenu(page: Page): Promise<void> {
  await menu(page);
  await page.evaluate(() => {
    document.body.classList.add('vscode-context-menu-visible');
    (document.activeElement as HTMLElement).blur();
  });
}

const closeVscodesMenu = (page: Page) =>
  page.evaluate(() => {
    document.body.classList.remove('vscode-context-menu-visible');
  });

/** The role of what has the focus, and its active row. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const row = activeElement?.getAttribute('aria-activedescendant') ?? '';
    const { sid, nodeId } = document.getElementById(row)?.dataset ?? {};
    return [activeElement?.getAttribute('role') ?? activeElement?.tagName, sid ?? nodeId];
  });

describe('while the menu is open', () => {
  test('its row is marked, and has the focus when it closes', async () => {
    const { page, screenshot } = await open();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    await openVscodesMenu(page);
    await expect.poll(() => focused(page)).toEqual(['BODY', undefined]);
    await expect.poll(() => marked(page)).toEqual(['spf12']);
    await closeVscodesMenu(page);
    await expect.poll(() => focused(page)).toEqual(['listbox', 'spf12']);
    await expect.poll(() => marked(page)).toEqual([]);

    await page.locator('.execution-row[data-sid=spf8]').click({ button: 'right' });
    await openVscodesMenu(page);
    await expect.poll(() => marked(page)).toEqual(['spf8']);
    await screenshot('context-menu-row');
    await closeVscodesMenu(page);
    await expect.poll(() => focused(page)).toEqual(['listbox', 'spf8']);
  });

  test.each(['light-modern', 'high-contrast'] as const)('a step too, in %s', async (theme) => {
    const { page, screenshot } = await open({ theme });
    await page.locator('[data-node-id="rpa::check"]').click({ button: 'right' });
    await openVscodesMenu(page);
    await expect.poll(() => marked(page)).toEqual(['rpa::check']);
    await screenshot(`context-menu-step-${theme}`);
    await closeVscodesMenu(page);
    await expect.poll(() => focused(page)).toEqual(['tree', 'rpa::check']);
    await page.keyboard.press('ArrowUp');
    await expect.poll(async () => (await focused(page))[1]).not.toBe('rpa::check');
  });

  test('also in the list that a narrow panel opens', async () => {
    const { page } = await open({ width: 420 });
    await page.locator('.picker-button').click();
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    await openVscodesMenu(page);
    await closeVscodesMenu(page);
    await expect.poll(() => focused(page)).toEqual(['listbox', 'spf12']);
  });

  test('what was focused meanwhile keeps the focus', async () => {
    const { page } = await open();
    await page.locator('.execution-row[data-sid=spf8]').click({ button: 'right' });
    await openVscodesMenu(page);
    await page.locator('.filter-input').focus();
    await closeVscodesMenu(page);
    await expect.poll(() => marked(page)).toEqual([]);
    expect(await focused(page)).toEqual(['combobox', undefined]);
  });
});

/** The rows with the outline of the menu's row. */
const marked = (page: Page) =>
  page.locator('[data-menu]').evaluateAll((rows) =>
    rows
      .filter((row) => getComputedStyle(row).outlineStyle === 'solid')
      .map((row) => {
        const { sid, nodeId } = (row as HTMLElement).dataset;
        return sid ?? nodeId;
      }),
  );

describe('the menu of a step', () => {
  test('says whether it ran', async () => {
    const { page } = await open();
    const row = page.locator('[role=treeitem][data-status=notRun]').first();
    await row.scrollIntoViewIfNeeded();
    await row.click({ button: 'right' });
    expect((await menu(page)).context).toMatchObject({ webviewSection: 'step', stepRan: false });
  });
});

describe('the menu of a value', () => {
  test('copies the value that was clicked, masked, within a text that is JSON too', async () => {
    const { page, host, asked } = await open();
    await page.locator('.inspector-json-inner').click();
    const row = (name: string) => page.locator('.inspector-json-name', { hasText: `${name}:` });
    await row('token').click({ button: 'right' });
    expect((await menu(page)).context['valuePath']).toBe('result.raw.token');
    host.emit('copyValue', null);
    expect(await asked('copy')).toEqual({ text: masked });
    await row('a#b').click({ button: 'right' });
    expect((await menu(page)).context['valuePath']).toBe('result.raw["a#b"]');
    host.emit('copyValue', null);
    await expect.poll(() => asked('copy')).toEqual({ text: '[\n  1\n]' });
  });

  test('of a whole value stands on its head', async () => {
    const { page, host, asked } = await open();
    await page.locator('.inspector-value-name', { hasText: 'note' }).click({ button: 'right' });
    const { context } = await menu(page);
    expect(context).toEqual({
      ...{ webviewSection: 'value', valuePath: 'note', preventDefaultContextMenuItems: true },
      ...{ valueSection: 'output', valueEntry: '1', nodeId: 'rpa::save', rowKey: 'save' },
      ...{ sourceHasLinks: true, valueCanBeFollowed: true },
    });
    host.emit('copyValue', null);
    expect(await asked('copy')).toEqual({ text: 'x' });
  });

  test('leads from a whole value to who used it', async () => {
    const { page, host, engine } = await open();
    await page.locator('.inspector-value-name', { hasText: 'note' }).click({ button: 'right' });
    expect((await menu(page)).context).toMatchObject({ valueCanBeFollowed: true });
    host.emit('followValue', null);
    await expect
      .poll(() => engine.queriesOf('lineage').at(-1))
      .toMatchObject({ section: 'output', index: 1, path: '', direction: 'to' });
  });

  test('leads from a part of one to who used it, by key', async () => {
    const { page, host, engine } = await open();
    await page.getByRole('tree', { name: 'Value of result' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+F10');
    expect((await menu(page)).context).toMatchObject({ valueCanBeFollowed: true });
    host.emit('followValue', null);
    await expect
      .poll(() => engine.queriesOf('lineage').at(-1))
      .toMatchObject({ section: 'output', index: 0, path: '/lines/0/unit price' });
  });

  test('keeps the copying of selected text', async () => {
    const { page } = await open();
    await page.locator('.inspector-value-short', { hasText: 'x' }).dblclick();
    await page.locator('.inspector-value-short', { hasText: 'x' }).click({ button: 'right' });
    expect((await menu(page)).context['preventDefaultContextMenuItems']).toBe(false);
  });
});
