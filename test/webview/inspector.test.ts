import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import {
  openComponentBrowser,
  type ComponentBrowser,
  type ComponentPageHandle,
  type PageOptions,
} from './componentBrowser.ts';
import {
  failingFinding,
  failingStep,
  logLines,
  named,
  nodeContent,
  wholeExecution,
} from './inspectorContents.ts';
import { row } from './treeRows.ts';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function open(options?: PageOptions): Promise<ComponentPageHandle> {
  const handle = await browser.open(options);
  onTestFinished(() => handle.close());
  return handle;
}

const shown = (content: InspectorContent | null, more = {}) =>
  ({ kind: 'inspector', content, ...more }) as const;
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name });
const activeTab = (page: Page) => page.getByRole('tab', { selected: true }).textContent();
const value = (page: Page, name: string) =>
  page.locator('.inspector-value').filter({ has: page.getByText(name, { exact: true }) });
const panelText = async (page: Page) =>
  (await page.locator('.inspector-panel').innerText()).replaceAll(/\s*\n\s*/g, '\n');

describe('what is said of a node', () => {
  test('name, kind, state, duration, id and why it failed', async () => {
    const { page, show, calls } = await open();
    await show(shown(failingStep(), { findings: [failingFinding] }));
    expect(await page.locator('h2').textContent()).toBe('Click save');
    expect(await page.locator('.inspector-head-details').textContent()).toMatch(
      /^RPA robot · Failed · 3\.60 s · /,
    );
    expect(await page.locator('.inspector-finding').textContent()).toContain(
      'element not found: #btnSave',
    );
    await page.getByRole('button', { name: 'Go to Step in Flow' }).click();
    await page.getByRole('button', { name: 'Copy ID' }).click();
    expect(await calls()).toEqual([['reveal'], ['copy', 'rpa::save']]);
  });

  test('its name before all else where there is little room', async () => {
    const { page, show } = await open({ width: 600, height: 300 });
    const name = 'Tell the customer about the invoice';
    await show(shown(nodeContent({}, row('tell', { name, status: 'failed' }))));
    const cut = await page.locator('h2').evaluate((h2) => h2.scrollWidth - h2.clientWidth);
    expect(cut).toBeLessThanOrEqual(0);
  });

  test('that its entry mixes rounds', async () => {
    const { page, show, screenshot } = await open({ width: 700, height: 300 });
    const content = failingStep();
    await show(shown({ ...content, row: { ...content.row, mixesRounds: true } }));
    expect(await page.locator('.inspector-mixed').innerText()).toContain(
      'It failed in a later round than the one shown',
    );
    await screenshot('inspector-mixed-rounds');
    await show(shown(content));
    expect(await page.locator('.inspector-mixed').count()).toBe(0);
  });

  test('findings of other nodes are not', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({}, row('other')), { findings: [failingFinding] }));
    expect(await page.locator('.inspector-finding').count()).toBe(0);
  });

  test.each([
    [/Input/, 'This node had no input.'],
    [/Output/, 'This node returned no output.'],
    [/Logs/, 'This node wrote no logs.'],
    [/Config/, 'The record contains no config of this node.'],
    [/Other/, 'The record contains no other fields of this node.'],
  ])('an empty %s says so', async (name, text) => {
    const { page, show } = await open();
    await show(shown(nodeContent()));
    await tab(page, name).click();
    expect(await page.locator('.inspector-empty').textContent()).toBe(text);
  });

  test('what never ran is explained', async () => {
    const { page, show, calls } = await open();
    await show(shown({ kind: 'notRun', row: row('x', { status: 'notRun' }) }));
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.getByRole('button', { name: 'Go to Step in Flow' }).click();
    expect(await calls()).toEqual([['reveal']]);
  });

  test('a whole execution: question, answer, record', async () => {
    const { page, show, screenshot } = await open({ width: 700, height: 420 });
    await show(shown(wholeExecution()));
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'Question1',
      'Answer',
      'Timing & usage',
      'Record5',
    ]);
    await tab(page, /Record/).click();
    // Of a source that is read no more.
    expect(await panelText(page)).toContain('Record in the file\n18446');
    await screenshot('inspector-execution');
  });

  test('nothing chosen, loading and failing are said in words', async () => {
    const { page, show } = await open();
    await show(shown(null));
    expect(await page.locator('.inspector').textContent()).toContain('Select a step');
    await show(shown(null, { loading: true }));
    expect(await page.locator('.inspector').textContent()).toContain('Reading the record');
    await show(shown(null, { error: 'The record is no longer on the topic' }));
    expect(await page.getByRole('alert').textContent()).toBe(
      'The record is no longer on the topic',
    );
    await show(shown(failingStep(), { loading: true }));
    expect(await page.getByRole('progressbar').count()).toBe(1);
    expect(await page.locator('h2').textContent()).toBe('Click save');
  });
});

describe('values', () => {
  test('are a tree that opens, closes and copies', async () => {
    const { page, show, calls } = await open({ height: 900 });
    await show(shown(failingStep()));
    await tab(page, /Input/).click();
    const address = page.getByRole('treeitem').filter({ hasText: /^address/ });
    expect(await address.getAttribute('aria-expanded')).toBe('true');
    await address.locator('.inspector-json-twistie').click();
    expect(await address.getAttribute('aria-expanded')).toBe('false');
    expect(await address.textContent()).toContain('{3} street: "望江西路 666 号"');
    await address.hover();
    await address.getByRole('button', { name: 'Copy Value' }).click();
    const [copied] = await calls();
    expect(JSON.parse(String(copied?.[1]))).toMatchObject({ geo: { lat: 31.82 } });
  });

  test('are walked with the keyboard through one tab stop', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({ output: [named('v', { a: { b: 1 }, c: 2 })] })));
    const tree = page.getByRole('tree');
    await tree.focus();
    const active = () =>
      tree.evaluate(
        (e) => document.getElementById(e.getAttribute('aria-activedescendant') ?? '')?.textContent,
      );
    const steps: string[] = [];
    for (const key of ['ArrowDown', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'End', 'Home']) {
      await page.keyboard.press(key);
      steps.push(`${key} ${(await active()) ?? ''}`);
    }
    expect(steps).toEqual([
      'ArrowDown b: 1',
      'ArrowLeft a: {1}',
      'ArrowLeft a: {1} b: 1',
      'ArrowRight a: {1}',
      'End c: 2',
      'Home a: {1}',
    ]);
    expect(await tree.locator('[tabindex="0"]').count()).toBe(0);
  });

  test('large arrays and long texts come in parts', async () => {
    const { page, show } = await open();
    const items = Array.from({ length: 250 }, (_, index) => index);
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    await show(shown(nodeContent({ output: [named('items', items), named('text', text)] })));
    expect(await page.getByRole('treeitem').count()).toBe(101);
    await page.getByRole('button', { name: 'Show 100 More of 250' }).click();
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(201);
    const lines = page.locator('.inspector-text');
    await expect.poll(() => lines.textContent()).toMatch(/line 14…$/);
    await page.getByRole('button', { name: 'Show 40 More Lines of 85' }).click();
    await expect.poll(() => lines.textContent()).toMatch(/line 54…$/);
  });

  test('a megabyte of text draws a screen of it', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({ output: [named('page', 'x'.repeat(1_000_000))] })));
    expect((await page.locator('.inspector-text').textContent())?.length).toBe(3001);
    expect(await value(page, 'page').locator('.inspector-value-size').textContent()).toBe(
      '976.6 KB',
    );
  });

  test('tell their form; a link is explained, JSON in a text becomes a tree', async () => {
    const { page, show } = await open();
    await show(shown(failingStep()));
    await tab(page, /^Output/).click();
    expect(await value(page, 'result').textContent()).toContain('Python literal, shown as JSON');
    expect(await value(page, 'screenshot').textContent()).toContain(
      'It is fetched only when you ask for it',
    );
    await value(page, 'answer').hover();
    const long = 'x'.repeat(99);
    await show(shown(nodeContent({ output: [named('answer', `{"k": ["${long}"]}`)] })));
    await value(page, 'answer').hover();
    await page.getByRole('button', { name: 'Show JSON Text as Tree' }).click();
    expect(await page.getByRole('treeitem').first().textContent()).toContain('k: [1]');
  });

  test('hidden secrets wear a lock and say who hid them', async () => {
    const { page, show } = await open();
    await show(shown(failingStep()));
    await tab(page, /Config/).click();
    const masked = page.locator('.inspector-masked');
    expect(await masked.allTextContents()).toEqual(['••••9f3c', '••••a81d']);
    expect(await masked.first().getAttribute('title')).toContain('masked by RPA Trace');
    expect(await masked.first().locator('.codicon-lock-small').count()).toBe(1);
  });

  test('are copied and opened in an editor', async () => {
    const { page, show, calls } = await open();
    await show(shown(failingStep()));
    await tab(page, /^Output/).click();
    await value(page, 'result').locator('.inspector-value-head').hover();
    await page.getByRole('button', { name: 'Open result in Editor' }).click();
    await value(page, 'answer').hover();
    await page.getByRole('button', { name: 'Copy answer' }).click();
    const [opened, copied] = await calls();
    expect(opened?.slice(0, 2)).toEqual(['open', 'Click save result']);
    expect(opened?.[3]).toBe('json');
    expect(copied).toEqual(['copy', '{"status": "failed", "retry": true}']);
  });

  test('are text, never markup', async () => {
    const { page, show } = await open();
    const evil = '<img src=x onerror="window.evil=1"><b>bold</b>';
    const content = nodeContent(
      {
        output: [named(evil, evil), named('tree', { [evil]: evil })],
        logs: [{ level: 'INFO', message: evil, time: evil }],
      },
      row('x', { name: evil, error: evil }),
    );
    await show(shown(content));
    await tab(page, /Logs/).click();
    expect(await page.locator('.inspector img, .inspector b').count()).toBe(0);
    expect(await page.locator('h2').textContent()).toBe(evil);
  });

  test('rounds are switched', async () => {
    const { page, show } = await open();
    const output = [0, 1, 2].map((round) => named('total', round * 10, { round }));
    await show(shown(nodeContent({ output })));
    await expect.poll(() => panelText(page)).toMatch(/total\s*20/);
    await page.getByRole('button', { name: 'Previous Round' }).click();
    await expect.poll(() => panelText(page)).toMatch(/total\s*10/);
    await page.getByRole('spinbutton').fill('1');
    await page.keyboard.press('Enter');
    await expect.poll(() => panelText(page)).toMatch(/total\s*0/);
    await expect
      .poll(() => page.getByRole('button', { name: 'Previous Round' }).isDisabled())
      .toBe(true);
  });
});

describe('what the reader chose', () => {
  test('stays when the content is refreshed, and comes back with the node', async () => {
    const { page, show } = await open({ height: 900 });
    await show(shown(failingStep()));
    await tab(page, /Input/).click();
    const address = page.getByRole('treeitem').filter({ hasText: /^address/ });
    await address.locator('.inspector-json-twistie').click();
    await show(shown(failingStep()));
    expect(await address.getAttribute('aria-expanded')).toBe('false');
    await show(shown(nodeContent({ input: [named('x', 1)] }, row('other'))));
    await expect.poll(() => activeTab(page)).toBe('Input1');
    await show(shown(failingStep()));
    expect(await address.getAttribute('aria-expanded')).toBe('false');
  });

  test('the scroll position stays when the content is refreshed', async () => {
    const { page, show } = await open({ height: 300 });
    await show(shown(failingStep()));
    await tab(page, /Input/).click();
    const section = page.locator('.inspector-section');
    await section.evaluate((element) => element.scrollTo(0, 120));
    await show(shown(failingStep()));
    expect(await section.evaluate((element) => element.scrollTop)).toBe(120);
    await show(shown(nodeContent({ input: failingStep().data.input }, row('other'))));
    expect(await section.evaluate((element) => element.scrollTop)).toBe(0);
  });

  test('a failed step opens with its error, unless the reader chose', async () => {
    const { page, show } = await open({ width: 420 });
    await show(shown(nodeContent({ output: [named('x', 1)] }, row('fine'))));
    await expect.poll(() => activeTab(page)).toBe('Output1');
    await show(shown(failingStep()));
    await expect.poll(() => activeTab(page)).toBe('Logs12');
    await tab(page, /^Config/).click();
    await show(shown(nodeContent({ input: [named('x', 1)] }, row('bare', { status: 'failed' }))));
    await expect.poll(() => activeTab(page)).toBe('Input1');
    await show(shown(failingStep()));
    await expect.poll(() => activeTab(page)).toBe('Config4');
    await show(shown(failingStep(), { wide: true }));
    await show(shown(nodeContent({}, row('other', { status: 'failed' })), { wide: true }));
    await expect.poll(() => activeTab(page)).toBe('Config');
  });

  test('without a flow file there is no way to it', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({}, row('unbound', { inFlow: false }))));
    await page.locator('.inspector-head').waitFor();
    expect(await page.getByRole('button', { name: 'Go to Step in Flow' }).count()).toBe(0);
  });

  test('tabs are chosen with arrows', async () => {
    const { page, show } = await open();
    await show(shown(failingStep()));
    await tab(page, /^Output/).click();
    await page.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => activeTab(page)).toBe('Logs12');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => activeTab(page)).toBe('Input5');
  });

  test('where it is wide, input and output stand side by side', async () => {
    const { page, show } = await open({ width: 1280 });
    await show(shown(failingStep(), { wide: true }));
    const boxes = await Promise.all(
      (await page.locator('.inspector-section').all()).map((section) => section.boundingBox()),
    );
    expect(boxes.map((box) => [box?.x, box?.width])).toEqual([
      [0, 640],
      [640, 640],
    ]);
  });
});

describe('the log', () => {
  test('is filtered by level; JSON in it is pretty on demand', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({ logs: logLines(12) })));
    await tab(page, /Logs/).click();
    expect(await page.locator('.inspector-log-line').count()).toBe(12);
    await page.getByRole('button', { name: /^Information/ }).click();
    await page.getByRole('button', { name: /^Debug/ }).click();
    await expect.poll(() => page.locator('.inspector-log-line').count()).toBe(3);
    await page.getByRole('button', { name: /^Information/ }).click();
    await page.getByRole('button', { name: 'Show JSON Text as Tree' }).first().click();
    expect(await page.getByRole('treeitem').first().textContent()).toContain('id: "chatcmpl-0"');
  });

  test('of thousands of lines draws some hundred, and more on the way', async () => {
    const { page, show } = await open();
    await show(shown(nodeContent({ logs: logLines(5000) })));
    await tab(page, /Logs/).click();
    const lines = page.locator('.inspector-log-line');
    expect(await lines.count()).toBe(200);
    await lines.last().scrollIntoViewIfNeeded();
    await page.locator('[data-log="399"]').waitFor({ state: 'attached' });
    expect(await lines.count()).toBeLessThan(1000);
  });
});

describe('searching', () => {
  const count = (page: Page) => page.locator('.inspector-search-count').textContent();

  test.each([
    ['Input', '1 of 3', 'Input1'],
    ['Logs', '3 of 3', 'Logs1'],
    ['Config', '1 of 3', 'Input1'],
  ])('begins in the open tab where it is found there: %s', async (tab, place, found) => {
    const { page, show } = await open({ width: 700 });
    await show(shown(failingStep()));
    await page.getByRole('tab', { name: tab }).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('btnsave');
    await expect.poll(() => count(page)).toBe(place);
    await expect.poll(() => activeTab(page)).toBe(found);
  });

  test('goes over all tabs, and marks the match it stands at', async () => {
    const { page, show, screenshot } = await open({ width: 700 });
    await show(shown(failingStep()));
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('btnsave');
    const current = page.locator('.inspector-match-current');
    await expect.poll(() => count(page)).toBe('1 of 3');
    await expect.poll(() => activeTab(page)).toBe('Input1');
    await expect.poll(() => current.textContent()).toBe('btnSave');
    await screenshot('inspector-search');
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page)).toBe('2 of 3');
    expect(await activeTab(page)).toBe('Output1');
    await page.keyboard.press('F3');
    await expect.poll(() => count(page)).toBe('3 of 3');
    expect(await activeTab(page)).toBe('Logs1');
    await expect.poll(() => current.isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => count(page)).toBe('3 of 3');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('mark').count()).toBe(0);
  });

  test('opens what hides a match', async () => {
    const { page, show } = await open();
    const items = Array.from({ length: 300 }, (_, index) => ({ deep: { at: `item ${index}` } }));
    const text = Array.from({ length: 500 }, (_, index) => `row ${index}`).join('\n');
    await show(
      shown(
        nodeContent({
          output: [named('items', items), named('text', text)],
          logs: logLines(3000),
        }),
      ),
    );
    await page.getByRole('button', { name: /^Find in Values and Logs/ }).click();
    const current = page.locator('.inspector-match-current');
    for (const needle of ['item 234', 'row 432', '(20930, 8970)']) {
      await page.getByRole('textbox').fill(needle);
      await current.waitFor();
      await expect.poll(() => current.textContent()).toBe(needle);
      await expect.poll(() => current.evaluate(isInView)).toBe(true);
    }
    expect(await page.locator('.inspector-log-line').count()).toBeLessThanOrEqual(400);
  });

  test('a match in another round switches to it', async () => {
    const { page, show } = await open();
    const output = ['apple', 'pear'].map((name, round) => named('fruit', name, { round }));
    await show(shown(nodeContent({ output })));
    await page.getByRole('button', { name: /^Find in Values and Logs/ }).click();
    await page.getByRole('textbox').fill('apple');
    await expect.poll(() => page.locator('.inspector-match-current').textContent()).toBe('apple');
    await expect.poll(() => page.getByRole('spinbutton').inputValue()).toBe('1');
  });

  test('a match is looked at where it stands in the whole, though its value came in part at first', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ id, name: `Row ${String(id)}` }));
    const { page, show } = await open();
    const begun = named('table', rows(300), { leftOut: [{ path: [], size: 5_000 }] });
    await show(shown(nodeContent({ input: [begun] })));
    await tab(page, /Input/).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Row 29', { delay: 5 });
    const mark = page.locator('.inspector-match-current');
    await expect.poll(() => mark.textContent()).toBe('Row 29');
    await page.keyboard.type('99', { delay: 5 });
    await show(shown(nodeContent({ input: [named('table', rows(5_000))] })));
    await expect.poll(() => mark.textContent()).toBe('Row 2999');
    expect(await page.locator('.inspector-search-count').textContent()).toBe('1 of 1');
  });

  test('says that there is nothing', async () => {
    const { page, show } = await open();
    await show(shown(failingStep()));
    await page.getByRole('button', { name: /^Find in Values and Logs/ }).click();
    await page.getByRole('textbox').fill('nowhere');
    await expect.poll(() => count(page)).toBe('No results');
  });
});

describe('looks', () => {
  test.each(['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const)(
    '%s, wide',
    async (theme) => {
      const { show, screenshot, page } = await open({ theme, width: 1280, height: 560 });
      await show(shown(failingStep(), { wide: true, findings: [failingFinding] }));
      const colors = await page
        .locator('.inspector-json-string, .inspector-json-number, .inspector-json-boolean')
        .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).color)).size);
      expect(colors).toBe(3);
      await screenshot(`inspector-${theme}`);
    },
  );

  test.each([
    ['narrow', { width: 420, height: 700 }],
    ['zoomed', { width: 900, height: 900, zoom: 2 }],
    ['Chinese', { width: 420, height: 700, language: 'zh-cn' }],
  ] as const)('%s: nothing is wider than the panel', async (name, options) => {
    const { show, screenshot, page } = await open(options);
    await show(shown(failingStep(), { findings: [failingFinding] }));
    for (const tabName of [/Config|配置/, /Logs|日志/, /Timing|耗时/, /Input|输入/]) {
      await tab(page, tabName).click();
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
    }
    await screenshot(`inspector-${name.toLowerCase()}`);
  });

  test('in narrow columns names of values stay whole, with their value below', async () => {
    const { show, screenshot, page } = await open({ width: 480, height: 300 });
    const input = [
      named('invoice_number_of_vendor', 'INV-20391 of November 2026', { form: 'text' }),
      named('order', { delivery_address_line: 'Wangjiang West Road 666', count: 2 }),
    ];
    await show(shown(nodeContent({ input, output: input }), { wide: true }));
    const names = page.locator('.inspector-value-name, .inspector-json-name');
    const lines = await names.evaluateAll((all) =>
      all.map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one.firstChild ?? one);
        return range.getClientRects().length;
      }),
    );
    expect(lines).toEqual(Array(8).fill(1));
    await screenshot('inspector-columns-narrow');
  });
});

function isInView(element: Element): boolean {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= document.documentElement.clientHeight && box.height > 0;
}
