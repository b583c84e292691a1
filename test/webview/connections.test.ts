import { expect, test } from 'vitest';
import type { ConnectionForm } from '../../src/sources/kafka/spec.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { aSeed, executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const standard = aSeed().connection;
const production: ConnectionForm = {
  ...standard,
  ...{ brokers: 'kafka.example:9093', topic: 'orders', tls: true },
  mark: { name: 'production', color: 'red' },
};
const testing: ConnectionForm = {
  ...standard,
  topic: 'tests',
  mark: { name: 'test', color: null },
};
const connections = [standard, testing, production];

const openLive = (options: PanelOptions = {}): Promise<OpenPanel> =>
  suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = {
        ...liveStatus,
        source: { ...liveStatus.source, mark: { name: 'production', color: 'red' } },
      };
    },
    ...options,
    seed: { hasStarted: true, connections, ...options.seed },
  });

async function openForm(seed: PanelOptions['seed'] = {}): Promise<OpenPanel> {
  const opened = await suite.open({ seed });
  await opened.page.getByRole('button', { name: /^Connect to Kafka/ }).click();
  return opened;
}

test.each([
  ['light', { theme: 'light-modern' }],
  ['narrow-contrast', { theme: 'high-contrast', width: 400 }],
  ['chinese', { seed: { language: 'zh-cn' } }],
] as const)('the header names the connection, and leads to others: %s', async (name, options) => {
  const { page, asked, screenshot } = await openLive(options);
  const mark = page.locator('.connection-mark');
  await expect.poll(() => mark.innerText()).toBe('production');
  await screenshot(`connection-mark-${name}`);
  await mark.click();
  expect(await asked('switchSource')).toBeNull();
});

test('the default connection has no mark', async () => {
  const { page } = await openLive({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
    },
  });
  await page.locator('.execution-row').first().waitFor();
  expect(await page.locator('.connection-mark').count()).toBe(0);
});

test('the form is filled from the one that is chosen, and connects under its name', async () => {
  const { page, asked } = await openForm({ connections });
  await page.locator('.connection').click();
  await page.getByRole('option', { name: 'production' }).click();
  await expect
    .poll(() => page.locator('.brokers').getByRole('textbox').inputValue())
    .toBe('kafka.example:9093');
  await page.locator('vscode-button.connect').click();
  expect((await asked('connect')).form).toEqual(production);
});

test('a name and a colour make one of their own', async () => {
  const { page, asked, screenshot } = await openForm();
  expect(await page.locator('.connection').count()).toBe(0);
  await page.getByText('Name and color').click();
  await page.locator('.connection-name').getByRole('textbox').fill(' staging ');
  await page.locator('.connection-color').click();
  await page.getByRole('option', { name: 'Purple' }).click();
  await screenshot('connection-name');
  await page.locator('vscode-button.connect').click();
  expect((await asked('connect')).form).toEqual({
    ...standard,
    mark: { name: 'staging', color: 'purple' },
  });
});

test('colours are there before a name is, and say that they need one', async () => {
  const { page } = await openForm();
  await page.getByText('Name and color').click();
  const color = page.locator('.connection-color');
  await expect.poll(() => color.evaluate((one) => one.hasAttribute('disabled'))).toBe(true);
  await expect
    .poll(() => page.locator('.color-hint').innerText())
    .toBe('Enter a name to choose a color.');
  await page.locator('.connection-name').getByRole('textbox').fill('staging');
  await expect.poll(() => color.evaluate((one) => one.hasAttribute('disabled'))).toBe(false);
  expect(await page.locator('.color-hint').isVisible()).toBe(false);
});

test('a name that is deleted is none: it is the default connection again', async () => {
  const { page, asked } = await openForm({ connections, connection: production });
  await page.getByText('Name and color').click();
  await page.locator('.connection-name').getByRole('textbox').fill('  ');
  await page.locator('vscode-button.connect').click();
  expect((await asked('connect')).form).not.toHaveProperty('mark');
});

test('connections that the settings get meanwhile are offered', async () => {
  const { page, host } = await openForm();
  host.emit('connections', connections);
  await page.locator('.connection').click();
  await page.getByRole('option', { name: 'test', exact: true }).click();
  await expect
    .poll(() => page.locator('.topic-field').getByRole('textbox').inputValue())
    .toBe('tests');
});
