import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FlowReader } from '../../../src/answers/flowReader.ts';
import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { WorkspaceFlows } from '../../../src/answers/workspaceFlows.ts';
import type { DiskText } from '../../../src/base/disk.ts';
import type { FlowParser } from '../../../src/flow/flowParser.ts';
import { type FlowKeys, noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { FlowFiles } from '../../../src/host/flowFiles.ts';
import { joinedPatterns } from '../../../src/host/leftOut.ts';
import { readFlowText } from '../../../src/host/flowText.ts';
import { later } from '../../../src/host/later.ts';
import { NodeRevealer } from '../../../src/host/revealNode.ts';
import { TextEditors } from '../../../src/host/textEditors.ts';
import type { LocateAnswer, NodeLocation } from '../../../src/protocol/flows.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

// Read when a workspace is: here it is there already, so that a turn of the loop is enough.
await import('../../../src/flow/gitIgnored.ts');

/** A flow of the console with the nodes named; each stands in some lines of its own. */
const flow = (...ids: string[]) =>
  JSON.stringify(
    {
      flowMeta: { name: 'Invoices' },
      flowData: { nodes: ids.map((id) => ({ id: `${id}::1`, data: { label: id } })), edges: [] },
    },
    null,
    2,
  );
const uriOf = (path: string) => String(FakeUri.file(path));

let vscode: FakeVscode;
let clock: ManualClock;
let engine: ScriptedEngine;
let registry: FlowRegistry;
let known: Map<string, string>;
let flowInclude: string;
let flowExclude: string;
let flowKeys: FlowKeys;
let flows: FlowFiles;
let editors: TextEditors;
let revealer: NodeRevealer;
let actives: (string | null)[];
let opened: [uri: string, atMs: number][];
let logged: string[];

beforeEach(() => {
  vscode = new FakeVscode();
  clock = new ManualClock();
  engine = new ScriptedEngine(clock);
  registry = new FlowRegistry();
  flowInclude = '**/*';
  flowExclude = '';
  flowKeys = noFlowKeys;
  logged = [];
  known = new Map();
  const parser: FlowParser = {
    parse: (text, fileName, keys) => Promise.resolve(parseFlow(text, fileName, keys)),
    dispose: () => undefined,
  };
  const reader = new FlowReader(registry, { small: parser, large: parser }, () => undefined);
  const workspaceFlows = new WorkspaceFlows(reader, { readText: readDisk });
  engine.answers = {
    setFlow: ({ uri, fileName, text, keys }) => {
      known.set(uri, text);
      return reader.set(uri, fileName, text, null, keys);
    },
    readFlows: ({ files, folders, keys }) => workspaceFlows.read(files, folders, keys),
    removeFlow: ({ uri }) => {
      reader.remove(uri);
      return null;
    },
    locate: ({ target }) =>
      typeof target === 'object'
        ? registry.locate({ nodeIds: [], flowId: '' } as never, target)
        : { kind: 'notFailed' },
  };
});

afterEach(() => {
  flows.dispose();
  editors.dispose();
  engine.client.dispose();
  expect(vscode.isHeard).toBe(false);
});

/** The disk that the engine sees. */
async function readDisk(path: string, mostBytes: number): Promise<DiskText> {
  const uri = FakeUri.file(path);
  const text = vscode.disk.get(String(uri));
  if (text === undefined) return { kind: 'missing' };
  if (text.length > mostBytes) return { kind: 'tooLarge', bytes: text.length };
  try {
    await vscode.beforeRead(uri);
  } catch (error) {
    return { kind: 'unreadable', detail: String(error) };
  }
  known.set(String(uri), text);
  return { kind: 'text', text };
}

/** Begins as the extension does, with an engine that runs unless told otherwise. */
function begin({ running = true } = {}): void {
  if (running) engine.client.start();
  flows = new FlowFiles({
    ...{ vscode: vscode.api, engine: engine.client, clock },
    log: (level, message) => logged.push(`${level}: ${message}`),
    settings: () => ({ flowInclude, flowExclude, flowKeys }),
    readText: (file) => readFlowText(vscode.api, file),
  });
  editors = new TextEditors(vscode.api);
  revealer = new NodeRevealer({
    ...{ vscode: vscode.api, engine: engine.client, flowFiles: flows, editors },
    notShown: later,
    flowsOfThen: {
      open: (uri, atMs) => {
        opened.push([uri, atMs]);
        return Promise.resolve();
      },
    },
    log: (level, message) => logged.push(`${level}: ${message}`),
    say: (sentence) => void vscode.api.window.showInformationMessage(sentence),
  });
  actives = [];
  opened = [];
  flows.onDidChangeActive((active) => actives.push(active?.fileName ?? null));
}

const settled = () => new Promise((done) => setImmediate(done));
/** The text of a file that the engine was told, or read, last. */
const toldOf = (path: string) => known.get(uriOf(path));
const node = (id: string) => ({ nodeId: `${id}::1`, name: '' });
const reveal = (id: string): Promise<LocateAnswer['kind']> => revealer.reveal('k', node(id), false);
const texts = () => vscode.shown.map(({ text }) => text);

describe.each(['/w/a.json', '/elsewhere/a.json'])('what is typed into %s', (path) => {
  test('is what a click in the panel goes by, saved by losing the focus or not', async () => {
    vscode.write(path, flow('one', 'two'));
    begin();
    const editor = vscode.open(path);
    await settled();
    for (const isSaved of [true, false]) {
      const text = flow('new', String(isSaved), 'one', 'two');
      vscode.type(editor, text);
      if (isSaved) vscode.save(editor);
      expect(await reveal('two')).toBe('found');
      expect(toldOf(path)).toBe(text);
      expect(editor.textAtCursor).toMatch(/^two::1/);
      // Nothing is left to be told later.
      const told = engine.askedFor('setFlow').length;
      clock.advance(1_000);
      await settled();
      expect(engine.askedFor('setFlow')).toHaveLength(told);
    }
  });

  test('is told in a pause, and once', async () => {
    vscode.write(path, flow('one'));
    begin();
    const editor = vscode.open(path);
    await settled();
    for (let key = 0; key < 5; key++) {
      vscode.type(editor, flow('one', `k${String(key)}`));
      clock.advance(249);
    }
    expect(engine.askedFor('setFlow')).toHaveLength(1);
    clock.advance(1);
    await settled();
    expect(engine.askedFor('setFlow')).toHaveLength(2);
    expect(toldOf(path)).toBe(flow('one', 'k4'));
  });

  test('and not saved is gone when it is closed', async () => {
    vscode.write(path, flow('one'));
    begin();
    const editor = vscode.open(path);
    vscode.type(editor, flow('one', 'typed'));
    await flows.flush(uriOf(path));
    vscode.closeEditor(editor);
    await settled();
    expect(toldOf(path)).toBe(flow('one'));
    expect(await reveal('typed')).toBe('noFlowFile');
  });
});

test('a format of one’s own is known once the settings name its keys', async () => {
  const paths = ['/w/own.json', '/w/closed.json'];
  for (const path of paths) vscode.write(path, '{"steps": [{"stepKey": "one", "id": 7}]}');
  begin();
  vscode.open('/w/own.json');
  await flows.sendAll();
  expect(paths.map((path) => flows.isFlow(uriOf(path)))).toEqual([false, false]);
  flowKeys = { ...noFlowKeys, identity: ['stepKey'] };
  await flows.lookAgain();
  expect(paths.map((path) => flows.isFlow(uriOf(path)))).toEqual([true, true]);
  expect(registry.nodeAt(uriOf('/w/closed.json'), 20)?.id).toBe('one');
});

describe('a file that changed while nobody looked', () => {
  test('outside the workspace is read again before the cursor is put', async () => {
    const path = '/elsewhere/a.json';
    vscode.write(path, flow('one', 'two'));
    begin();
    vscode.closeEditor(vscode.open(path));
    await settled();
    vscode.write(path, flow('more', 'and more', 'one', 'two'));
    expect(await reveal('two')).toBe('found');
    expect(vscode.activeEditor?.textAtCursor).toMatch(/^two::1/);
  });

  test('and lost the node says so, and opens nothing', async () => {
    const path = '/elsewhere/a.json';
    vscode.write(path, flow('one', 'two'));
    begin();
    vscode.closeEditor(vscode.open(path));
    await settled();
    vscode.write(path, flow('one'));
    expect(await reveal('two')).toBe('notInFlow');
    expect(texts()).toEqual([expect.stringMatching(/“Invoices” doesn’t contain this node/)]);
    expect(vscode.activeEditor).toBeUndefined();
  });

  test('is not told over what an editor holds', async () => {
    begin();
    vscode.write('/w/a.json', flow('disk'));
    await settled();
    const editor = vscode.open('/w/a.json');
    vscode.type(editor, flow('typed'));
    vscode.write('/w/a.json', flow('disk', 'again'));
    await settled();
    expect(toldOf('/w/a.json')).toBe(flow('typed'));
  });

  test('is told as it is last, however long reading it took before', async () => {
    begin();
    let goOn: () => void = () => undefined;
    vscode.beforeRead = () => new Promise((done) => (goOn = done));
    vscode.write('/w/a.json', flow('old'));
    await settled();
    vscode.beforeRead = () => Promise.resolve();
    vscode.write('/w/a.json', flow('new'));
    await settled();
    goOn();
    await settled();
    expect(registry.nodeAt(uriOf('/w/a.json'), flow('new').indexOf('new::1'))?.id).toBe('new::1');
  });
});

describe('which files are flows', () => {
  test('is known to the menus of the workbench', async () => {
    vscode.write('/w/a.json', flow('one'));
    vscode.write('/w/other.json', '{"name": "no flow"}');
    begin();
    await flows.sendAll();
    vscode.open('/w/other.json');
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(['/w/a.json']);
    vscode.delete('/w/a.json');
    await settled();
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual([]);
    expect(engine.askedFor('removeFlow')).toEqual([{ uri: uriOf('/w/a.json') }]);
  });

  test('those in a folder go with it, of which alone something is told', async () => {
    for (const name of ['a/b/one', 'a/two', 'ab/three', 'a/open']) {
      vscode.write(`/w/${name}.json`, flow('one'));
    }
    begin();
    vscode.open('/w/a/open.json');
    await flows.sendAll();
    vscode.deleteFolder('/w/a');
    await settled();
    const left = ['/w/a/open.json', '/w/ab/three.json'];
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(left);
    expect(engine.askedFor('removeFlow')).toEqual(
      ['/w/a/b/one.json', '/w/a/two.json'].map((path) => ({ uri: uriOf(path) })),
    );
  });

  test('those in a folder that gets another name are found again', async () => {
    for (const name of ['a/one', 'b/two']) vscode.write(`/w/${name}.json`, flow('one'));
    begin();
    await flows.sendAll();
    const before = engine.askedFor('readFlows').length;
    vscode.disk.set(uriOf('/w/c/one.json'), flow('one'));
    vscode.deleteFolder('/w/a');
    await settled();
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(['/w/b/two.json', '/w/c/one.json']);
    expect(engine.askedFor('readFlows').slice(before)).toMatchObject([
      { files: [{ path: '/w/c/one.json' }] },
    ]);
  });

  test('those in a folder that is moved here are found, and what else comes costs no look', async () => {
    vscode.write('/w/one.json', flow('one'));
    begin();
    await flows.sendAll();
    const searched = vi.spyOn(vscode.api.workspace, 'findFiles');
    vscode.disk.set(uriOf('/w/log.txt'), 'x');
    vscode.comes('/w/log.txt');
    vscode.comes('/w/gone');
    clock.advance(1_000);
    await settled();
    expect(searched).not.toHaveBeenCalled();
    vscode.disk.set(uriOf('/w/new/two.json'), flow('two'));
    vscode.comes('/w/new');
    clock.advance(1_000);
    await settled();
    expect(searched).toHaveBeenCalledTimes(1);
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(['/w/one.json', '/w/new/two.json']);
  });

  test('those of folders that come all the time are looked for once at a time, with a rest', async () => {
    begin();
    const search = Promise.withResolvers<FakeUri[]>();
    const searched = vi
      .spyOn(vscode.api.workspace, 'findFiles')
      .mockReturnValueOnce(search.promise as never);
    const comes = async (name: string) => {
      vscode.disk.set(uriOf(`/w/${name}/x.json`), flow(name));
      vscode.comes(`/w/${name}`);
      clock.advance(250);
      await settled();
    };
    for (const name of ['a', 'b', 'c']) await comes(name);
    expect(searched).toHaveBeenCalledTimes(1);
    search.resolve([]);
    await settled();
    await comes('d');
    expect(searched).toHaveBeenCalledTimes(1);
    clock.advance(5_000);
    await settled();
    expect(searched).toHaveBeenCalledTimes(2);
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toHaveLength(4);
    clock.advance(60_000);
    await settled();
    expect(searched).toHaveBeenCalledTimes(2);
  });

  test('those that are left out are not taken when they come or change, unless somebody opened them', async () => {
    flowExclude = joinedPatterns(['**/{out,dist}/**', '**/vendor']);
    begin();
    vscode.write('/w/out/one.json', flow('one'));
    vscode.write('/w/a/vendor/two.json', flow('two'));
    vscode.write('/w/a/three.json', flow('three'));
    await settled();
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(['/w/a/three.json']);
    vscode.open('/w/out/one.json');
    await settled();
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toContain('/w/out/one.json');
    // What is left out from now on goes, unless it is open.
    flowExclude = joinedPatterns(['**/{a,out}/**']);
    vscode.api.workspace.findFiles = () => Promise.resolve([]);
    await flows.lookAgain();
    await settled();
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toEqual(['/w/out/one.json']);
  });

  test('one that is deleted stays while an editor has it, and goes with the editor', async () => {
    vscode.write('/w/a.json', flow('one'));
    begin();
    const editor = vscode.open('/w/a.json');
    await settled();
    vscode.delete('/w/a.json');
    await settled();
    expect(engine.askedFor('removeFlow')).toEqual([]);
    vscode.closeEditor(editor);
    await settled();
    expect(engine.askedFor('removeFlow')).toHaveLength(1);
    expect(flows.active).toBeNull();
  });

  test('one without a name goes when it is closed', async () => {
    begin();
    const editor = vscode.openUntitled('Untitled-1.json', flow('one'));
    await settled();
    expect(flows.active?.name).toBe('Invoices');
    vscode.closeEditor(editor);
    await settled();
    expect(engine.askedFor('removeFlow')).toHaveLength(1);
  });

  test('is left to the engine where the text only looks like one', async () => {
    begin();
    // So it looks, and is none.
    const editor = vscode.openUntitled('Untitled-1.json', '{"flowMeta": {}, "flowData": 7}');
    await settled();
    expect(flows.active).toBeNull();
    // It becomes one while the answer to the text before is on its way.
    const answers: (() => void)[] = [];
    const { setFlow } = engine.answers;
    engine.answers.setFlow = async (params) => {
      await new Promise<void>((done) => answers.push(done));
      return setFlow?.(params) as never;
    };
    vscode.type(editor, '{"flowMeta": {}, "flowData": 8}');
    clock.advance(250);
    await settled();
    vscode.type(editor, flow('one'));
    clock.advance(250);
    await settled();
    for (const answer of answers) answer();
    await settled();
    expect(flows.active?.name).toBe('Invoices');
    expect(registry.info(String(editor.document.uri)).kind).toBe('flow');
  });

  test('a file too large for the console is none, open or not', async () => {
    const large = `${flow('one')}${' '.repeat(21 * 1024 * 1024)}`;
    begin();
    vscode.write('/w/large.json', large);
    await settled();
    vscode.open('/w/large.json');
    await settled();
    expect(engine.askedFor('setFlow')).toEqual([]);
    expect(logged.filter((line) => line.includes('21.0 MB'))).toHaveLength(2);
  });

  test('what VS Code makes up by itself is none', async () => {
    begin();
    vscode.providers.set('git', { provideTextDocumentContent: () => flow('one') });
    await vscode.api.workspace.openTextDocument(
      vscode.api.Uri.from({ scheme: 'git', path: '/w/a.json' }),
    );
    await settled();
    expect(engine.asked).toEqual([]);
  });

  test('a file that can’t be read is told to the log alone', async () => {
    begin();
    vscode.beforeRead = () => Promise.reject(new Error('no right'));
    vscode.write('/w/a.json', flow('one'));
    await settled();
    expect(logged).toEqual([expect.stringMatching(/debug: \/w\/a\.json .*no right/)]);
  });
});

describe('a new engine', () => {
  test('is told what is open, the workspace’s files, and what was open from elsewhere', async () => {
    vscode.write('/w/a.json', flow('a'));
    vscode.write('/w/b.json', flow('b'));
    vscode.write('/elsewhere/c.json', flow('c'));
    begin({ running: false });
    const editor = vscode.open('/w/a.json');
    vscode.type(editor, flow('a', 'typed'));
    vscode.closeEditor(vscode.open('/elsewhere/c.json'));
    await settled();
    expect(engine.asked).toEqual([]);
    engine.client.start();
    await flows.sendAll();
    expect(toldOf('/w/a.json')).toBe(flow('a', 'typed'));
    expect(toldOf('/w/b.json')).toBe(flow('b'));
    expect(toldOf('/elsewhere/c.json')).toBe(flow('c'));
    expect(engine.askedFor('setFlow')).toHaveLength(1);
    expect(engine.askedFor('readFlows')).toHaveLength(1);

    engine.die();
    clock.advance(0);
    await flows.sendAll();
    expect(engine.askedFor('setFlow')).toHaveLength(2);
    expect(engine.askedFor('readFlows')).toHaveLength(2);
  });

  test('is told the text again that its predecessor took with it', async () => {
    vscode.write('/w/a.json', flow('a'));
    begin();
    vscode.open('/w/a.json');
    engine.die();
    clock.advance(0);
    await settled();
    await flows.flush(uriOf('/w/a.json'));
    expect(engine.askedFor('setFlow')).toHaveLength(2);
    expect(logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test('reads thousands of files in turns, and the status bar says so', async () => {
    for (let file = 0; file < 250; file++) {
      vscode.write(`/w/${String(file)}.json`, file % 2 === 0 ? flow('a') : '{}');
    }
    vscode.write('/w/.gitignore', '10*.json');
    begin();
    const told = vi.spyOn(vscode.contexts, 'set');
    await flows.sendAll();
    // Once for each turn: not for each file, which would tell of all before it.
    expect(told.mock.calls.filter(([key]) => key === 'rpaTrace.flowFiles')).toHaveLength(3);
    expect(actives).toEqual([]);
    expect(engine.askedFor('readFlows').map(({ files }) => files.length)).toEqual([
      ...[100, 100, 51],
    ]);
    expect(vscode.contexts.get('rpaTrace.flowFiles')).toHaveLength(125 - 6);
    expect(vscode.progress.map(({ title, steps }) => [title, steps])).toEqual([
      ['Looking for flow files', [{ message: '39%' }, { message: '79%' }, { message: '100%' }]],
    ]);
  });

  test('that dies while it reads leaves nothing behind that seems read', async () => {
    vscode.write('/w/a.json', flow('a'));
    begin();
    vscode.beforeRead = () => new Promise(() => undefined);
    const sent = flows.sendAll();
    await settled();
    engine.die();
    await sent;
    vscode.beforeRead = () => Promise.resolve();
    clock.advance(0);
    await flows.sendAll();
    expect(flows.isFlow(uriOf('/w/a.json'))).toBe(true);
  });

  test('is told the texts of another disk, which it does not see', async () => {
    const remote = FakeUri.parse('vscode-remote://ssh/w/a.json');
    vscode.disk.set(String(remote), flow('far'));
    begin();
    vscode.closeEditor(vscode.open(remote));
    await settled();
    expect(engine.askedFor('readFlows')).toEqual([]);
    expect(engine.askedFor('setFlow').map(({ text }) => text)).toEqual([flow('far'), flow('far')]);
  });

  test('is told no files of the workspace where the setting names none', async () => {
    vscode.write('/w/a.json', flow('a'));
    flowInclude = '';
    begin();
    await flows.sendAll();
    expect(engine.asked).toEqual([]);
  });
});

describe('the flow that is looked at', () => {
  test('is the active editor’s; a click into the panel doesn’t lose it, another flow takes it', async () => {
    vscode.write('/w/a.json', flow('a'));
    vscode.write('/w/b.json', flow('b'));
    vscode.write('/w/note.json', '{}');
    begin();
    const a = vscode.open('/w/a.json', 1);
    await settled();
    vscode.open('/w/note.json', 2);
    await settled();
    expect(flows.active?.fileName).toBe('a.json');
    vscode.open('/w/b.json', 2);
    await settled();
    expect(flows.active?.fileName).toBe('b.json');
    vscode.focus(a);
    vscode.closeEditor(a);
    await settled();
    expect(flows.active?.fileName).toBe('b.json');
    const named = actives.filter((name) => name !== null);
    expect(named.filter((name, at) => name !== named[at - 1])).toEqual([
      ...['a.json', 'b.json', 'a.json', 'b.json'],
    ]);
  });

  test('of two that are seen stays the one looked at last, where something else gets the focus', async () => {
    vscode.write('/w/a.json', flow('a'));
    vscode.write('/w/b.json', flow('b'));
    begin();
    vscode.open('/w/a.json', 1);
    vscode.open('/w/b.json', 2);
    await settled();
    const panel = vscode.openPanel(3);
    vscode.focus(panel);
    await settled();
    expect(vscode.activeEditor).toBeUndefined();
    expect(flows.active?.fileName).toBe('b.json');
  });

  test('is that of a graph with the focus, and of one that is seen', async () => {
    const [a, b] = ['file:///w/a.json', 'file:///w/b.json'];
    vscode.write('/w/a.json', flow('a'));
    vscode.write('/w/b.json', flow('b'));
    begin();
    await flows.sendAll();
    flows.showViews({ active: a, visible: [a] });
    expect(flows.active?.fileName).toBe('a.json');
    flows.showViews({ active: undefined, visible: [b, a] });
    expect(flows.active?.fileName).toBe('a.json');
    vscode.open('/w/b.json', 1);
    await settled();
    expect(flows.active?.fileName).toBe('b.json');
    flows.showViews({ active: undefined, visible: [] });
    expect(flows.active?.fileName).toBe('b.json');
  });

  test('has the name of its file until the engine tells its own', async () => {
    vscode.write('/w/a.json', flow('a'));
    begin({ running: false });
    vscode.open('/w/a.json');
    expect(flows.active).toMatchObject({ name: 'a.json', fileName: 'a.json' });
    engine.client.start();
    await flows.sendAll();
    expect(flows.active).toMatchObject({ name: 'Invoices' });
  });
});

describe('a jump', () => {
  test.each([1, 2])('goes to the editor with the cursor of two, in group %i', async (column) => {
    vscode.write('/w/a.json', flow('one', 'two'));
    begin();
    vscode.open('/w/a.json', 1);
    vscode.open('/w/a.json', 2);
    vscode.openPanel(3);
    const editor = vscode.open('/w/a.json', column);
    vscode.focus(vscode.panel);
    expect(await reveal('two')).toBe('found');
    expect(vscode.activeEditor).toBe(editor);
    expect(editor.textAtCursor).toMatch(/^two::1/);
    expect(editor.revealed).toHaveLength(1);
  });

  test('opens the file beside the panel, not over it', async () => {
    vscode.write('/w/a.json', flow('one'));
    begin();
    await flows.sendAll();
    vscode.write('/w/note.txt', '');
    vscode.open('/w/note.txt', 1);
    vscode.openPanel(2);
    expect(await reveal('one')).toBe('found');
    expect(vscode.activeEditor?.viewColumn).toBe(1);
    expect(vscode.panel.visible).toBe(true);
  });

  test('opens a group where the panel is alone', async () => {
    vscode.write('/w/a.json', flow('one'));
    begin();
    await flows.sendAll();
    vscode.openPanel(1);
    await reveal('one');
    expect(vscode.activeEditor?.viewColumn).toBe(2);
  });

  test('lets the reader choose where several places match, and goes where the chosen one is by then', async () => {
    vscode.write('/w/a.json', flow('one'));
    vscode.write('/w/b.json', flow('one'));
    begin();
    await flows.sendAll();
    const asked = Promise.withResolvers<(index: number) => void>();
    vscode.pick = () =>
      new Promise((done) => {
        asked.resolve(done);
      });
    expect(await reveal('one')).toBe('ambiguous');
    const choose = await asked.promise;
    vscode.write('/w/b.json', flow('before', 'one'));
    choose(1);
    await expect.poll(() => vscode.activeEditor?.textAtCursor).toMatch(/^one::1/);
    expect(vscode.activeEditor?.document.uri.path).toBe('/w/b.json');
  });

  describe('into one of several copies', () => {
    const at = (path: string): NodeLocation => {
      const start = flow('one').indexOf('one::1');
      const range = { start, end: start + 'one::1'.length };
      return {
        ...{ uri: uriOf(path), flowName: 'Invoices', nodeId: 'one::1', nodeName: 'one' },
        ...{ idRange: range, range },
      };
    };
    beforeEach(() => {
      vscode.write('/w/a.json', flow('one'));
      vscode.write('/w/b.json', flow('one'));
      begin();
      const candidates = [at('/w/a.json'), at('/w/b.json')];
      engine.answers.locate = () => ({ kind: 'ambiguous', candidates, areFiles: true });
      engine.answers.chooseFlow = () => null;
    });

    test('asks which it is, and that is remembered', async () => {
      vscode.pick = () => 1;
      expect(await reveal('one')).toBe('ambiguous');
      await expect.poll(() => vscode.activeEditor?.textAtCursor).toMatch(/^one::1/);
      expect(vscode.activeEditor?.document.uri.path).toBe('/w/b.json');
      expect(engine.askedFor('chooseFlow')).toEqual([{ key: 'k', uri: uriOf('/w/b.json') }]);
    });

    test.each([
      ['the failing step', 'failing', true],
      ['another step', node('one'), undefined],
    ] as const)('to %s does its step of the walkthrough or not', async (_, target, isDone) => {
      const done = () => vscode.contexts.get('rpaTrace.hasJumped');
      vscode.pick = () => undefined;
      await revealer.reveal('k', target, false);
      await settled();
      expect(done()).toBeUndefined();
      vscode.pick = () => 1;
      await revealer.reveal('k', target, false);
      await expect.poll(() => vscode.activeEditor?.textAtCursor).toMatch(/^one::1/);
      expect(done()).toBe(isDone);
      vscode.contexts.clear();
      engine.answers.locate = () => ({ kind: 'found', location: at('/w/b.json') });
      expect(await revealer.reveal('k', target, false)).toBe('found');
      expect(done()).toBe(isDone);
    });

    test('says which of them the reader looks at, the one with the cursor first', async () => {
      vscode.open('/w/a.json', 1);
      vscode.open('/w/b.json', 2);
      await settled();
      engine.answers.locate = () => ({ kind: 'found', location: at('/w/b.json') });
      expect(await reveal('one')).toBe('found');
      expect(vscode.activeEditor?.document.uri.path).toBe('/w/b.json');
      const [asked] = engine.askedFor('locate') as readonly { seen: readonly string[] }[];
      expect([...new Set(asked?.seen)]).toEqual([uriOf('/w/b.json'), uriOf('/w/a.json')]);
    });
  });

  test('says what went wrong with what was chosen', async () => {
    vscode.write('/w/a.json', flow('one'));
    vscode.write('/w/b.json', flow('one'));
    begin();
    await flows.sendAll();
    vscode.pick = () => 1;
    vscode.disk.clear();
    expect(await reveal('one')).toBe('ambiguous');
    await expect.poll(texts).toEqual([expect.stringContaining('b.json is not there')]);
  });

  test.each<[LocateAnswer, RegExp]>([
    [{ kind: 'notFailed' }, /didn’t fail/],
    [{ kind: 'noNode' }, /doesn’t name the failing node/],
    [
      { kind: 'notInFlow', uri: 'u', flowName: 'Invoices', ranMs: null },
      /“Invoices” doesn’t contain this node/,
    ],
    [
      { kind: 'notInFlow', uri: 'u', flowName: 'Invoices', ranMs: 5 },
      /“Invoices” has changed since this run/,
    ],
    [{ kind: 'noFlowFile' }, /^No flow file in this workspace/],
  ])('says why there is none: $kind', async (answer, text) => {
    begin();
    engine.answers.locate = () => answer;
    expect(await reveal('one')).toBe(answer.kind);
    expect(texts()).toEqual([expect.stringMatching(text)]);
  });

  test('leads to the flow as it was, where the node is gone', async () => {
    begin();
    engine.answers.locate = () => ({
      ...{ kind: 'notInFlow', uri: 'u', flowName: 'Invoices', ranMs: 5 },
    });
    vscode.press = ({ buttons }) => buttons[0];
    expect(await reveal('one')).toBe('notInFlow');
    await expect.poll(() => opened).toEqual([['u', 5]]);
  });

  test('says what is another at the node since the run', async () => {
    vscode.write('/w/a.json', flow('one'));
    begin();
    await flows.sendAll();
    const { locate } = engine.answers;
    engine.answers.locate = async (params) => {
      const answer = await locate?.(params);
      if (answer?.kind !== 'found') throw new Error('not found');
      return { ...answer, since: { kind: 'renamed', was: 'Save' } };
    };
    expect(await reveal('one')).toBe('found');
    expect(texts()).toEqual([expect.stringMatching(/^“.+”: Called “Save” in this run$/)]);
  });

  test('offers to open a flow file where none is known', async () => {
    vscode.write('/elsewhere/a.json', flow('one'));
    begin();
    vscode.press = ({ buttons }) => buttons[0];
    vscode.dialog = () => FakeUri.file('/elsewhere/a.json');
    expect(await reveal('one')).toBe('noFlowFile');
    await expect.poll(() => vscode.activeEditor?.document.uri.path).toBe('/elsewhere/a.json');
    await settled();
    expect(await reveal('one')).toBe('found');
  });
});
