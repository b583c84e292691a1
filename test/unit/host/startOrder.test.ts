import { beforeEach, expect, test } from 'vitest';
import type { Remembered } from '../../../src/host/recentSources.ts';
import { startAsOrdered } from '../../../src/host/startOrder.ts';
import { aSeed } from '../../webview/panelData.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';

const opened: Remembered[] = [];
const logged: string[] = [];
let shown = 0;
let vscode: FakeVscode;

beforeEach(() => {
  opened.length = logged.length = shown = 0;
  vscode = new FakeVscode();
  vscode.write('/w/invoice-entry.yaml', '');
});

const start = (order: string | undefined) => {
  startAsOrdered(order, {
    vscode: vscode.api,
    session: { reopen: (source: Remembered) => Promise.resolve(opened.push(source)) } as never,
    panel: { show: () => (shown += 1) } as never,
    settings: () => ({ connection: { ...aSeed().connection, tls: true } }) as never,
    log: (_level, message) => logged.push(message),
  });
};

test('the sample robot, beside its flow', async () => {
  start('sample');
  await expect.poll(() => shown).toBe(1);
  expect(opened).toEqual([{ kind: 'sample' }]);
  expect(vscode.activeEditor?.document.uri.path).toBe('/w/invoice-entry.yaml');
});

test('a topic, with the rest as the settings have it', async () => {
  vscode.write('/w/open.txt', '');
  const editor = vscode.open('/w/open.txt');
  start('kafka:a:9092,b:9092/orders/new');
  await expect.poll(() => shown).toBe(1);
  const form = { brokers: 'a:9092,b:9092', topic: 'orders/new', tls: true, hasPassword: false };
  expect(opened).toEqual([{ kind: 'kafka', form: { ...aSeed().connection, ...form } }]);
  expect(vscode.activeEditor).toBe(editor);
});

test('what is no order is told, with those that there are', async () => {
  start('kafak:a/b');
  await expect.poll(() => logged).toHaveLength(1);
  expect(logged).toEqual([
    'RPA_TRACE_START is “kafak:a/b”; it may be “kafka:<brokers>/<topic>” or “sample”',
  ]);
  expect([opened, shown]).toEqual([[], 0]);
});

test.each([undefined, ''])('no order, nothing: %s', (order) => {
  start(order);
  expect([opened, logged]).toEqual([[], []]);
});
