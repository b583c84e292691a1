import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TracePanel } from '../../../src/host/tracePanel.ts';
import type { Envelope } from '../../../src/protocol/packet.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

let vscode: FakeVscode;
let clock: ManualClock;
let engine: ScriptedEngine;
let panel: TracePanel;
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
  const methods = ['ready', 'copy', 'openSettings', 'setSelected'];
  const handlers = Object.fromEntries(
    methods.map((method) => [method, (params: unknown) => take(method, params)]),
  );
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
const told = () =>
  (vscode.panel.page as Envelope[]).flatMap(({ packet }) =>
    packet.kind === 'event' ? [[packet.name, packet.payload] as const] : [],
  );
const answers = () =>
  (vscode.panel.page as Envelope[]).filter(({ packet }) => packet.kind !== 'event');
const select = (key: string) => ({ key, nodeId: 'n', rowKey: null });

function ask(method: string, params: unknown, partner = 'host'): void {
  const packet = { kind: 'request', id: `p${String(nextId++)}`, method, params };
  vscode.panel.post({ partner, packet });
}

/** The page begins: it asks for what it needs first. */
async function pageReady(): Promise<void> {
  ask('ready', null);
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
    engine.fire('list', { rows: [] } as never);
    expect(told()).toEqual([
      ['engineReady', null],
      ['list', { rows: [] }],
    ]);
  });

  test('the engine is told whether anything is seen, once it runs', async () => {
    panel.show();
    vscode.open('/w/a.json', 1);
    expect(engine.asked).toEqual([]);
    engine.client.start();
    panel.show();
    vscode.open('/w/b.json', 1);
    panel.show();
    vscode.panel.dispose();
    await settled();
    const seen = engine.askedFor('setVisible').map(({ visible }) => visible);
    expect(seen.filter((visible, at) => visible !== seen[at - 1])).toEqual([
      ...[true, false, true, false],
    ]);
  });

  test('that the engine can’t be told is no more than a line in the log', async () => {
    engine.client.start();
    engine.answers.setVisible = () => Promise.reject(new Error('busy'));
    panel.show();
    vscode.open('/w/a.json', 1);
    vscode.panel.dispose();
    await settled();
    expect(logged).toEqual(['debug: RequestError: busy']);
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
