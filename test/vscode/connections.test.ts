import { Kafka, logLevel } from 'kafkajs';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';

import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { sampleRecord, type SampleName } from '../support/sampleRecords.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();
const broker = required(
  () => startKafkaBroker(),
  (running) => running.stop(),
);

/** A topic with a record. */
async function topicWith(topic: string, sample: SampleName): Promise<void> {
  const kafka = new Kafka({ brokers: [broker().brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value: sampleRecord(sample, 1) }] });
  await producer.disconnect();
}

test('named connections are chosen from a list, named in header and status bar, and kept', async () => {
  await topicWith('traces-of-test', 'succeeded');
  await topicWith('traces-of-production', 'failed');
  const brokers = [broker().brokers];
  const workbench = await vscode.openWorkbench({
    ...{ width: 1400, height: 900, theme: 'light' },
    settings: {
      'rpaTrace.kafka.brokers': brokers,
      'rpaTrace.kafka.topic': 'traces-of-test',
      'rpaTrace.connections': {
        test: { color: 'green' },
        production: { topic: 'traces-of-production', color: 'red' },
      },
    },
  });
  const { page } = workbench;
  const choose = async (name: string) => {
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name });
    await row.first().click();
  };
  const shows = async (panel: Frame, name: string, outcome: string) => {
    await panel.locator('.connection-mark', { hasText: name }).waitFor();
    await page.locator('.statusbar-item', { hasText: name }).waitFor();
    await panel.getByRole('option', { name: new RegExp(`, ${outcome},`) }).waitFor();
    await expect.poll(() => panel.getByRole('option').count()).toBe(1);
  };

  await workbench.runCommand('rpaTrace.openPanel');
  // A page that begins takes the focus, and a list that loses it closes.
  const panel = await workbench.focusedPanel();
  await panel.getByRole('button', { name: /Connect to Kafka/ }).waitFor();
  void workbench.runCommand('rpaTrace.switchSource');
  await choose('production');
  await shows(panel, 'production', 'Failed');
  await workbench.screenshot('connections-production');

  // From the header to another.
  await panel.locator('.connection-mark').click();
  await workbench.screenshot('connections-list');
  await choose('traces-of-test · ');
  await shows(panel, 'test', 'Succeeded');

  // A new one from the form stands in the settings, and the default one is as it was.
  await panel.getByRole('button', { name: 'More Actions…' }).click();
  await panel.getByRole('menuitem', { name: 'Connect to Kafka…' }).click();
  await panel.getByText('Name and color').click();
  await panel.locator('.connection-name input').fill('staging');
  await panel.locator('.topic-field input').fill('traces-of-production');
  await panel.locator('vscode-button.connect').click();
  await shows(panel, 'staging', 'Failed');
  const kept = await workbench.inHost((api) => {
    const config = api.workspace.getConfiguration('rpaTrace');
    return [Object.keys(config.get('connections', {})), config.get('kafka.topic')];
  });
  expect(kept).toEqual([['test', 'production', 'staging'], 'traces-of-test']);

  await workbench.reload();
  await shows(await workbench.panelFrame(), 'staging', 'Failed');
});
