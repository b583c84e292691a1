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

const chosenName = (page: OpenPanel['page']) =>
  page.locator('.connection >> [part=selected-value]').innerText();
const nameField = (page: OpenPanel['page']) =>
  page.locator('.connection-name').getByRole('textbox');

test('a name that none has yet is a new connection', async () => {
  const { page, host } = await openForm({ connections, connection: production });
  await expect.poll(() => chosenName(page)).toBe('production');
  await page.getByText('Name and color').click();
  await nameField(page).fill('staging');
  await expect.poll(() => chosenName(page)).toBe('New Connection…');
  // What the settings get meanwhile.
  host.emit('connections', [
    ...connections,
    { ...standard, mark: { name: 'staging', color: null } },
  ]);
  await expect.poll(() => chosenName(page)).toBe('staging');
  await nameField(page).fill('');
  await expect.poll(() => chosenName(page)).toBe('Default');
});

test('a new connection is chosen as the others are, and asks for its name', async () => {
  const { page, asked, hostCalls, screenshot } = await openForm({
    connections,
    connection: production,
  });
  await page.locator('.connection').click();
  // It closes the choice alone.
  await page.keyboard.press('Escape');
  await page.locator('.connection').click();
  await page.getByRole('option', { name: 'New Connection…' }).click();
  await expect
    .poll(() => nameField(page).evaluate((one) => one.matches(':focus') && one.checkVisibility()))
    .toBe(true);
  expect(await chosenName(page)).toBe('New Connection…');
  await page.locator('.test-connection').click();
  await page.getByText('Connected: ').waitFor();
  await page.locator('vscode-button.connect').click();
  await page.getByText('Enter a name for the new connection.').waitFor();
  await screenshot('connection-new');
  expect(hostCalls.map(({ method }) => method)).not.toContain('connect');
  await nameField(page).fill('staging');
  await page.locator('vscode-button.connect').click();
  expect((await asked('connect')).form).toEqual({
    ...production,
    mark: { name: 'staging', color: null },
  });
});

test('what was typed is there again for who left the form with Escape, not with Cancel', async () => {
  const { page, saved } = await openForm();
  const open = () => page.getByRole('button', { name: /^Connect to Kafka/ }).click();
  const topic = page.locator('.topic-field').getByRole('textbox');
  for (const leave of ['Escape', 'the way']) {
    await topic.fill(leave);
    if (leave === 'Escape') await page.keyboard.press('Escape');
    else await open();
    await page.locator('.connect-form').waitFor({ state: 'detached' });
    await open();
    await expect.poll(() => topic.inputValue()).toBe(leave);
  }
  expect(JSON.stringify(await saved())).not.toContain('the way');
  await page.getByText('Cancel').click();
  await open();
  await expect.poll(() => topic.inputValue()).toBe(standard.topic);
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
