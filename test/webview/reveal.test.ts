import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import { aFinding } from '../support/builders.ts';
import { openComponentBrowser, type ComponentBrowser } from './componentBrowser.ts';
import { named, nodeContent, wholeExecution } from './inspectorContents.ts';
import { row } from './treeRows.ts';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});

const config = [
  named('projectId', '1958443321'),
  named('header', { apiKey: '••••-KEY' }),
  named('token', '••••c3f1'),
];
const step = (canReveal: boolean, key = 'one') => {
  const content = nodeContent({ config }, { ...row('save'), key });
  return { kind: 'inspector', content: { ...content, canReveal } } as const;
};

async function open(canReveal: boolean) {
  const handle = await browser.open();
  onTestFinished(() => handle.close());
  await handle.show(step(canReveal));
  await handle.page.getByRole('tab', { name: /Config/ }).click();
  return handle;
}

describe('a masked value', () => {
  test('is revealed alone and in place, copied masked, and hidden again', async () => {
    const { page, calls } = await open(true);
    const buttons = page.getByRole('button', { name: 'Reveal Value' });
    await expect.poll(() => buttons.count()).toBe(2);
    await buttons.first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await expect.poll(() => page.locator('.inspector-box-revealed').count()).toBe(1);
    await page.getByRole('button', { name: 'Copy header' }).click();
    expect(await calls()).toEqual([
      ['revealValue', 'config', 1],
      ['copy', '{\n  "apiKey": "••••-KEY"\n}'],
    ]);
    await page.getByRole('button', { name: 'Hide Value' }).click();
    await expect.poll(() => page.getByText('EXAMPLE-PLAIN-KEY').count()).toBe(0);
  });

  test('is masked again when another step was selected, and stays so', async () => {
    const { page, show } = await open(true);
    await page.getByRole('button', { name: 'Reveal Value' }).first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await show(step(true, 'two'));
    expect(await page.content()).not.toContain('EXAMPLE-PLAIN-KEY');
    await show(step(true, 'one'));
    expect(await page.content()).not.toContain('EXAMPLE-PLAIN-KEY');
  });

  test('offers nothing where the settings do not allow it', async () => {
    const { page } = await open(false);
    expect(await page.getByRole('button', { name: 'Reveal Value' }).count()).toBe(0);
  });
});

const masked = 'login with ••••3f9a refused; password=••••';
const failed = (key = 'one', canReveal = true) => {
  const content = nodeContent(
    {
      logs: [
        { level: 'INFO', message: 'opening the page', time: '2026-11-23 16:47:39' },
        { level: 'ERROR', message: masked, time: '2026-11-23 16:47:41' },
      ],
    },
    {
      ...row('save', { key, name: 'Search', status: 'failed' }),
      nodeId: 'https://mcp.example/sse?token=••••OKEN',
    },
  );
  const finding = aFinding({
    ...{ rule: 'errorLog', category: 'permission', cause: 'unauthorized' },
    node: { nodeId: 'rpa::save', runKey: key, name: 'Search' },
    evidence: [{ source: { kind: 'log', index: 1 }, value: masked, runKey: key }],
  });
  const findings = [finding];
  return { kind: 'inspector', content: { ...content, canReveal }, findings } as const;
};

describe('a masked log line, its evidence above, and a masked id', () => {
  test('are revealed each alone, by the keyboard too, and masked again with another step', async () => {
    const handle = await browser.open();
    onTestFinished(() => handle.close());
    const { page, show, calls } = handle;
    await show(failed());
    await page.getByRole('tab', { name: /Logs/ }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Reveal Value' }).count()).toBe(3);
    const line = page.locator('[data-log="1"]');
    await line.getByRole('button', { name: 'Reveal Value' }).focus();
    await page.keyboard.press('Enter');
    await line.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await page.locator('.inspector-finding').getByRole('button', { name: 'Reveal Value' }).click();
    await page.locator('.inspector-head').getByRole('button', { name: 'Reveal Value' }).click();
    await page.locator('.inspector-box-revealed').nth(2).waitFor();
    await page.getByRole('button', { name: 'Copy Log' }).click();
    expect(await calls()).toEqual([
      ['revealValue', 'logs', 1],
      ['revealValue', 'logs', 1],
      ['revealValue', 'id', 0],
      ['copy', `2026-11-23 16:47:39 INFO opening the page\n2026-11-23 16:47:41 ERROR ${masked}`],
    ]);
    await show(failed('two'));
    expect(await page.content()).not.toContain('EXAMPLE-PLAIN-KEY');
  });

  test('are not offered where the settings do not allow it', async () => {
    const { page, show } = await open(false);
    await show(failed('one', false));
    await page.getByRole('tab', { name: /Logs/ }).click();
    await page.locator('[data-log="1"]').waitFor();
    expect(await page.getByRole('button', { name: 'Reveal Value' }).count()).toBe(0);
  });
});

test('the masked status message of an execution stands in its record, and is revealed there', async () => {
  const handle = await browser.open();
  onTestFinished(() => handle.close());
  const { page, show, calls } = handle;
  const record = wholeExecution() as Extract<InspectorContent, { kind: 'execution' }>;
  const content = { ...record, summary: { ...record.summary, message: masked }, canReveal: true };
  await show({ kind: 'inspector', content });
  await page.getByRole('tab', { name: /Record/ }).click();
  const message = page.locator('[data-entry="other:status.message:"]');
  await message.getByRole('button', { name: 'Reveal Value' }).click();
  await message.getByText('EXAMPLE-PLAIN-KEY').waitFor();
  expect(await calls()).toEqual([['revealValue', 'message', 0]]);
});

test.each(['light-modern', 'dark-modern'] as const)(
  'a revealed value looks right in %s',
  async (theme) => {
    const handle = await browser.open({ theme });
    onTestFinished(() => handle.close());
    const { page, show, screenshot } = handle;
    await show(step(true));
    await page.getByRole('tab', { name: /Config/ }).click();
    await page.getByRole('button', { name: 'Reveal Value' }).first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await screenshot(`reveal-${theme}`);
  },
);

test.each(['light-modern', 'dark-modern'] as const)(
  'a revealed log line looks right in %s',
  async (theme) => {
    const handle = await browser.open({ theme });
    onTestFinished(() => handle.close());
    const { page, show, screenshot } = handle;
    await show(failed());
    await page.getByRole('tab', { name: /Logs/ }).click();
    const line = page.locator('[data-log="1"]');
    await line.getByRole('button', { name: 'Reveal Value' }).click();
    await line.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await screenshot(`reveal-log-${theme}`);
  },
);
