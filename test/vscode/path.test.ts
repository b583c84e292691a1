import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Kafka, logLevel } from 'kafkajs';
import type { Frame } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { repositoryRoot } from '../support/paths.ts';
import { sampleBeginMs, sampleRecord } from '../support/sampleRecords.ts';
import { required } from '../support/required.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';
import { topicWithLeaders } from '../support/topicWithLeaders.ts';

const vscode = vscodeSuite({ env: { RPA_TRACE_TEST: '1' }, allBuiltins: true });
const broker = required(
  () => startKafkaBroker({ autoCreateTopics: false }),
  (running) => running.stop(),
);

const topic = 'spark-agent-builder';
const failingNode = 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('from a record on the topic to the line of the flow file', async () => {
  const produce = await producerFor(topic);
  const workbench = await openFlow();
  const { page } = workbench;

  // The button in the title bar of the flow file.
  await page.getByRole('button', { name: /Open Trace Panel/ }).click();
  const panel = await workbench.panelFrame();
  await connect(workbench, panel, broker().brokers, topic);
  await page.locator('.statusbar-item', { hasText: topic }).waitFor();

  await produce(await fixture('03-workflow-rpa-node-failed.g3'));
  const row = panel.locator(`[role="treeitem"][data-node-id="${failingNode}"]`);
  await row.waitFor();
  await expect.poll(() => row.getAttribute('data-status')).toBe('failed');
  await panel.getByText('The robot didn’t find an element').first().waitFor();
  await workbench.screenshot('path-1-failed');

  // Another node's output is one click away.
  await panel.getByRole('treeitem', { name: /提取发票/ }).click();
  await panel.getByRole('tab', { name: /Output/ }).click();
  await panel.getByText('合肥启明办公').first().waitFor();

  await panel.getByRole('button', { name: 'Jump to Failing Step' }).first().click();
  await expect.poll(() => selectedText(workbench)).toBe(failingNode);
  await workbench.screenshot('path-2-jumped');

  // And back, from another node of the file.
  await workbench.inHost((api) => {
    const editor = api.window.activeTextEditor;
    if (editor === undefined) return;
    const at = editor.document.positionAt(editor.document.getText().indexOf('projectId'));
    const earlier = editor.document.positionAt(editor.document.getText().indexOf('codeLanguage'));
    editor.selection = new api.Selection(earlier, at.isBefore(earlier) ? at : earlier);
  });
  await page.keyboard.press('Control+Alt+T');
  const codeNode = '[role="treeitem"][data-node-id^="ifly-code::"][aria-selected="true"]';
  await panel.locator(codeNode).waitFor();

  // From the panel too: the cursor stays in the file beside it.
  await row.click();
  await panel.locator(codeNode).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Alt+T');
  await panel.locator(codeNode).waitFor();
});

test('says what is wrong before it connects', async () => {
  await producerFor(topic);
  const workbench = await openFlow();
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  await fillIn(workbench, panel, broker().brokers, 'spark-agent-bilder');
  await panel.locator('vscode-button.test-connection').click();
  // The topics that exist are offered; one click takes the right one.
  await panel.getByRole('button', { name: topic }).click();
  await panel.locator('vscode-button.test-connection').click();
  await panel.getByText(/1 partition/).waitFor();

  await fillIn(workbench, panel, '127.0.0.1:1', topic);
  await panel.locator('vscode-button.test-connection').click();
  await panel
    .getByText(/127\.0\.0\.1:1/)
    .first()
    .waitFor();
  await workbench.screenshot('path-3-unreachable');
});

test('survives the death of its engine', async () => {
  const produce = await producerFor(topic);
  await produce(await fixture('03-workflow-rpa-node-failed.g1'));
  const workbench = await openFlow();
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  await connect(workbench, panel, broker().brokers, topic);
  await panel.getByRole('treeitem').first().waitFor();
  const executions = async () => Number(await panel.locator('.figure-value').first().innerText());
  const before = await executions();
  const killed = await workbench.inHost(async (api) => {
    const extension = api.extensions.getExtension<{ killEngine(): Promise<void> }>(
      'rpa-trace.rpa-trace',
    );
    await extension?.exports.killEngine();
    return extension?.isActive;
  });
  expect(killed).toBe(true);
  // The executions come back from Kafka, new ones arrive again, and the way to the failing step is open.
  await produce(await fixture('10-failed-node-missing.g1'));
  await expect.poll(executions, { timeout: 20_000 }).toBe(before + 1);
  await panel.getByRole('tab', { name: /Output/ }).waitFor();
  await workbench.runCommand('rpaTrace.jumpToFailingStep');
  await expect.poll(() => selectedText(workbench), { timeout: 20_000 }).toBe(failingNode);
});

test('tells of a failure while it happens, and jumps from there', async () => {
  const produce = await producerFor(topic);
  const workbench = await openFlow();
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  await connect(workbench, panel, broker().brokers, topic);
  // What the reader chose stays, whatever comes.
  await panel.locator('.picker-button').click();
  await panel.locator('.execution-row').last().click();
  await panel.getByRole('treeitem').first().waitFor();
  const secondsFromNow = Math.ceil((Date.now() - sampleBeginMs) / 1_000) + 10;
  await produce(Buffer.from(sampleRecord('failed', secondsFromNow)));
  // In the panel while it is seen: a notification would cover it.
  await panel.locator('.news-words', { hasText: 'failed at “录入ERP”' }).waitFor();
  expect(await workbench.notification(/failed at/).count()).toBe(0);
  await workbench.screenshot('path-4-news');
  await panel.getByRole('button', { name: /^Go to “录入ERP” in / }).click();
  await expect.poll(() => selectedText(workbench)).toBe(failingNode);
});

async function openFlow(): Promise<Workbench> {
  const size = { width: 1500, height: 950 };
  const { workbench } = await vscode.sharedWorkbench('test/fixtures/flows', size);
  // What the test before has opened.
  await workbench.runCommand('rpaTrace.disconnect');
  await workbench.openFile('invoice-entry.yaml');
  return workbench;
}

async function connect(
  workbench: Workbench,
  panel: Frame,
  brokers: string,
  name: string,
): Promise<void> {
  await fillIn(workbench, panel, brokers, name);
  await panel.locator('vscode-button.connect').click();
  // Before that all is history, of which the newest is shown.
  await panel.getByText('Live', { exact: true }).waitFor();
}

async function fillIn(
  workbench: Workbench,
  panel: Frame,
  brokers: string,
  name: string,
): Promise<void> {
  const form = panel.locator('form.connect-form');
  const field = form.locator('.brokers input');
  if (!(await form.isVisible())) await workbench.runCommand('rpaTrace.connect');
  // It begins with what the settings say.
  await expect.poll(() => field.inputValue()).not.toBe('');
  await field.fill(brokers);
  await form.locator('.topic-field input').fill(name);
}

async function selectedText(workbench: Workbench): Promise<string | undefined> {
  return workbench.inHost((api) => {
    const editor = api.window.activeTextEditor;
    return editor?.document.getText(editor.selection);
  });
}

async function fixture(name: string): Promise<Buffer> {
  return readFile(join(repositoryRoot, 'test', 'fixtures', 'records', `${name}.json`));
}

/** A topic, and a plain producer for it. */
async function producerFor(name: string): Promise<(value: Buffer) => Promise<void>> {
  const kafka = new Kafka({ brokers: [broker().brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const known = await admin.listTopics();
  if (!known.includes(name)) await topicWithLeaders(admin, { topic: name, numPartitions: 1 });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  closing.push(() => producer.disconnect());
  return async (value) => {
    await producer.send({ topic: name, messages: [{ value }] });
  };
}
