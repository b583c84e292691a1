import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { registerCommands } from '../../../src/host/commands.ts';
import { connectEvents } from '../../../src/host/events.ts';
import { EditorFeatures } from '../../../src/host/editor/editorFeatures.ts';
import { readEditorSettings } from '../../../src/host/editor/editorSettings.ts';
import { fileHistories } from '../../../src/host/fileHistory.ts';
import { FlowFiles, type FlowFilesWorld } from '../../../src/host/flowFiles.ts';
import { commandIds } from '../../../src/host/ids.ts';
import { Notifications } from '../../../src/host/notifications.ts';
import { readFlowText } from '../../../src/host/flowText.ts';
import { fileDialogsLater, later } from '../../../src/host/later.ts';
import { createPanelHandlers } from '../../../src/host/panelHandlers.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import { NodeRevealer } from '../../../src/host/revealNode.ts';
import { Saving } from '../../../src/host/saving.ts';
import { Selection } from '../../../src/host/selection.ts';
import { StatusBar } from '../../../src/host/statusBar.ts';
import { TextEditors } from '../../../src/host/textEditors.ts';
import { deskOf, TracePanel } from '../../../src/host/tracePanel.ts';
import type { EngineEvents, EngineMethods } from '../../../src/protocol/engineProtocol.ts';
import type { Envelope } from '../../../src/protocol/packet.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import { Emitter } from '../../../src/base/event.ts';
import { heapSetting } from '../../../src/texts/engineLossText.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

const form = {
  ...{ brokers: 'a:1, b:2', topic: 't', start: { kind: 'latest' }, tls: false, caFile: '' },
  ...{ saslMechanism: 'none', username: 'u', hasPassword: true },
} as const;

/** As much of a session as others use: what it is asked for, and what it reads. */
class FakeSession {
  readonly asked: (readonly unknown[])[] = [];
  readonly changed = new Emitter<undefined>(() => undefined);
  shown: SourceSpec | undefined = { kind: 'files', paths: ['/t/a'] };
  recent: unknown[] = [];
  current: unknown;
  back: unknown;
  hasSource = true;
  /** What an action throws. */
  fails: Error | undefined;
  readonly onDidChangeSource = this.changed.event;

  constructor() {
    const actions = ['connect', 'testConnection', 'disconnect', 'pause', 'resume', 'endReading'];
    const more = ['readAgain', 'playSample', 'openFiles', 'openContents', 'reopen', 'configure'];
    for (const action of [...actions, ...more]) {
      Object.assign(this, {
        [action]: (...args: unknown[]) => {
          this.asked.push([action, ...args]);
          return this.fails === undefined ? Promise.resolve(null) : Promise.reject(this.fails);
        },
      });
    }
  }

  connections: unknown[] = [];

  form() {
    return Promise.resolve(form);
  }

  forms() {
    return Promise.resolve([form]);
  }

  resumeLast() {
    return false;
  }
}

function memento() {
  const kept = new Map<string, unknown>();
  const update = (key: string, value: unknown) => Promise.resolve(void kept.set(key, value));
  return { get: (key: string) => kept.get(key), update } as never;
}

const outOfMemory = Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });

let vscode: FakeVscode;
let clock: ManualClock;
let engine: ScriptedEngine;
let session: FakeSession;
let panel: TracePanel;
let selection: Selection;
let revealed: (readonly unknown[])[];
let logged: string[];
let forgotten: unknown[];
let flowFiles: FlowFiles;
let disposables: { dispose(): void }[];
let isLogShown: boolean;
let nextId = 0;

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock();
  engine = new ScriptedEngine(clock);
  session = new FakeSession();
  logged = [];
  forgotten = [];
  revealed = [];
  isLogShown = false;
  const api = vscode.api;
  const log = (level: string, message: string) => void logged.push(`${level}: ${message}`);
  const channel = { log, show: () => (isLogShown = true), dispose: () => undefined };
  const settings = () =>
    ({
      flowInclude: '**',
      flowExclude: '',
      flowKeys: noFlowKeys,
      followLatest: vscode.settings.get('rpaTrace.panel.followLatest') ?? false,
    }) as never;
  const readText: FlowFilesWorld['readText'] = (file) => readFlowText(api, file);
  flowFiles = new FlowFiles({ vscode: api, engine: engine.client, clock, log, settings, readText });
  const editors = new TextEditors(api);
  const flowsOfThen = { open: () => Promise.resolve() };
  const revealer = new NodeRevealer({
    ...{ vscode: api, engine: engine.client, flowFiles, editors, log },
    notShown: later,
    flowsOfThen,
    say: (sentence) => {
      panel.say(sentence);
    },
  });
  const { reveal } = revealer;
  revealer.reveal = (...args) => {
    revealed.push(args);
    return reveal.apply(revealer, args);
  };
  selection = new Selection(() => session.shown);
  const saving = new Saving(api, engine.client, log);
  const documents = new ReadOnlyDocuments(api);
  const world = {
    ...{ vscode: api, engine: engine.client, session: session as never, flowFiles, revealer },
    ...{ documents, settings, log: channel, selection, saving, flowsOfThen },
    ...{ globalState: memento(), histories: fileHistories(api, documents) },
    fileDialogs: fileDialogsLater(api),
  };
  panel = new TracePanel({
    ...{ vscode: api, engine: engine.client, clock, log, handlers: createPanelHandlers(world) },
    extensionUri: FakeUri.file('/extension') as never,
  });
  const credentials = {
    forget: (...args: unknown[]) => Promise.resolve(void forgotten.push(args)),
  };
  const notifications = new Notifications({
    ...{ vscode: api, clock, panel, revealer, notifyFailures: () => 'all' as const },
    ...{ sourceOf: () => session.shown, onDidChangeSource: session.onDidChangeSource },
  });
  const statusBar = new StatusBar(api);
  const editorFeatures = new EditorFeatures({
    ...{ vscode: api, engine: engine.client, flowFiles, selection, panel, clock, log },
    settings: () => readEditorSettings(api),
    onDidChangeSource: session.onDidChangeSource,
  });
  disposables = [
    registerCommands({
      ...{
        ...world,
        panel,
        editors,
        marks: editorFeatures.marks,
        credentials: credentials as never,
      },
      extensionUri: FakeUri.file('/extension') as never,
      storageUri: FakeUri.file('/storage') as never,
      historyFolder: '/storage/history',
      desk: () => deskOf(panel, world),
    }),
    connectEvents({ ...world, panel, notifications, statusBar, log }),
    ...[editorFeatures, notifications, statusBar, panel, documents, editors, flowFiles],
    engine.client,
  ];
});

afterEach(() => {
  for (const one of disposables) one.dispose();
  expect(vscode.isHeard).toBe(false);
  expect(vscode.commands.size).toBe(0);
});

const settled = () => new Promise((done) => setImmediate(done));
const run = async (id: keyof typeof commandIds, ...args: unknown[]) => {
  await vscode.run(commandIds[id], ...args);
  await settled();
};
const texts = () => vscode.shown.map(({ text }) => text);
/** The page asks the host, and is answered. */
async function ask(method: string, params: unknown): Promise<unknown> {
  const id = `p${String(nextId++)}`;
  vscode.panel.post({ partner: 'host', packet: { kind: 'request', id, method, params } });
  const answerOf = () => {
    const packets = (vscode.panel.page as Envelope[]).map(({ packet }) => packet);
    return packets.find((packet) => packet.kind !== 'event' && packet.id === id);
  };
  // What is read when it is asked for first takes some turns more.
  for (let turn = 0; turn < 50 && answerOf() === undefined; turn++) {
    await settled();
    clock.advance(0);
  }
  const answer = answerOf();
  return answer?.kind === 'answer' ? answer.result : answer;
}
const openPanel = async () => {
  await run('openPanel');
  await ask('ready', null);
};
/** What the page was told to show. */
const told = (wanted = 'select', of = vscode.panel) =>
  ((of.page ?? []) as Envelope[]).flatMap(({ packet }) =>
    packet.kind === 'event' && packet.name === wanted ? [packet.payload] : [],
  );

const flow = JSON.stringify({
  flowMeta: { name: 'Invoices' },
  flowData: { nodes: [{ id: 'n::1', data: { label: 'one' } }], edges: [] },
});

describe('Show in Trace Panel', () => {
  let asked: EngineMethods['nodeAt']['params'][];

  beforeEach(() => {
    asked = [];
    engine.answers.setFlow = ({ uri }) =>
      ({
        ...{ kind: 'flow', uri, name: 'Invoices', format: 'flow', nodeCount: 1 },
      }) as never;
    engine.answers.nodeAt = (params) => {
      asked.push(params);
      return { nodeId: 'n::1', name: 'one', execution: params.preferred ?? 'newest' };
    };
    vscode.write('/w/a.json', flow);
    vscode.write('/w/b.txt', '');
  });

  test('keeps the execution that is open, takes the newest where none is', async () => {
    engine.client.start();
    vscode.open('/w/a.json', 1);
    await openPanel();
    await ask('setSelected', { key: 'open' });
    await run('showInPanel');
    expect(told()).toEqual([{ key: 'open', nodeId: 'n::1', rowKey: null, takesFocus: true }]);
    await ask('setSelected', { key: null });
    await run('showInPanel');
    expect(told().at(-1)).toMatchObject({ key: 'newest' });
    expect(asked.map(({ preferred }) => preferred)).toEqual(['open', null]);
  });

  test('forgets what was open of another source', async () => {
    vscode.open('/w/a.json', 1);
    await openPanel();
    await ask('setSelected', { key: 'open' });
    session.shown = { kind: 'files', paths: ['/t/b'] };
    await run('showInPanel');
    expect(asked.map(({ preferred }) => preferred)).toEqual([null]);
  });

  test('with the panel behind another tab shows that step once it is seen, and has the focus', async () => {
    const editor = vscode.open('/w/a.json', 1);
    await openPanel();
    vscode.open('/w/b.txt', 2);
    expect(vscode.panel.page).toBeNull();
    vscode.focus(editor);
    editor.putCursorAt('n::1');
    await run('showInPanel');
    expect(vscode.panel.visible).toBe(true);
    expect(vscode.panel.active).toBe(true);
    await ask('ready', null);
    expect(told()).toEqual([{ key: 'newest', nodeId: 'n::1', rowKey: null, takesFocus: true }]);
    expect(asked[0]?.offset).toBe(flow.indexOf('n::1'));
  });

  test('from the panel goes by the cursor of the flow file beside it', async () => {
    engine.client.start();
    vscode.open('/w/a.json', 1).putCursorAt('one');
    await settled();
    await openPanel();
    vscode.focus(vscode.panel);
    await run('showInPanel');
    expect(asked[0]?.offset).toBe(flow.indexOf('one'));
  });

  test('says so where there is no node or nobody ran it; without an editor it does nothing', async () => {
    await run('showInPanel');
    expect(asked).toEqual([]);
    vscode.open('/w/a.json', 1);
    engine.answers.nodeAt = () => null;
    await run('showInPanel');
    expect(vscode.panels).toEqual([]);
    engine.answers.nodeAt = () => ({ nodeId: 'n::1', name: '', execution: null });
    await run('showInPanel');
    expect(texts()).toEqual(['Place the cursor on a node of a flow file first.']);
    // It is seen by now, and a notification would cover it.
    await ask('ready', null);
    clock.advance(0);
    expect(told('news')).toMatchObject([{ sentence: 'No execution has run “n::1” yet.' }]);
    expect(vscode.panels).toHaveLength(1);
  });
});

describe('Jump to Failing Step', () => {
  beforeEach(() => {
    engine.answers.latest = ({ scope }) => (scope.kind === 'flow' ? 'ofFlow' : 'ofAll');
    engine.answers.locate = () => ({ kind: 'noNode' });
  });

  test('takes the selected execution where it failed, and its failing step in the panel', async () => {
    await openPanel();
    await ask('setSelected', { key: 'open' });
    await run('jumpToFailingStep');
    expect(revealed).toEqual([['open', 'failing', false]]);
    expect(told()).toEqual([{ key: 'open', nodeId: null, rowKey: null }]);
  });

  test.each<[string, () => void]>([
    ['went well', () => (engine.answers.locate = () => ({ kind: 'notFailed' }))],
    ['is gone', () => (engine.answers.locate = () => Promise.reject(new Error('gone')))],
    ['is of a source that is not read any more', () => (session.shown = { kind: 'sample' })],
    ['was shown by a panel that is closed', () => vscode.panel.dispose()],
  ])('takes the newest failure where the selected one %s', async (_, happens) => {
    await openPanel();
    await ask('setSelected', { key: 'open' });
    happens();
    const { locate } = engine.answers;
    await run('jumpToFailingStep');
    expect(revealed).toEqual([['ofAll', 'failing', false]]);
    if (vscode.panels.length > 0) expect(told()).toMatchObject([{ key: 'ofAll' }]);
    expect(locate).toBe(engine.answers.locate);
  });

  test('takes the newest failure of the flow that is looked at', async () => {
    engine.client.start();
    vscode.write('/w/a.json', flow);
    engine.answers.setFlow = ({ uri }) =>
      ({
        ...{ kind: 'flow', uri, name: 'Invoices', format: 'flow', nodeCount: 1 },
      }) as never;
    vscode.open('/w/a.json');
    await settled();
    await run('jumpToFailingStep');
    expect(revealed).toEqual([['ofFlow', 'failing', false]]);
  });

  test('says so where nothing failed', async () => {
    engine.answers.latest = () => null;
    await run('jumpToFailingStep');
    expect(texts()).toEqual(['No failed execution so far.']);
  });

  test('says in the panel that it shows another execution than the selected one', async () => {
    engine.answers.locate = (params) => ({
      kind: (params as { key: string }).key === 'open' ? 'notFailed' : 'noFlowFile',
    });
    await openPanel();
    await ask('setSelected', { key: 'open' });
    await run('jumpToFailingStep');
    expect(told('news')).toMatchObject([
      { severity: 'info', key: 'ofAll', sentence: expect.stringMatching(/didn’t fail/) as string },
    ]);
  });
});

describe('the notification of a failure', () => {
  const failed: EngineEvents['failed'] = {
    row: {
      ...{ key: 'failed', sid: 's', name: 'Invoices', kind: 'workflow', service: '' },
      ...{
        outcome: 'failed',
        code: 5,
        beginMs: null,
        durationMs: null,
        failing: { nodeId: 'n::1', name: 'Save' },
        subCount: 0,
      },
    } as never,
    flow: { uri: 'file:///w/a.json', name: 'a.json', share: 1, tied: [] },
    ...{ told: 'no', of: null, insteadOf: [] },
  };

  test('names the step and the file that the jump leads to', async () => {
    engine.client.start();
    engine.fire('failed', failed);
    clock.advance(1_000);
    await settled();
    expect(vscode.shown.map(({ buttons }) => buttons)).toEqual([
      ['Go to “Save” in a.json', 'Show in Trace Panel'],
    ]);
  });

  test.each<[string, Partial<EngineEvents['failed']>]>([
    ['without a step', { row: { ...failed.row, failing: null } }],
    ['without a flow file', { flow: null }],
  ])('offers no jump %s', async (_, parts) => {
    engine.client.start();
    engine.fire('failed', { ...failed, ...parts });
    clock.advance(1_000);
    await settled();
    expect(vscode.shown.map(({ buttons }) => buttons)).toEqual([['Show in Trace Panel']]);
  });

  test('is the panel’s to tell while it is seen', async () => {
    engine.client.start();
    await openPanel();
    engine.fire('failed', failed);
    clock.advance(1_000);
    await settled();
    expect(texts()).toEqual([]);
    expect(told('news')).toEqual([
      {
        ...{ severity: 'error', key: 'failed', goTo: 'Go to “Save” in a.json' },
        sentence: 'Invoices failed at “Save” (5).',
      },
    ]);
  });

  test.each([0, 1])('shows that execution in a panel that is hidden: button %i', async (button) => {
    engine.answers.locate = () => ({ kind: 'noNode' });
    engine.client.start();
    vscode.write('/w/b.txt', '');
    await openPanel();
    vscode.open('/w/b.txt', 1);
    vscode.press = ({ buttons }) => buttons[button];
    engine.fire('failed', failed);
    clock.advance(1_000);
    await settled();
    await ask('ready', null);
    expect(told()).toEqual([{ key: 'failed', nodeId: null, rowKey: null }]);
    expect(revealed).toHaveLength(button === 0 ? 1 : 0);
  });
});

describe('opening', () => {
  test.each<[string, () => Promise<void>, unknown[]]>([
    ['the sample', () => run('playSample'), ['playSample']],
    ['files of the dialog', () => run('openTraceFile'), ['openFiles', ['/t/x.json']]],
    [
      'the file that was clicked',
      () => run('openAsTrace', FakeUri.file('/t/1')),
      ['openFiles', ['/t/1']],
    ],
    [
      'all that are selected with it',
      () => run('openAsTrace', FakeUri.file('/t/1'), [FakeUri.file('/t/1'), FakeUri.file('/t/2')]),
      ['openFiles', ['/t/1', '/t/2']],
    ],
    [
      'what the editor has',
      () => {
        vscode.write('/w/b.json', '');
        vscode.open('/w/b.json');
        return run('openAsTrace');
      },
      ['openFiles', ['/w/b.json']],
    ],
  ])('%s shows the panel', async (_, open, action) => {
    vscode.dialog = () => FakeUri.file('/t/x.json');
    await open();
    expect(session.asked).toEqual([action]);
    expect(vscode.panel.visible).toBe(true);
  });

  test.each(['openTraceFile', 'openAsTrace', 'switchSource'] as const)(
    'nothing where nothing was chosen: %s',
    async (id) => {
      await run(id);
      expect(session.asked).toEqual([]);
      expect(vscode.panels).toEqual([]);
    },
  );

  test('the form, in a panel that has only just been opened', async () => {
    await run('connect');
    await ask('ready', null);
    expect(told('showConnect')).toEqual([null]);
  });

  test('another source, and the panel alone where it is the one that is read', async () => {
    session.recent = [{ kind: 'sample' }, { kind: 'files', paths: ['/t/b'] }];
    session.current = session.recent[0];
    vscode.pick = (rows) => rows.findIndex(({ label }) => label.includes('Sample robot'));
    await run('switchSource');
    expect(session.asked).toEqual([]);
    expect(vscode.panels).toHaveLength(1);
    vscode.pick = (rows) => rows.findIndex(({ label }) => label.endsWith('b'));
    await run('switchSource');
    expect(session.asked).toEqual([['reopen', session.recent[1]]]);
    vscode.pick = (rows) => rows.findIndex(({ label }) => label.includes('Play Sample Robot'));
    await run('switchSource');
    expect(session.asked.at(-1)).toEqual(['playSample']);
  });

  test('the sample workspace, in a window of its own', async () => {
    const copies: string[][] = [];
    vscode.copy = (from, to) => void copies.push([to.path, from.path]);
    await run('openSampleWorkspace');
    await run('openSampleWorkspace');
    // Its story has the reader change a file: of a copy, which stays as it was changed.
    expect(copies).toEqual([['/storage/sample-workspace', '/extension/media/sample-workspace']]);
    expect(vscode.executed[0]).toMatchObject([
      ...(['vscode.openFolder', { path: '/storage/sample-workspace' }] as const),
      { forceNewWindow: true },
    ]);
  });
});

describe('plain commands', () => {
  test.each(['disconnect', 'pause', 'resume', 'endReading', 'readAgain'] as const)(
    '%s is the session’s',
    async (id) => {
      await run(id);
      expect(session.asked).toEqual([[id]]);
    },
  );

  test('what goes wrong is told and logged, without credentials', async () => {
    session.fails = new Error('POST http://user:hunter2@host failed');
    await run('pause');
    expect(texts()).toEqual(['POST http://host failed']);
    expect(logged.join()).not.toContain('hunter2');
    session.fails = 'no error' as never;
    await run('pause');
    expect(texts().at(-1)).toBe('no error');
  });

  test('the log, the engine and the password', async () => {
    await run('showLog');
    expect(isLogShown).toBe(true);
    await run('startEngine');
    expect(engine.client.isRunning).toBe(true);
    await openPanel();
    await run('forgetPassword');
    expect(forgotten).toEqual([['a:1, b:2', 'u']]);
    expect(told('connection')).toEqual([form]);
    expect(told('connections')).toEqual([[form]]);
    expect(texts()).toEqual([expect.stringContaining('a:1')]);
  });
});

describe('the menus of the panel', () => {
  const step = { executionKey: 'k', rowKey: 'r', nodeId: 'n::1', name: 'one', sid: 'sid' };

  test.each<[keyof typeof commandIds, unknown, string]>([
    ['copyExecutionId', step, 'sid'],
    ['copySummary', { summary: 'all well' }, 'all well'],
    ['copyStepId', step, 'n::1'],
    ['copyStepName', step, 'one'],
    ['copyPath', { valuePath: 'a.b' }, 'a.b'],
    ['copyPath', undefined, ''],
    ['copyPath', { valuePath: 7 }, ''],
  ])('%s of %j', async (id, context, copied) => {
    vscode.clipboard = 'before';
    await run(id, context);
    expect(vscode.clipboard).toBe(copied);
  });

  test('copy what a step got and gave', async () => {
    const value = (name: string) => [{ name, value: 1 }];
    const data = { input: value('in'), output: value('out'), llmOutput: '' };
    engine.answers.ask = ({ kind, query }) =>
      ({ kind, query, result: { ok: true, answer: { kind: 'node', data } } }) as never;
    await run('copyInput', step);
    expect(JSON.parse(vscode.clipboard)).toEqual({ in: 1 });
    await run('copyOutput', step);
    expect(JSON.parse(vscode.clipboard)).toEqual({ out: 1 });
    const query = { kind: 'inspect', query: { key: 'k', row: 'r' } };
    expect(engine.askedFor('ask')).toEqual([query, query]);
  });

  test('open an execution, or the one that a step called, and go to the flow', async () => {
    engine.answers.locate = () => ({ kind: 'noNode' });
    await openPanel();
    await run('openExecution', step);
    await run('openExecution', { ...step, calledKey: 'called' });
    await run('openExecution');
    expect(told()).toMatchObject([{ key: 'k' }, { key: 'called' }]);
    await run('copyValue');
    expect(told('copyValue')).toEqual([null]);
    await run('whereItCameFrom');
    await run('whoUsedIt');
    expect(told('followValue')).toEqual([null, null]);
    await run('ignoreProblem', { problemId: 'p' });
    await run('mergeSelected');
    expect(told('problemAction')).toEqual([{ id: 'p', action: 'ignoreProblem' }]);
    await run('goToFlow', step);
    await run('goToStep', step);
    expect(revealed).toEqual([
      ['k', 'flow', false],
      ['k', { nodeId: 'n::1', name: 'one' }, false],
    ]);
  });

  test('open in the panel for all, brought to front from one that stays on an execution', async () => {
    await openPanel();
    await run('openInNewPanel', { ...step, executionName: 'one' });
    const [whole, pinned] = vscode.panels;
    expect([whole?.active, pinned?.active]).toEqual([false, true]);
    await run('openExecution', { ...step, calledKey: 'called' });
    expect([whole?.active, pinned?.active]).toEqual([true, false]);
  });
});

describe('saving', () => {
  beforeEach(() => {
    engine.client.start();
    engine.answers.saveKeys = (target) => (target.kind === 'execution' ? [target.key] : ['a', 'b']);
    engine.answers.saveSlice = ({ keys }) => ({
      ...{ text: `${keys[0] ?? ''}\n`, done: 1, executions: 1, records: 1, missing: [] },
    });
    vscode.dialog = () => new FakeUri('elsewhere', '/saved.jsonl');
  });
  const saved = () => vscode.disk.get('elsewhere:///saved.jsonl');

  test('all without a panel; with one what its list shows', async () => {
    await run('saveExecutions');
    await expect.poll(saved).toBe('a\nb\n');
    expect(texts()).toEqual(['Executions saved to saved.jsonl: 2.']);
    await openPanel();
    await run('saveExecutions');
    expect(told('saveShown')).toEqual([null]);
  });

  test('the one that was clicked, else the selected one, else none', async () => {
    await run('saveExecution', { executionKey: 'clicked' });
    await expect.poll(saved).toBe('clicked\n');
    await run('saveExecution');
    expect(texts().at(-1)).toMatch(/^Select an execution/);
    await openPanel();
    await ask('setSelected', { key: 'selected' });
    await run('saveExecution');
    await expect.poll(saved).toBe('selected\n');
  });

  test('to a file on the disk, offered in the folder of the workspace', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-saving-'));
    const asked: unknown[] = [];
    vscode.dialog = (_, options) => {
      asked.push(options);
      return FakeUri.file(join(folder, 'saved.jsonl'));
    };
    await run('saveExecutions');
    await expect.poll(texts).toEqual(['Executions saved to saved.jsonl: 2.']);
    expect(await readFile(join(folder, 'saved.jsonl'), 'utf8')).toBe('a\nb\n');
    expect(String(Reflect.get(asked[0] as object, 'defaultUri'))).toMatch(
      /^file:\/\/\/w\/executions-/,
    );
    await rm(folder, { recursive: true });
  });

  test('what is missing is named, a few of many, and all in the log', async () => {
    const missing = ['w', 'x', 'y', 'z'].map((name) => {
      return { name, sid: `${name}1`, why: 'gone' as const };
    });
    engine.answers.saveSlice = () => ({
      ...{ text: '', done: 2, executions: 1, records: 1, missing },
    });
    vscode.press = ({ buttons }) => buttons[0];
    await run('saveExecutions');
    await expect.poll(texts).toEqual([expect.stringMatching(/4 \(w, x, y…\)/)]);
    await expect.poll(() => vscode.executed.length).toBe(1);
    expect(logged.filter((line) => line.startsWith('warn: Not saved whole'))).toHaveLength(4);
  });

  test('nothing is left where it is cancelled, fails, or nothing was chosen', async () => {
    engine.answers.saveSlice = () => {
      vscode.progress.at(-1)?.cancel();
      return { text: 'x', done: 1, executions: 1, records: 1, missing: [] };
    };
    await run('saveExecutions');
    engine.answers.saveSlice = () => Promise.reject(new Error('broken'));
    await run('saveExecutions');
    await expect.poll(texts).toEqual(['broken']);
    vscode.dialog = () => undefined;
    await run('saveExecutions');
    engine.answers.saveKeys = () => [];
    await run('saveExecutions');
    expect(texts()).toEqual(['broken', 'There are no executions to save.']);
    expect(saved()).toBeUndefined();
  });

  test('a table as the page wrote it, under a name of the moment; nowhere without a place', async () => {
    const names: string[] = [];
    const places: FakeUri[] = [];
    vscode.dialog = (_, options) => {
      names.push(String(Reflect.get(options as object, 'defaultUri')));
      return places[0];
    };
    await openPanel();
    await ask('saveTable', { name: 'error-rates', text: 'Node,Runs\r\n' });
    expect([saved(), texts()]).toEqual([undefined, []]);
    places.push(new FakeUri('elsewhere', '/saved.jsonl'));
    await ask('saveTable', { name: 'error-rates', text: 'Node,Runs\r\n' });
    await expect.poll(saved).toBe('Node,Runs\r\n');
    expect(names.at(-1)).toMatch(/error-rates-\d{8}-\d{6}\.csv$/);
    await expect.poll(texts).toEqual(['Saved to saved.jsonl.']);
  });

  test('rejected records with their reasons, all or one', async () => {
    const row = (offset: string, whole: boolean) => ({
      ...{ reason: 'notJson', detail: 'd', topic: 't', partition: 0, offset, bytes: 3 },
      ...{ timestampMs: whole ? 0 : null, form: 'text', whole, preview: `p${offset}` },
    });
    engine.answers.rejected = () =>
      ({ total: 2, listed: 2, rows: [row('1', true), row('2', false)] }) as never;
    engine.answers.rejectedText = () => ({ form: 'text', whole: true, text: 'all' }) as never;
    await openPanel();
    await ask('saveRejected', { position: null });
    await expect.poll(saved).toContain('"text":"all"');
    expect(saved()).toContain('"text":"p1"');
    engine.answers.rejectedText = () => Promise.reject(new Error('gone'));
    await ask('saveRejected', { position: { topic: 't', partition: 0, offset: '2' } });
    await expect.poll(saved).toMatch(/^\{[^\n]*"text":"p2"[^\n]*\n$/);
    await ask('saveRejected', { position: { topic: 't', partition: 0, offset: '3' } });
    expect(texts().at(-1)).toBe('There are no rejected records to save.');
    engine.answers.rejected = () => Promise.reject(new Error('no engine'));
    await ask('saveRejected', { position: null });
    expect(texts().at(-1)).toBe('Nothing was saved: no engine');
  });
});

describe('what the page asks for', () => {
  beforeEach(openPanel);

  test.each<[string, unknown, unknown[]]>([
    ['connect', { form, password: 'p' }, ['connect', form, 'p']],
    ['testConnection', { form }, ['testConnection', form, undefined]],
    ['playSample', null, ['playSample']],
    ['disconnect', null, ['disconnect']],
    ['readAgain', null, ['readAgain']],
    ['openContents', { files: [] }, ['openContents', []]],
  ])('%s is the session’s', async (method, params, action) => {
    expect(await ask(method, params)).toBeNull();
    expect(session.asked).toEqual([action]);
  });

  test('the way back, where there is one', async () => {
    await ask('goBack', null);
    session.back = { kind: 'sample' };
    await ask('goBack', null);
    expect(session.asked).toEqual([['reopen', { kind: 'sample' }]]);
  });

  test('files and certificates of dialogs', async () => {
    await later();
    expect(await ask('openTraceFiles', null)).toBe(0);
    expect(await ask('chooseCaFile', null)).toBeNull();
    vscode.dialog = () => FakeUri.file('/t/x');
    expect(await ask('openTraceFiles', null)).toBe(1);
    expect(await ask('chooseCaFile', null)).toBe('/t/x');
    expect(session.asked).toEqual([['openFiles', ['/t/x']]]);
  });

  test('a text as a document that nobody can change, the oldest of many let go of', async () => {
    vscode.panel.reveal(2);
    await ask('ready', null);
    await ask('openText', { title: 'a/b', text: '{"a":1}', language: 'json' });
    const first = vscode.activeEditor?.document;
    expect(first?.getText()).toBe('{"a":1}');
    expect(first?.uri.path).toBe('/a b.json');
    for (let n = 0; n < 50; n++) {
      await ask('openText', { title: 'x', text: String(n), language: 'plaintext' });
    }
    const provider = vscode.providers.get('rpa-trace');
    const textOf = (uri: unknown) =>
      provider?.provideTextDocumentContent(uri as never, {} as never);
    expect(textOf(first?.uri)).toMatch(/no longer kept/);
    expect(textOf(vscode.activeEditor?.document.uri)).toBe('49');
  });

  test('a value of which the page has the beginning goes from the engine to where it is wanted', async () => {
    vscode.panel.reveal(2);
    await ask('ready', null);
    engine.answers.valueText = (of) => ({ text: `all of ${JSON.stringify(of)}` });
    const value = { key: 'k', row: 'r', section: 'output', index: 1, path: '/rows' };
    await ask('copy', { text: value });
    await ask('openText', { title: 'rows', text: value, language: 'json' });
    const text = `all of ${JSON.stringify(value)}`;
    expect([vscode.clipboard, vscode.activeEditor?.document.getText()]).toEqual([text, text]);
  });

  test('settings, log, help, clipboard and the engine', async () => {
    await ask('openSettings', { setting: 'rpaTrace' });
    await ask('openExternalHelp', { topic: 'gettingStarted' });
    await ask('switchSource', null);
    await ask('setFollowLatest', { follow: true });
    await ask('copy', { text: 'copied' });
    await ask('showLog', null);
    await ask('startEngine', null);
    expect(vscode.executed.map(([id]) => id)).toEqual([
      ...['workbench.action.openSettings', 'workbench.action.openWalkthrough'],
      commandIds.switchSource,
    ]);
    expect(vscode.updated).toEqual([['panel.followLatest', true, 1]]);
    expect(told('followLatest')).toEqual([true]);
    expect([vscode.clipboard, isLogShown, engine.client.isRunning]).toEqual(['copied', true, true]);
  });

  test.each([
    ['copyLink', commandIds.copyLink],
    ['copyReport', commandIds.copyReport],
    ['saveFixture', commandIds.saveFixture],
  ])('what is looked at is handed on, as from the menu of its row: %s', async (command, id) => {
    const step = { rowKey: 'r', nodeId: 'n::1' };
    expect(await ask('handOn', { command, key: 'k', step })).toBeNull();
    await ask('handOn', { command, key: 'k', step: null });
    expect(vscode.executed).toEqual([
      [id, { executionKey: 'k', ...step }],
      [id, { executionKey: 'k' }],
    ]);
  });

  test('a step in its flow file', async () => {
    engine.answers.locate = () => ({ kind: 'noNode' });
    const target = { nodeId: 'n', name: 'one' };
    expect(await ask('revealNode', { key: 'k', target, preserveFocus: true })).toBe('noNode');
  });
});

describe('what happens meanwhile', () => {
  test('trust and settings reach engine and page', async () => {
    await openPanel();
    vscode.set('other.setting', 1);
    expect(session.asked).toEqual([]);
    engine.client.start();
    vscode.set('rpaTrace.kafka.topic', 'x');
    vscode.trust();
    await settled();
    expect(session.asked).toEqual([['configure'], ['configure']]);
    expect(told('trusted')).toEqual([true]);
    expect(told('connection')).toEqual([form]);
    expect(told('connections')).toEqual([[form]]);
    session.fails = new Error('no');
    vscode.trust();
    await settled();
    // What the test before it asked for may be told to have closed meanwhile.
    const fault = expect.stringMatching(
      /^warn: The new settings did not reach the engine/,
    ) as string;
    expect(logged).toContainEqual(fault);
  });

  test('a connection with a name goes by it in the status bar, in its colour unless it is in trouble', () => {
    const item = () =>
      vscode.statusItems[0] as { text: string; color: unknown; tooltip: { value: string } };
    engine.client.start();
    const mark = { name: 'production', color: 'red' } as const;
    const source = { kind: 'kafka', name: 'traces', detail: 'brokers', mark } as const;
    engine.fire('state', { source, state: { kind: 'live', lag: 0 } });
    expect([item().text, String(item().color)]).toEqual(['$(pulse) production', 'charts.red']);
    for (const said of ['traces', 'brokers', 'Switch Source']) {
      expect(item().tooltip.value).toContain(said);
    }
    const error = { reason: 'unreachable', subject: 'a:1', detail: '' } as const;
    engine.fire('state', { source, state: { kind: 'failed', error } });
    expect([item().text, item().color]).toEqual(['$(error) production: failed', undefined]);
    const plain = { kind: 'kafka', name: 'traces', detail: 'a:1' } as const;
    engine.fire('state', { source: plain, state: { kind: 'live', lag: 0 } });
    expect([item().text, item().color]).toEqual(['$(pulse) traces', undefined]);
  });

  test('the source’s state is in the status bar, and so is what became of the engine', () => {
    const item = () => vscode.statusItems[0] as { text: string; isShown: boolean };
    engine.client.start();
    const source = { kind: 'kafka', name: 'traces', detail: '' } as const;
    engine.fire('state', { source, state: { kind: 'live', lag: 0 } });
    expect([item().text, vscode.contexts.get('rpaTrace.state')]).toEqual([
      '$(pulse) traces',
      'live',
    ]);
    engine.fire('state', { source, state: { kind: 'ended' } });
    engine.fire('state', {
      source: { kind: 'sample', name: '', detail: '' },
      state: { kind: 'endedEarly', doneBytes: 1, totalBytes: 2 },
    });
    expect(item().text).toContain('Sample robot');
    const noTopic = { reason: 'noSuchTopic', subject: 't', detail: '' } as const;
    engine.fire('state', { source, state: { kind: 'retrying', attempt: 1, error: noTopic } });
    expect(item().text).toContain('no such topic');
    engine.fire('state', { source, state: { kind: 'idle' } });
    expect(item().isShown).toBe(false);
    engine.die();
    expect(vscode.contexts.get('rpaTrace.state')).toBe('engineRestarts');
    session.hasSource = false;
    clock.advance(0);
    expect(item().isShown).toBe(false);
  });

  test.each<[string, Error | undefined, () => unknown]>([
    ['Show Log', undefined, () => isLogShown],
    ['Restart Engine', undefined, () => engine.client.isRunning],
    ['Open Settings', outOfMemory, () => vscode.executed[0]?.[1] === heapSetting],
  ])(
    'an engine that comes back no more is told, with what helps: %s',
    async (button, error, helps) => {
      vscode.press = ({ buttons }) => buttons.find((one) => one === button);
      engine.client.start();
      for (let death = 0; death < 6; death++) {
        engine.die(error);
        clock.advance(20_000);
      }
      await settled();
      expect(texts()).toHaveLength(1);
      expect(helps()).toBe(true);
    },
  );

  test('what is wrong with a pattern is told, with the way to it', async () => {
    vscode.press = ({ buttons }) => buttons[0];
    engine.client.start();
    engine.fire('redactionProblem', {
      ...{ level: 'user', index: 0, fault: { kind: 'tooSlow' } },
    });
    // What says it is loaded when it is told.
    await expect.poll(() => vscode.executed).toHaveLength(1);
  });

  test('reading a large file is ended from its progress', async () => {
    engine.client.start();
    const mega = 1024 * 1024;
    engine.fire('state', {
      source: { kind: 'files', name: 'a', detail: '' },
      state: { kind: 'reading', doneBytes: 0, totalBytes: 100 * mega },
    });
    vscode.progress[0]?.cancel();
    await settled();
    expect(session.asked).toEqual([['endReading']]);
  });

  test('the page learns where the way back leads, and which flow is looked at', async () => {
    await openPanel();
    session.back = { kind: 'kafka', form };
    session.changed.fire(undefined);
    expect(told('back')).toEqual([{ kind: 'kafka', name: 't' }]);
    vscode.write('/w/a.json', flow);
    vscode.open('/w/a.json', 2);
    expect(told('activeFlow').at(-1)).toMatchObject({ fileName: 'a.json' });
    // Its graph, over its text, is a look at it as well.
    const whole = vscode.panel;
    panel.openFlowView('file:///w/a.json', 'a');
    expect(vscode.visibleEditors).toEqual([]);
    expect(told('activeFlow', whole)).not.toContain(null);
    vscode.panels.at(-1)?.dispose();
    expect(told('activeFlow', whole)).not.toContain(null);
    engine.client.start();
    engine.fire('topicNews', { kind: 'madeAnew', topic: 't' });
    // What few ever read is loaded when it is told.
    await expect.poll(texts).toHaveLength(1);
  });
});
