import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Selection } from '../../../src/host/selection.ts';
import { TracePanel } from '../../../src/host/tracePanel.ts';
import type { PanelSeed } from '../../../src/protocol/hostProtocol.ts';
import type { Envelope } from '../../../src/protocol/packet.ts';
import { type FakePanel, FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let clock: ManualClock;
let engine: ScriptedEngine;
let panel: TracePanel;
let selection: Selection;
let logged: string[];
let asked: (readonly [method: string, params: unknown])[];
/** Resolves when the page is to be answered. */
let seeded: Promise<void>;
let nextId: number;

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock();
  engine = new ScriptedEngine(clock);
  logged = [];
  asked = [];
  seeded = Promise.resolve();
  nextId = 0;
  const take = async (method: string, params: unknown) => {
    asked.push([method, params]);
    if (method === 'ready') await seeded;
    return null;
  };
  const methods = ['ready', 'copy', 'openSettings', 'setSelected', 'stepChosen'];
  selection = new Selection(() => undefined);
  const handlers = {
    ...Object.fromEntries(
      methods.map((method) => [method, (params: unknown) => take(method, params)]),
    ),
    showWay: (of: object, nodeIds: readonly string[]) => {
      selection.showWay(of, new Set(nodeIds));
    },
  };
  panel = new TracePanel({
    ...{ vscode: vscode.api, engine: engine.client, clock, handlers: handlers as never },
    extensionUri: FakeUri.file('/extension') as never,
    log: (level, message) => logged.push(`${level}: ${message}`),
  });
  vscode.write('/w/a.json', '{}');
  vscode.write('/w/b.json', '{}');
});

afterEach(() => {
  panel.dispose();
  engine.client.dispose();
  expect(vscode.serializer).toBeUndefined();
});

const settled = () => new Promise((done) => setImmediate(done));
/** What the page that lives now has been told, in order. */
const told = (of = vscode.panel) =>
  ((of.page ?? []) as Envelope[]).flatMap(({ packet }) =>
    packet.kind === 'event' ? [[packet.name, packet.payload] as const] : [],
  );
const answers = () =>
  (vscode.panel.page as Envelope[]).filter(({ packet }) => packet.kind !== 'event');
const select = (key: string) => ({ key, nodeId: 'n', rowKey: null });

/** What a page was answered first. */
function seedOf(of: FakePanel | undefined): PanelSeed | undefined {
  const answered = ((of?.page ?? []) as Envelope[]).find(({ packet }) => packet.kind === 'answer');
  return answered?.packet.kind === 'answer' ? (answered.packet.result as PanelSeed) : undefined;
}
const watcher = () => seedOf(vscode.panel)?.watcher ?? '';

function ask(method: string, params: unknown, partner = 'host', of = vscode.panel): void {
  const packet = { kind: 'request', id: `p${String(nextId++)}`, method, params };
  of.post({ partner, packet });
}

/** The page begins: it asks for what it needs first. */
async function pageReady(of = vscode.panel): Promise<void> {
  ask('ready', null, 'host', of);
  await settled();
  clock.advance(0);
}

describe('where the panel opens', () => {
  test('in an empty window in the group that there is', () => {
    panel.show();
    expect(vscode.tabOf(vscode.panel)).toEqual({ column: 1, isPreview: false });
  });

  test('beside what is open, pinned, with the focus or without', () => {
    const editor = vscode.open('/w/a.json');
    panel.show(true);
    expect(vscode.tabOf(vscode.panel)).toEqual({ column: 2, isPreview: false });
    expect(vscode.activeEditor).toBe(editor);
    panel.show();
    expect(vscode.panel.active).toBe(true);
  });

  test.each([1, 2, 3])(
    'it comes back in its own group, pinned, wherever the reader works: in group %i',
    (column) => {
      vscode.open('/w/a.json', 1);
      panel.show();
      const opened = vscode.panel;
      vscode.open('/w/b.json', 2);
      vscode.open('/w/a.json', column);
      expect(opened.visible).toBe(false);
      panel.show(true);
      expect(vscode.panels).toEqual([opened]);
      expect(vscode.tabOf(opened)).toEqual({ column: 2, isPreview: false });
      expect(opened.visible).toBe(true);
    },
  );

  test('closed it opens anew, and restored by VS Code there is one still', async () => {
    panel.show();
    vscode.panel.dispose();
    expect(panel.isOpen).toBe(false);
    panel.show();
    const before = vscode.panel;
    const restored = vscode.openPanel(1);
    await vscode.serializer?.deserializeWebviewPanel(restored as never, undefined);
    expect(vscode.panels).toEqual([restored]);
    expect(vscode.panels).not.toContain(before);
    expect(panel.isOpen).toBe(true);
    expect(restored.webview.html).toContain('webview.js');
  });
});

test('takes the place of a tab from before a reload that VS Code has not restored yet', () => {
  vscode.openPanel(2);
  vscode.openPanel(2, false, 'one');
  vscode.open('/w/a.json', 1);
  panel.show();
  expect(vscode.panels.map(({ title }) => title)).toEqual(['one', 'RPA Trace']);
  expect(vscode.panels[1]?.viewColumn).toBe(2);
});

test('leaves a tab that is looked at to VS Code, which restores it just now', () => {
  vscode.openPanel(2);
  vscode.open('/w/a.json', 1);
  panel.show();
  expect(vscode.panels).toHaveLength(2);
});

describe('what the panel is told', () => {
  test('before its page listens is told once it does, in order, of each event the last', async () => {
    panel.show();
    panel.emit('select', select('old'));
    panel.emit('showConnect', null);
    panel.emit('select', select('new'));
    expect(told()).toEqual([]);
    await pageReady();
    expect(told()).toEqual([
      ['showConnect', null],
      ['select', select('new')],
    ]);
    panel.emit('trusted', true);
    expect(told().at(-1)).toEqual(['trusted', true]);
  });

  test('behind another tab is told when it comes to front, and no other', async () => {
    panel.show();
    await pageReady();
    panel.emit('select', select('first'));
    vscode.open('/w/a.json', 1);
    expect(vscode.panel.page).toBeNull();
    for (const key of ['second', 'third']) panel.emit('select', select(key));
    panel.show(true);
    panel.emit('select', select('fourth'));
    expect(told()).toEqual([]);
    await pageReady();
    expect(told()).toEqual([['select', select('fourth')]]);
  });

  test('is not lost where the page is hidden before it was answered, nor where it begins anew', async () => {
    panel.show();
    let answer: () => void = () => undefined;
    seeded = new Promise((done) => (answer = done));
    ask('ready', null);
    panel.emit('select', select('a'));
    vscode.open('/w/a.json', 1);
    answer();
    await settled();
    clock.advance(0);
    panel.show();
    expect(told()).toEqual([]);
    await pageReady();
    expect(told()).toEqual([['select', select('a')]]);
    // Moved to another group it begins anew while it is seen.
    vscode.panel.page = [];
    seeded = new Promise((done) => (answer = done));
    ask('ready', null);
    panel.emit('select', select('b'));
    expect(told()).toEqual([]);
    answer();
    await settled();
    clock.advance(0);
    expect(told()).toEqual([['select', select('b')]]);
  });

  test('is nothing where none is open', () => {
    panel.emit('select', select('a'));
    panel.show();
    expect(told()).toEqual([]);
  });

  test('of a lost engine and of the next', async () => {
    engine.client.start();
    panel.show();
    await pageReady();
    engine.die();
    clock.advance(0);
    expect(told().map(([name]) => name)).toEqual(['engineLost', 'engineReady']);
  });
});

describe('between page and engine', () => {
  test('questions, answers and the page’s events pass; the host’s own do not', async () => {
    engine.answers.latest = () => 'k';
    panel.show();
    await pageReady();
    ask('latest', { scope: { kind: 'all' }, failed: true }, 'engine');
    await settled();
    expect(answers().at(-1)).toMatchObject({
      ...{ partner: 'engine', packet: { kind: 'answer', result: 'k' } },
    });
    engine.fire('log', { level: 'info', message: 'for the host' });
    engine.fire('pushed', { watcher: watcher(), id: 'l' } as never);
    engine.fire('pushed', { watcher: 'another', id: 'l' } as never);
    expect(told()).toEqual([
      ['engineReady', null],
      ['pushed', { watcher: watcher(), id: 'l' }],
    ]);
  });

  test('each life of a page is a watcher of its own, and leaves the engine when it ends', async () => {
    engine.client.start();
    panel.show();
    await pageReady();
    const first = watcher();
    vscode.open('/w/a.json', 1);
    await settled();
    expect(engine.askedFor('leave')).toEqual([{ watcher: first }]);
    panel.show();
    await pageReady();
    const second = watcher();
    expect(second).not.toBe(first);
    vscode.panel.dispose();
    await settled();
    expect(engine.askedFor('leave')).toEqual([{ watcher: first }, { watcher: second }]);
  });

  test('what is answered once it is closed goes nowhere, and keeps nobody from being told', async () => {
    engine.client.start();
    panel.show();
    await pageReady();
    let given: (key: null) => void = () => undefined;
    const latest = new Promise<null>((resolve) => (given = resolve));
    engine.answers.latest = () => latest;
    ask('latest', { scope: { kind: 'all' }, failed: false }, 'engine');
    vscode.panel.dispose();
    const losses: unknown[] = [];
    engine.client.onDidLose((loss) => losses.push(loss));
    engine.die();
    expect(losses).toHaveLength(1);
    given(null);
    await settled();
  });

  test('an engine that does not run is told nothing', async () => {
    panel.show();
    await pageReady();
    vscode.panel.dispose();
    expect(engine.asked).toEqual([]);
  });

  test('that the engine can’t be told is no more than a line in the log', async () => {
    engine.client.start();
    engine.answers.leave = () => Promise.reject(new Error('busy'));
    panel.show();
    await pageReady();
    vscode.panel.dispose();
    await settled();
    expect(logged).toEqual(['debug: RequestError: busy']);
  });
});

describe('panels that stay on an execution', () => {
  const titles = () => vscode.panels.map(({ title }) => title);

  test('stand beside the one for all, one for each execution, under its name', () => {
    panel.show();
    panel.openPinned('k1', 'invoice-entry');
    panel.openPinned('k2', '');
    panel.openPinned('k1', 'invoice-entry');
    expect(titles()).toEqual(['RPA Trace', 'invoice-entry', 'RPA Trace']);
    expect(vscode.panels[1]?.active).toBe(true);
  });

  test('are told their execution, and each is a watcher of its own', async () => {
    panel.show();
    await pageReady();
    const first = watcher();
    panel.openPinned('k1', 'one');
    await pageReady(vscode.panels[1]);
    expect(seedOf(vscode.panels[1])).toMatchObject({ pinned: 'k1' });
    expect(seedOf(vscode.panels[1])?.watcher).not.toBe(first);
  });

  test('come back after a reload with what their page kept', async () => {
    const restored = vscode.openPanel(2);
    await vscode.serializer?.deserializeWebviewPanel(restored as never, { pinned: 'k7' });
    await pageReady(restored);
    expect(seedOf(restored)).toMatchObject({ pinned: 'k7' });
    expect(panel.isOpen).toBe(false);
    const whole = vscode.openPanel(1);
    await vscode.serializer?.deserializeWebviewPanel(whole as never, { pinned: 7 });
    expect(panel.isOpen).toBe(true);
    expect(vscode.panels).toHaveLength(2);
  });

  test('are not shown what the one for all is told, and hear what concerns all', async () => {
    panel.show();
    await pageReady();
    panel.openPinned('k1', 'one');
    const [whole, pinned] = vscode.panels;
    await pageReady(pinned);
    panel.emit('select', select('k2'));
    panel.emitToAll('trusted', true);
    expect(told(pinned)).toEqual([['trusted', true]]);
    // It is hidden behind the other, and told when it is seen.
    whole?.reveal(undefined);
    await pageReady(whole);
    expect(told(whole).map(([name]) => name)).toEqual(['select', 'trusted']);
  });

  test('the one with the focus says what is selected, and is asked what a menu asks', async () => {
    panel.show();
    await pageReady();
    ask('setSelected', { key: 'a' });
    panel.openPinned('k1', 'one');
    const [whole, pinned] = vscode.panels;
    await pageReady(pinned);
    ask('setSelected', { key: 'k1' }, 'host', pinned);
    await settled();
    panel.emitToActive('copyValue', null);
    expect(told(pinned)).toEqual([['copyValue', null]]);
    whole?.reveal(undefined);
    expect(asked.at(-1)).toEqual(['setSelected', { key: 'a' }]);
    whole?.dispose();
    expect(asked.at(-1)).toEqual(['setSelected', { key: 'k1' }]);
    pinned?.dispose();
    expect(asked.at(-1)).toEqual(['setSelected', { key: null }]);
  });

  test('of many the one opened first gives way', () => {
    for (let n = 0; n < 9; n++) panel.openPinned(`k${String(n)}`, `p${String(n)}`);
    expect(titles()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8']);
    expect(vscode.shown.map(({ text }) => text)).toEqual([
      '“p0” was closed: at most 8 such panels can be open.',
    ]);
  });

  test('a page opens one itself', async () => {
    panel.show();
    await pageReady();
    ask('openInNewPanel', { key: 'k3', name: 'three' });
    await settled();
    expect(titles()).toEqual(['RPA Trace', 'three']);
  });
});

describe('a malformed message', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['no packet', { partner: 'engine' }],
    [
      'an answer to what the host asked',
      { partner: 'engine', packet: { kind: 'answer', id: 'h0' } },
    ],
    [
      'a question under an id of the host',
      { partner: 'engine', packet: { kind: 'request', id: 'h0', method: 'status', params: null } },
    ],
  ])('goes nowhere and is logged: %s', async (_, message) => {
    engine.client.start();
    panel.show();
    await pageReady();
    const before = engine.received.length;
    vscode.panel.post(message);
    expect(engine.received).toHaveLength(before);
    expect(logged).toEqual([expect.stringMatching(/^warn: A message of the panel is malformed/)]);
    expect(answers()).toHaveLength(1);
  });

  test('is answered with a failure where it says whom, and its secret is not logged', async () => {
    panel.show();
    await pageReady();
    ask('copy', { text: ['hunter2'] });
    ask('openSettings', { setting: 'files.exclude' });
    ask('bad method', null, 'engine');
    await settled();
    expect(asked.map(([method]) => method)).toEqual(['ready']);
    expect(answers().slice(1)).toEqual([
      {
        partner: 'host',
        packet: expect.objectContaining({ kind: 'failure', id: 'p1' }) as unknown,
      },
      {
        partner: 'host',
        packet: expect.objectContaining({ kind: 'failure', id: 'p2' }) as unknown,
      },
      {
        partner: 'engine',
        packet: expect.objectContaining({ kind: 'failure', id: 'p3' }) as unknown,
      },
    ]);
    expect(logged).toHaveLength(3);
    expect(logged.join()).not.toContain('hunter2');
  });

  test('leaves the conversation as it was', async () => {
    panel.show();
    await pageReady();
    vscode.panel.post(null);
    ask('copy', { text: 'a' });
    ask('nothing', {});
    await settled();
    expect(asked.at(-1)).toEqual(['copy', { text: 'a' }]);
    expect(answers().map(({ packet }) => packet)).toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({ reason: 'unknownMethod' }) as unknown,
      }),
    );
  });
});

test('what was selected in a panel is not, once it is closed', async () => {
  panel.show();
  vscode.panel.dispose();
  await settled();
  expect(asked).toEqual([['setSelected', { key: null }]]);
});

describe('the way of a value that a page shows', () => {
  beforeEach(async () => {
    panel.show();
    await pageReady();
    ask('wayShown', { nodeIds: ['a', 'b'] });
    await settled();
    expect([...selection.way]).toEqual(['a', 'b']);
  });

  test.each<[string, () => unknown]>([
    ['is closed', () => vscode.panel.dispose()],
    ['is behind another tab', () => vscode.open('/w/a.json', vscode.panel.viewColumn)],
    ['begins anew', () => pageReady()],
  ])('ends where it %s', async (_, end) => {
    await end();
    expect([...selection.way]).toEqual([]);
  });

  test('stays where another panel that shows one is closed', async () => {
    panel.openPinned('workflow/1', 'One');
    const pinned = vscode.panels.at(-1);
    await pageReady(pinned);
    ask('wayShown', { nodeIds: ['c'] }, 'host', pinned);
    await settled();
    expect([...selection.way]).toEqual(['c']);
    const [whole] = vscode.panels;
    whole?.dispose();
    expect([...selection.way]).toEqual(['c']);
  });
});

describe('the graph of a flow', () => {
  const uri = 'file:///w/a.yaml';

  test('is an editor of its own, one for each file; after a reload too', async () => {
    panel.openFlowView(uri, 'Invoices');
    const flow = vscode.panel;
    expect(flow.title).toBe('Flow: Invoices');
    await pageReady(flow);
    expect(seedOf(flow)).toMatchObject({ flowView: uri, pinned: null, isDashboard: false });
    panel.openFlowView(uri, 'Invoices');
    panel.openFlowView('file:///w/b.yaml', 'Orders');
    expect(vscode.panels).toHaveLength(2);
    const restored = vscode.openPanel(2);
    await vscode.serializer?.deserializeWebviewPanel(restored as never, { flowView: uri });
    await pageReady(restored);
    expect(seedOf(restored)).toMatchObject({ flowView: uri });
  });

  test('shows a step in the panel too, and selects nothing itself', async () => {
    panel.show();
    const whole = vscode.panel;
    await pageReady(whole);
    panel.openFlowView(uri, 'Invoices');
    const flow = vscode.panels[1];
    await pageReady(flow);
    ask('stepChosen', { key: 'k1', nodeId: 'n' }, 'host', flow);
    await settled();
    expect(asked.at(-1)).toEqual(['stepChosen', { key: 'k1', nodeId: 'n' }]);
    panel.show();
    await pageReady(whole);
    expect(told(whole)).toEqual([['select', select('k1')]]);
  });
});

describe('the group that the panel has for itself', () => {
  const commands = () =>
    vscode.executed.flatMap(([name]) =>
      /workbench\.action\.(?:un)?lockEditorGroup/.test(String(name)) ? [String(name)] : [],
    );
  const lock = 'workbench.action.lockEditorGroup';
  const unlock = 'workbench.action.unlockEditorGroup';
  beforeEach(() => {
    vscode.open('/w/a.json', 1);
  });

  test('is locked, once, and opened when the panel has left it', async () => {
    panel.show();
    await settled();
    vscode.open('/w/a.json', 1);
    panel.show();
    await settled();
    expect(commands()).toEqual([lock]);
    vscode.panel.dispose();
    await settled();
    expect(commands()).toEqual([lock, unlock]);
    panel.show();
    await settled();
    expect(commands()).toEqual([lock, unlock, lock]);
  });

  test('stays as it is while another panel is there, or somebody works elsewhere', async () => {
    panel.show();
    await settled();
    panel.openPinned('k1', 'one');
    vscode.panels[1]?.dispose();
    await settled();
    vscode.open('/w/a.json', 1);
    vscode.panels[0]?.dispose();
    await settled();
    expect(commands()).toEqual([lock]);
  });

  test.each<[string, () => void]>([
    ['other editors are in it', () => vscode.open('/w/b.json', 2)],
    [
      'the setting says no',
      () => {
        vscode.settings.set('workbench.editor.autoLockGroups', {
          'mainThreadWebview-rpaTrace.panel': false,
        });
      },
    ],
  ])('is not locked where %s', async (_, prepare) => {
    vscode.write('/w/b.json', '{}');
    prepare();
    vscode.open('/w/a.json', 1);
    panel.show();
    await settled();
    expect(commands()).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('is an editor of its own, one, where the reader works; after a reload too', async () => {
    vscode.open('/w/a.json', 1);
    panel.show();
    vscode.open('/w/a.json', 1);
    panel.openDashboard();
    const [whole, dashboard] = vscode.panels;
    expect(dashboard?.title).toBe('RPA Trace Dashboard');
    expect([dashboard?.viewColumn, dashboard?.active]).toEqual([1, true]);
    await pageReady(dashboard);
    expect(seedOf(dashboard)).toMatchObject({ isDashboard: true, pinned: null });
    panel.openDashboard();
    expect(vscode.panels).toEqual([whole, dashboard]);
    const restored = vscode.openPanel(2);
    await vscode.serializer?.deserializeWebviewPanel(restored as never, { isDashboard: true });
    await pageReady(restored);
    expect(seedOf(restored)).toMatchObject({ isDashboard: true });
    expect(vscode.panels).toEqual([whole, restored]);
    restored.dispose();
    panel.openDashboard();
    expect(vscode.panels).toHaveLength(2);
  });

  test('is opened from the panel, shows executions there, and selects nothing', async () => {
    panel.show();
    const whole = vscode.panel;
    await pageReady(whole);
    expect(seedOf(whole)).toMatchObject({ isDashboard: false });
    ask('setSelected', { key: 'k1' });
    ask('openDashboard', { range: 'week' });
    await settled();
    const dashboard = vscode.panels[1];
    await pageReady(dashboard);
    expect(seedOf(dashboard)).toMatchObject({ numbersTime: { range: 'week' } });
    const selected = asked.filter(([method]) => method === 'setSelected');
    expect(selected).toEqual([['setSelected', { key: 'k1' }]]);
    const shown = { filter: 'status:failed', scope: 'all' };
    ask('showExecutions', shown, 'host', dashboard);
    await settled();
    expect(whole.active).toBe(true);
    await pageReady(whole);
    expect(told(whole)).toEqual([['showExecutions', shown]]);
    // News and what is selected are for who has a list.
    panel.openDashboard();
    await pageReady(dashboard);
    panel.emit('select', select('k2'));
    panel.emitToAll('trusted', true);
    expect(told(dashboard)).toEqual([['trusted', true]]);
  });

  test('opens the panel that is not there', async () => {
    panel.openDashboard();
    const dashboard = vscode.panel;
    await pageReady(dashboard);
    expect([panel.isOpen, panel.isVisible]).toEqual([false, false]);
    ask('showExecutions', { filter: null, scope: 'all' }, 'host', dashboard);
    await settled();
    const whole = vscode.panels[1];
    await pageReady(whole);
    expect(panel.isOpen).toBe(true);
    expect(told(whole)).toEqual([['showExecutions', { filter: null, scope: 'all' }]]);
  });
});
