import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { LogLine, LogStream } from '../../src/trace/execution.ts';
import {
  openComponentBrowser,
  type ComponentBrowser,
  type ComponentPageHandle,
  type PageOptions,
} from './componentBrowser.ts';
import { nodeContent } from './inspectorContents.ts';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});

const line = (message: string, level = 'INFO'): LogLine => ({
  ...{ level, message, time: '2026-11-23 16:47:30' },
});
const pieces = ['{"vendor": "合肥', '启明办公", "no": "INV-', '20391"}'];
const frame = (content: string) =>
  line(JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content } }] }));
const logs = [
  line('The model is asked'),
  ...pieces.map(frame),
  line('The model was slow', 'WARN'),
  ...['Yes', ', please'].map(frame),
];
const streams: LogStream[] = [
  { lines: [1, 2, 3], frames: 3, text: pieces.join(''), reasoning: 'Where is the vendor?' },
  { lines: [5, 6], frames: 2, text: 'Yes, please', reasoning: '' },
];

/** The log of a node whose model streamed twice. */
async function open(options?: PageOptions): Promise<ComponentPageHandle> {
  const handle = await browser.open(options);
  onTestFinished(() => handle.close());
  await handle.show({ kind: 'inspector', content: nodeContent({ logs, streams }) });
  await handle.page.getByRole('tab', { name: /Logs|日志/ }).click();
  return handle;
}

const shownLines = (page: Page) =>
  page
    .locator('.inspector-log-line')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['log']));

test('what a model streamed stands in the place of its frames, which are a click away', async () => {
  const { page, screenshot } = await open({ width: 900 });
  expect(await shownLines(page)).toEqual(['0', 'stream:0', '4', 'stream:1']);
  const stream = page.locator('[data-log="stream:0"]');
  expect(await stream.locator('.inspector-text').allInnerTexts()).toEqual([
    'Where is the vendor?',
    pieces.join(''),
  ]);
  await screenshot('log-streams');
  const button = stream.getByRole('button', { name: 'Show Frames (3)' });
  expect(await button.getAttribute('aria-expanded')).toBe('false');
  await button.click();
  await expect
    .poll(() => shownLines(page))
    .toEqual(['0', 'stream:0', '1', '2', '3', '4', 'stream:1']);
  // A line's text is drawn a frame after the line (`content-visibility`).
  await expect.poll(() => page.locator('[data-log="2"]').innerText()).toContain('"delta"');
  await screenshot('log-streams-open');
  await stream.getByRole('button', { name: 'Hide Frames' }).click();
  await expect.poll(() => shownLines(page)).toEqual(['0', 'stream:0', '4', 'stream:1']);
});

test('it is copied, shown as a tree, and filtered as its lines are', async () => {
  const { page, calls } = await open();
  const stream = page.locator('[data-log="stream:0"]');
  await stream.hover();
  await stream.getByRole('button', { name: 'Copy Text' }).click();
  expect(await calls()).toEqual([['copy', pieces.join('')]]);
  await stream.getByRole('button', { name: 'Show JSON Text as Tree' }).click();
  await expect.poll(() => stream.getByRole('treeitem').first().textContent()).toContain('vendor');
  await page.getByRole('button', { name: /^Information/ }).click();
  await expect.poll(() => shownLines(page)).toEqual(['4']);
});

test('a word that is broken over frames is found in it', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: /^Information/ }).click();
  await page.getByRole('button', { name: /^Find in Values and Logs/ }).click();
  const count = page.locator('.inspector-search-count');
  const current = page.locator('.inspector-match-current');
  for (const [word, place] of [
    ['INV-20391', 'stream:0'],
    ['yes, please', 'stream:1'],
  ] as const) {
    await page.getByRole('textbox').fill(word);
    await expect.poll(() => count.textContent()).toBe('1 of 1');
    const found = page.locator(`[data-log="${place}"]`).locator('.inspector-match-current');
    await expect.poll(() => found.count()).toBe(1);
  }
  // What it thought is text as well, and stands first.
  await page.getByRole('textbox').fill('vendor');
  await expect.poll(() => count.textContent()).toBe('1 of 2');
  await expect.poll(() => current.locator('xpath=ancestor::*[2]').count()).toBe(1);
  await expect.poll(() => page.locator('.inspector-log-reasoning mark').count()).toBe(1);
});
