import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { copyReport } from '../../../src/host/copyReport.ts';
import { fixtureName, fixtureText, type RanNode } from '../../../src/host/fixture.ts';
import { askForReport, report } from '../../../src/host/report.ts';
import { saveFixture } from '../../../src/host/saveFixture.ts';
import type { TreeWindow } from '../../../src/protocol/tree.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { storyRecord, storySid, type Story } from '../../support/storyRecords.ts';
import { plantedSecret } from '../../support/plantedSecrets.ts';
import { engineParts, fixtures, flowFile, rpaNode, treeQuery } from '../engine/world.ts';

/** A run that went well, and one that failed after it, as their flow file names the nodes. */
async function ran() {
  const parts = engineParts();
  parts.takeFixture('succeeded');
  const { key } = parts.takeFixture('failed');
  await parts.handlers.setFlow(flowFile('invoice-entry.yaml', 'file:///w/invoice-entry.yaml'));
  const call = (method: 'ask', params: never) => Promise.resolve(parts.handlers[method](params));
  return { parts, key, engine: { call } as never };
}

const noHistory = { usual: null, node: null, signs: [] };
const beside = { compared: null, history: noHistory };
const clock = { language: 'en', nowMs: 1_000_000, isOfTopic: true };
const english = { language: 'en', isOfTopic: true };

describe('a report in Markdown', () => {
  test('has the head, the reasons, the steps and what differs, all masked', async () => {
    const { engine, key } = await ran();
    const text = await askForReport(engine, key, english);
    expect(text.match(/^#+ .*$/gm)).toEqual([
      '## `发票录入`',
      // The good one began after it.
      ...['### Why', '### Steps', '### Compared with a later good run'],
    ]);
    expect(text).toMatch(/^- Status: `Failed \(code \d+\)`$/m);
    expect(text).toMatch(/^- Record: `.*, partition 0, offset 1`$/m);
    expect(text).toMatch(/· Failed ·/);
    expect(text).toMatch(/First difference/);
    expect(text.match(/Not compared/g)).toHaveLength(1);
    expect(text).not.toMatch(plantedSecret);
  });

  const invoice = (n: number, parts: Partial<Story> = {}): Story => ({
    n,
    question: { mail: 'Invoice INV-20391' },
    steps: [
      { id: 'node-start::1', name: 'Start', input: { mail: 'Invoice INV-20391' }, ms: 1 },
      { id: 'spark-llm::2', name: 'Extract fields', output: { total: 1280.5 }, ms: 900 },
      { id: 'rpa::3', name: 'Enter ERP', input: { total: 1280.5 }, output: { no: 'A-1' } },
      { id: 'node-end::4', name: 'End', output: { no: 'A-1' }, ms: 1 },
    ],
    ...parts,
  });
  const failed = invoice(2, {
    ...{ code: 21_300, message: 'RPA node request failed(element not found: #btnSave)' },
    steps: invoice(2)
      .steps.slice(0, 3)
      .map((step) => {
        if (step.id === 'spark-llm::2') return { ...step, output: {} };
        if (step.id !== 'rpa::3') return step;
        const error = 'element not found: #btnSave';
        return { ...step, ...{ input: {}, output: {}, count: 3, error, ms: 1_800 } };
      }),
  });

  test.each([
    ['before it', 'before.md', 1],
    ['after it', 'later.md', 3],
  ] as const)('reads as a whole, with a good run %s', async (_, file, n) => {
    const parts = engineParts();
    const records = [invoice(n), failed].sort((a, b) => a.n - b.n);
    parts.take(records.map((story) => recordWith(storyRecord(story))));
    const key = `workflow/${storySid(2)}`;
    const window = await parts.tree.window(treeQuery(key));
    const page = { onlyDifferences: true, offset: 0, limit: 0 };
    const compared = await parts.compare.answer({ key, other: null, ...page });
    if (compared.kind !== 'compared') throw new Error(compared.kind);
    const told = { language: 'en', nowMs: 0, timeZone: 'Asia/Shanghai', isOfTopic: true };
    await expect(report(window, { compared, history: noHistory }, told)).toMatchFileSnapshot(
      join(repositoryRoot, 'test/fixtures/report', file),
    );
  });

  test('says what is unusual against earlier executions, masked', async () => {
    const parts = engineParts();
    const odd = (output: JsonObject) =>
      failed.steps.map((step) => (step.id === 'spark-llm::2' ? { ...step, output } : step));
    const stories = [invoice(3), invoice(4), { ...failed, n: 5 }, invoice(6)];
    const result = { total: { error: 'login as api_key=sk-4f9a8b7c6d5e4f3a2b1c refused' } };
    const last: Story = { ...failed, n: 9, steps: odd({ ...result, success: false }) };
    parts.take([...stories, last].map((story) => recordWith(storyRecord(story))));
    const call = (method: 'ask', params: never) => Promise.resolve(parts.handlers[method](params));
    const text = await askForReport({ call } as never, `workflow/${storySid(9)}`, english);
    expect(text).toMatch(
      /### Compared with earlier executions\n\n```text\n(?:.*\n)*.*“Extract fields”/,
    );
    expect(text).toMatch(
      /Counting every cause, this step failed in 2 of the 3 runs that reached it since it first failed/,
    );
    expect(text).not.toMatch(/4f9a8b7c6d5e/);
  });

  test('of a run that went well has no reasons and compares with none', async () => {
    const parts = engineParts();
    const { key } = parts.takeFixture('succeeded');
    const call = (method: 'ask', params: never) => Promise.resolve(parts.handlers[method](params));
    const text = await askForReport({ call } as never, key, english);
    expect(text.match(/^### .*$/gm)).toEqual(['### Steps']);
  });

  test('of a file names it without its folder', async () => {
    const { parts, key } = await ran();
    const window = await parts.tree.window(treeQuery(key));
    const position = { topic: '/data/ann/invoices/runs.jsonl', partition: 0, offset: '2' };
    const text = report({ ...window, position }, beside, { ...clock, isOfTopic: false });
    expect(text).toContain('- Record: `runs.jsonl, record 2`');
    expect(text).not.toMatch(/data|ann\/|partition|offset/);
  });

  test('says how many steps it leaves out', async () => {
    const { parts, key } = await ran();
    const window = await parts.tree.window(treeQuery(key));
    expect(report({ ...window, rows: window.rows.slice(0, 1) }, beside, clock)).toContain(
      `… and ${String(window.totalRows - 1)} more`,
    );
  });

  test.each([
    '[a](command:workbench.action.quit)',
    '<img src=x onerror=alert(1)>',
    '<!-- hidden',
    '<details><summary>x',
    '```\n# out of the fence\n[a](command:b)',
    '``````',
    '`a` [b](c) `',
    '![x](https://evil.example/p.png)',
    '@everyone #1 https://evil.example',
    'a\u202eb\u200b\n\n## c',
  ])('keeps what a record says in code: %j', async (hostile) => {
    const { parts, key } = await ran();
    const window = await parts.tree.window(treeQuery(key));
    const rows = window.rows.map((row) => ({ ...row, name: hostile, error: hostile }));
    const [finding] = window.findings;
    const evidence = (finding?.evidence ?? []).map((piece) => ({ ...piece, value: hostile }));
    const summary = { ...window.summary, sid: hostile, subject: hostile };
    const bad = { ...window, rows, summary, name: hostile } as TreeWindow;
    const findings = finding === undefined ? [] : [{ ...finding, evidence }];
    const text = report({ ...bad, findings }, beside, clock);
    // What is left without all code is ours alone.
    const plain = text
      .replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    expect(plain.match(/[[\]<>@!`]|https|##? c|command/g)).toBeNull();
    expect(text).not.toMatch(/[\u202e\u200b]/);
  });

  test('is copied, and opened where that is wanted', async () => {
    const vscode = new FakeVscode();
    const { engine, key } = await ran();
    const opened: unknown[] = [];
    Object.assign(vscode.api.workspace, {
      openTextDocument: (options: unknown) => Promise.resolve(options),
    });
    Object.assign(vscode.api.window, { showTextDocument: (one: unknown) => opened.push(one) });
    const desk = { engine, selection: { key } } as never;
    const shown = { kind: 'files', paths: ['/data/ann/runs.jsonl'] } as const;
    await copyReport(vscode.api, { desk, shown }, undefined);
    expect(vscode.clipboard).toContain('### Why');
    // What is read is a file: its records stand at a place of it.
    expect(vscode.clipboard).toMatch(/^- Record: `[^/]*, record 1`$/m);
    vscode.press = () => 'Open';
    await copyReport(vscode.api, { desk, shown }, { executionKey: key });
    expect(opened).toMatchObject([{ language: 'markdown' }]);
    await copyReport(
      vscode.api,
      { desk: { engine, selection: { key: null } } as never, shown },
      undefined,
    );
    expect(vscode.shown.at(-1)?.text).toBe('Select an execution in the trace panel first.');
  });
});

describe('a test fixture', () => {
  async function node(): Promise<RanNode & { key: string; engine: never; rowKey: string }> {
    const { parts, key, engine } = await ran();
    const { rows } = await parts.tree.window(treeQuery(key));
    const rowKey = rows.find(({ nodeId }) => nodeId === rpaNode)?.key ?? '';
    const content = await parts.tree.inspect(key, rowKey);
    if (content.kind !== 'node') throw new Error('it did not run');
    return { ...content, key, engine, rowKey };
  }

  test('has what the node got, was set to and gave, masked, with the same text each time', async () => {
    const ran = await node();
    const origin = { sid: 's', flowFile: 'invoice-entry.yaml' };
    const text = fixtureText(ran, origin);
    const fixture = JSON.parse(text) as Record<string, unknown>;
    expect(Object.keys(fixture)).toEqual([
      ...['config', 'execution', 'flow', 'input', 'masked', 'node', 'output', 'rpaTraceFixture'],
    ]);
    // How a step ended is said of the step: a good one may be of a run that failed.
    const { status, error } = ran.row;
    expect(fixture['node']).toMatchObject({ id: rpaNode, status, error });
    expect(fixture['execution']).toEqual({ sid: 's' });
    expect(text).not.toMatch(plantedSecret);
    expect(fixtureText(await node(), origin)).toBe(text);
    expect(fixtureName(ran, origin)).toMatch(
      /^invoice-entry\.[\p{L}\p{N}-]+\.[\da-f]{8}\.fixture\.json$/u,
    );
    const other = { ...ran, row: { ...ran.row, name: '../../A b/C:\\', nodeId: 'x' } };
    expect(fixtureName(other, { sid: 's', flowFile: '' })).toMatch(
      /^a-b-c\.[\da-f]+\.fixture\.json$/,
    );
  });

  test.each([
    ['CON', '', '_con.'],
    ['aux', 'x', 'x.aux.'],
    ['com1', '', '_com1.'],
    ['LPT³', '', '_lpt³.'],
    ['Console', '', 'console.'],
    ['com10', '', 'com10.'],
    ['con', 'NUL.yaml', '_nul.con.'],
    ['con', 'flow.yaml', 'flow.con.'],
    ['Enter...', '', 'enter.'],
    ['.', '', 'x.'],
    [`${'a'.repeat(39)}-b`, '', `${'a'.repeat(39)}.`],
    ['𠮷'.repeat(50), '', `${'𠮷'.repeat(40)}.`],
  ])('of a node %j of %j has a name that every system takes', async (name, flowFile, begin) => {
    const ran = await node();
    const file = fixtureName(
      { ...ran, row: { ...ran.row, name, nodeId: 'x' } },
      { sid: 's', flowFile },
    );
    expect(file.startsWith(begin)).toBe(true);
    expect(file.slice(begin.length)).toMatch(/^(?:x\.)?[\da-f]{8}\.fixture\.json$/);
  });

  test('names the values that are masked', async () => {
    const ran = await node();
    const input = [
      { name: 'login', value: { user: 'a', password: '••••' }, form: 'json', round: null },
    ];
    const data = { ...ran.data, input, output: [], config: [] } as RanNode['data'];
    expect(JSON.parse(fixtureText({ ...ran, data }, { sid: 's', flowFile: '' }))).toMatchObject({
      masked: ['input.login.password'],
    });
  });

  test.each([
    ['代码', 2],
    ['iteration', [1, 2]],
  ])('of a step of type %s that has values of one name has %j', async (type, expected) => {
    const ran = await node();
    const input = [1, 2].map((value) => ({ name: 'n', value, form: 'json' as const, round: null }));
    const data = { ...ran.data, input };
    const text = fixtureText(
      { ...ran, row: { ...ran.row, type }, data },
      { sid: 's', flowFile: '' },
    );
    expect(JSON.parse(text)).toMatchObject({ input: { n: expected } });
  });

  test('is written beside the flow file, and what somebody changed is not overwritten unasked', async () => {
    const vscode = new FakeVscode();
    const { engine, key, rowKey } = await node();
    const said: string[] = [];
    const say = (sentence: string) => said.push(sentence);
    const save = () =>
      saveFixture(vscode.api, { engine, say } as never, { executionKey: key, rowKey });
    await save();
    const [uri = ''] = vscode.bytes.keys();
    expect(uri).toMatch(/\/invoice-entry\..*\.fixture\.json$/);
    const first = vscode.disk.get(uri);
    await save();
    expect(vscode.shown).toEqual([]);
    expect(said[0]).toMatch(/^Saved to invoice-entry\..*\.fixture\.json\.$/);
    vscode.bytes.delete(uri);
    vscode.disk.set(uri, 'mine');
    await save();
    expect([vscode.disk.get(uri), vscode.shown.length]).toEqual(['mine', 1]);
    vscode.press = ({ buttons }) => buttons[0];
    await save();
    expect(vscode.disk.get(uri)).toBe(first);
  });

  test('without a flow file goes where the reader wants it; what did not run gives none', async () => {
    const vscode = new FakeVscode();
    const parts = engineParts();
    const { key } = parts.takeFixture('failed');
    const call = (method: 'ask', params: never) => Promise.resolve(parts.handlers[method](params));
    const desk = { engine: { call }, say: () => undefined } as never;
    const { rows } = await parts.tree.window(treeQuery(key));
    const rowKey = rows.find(({ nodeId }) => nodeId === rpaNode)?.key;
    await saveFixture(vscode.api, desk, { executionKey: key, rowKey });
    expect(vscode.bytes.size).toBe(0);
    vscode.dialog = () => FakeUri.file('/x/a.json');
    await saveFixture(vscode.api, desk, { executionKey: key, rowKey });
    expect([...vscode.bytes.keys()]).toEqual(['file:///x/a.json']);
    await parts.handlers.setFlow(flowFile('invoice-entry.yaml'));
    const left = (await parts.tree.window(treeQuery(key))).rows.find(
      (row) => row.status === 'notRun',
    );
    await saveFixture(vscode.api, desk, { executionKey: key, rowKey: left?.key });
    expect(vscode.shown.at(-1)?.text).toBe('Only a step that ran can be saved as a test fixture.');
  });
});

test('records for reports are there', () => {
  expect(recordsOf(fixtures.failed)).toHaveLength(1);
});
