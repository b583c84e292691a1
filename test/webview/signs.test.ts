import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  openComponentBrowser,
  type ComponentBrowser,
  type ComponentPageHandle,
} from './componentBrowser.ts';
import { named, nodeContent } from './inspectorContents.ts';
import { anExecution, aTree, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';
import { row, treeWindow } from './treeRows.ts';

/** Colours, a link, a direction that is turned around, a sign that nobody sees, a control. */
const name =
  'a\u001b[31mred\u001b[0m\u202etxt.exe\u200b\u0007\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\';
const shownName = 'ared‹U+202E›txt.exe‹U+200B›‹U+0007›link';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});
const suite = panelSuite();

async function open(): Promise<ComponentPageHandle> {
  const handle = await browser.open();
  onTestFinished(() => handle.close());
  return handle;
}

/** All that a reader sees or hears of a page: its texts, hints and labels. */
const said = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['title', 'aria-label', 'alt', 'placeholder', 'aria-description'];
    const labels = [...document.querySelectorAll('*')].flatMap((element) =>
      attributes.flatMap((attribute) => element.getAttribute(attribute) ?? []),
    );
    return [document.body.innerText, ...labels].join('\n');
  });
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e]|\[\d{0,2}m|\]8;;/;

async function expectOnlyMarks(page: Page): Promise<void> {
  await expect.poll(() => said(page)).toContain(shownName);
  expect((await said(page)).split('\n').filter((line) => hidden.test(line))).toEqual([]);
}

test('the tree shows signs that nobody sees as marks', async () => {
  const { page, show } = await open();
  const rows = [row('a', { name, type: name, error: `${name} failed`, status: 'failed' })];
  await show({ kind: 'tree', window: treeWindow(rows), selectedKey: null, focusRequest: null });
  await expectOnlyMarks(page);
});

test('so does the inspector, in names, keys, texts and previews', async () => {
  const { page, show } = await open();
  const value = { [name]: { [name]: name, list: [name] }, other: name };
  const content = nodeContent(
    {
      input: [named(name, value), named('text', name, { form: 'text' })],
      logs: [{ level: name, message: name, time: name }],
    },
    row('a', { name, type: name }),
  );
  await show({ kind: 'inspector', content });
  await expectOnlyMarks(page);
  await page.getByRole('tab', { name: /^Logs/ }).click();
  await expectOnlyMarks(page);
});

test('so do the list, the opened execution and its flow', async () => {
  const shown = anExecution(5, { name });
  await suite.open({
    prepare: (engine) => {
      engine.rows = [shown];
      engine.status = { ...liveStatus, source: { ...liveStatus.source, name, detail: name } };
      engine.treeOf = (execution) => ({
        ...aTree(execution),
        name,
        flow: { uri: `file:///${name}`, name, share: 1, tied: [] },
      });
    },
    seed: { hasStarted: true },
  });
  const { page } = suite.panel;
  await page.locator('.execution-row').first().waitFor();
  await expectOnlyMarks(page);
});
