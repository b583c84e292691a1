import { beforeEach, describe, expect, test } from 'vitest';

import { compareCommands } from '../../../src/host/compareCommands.ts';
import type { Desk } from '../../../src/host/desk.ts';
import { commandIds } from '../../../src/host/ids.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import type { ExecutionRow } from '../../../src/protocol/list.ts';
import type { Remembered } from '../../../src/host/recentSources.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { aSeed } from '../../webview/panelData.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let told: unknown[];
let offered: string[];
let commands: ReturnType<typeof compareCommands>;
const selection = { key: null as string | null };
let engine: ScriptedEngine;
let recent: readonly Remembered[];

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
  recent = [];
  engine = new ScriptedEngine(new ManualClock());
  engine.answers.earlierOfFlow = () => ({ rows: [] });
  engine.answers.ask = () => {
    const rows = [row('a', { outcome: 'failed' }), row('b', { name: 'Orders' }), row('c')];
    return { result: { ok: true, answer: { rows } } } as never;
  };
  vscode.pick = (rows) => {
    offered = rows.map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));
    return offered.indexOf('Orders');
  };
  const panel = {
    show: () => undefined,
    emit: (...args: unknown[]) => told.push(args),
    say: (said: string) => told.push(['say', said]),
  };
  commands = compareCommands({
    vscode: vscode.api,
    session: {
      get recent() {
        return recent;
      },
      ...{ current: { kind: 'sample' }, connections: [] },
    },
    credentials: { password: () => Promise.resolve('s3cr3t') } as never,
    settings: () => ({ verifyCertificate: true, connections: [] }) as never,
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

  test('gives the duration of those that have one', async () => {
    const rows = [row('a'), row('b'), row('c', { outcome: 'running', durationMs: null })];
    engine.answers.ask = () => ({ result: { ok: true, answer: { rows } } }) as never;
    const facts: string[][] = [];
    vscode.pick = (shown: readonly { readonly label: string; readonly description?: string }[]) => {
      for (const { description } of shown) facts.push((description ?? '').split(' · '));
      return undefined;
    };
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(facts.filter(({ length }) => length > 1)).toEqual([
      ['Succeeded', expect.any(String), '900 ms'],
      ['Running', expect.any(String)],
    ]);
  });

  test('offers the others, those of the same name first', async () => {
    const run = commands[commandIds.compareWith];
    await run({ executionKey: 'a' });
    expect(offered).toEqual([
      ...['Same name', 'Invoices', 'Other sources', 'From a File…', 'Others', 'Orders'],
    ]);
    expect(told).toEqual([['compare', { key: 'a', other: 'b' }]]);
    vscode.pick = () => undefined;
    await run({ executionKey: 'a' });
    await run(undefined);
    expect(told).toHaveLength(1);
  });

  /** Picks a row by its name, one after the other; undefined dismisses. */
  const pickEach = (...names: readonly (string | undefined)[]) => {
    const left = [...names];
    const all: string[][] = [];
    vscode.pick = (rows) => {
      const labels = rows.map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));
      all.push(labels);
      const name = left.shift();
      return name === undefined ? undefined : labels.indexOf(name);
    };
    return all;
  };

  test('offers those of its flow that the history alone has', async () => {
    engine.answers.earlierOfFlow = ({ key }) => ({
      rows: key === 'a' ? [row('old', { name: 'Old' }), row('c', { summaryOnly: true })] : [],
    });
    const [, shown] = [pickEach('Old'), vscode.shown];
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(told).toEqual([['compare', { key: 'a', other: 'old' }]]);
    expect(shown).toEqual([]);
  });

  const many = [row('x', { name: 'X' }), row('y', { name: 'Y' })];
  const read = { kind: 'read', id: 7, rejected: 0, isPart: false } as const;
  test.each([
    ['its only execution', { ...read, rows: [row('x')], more: 0 }, [], 'x'],
    ['one of several', { ...read, rows: many, more: 0 }, ['Y'], 'y'],
    [
      'one of those that there is room for',
      { ...read, rows: [row('x')], more: 2 },
      ['Invoices'],
      'x',
    ],
    ['none, dismissed', { ...read, rows: many, more: 1, isPart: true }, [undefined], null],
  ] as const)('takes of a file %s', async (_, answer, names, other) => {
    engine.answers.readForCompare = () => answer;
    vscode.dialog = () => FakeUri.file('/w/old.jsonl');
    pickEach('From a File…', ...names);
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(engine.askedFor('readForCompare')).toEqual([
      { spec: { kind: 'files', paths: ['/w/old.jsonl'] } },
    ]);
    expect(told).toEqual(other === null ? [] : [['compare', { key: 'a', other, source: 7 }]]);
  });

  const error = { reason: 'fileNotFound', detail: 'ENOENT', subject: 'old.jsonl' } as const;
  test.each([
    ['can’t be read', { kind: 'failed', error }, 'error'],
    ['holds no execution', { ...read, rows: [], more: 0 }, 'warning'],
  ] as const)('says of a file that it %s', async (_, answer, severity) => {
    engine.answers.readForCompare = () => answer;
    vscode.dialog = () => FakeUri.file('/w/old.jsonl');
    pickEach('From a File…');
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(told).toEqual([]);
    expect(vscode.shown.map((shown) => shown.severity)).toEqual([severity]);
  });

  test('reads nothing where no file is chosen', async () => {
    pickEach('From a File…');
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(engine.askedFor('readForCompare')).toEqual([]);
  });

  test('offers the other topics that were read, and reads the last records of one', async () => {
    const form = {
      ...aSeed().connection,
      ...{ brokers: 'b:9092', topic: 'production', saslMechanism: 'plain' as const, username: 'u' },
    } as const;
    recent = [
      { kind: 'sample' },
      { kind: 'kafka', form: { ...form, mark: { name: 'prod', color: 'red' } } },
    ];
    engine.answers.readForCompare = () => ({ ...read, rows: [row('x')], more: 0 });
    const [all] = [pickEach('prod')];
    await commands[commandIds.compareWith]({ executionKey: 'a' });
    expect(all[0]?.slice(2, 5)).toEqual(['Other sources', 'From a File…', expect.any(String)]);
    expect(engine.askedFor('readForCompare')).toMatchObject([
      {
        spec: {
          ...{ kind: 'kafka', topic: 'production', start: { kind: 'last', count: 200 } },
          connection: { sasl: { password: 's3cr3t' } },
        },
      },
    ]);
    expect(told).toEqual([['compare', { key: 'a', other: 'x', source: 7 }]]);
    // What is read otherwise stays as the settings have it.
    expect(vscode.updated).toEqual([]);
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
      ['say', 'Select an execution to compare with first.'],
      ['compare', { key: 'a', other: 'b' }],
    ]);
  });

  test('opens two texts in VS Code’s own editor', async () => {
    const documents = new ReadOnlyDocuments(vscode.api);
    await documents.openDiff({ title: 'a/b', isLater: false }, ['a: 1', 'a: 2'], 'yaml');
    const [command, before, after, title] = vscode.executed[0] ?? [];
    expect(command).toBe('vscode.diff');
    expect(title).toMatch(/\(Before ↔ After\)$/);
    const texts = [before, after].map((uri) => documents.provideTextDocumentContent(uri as never));
    expect(texts).toEqual(['a: 1', 'a: 2']);
    expect((before as { path: string }).path).toMatch(/\.yaml$/);
    documents.dispose();
  });
});
