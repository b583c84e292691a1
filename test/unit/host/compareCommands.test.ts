import { beforeEach, describe, expect, test } from 'vitest';

import { compareCommands } from '../../../src/host/compareCommands.ts';
import type { Desk } from '../../../src/host/desk.ts';
import { commandIds } from '../../../src/host/ids.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import type { ExecutionRow } from '../../../src/protocol/list.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let told: unknown[];
let offered: string[];
let commands: ReturnType<typeof compareCommands>;
const selection = { key: null as string | null };

const row = (key: string, parts: Partial<ExecutionRow> = {}): ExecutionRow => ({
  ...{ key, sid: key, name: 'Invoices', kind: 'workflow', service: 'workflow' },
  ...{ outcome: 'succeeded', code: 0, beginMs: 1_000, durationMs: 900, failing: null },
  subExecutionCount: 0,
  ...parts,
});

beforeEach(() => {
  vscode = new FakeVscode();
  told = [];
  offered = [];
  selection.key = null;
  const engine = new ScriptedEngine(new ManualClock());
  engine.answers.ask = () => {
    const rows = [row('a', { outcome: 'failed' }), row('b', { name: 'Orders' }), row('c')];
    return { result: { ok: true, answer: { rows } } } as never;
  };
  vscode.pick = (rows) => {
    offered = rows.map(({ label }) => label);
    return offered.length - 1;
  };
  const panel = {
    show: () => undefined,
    emit: (...args: unknown[]) => told.push(args),
    say: (said: string) => told.push(['say', said]),
  };
  commands = compareCommands({
    vscode: vscode.api,
    desk: () => ({ ...panel, selection, engine: engine.client }) as unknown as Desk,
  });
});

describe('comparing', () => {
  test('takes what was clicked, from the palette what is selected, and says where there is none', () => {
    const run = commands[commandIds.compareWithLastGood];
    run({ executionKey: 'a' });
    selection.key = 'c';
    run(undefined);
    expect(told).toEqual([
      ['compare', { key: 'a', other: null }],
      ['compare', { key: 'c', other: null }],
    ]);
    selection.key = null;
    run(undefined);
    expect(vscode.shown.map(({ text }) => text)).toEqual([
      'Select an execution in the trace panel first.',
    ]);
  });

  test('offers the others, those of the same name first', async () => {
    const run = commands[commandIds.compareWith];
    await run({ executionKey: 'a' });
    expect(offered.map((label) => label.replace(/^\$\([\w-]+\) /, ''))).toEqual([
      ...['Same name', 'Invoices', 'Others', 'Orders'],
    ]);
    expect(told).toEqual([['compare', { key: 'a', other: 'b' }]]);
    vscode.pick = () => undefined;
    await run({ executionKey: 'a' });
    await run(undefined);
    expect(told).toHaveLength(1);
  });

  test('takes two that were chosen one after the other', async () => {
    commands[commandIds.compareWithSelected]({ executionKey: 'c' });
    await commands[commandIds.selectForCompare](undefined);
    expect(vscode.contexts.size).toBe(0);
    await commands[commandIds.selectForCompare]({ executionKey: 'b' });
    expect(vscode.contexts.get('rpaTrace.hasCompareSelection')).toBe(true);
    commands[commandIds.compareWithSelected]({ executionKey: 'a' });
    commands[commandIds.compareWithSelected](undefined);
    expect(told).toEqual([
      ['say', 'Select an execution for comparing first.'],
      ['compare', { key: 'a', other: 'b' }],
    ]);
  });

  test('opens two texts in VS Code’s own editor', async () => {
    const documents = new ReadOnlyDocuments(vscode.api);
    await documents.openDiff({ title: 'a/b', isLater: false }, ['{"a":1}', '{"a":2}'], 'json');
    const [command, before, after, title] = vscode.executed[0] ?? [];
    expect(command).toBe('vscode.diff');
    expect(title).toMatch(/\(Before ↔ After\)$/);
    const texts = [before, after].map((uri) => documents.provideTextDocumentContent(uri as never));
    expect(texts).toEqual(['{"a":1}', '{"a":2}']);
    documents.dispose();
  });
});
