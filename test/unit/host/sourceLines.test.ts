/** From a step to the line of the robot's source, through the jump that the panel offers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowFiles } from '../../../src/host/flowFiles.ts';
import { readFlowText } from '../../../src/host/flowText.ts';
import { later } from '../../../src/host/later.ts';
import { NodeRevealer } from '../../../src/host/revealNode.ts';
import { TextEditors } from '../../../src/host/textEditors.ts';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let engine: ScriptedEngine;
let flows: FlowFiles;
let editors: TextEditors;
let revealer: NodeRevealer;
let said: string[];

beforeEach(() => {
  vscode = new FakeVscode();
  const clock = new ManualClock();
  engine = new ScriptedEngine(clock);
  engine.client.start();
  said = [];
  const log = () => undefined;
  flows = new FlowFiles({
    ...{ vscode: vscode.api, engine: engine.client, clock, log },
    settings: () => ({ flowInclude: '', flowExclude: '', flowKeys: noFlowKeys }),
    readText: (file) => readFlowText(vscode.api, file),
  });
  editors = new TextEditors(vscode.api);
  revealer = new NodeRevealer({
    ...{ vscode: vscode.api, engine: engine.client, flowFiles: flows, editors, log },
    notShown: later,
    flowsOfThen: { open: () => Promise.resolve() },
    say: (sentence) => said.push(sentence),
  });
});

afterEach(() => {
  for (const each of [revealer, flows, editors, engine.client]) each.dispose();
});

const settled = () => new Promise((done) => setImmediate(done));

async function jumpTo(source: string): Promise<void> {
  engine.answers = { locate: () => ({ kind: 'source', source }) };
  expect(await revealer.reveal('k', { nodeId: 'login', name: '' }, false)).toBe('source');
  await settled();
  await settled();
}

const robot = 'import x;\n\n  await traced();\nlast';

describe('the line of a robot’s source', () => {
  test.each([
    ['src/main.ts:3', 'await traced();'],
    ['src/main.ts:400', 'last'],
    // Started in a folder beside its source.
    ['../src/main.ts:1', 'import x;'],
  ])('%s is opened', async (source, text) => {
    vscode.write('/w/src/main.ts', robot);
    vscode.write('/w/other/src/main.ts', robot);
    await jumpTo(source);
    expect(said).toEqual([]);
    const editor = vscode.api.window.activeTextEditor;
    expect(editor?.document.uri.path).toBe('/w/src/main.ts');
    const line = editor?.selection.active;
    expect(robot.split('\n')[line?.line ?? -1]?.slice(line?.character)).toBe(text);
  });

  test.each([
    '../../etc/passwd:1',
    '/etc/passwd:1',
    'a/../../x.ts:1',
    'missing.ts:3',
    '..:1',
    'main.ts:1',
  ])('%s is no file of the workspace', async (source) => {
    vscode.write('/etc/passwd', 'root');
    vscode.write('/w/src/main.ts.bak', robot);
    await jumpTo(source);
    expect(said).toEqual([
      `“${source}” isn’t in any folder that is open here. Open the robot’s folder.`,
    ]);
  });

  test('is asked for where several files have its name', async () => {
    vscode.write('/w/a/main.ts', robot);
    vscode.write('/w/b/main.ts', robot);
    await jumpTo('main.ts:1');
    expect(said).toEqual([]);
    expect(vscode.shown.map(({ text }) => text)).toEqual([]);
  });
});
