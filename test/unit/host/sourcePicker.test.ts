import { describe, expect, test } from 'vitest';
import { commandIds } from '../../../src/host/ids.ts';
import type { Remembered } from '../../../src/host/recentSources.ts';
import { chooseSource } from '../../../src/host/sourcePicker.ts';
import { aSeed } from '../../webview/panelData.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';

/** The rows that the reader is offered, and which of them is taken. */
async function picked(
  recent: readonly Remembered[],
  current: Remembered | undefined,
  row: number | undefined,
  connections: readonly Remembered<'kafka'>[] = [],
) {
  const rows: string[] = [];
  const vscode = new FakeVscode();
  vscode.pick = (offered) => {
    rows.push(...offered.map(shownRow));
    return row;
  };
  const chosen = await chooseSource(vscode.api, { recent, current, connections });
  return { rows, chosen, ran: vscode.executed.map(([id]) => id) };
}

/** A row as VS Code shows it: `-- separator`, or icon, label and description. */
function shownRow(row: { label: string; description?: string; kind?: number }): string {
  if (row.kind === -1) return `-- ${row.label}`;
  const label = row.label.replace(/^\$\((.+?)\) /, '$1 | ');
  return [label, row.description].filter(Boolean).join(' | ');
}

const topic: Remembered = {
  kind: 'kafka',
  form: {
    ...aSeed().connection,
    ...{ brokers: 'user:s3cr3t-a@a:9092, b:9092?token=s3cr3t-b', topic: 'orders' },
  },
};
const files: Remembered = { kind: 'files', paths: ['/w/traces/a.jsonl', '/other/b.jsonl'] };
const ways = [
  '-- Open',
  'plug | Connect to Kafka…',
  'folder-opened | Open Trace Files…',
  'play | Play Sample Robot',
];

test('each source that was read is told from the others, without credentials', async () => {
  const recent: Remembered[] = [topic, files, { kind: 'sample' }, { kind: 'kafka' }];
  const { rows } = await picked(recent, files, undefined);
  expect(rows).toEqual([
    '-- Recent',
    'pulse | orders | a:9092, b:9092',
    'file | a.jsonl, b.jsonl | traces/a.jsonl · current',
    'play | Sample robot',
    'pulse | Kafka',
    ...ways,
  ]);
});

test('where nothing was read there are the ways alone', async () => {
  const { rows, chosen } = await picked([], undefined, undefined);
  expect(rows).toEqual(ways);
  expect(chosen).toBeUndefined();
});

test.each([
  [1, topic, []],
  [3, undefined, [commandIds.connect]],
  [4, undefined, [commandIds.openTraceFile]],
  [5, undefined, [commandIds.playSample]],
])('row %i is what it says', async (row, source, commands) => {
  const { chosen, ran } = await picked([topic], undefined, row);
  expect([chosen, ran]).toEqual([source, commands]);
});

describe('connections of the settings', () => {
  const named = (name: string, topicOf: string): Remembered<'kafka'> => ({
    kind: 'kafka',
    form: {
      ...aSeed().connection,
      ...{ brokers: 'a:9092', topic: topicOf, mark: { name, color: 'red' } },
    },
  });
  const standard: Remembered<'kafka'> = { kind: 'kafka', form: aSeed().connection };
  const connections = [standard, named('test', 'orders'), named('production', 'orders')];

  test('are offered by their names, once each, before what was read', async () => {
    // As it was when it was read; the settings have another topic by now.
    const before = named('production', 'of before');
    const { rows } = await picked([before, files, standard], before, undefined, connections);
    expect(rows).toEqual([
      '-- Connections',
      'pulse | spark-agent-builder | localhost:9092 · default',
      'pulse | test | orders · a:9092',
      'pulse | production | orders · a:9092 · current',
      '-- Recent',
      'file | a.jsonl, b.jsonl | traces/a.jsonl',
      ...ways,
    ]);
  });

  test('are read as the settings have them', async () => {
    const { chosen } = await picked([named('test', 'of before')], undefined, 2, connections);
    expect(chosen).toEqual(connections[1]);
  });
});
