import { afterEach, expect, test } from 'vitest';
import { FlowsOfThen } from '../../../src/host/flowsOfThen.ts';
import { later } from '../../../src/host/later.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

const vscode = new FakeVscode();
const engine = new ScriptedEngine(new ManualClock());
const logged: string[] = [];
const flowKeys = { identity: ['uid'], reference: [], name: [] };
const flowsOfThen = new FlowsOfThen({
  ...{ vscode: vscode.api, engine: engine.client },
  documents: new ReadOnlyDocuments(vscode.api),
  settings: () => ({ flowKeys }),
  git: later,
  log: (level, message) => logged.push(`${level}: ${message}`),
});

afterEach(() => {
  flowsOfThen.dispose();
  engine.client.dispose();
});

test('the engine is answered how a flow file was, and an engine that died is not', async () => {
  const told: unknown[] = [];
  engine.client.start();
  engine.answers = { setFlowThen: (params) => (told.push(params), null) };
  // No file: nobody knows.
  engine.fire('flowThenWanted', { uri: 'untitled:a.yaml', atMs: 5 });
  await expect
    .poll(() => told)
    .toMatchObject([{ fromMs: -Infinity, was: 'unknown', keys: flowKeys }]);
  engine.answers = {
    setFlowThen: () => {
      throw new Error('It died');
    },
  };
  engine.fire('flowThenWanted', { uri: 'untitled:a.yaml', atMs: 5 });
  await expect.poll(() => logged).toHaveLength(1);
  await flowsOfThen.open('untitled:a.yaml', 5);
  expect(vscode.shown.map(({ text }) => text)).toEqual([
    'No commit contains “a.yaml” as it was when it ran.',
  ]);
});
