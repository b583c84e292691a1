import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { systemClock } from '../../../src/base/systemClock.ts';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { EngineClient } from '../../../src/host/engineClient.ts';
import { t } from '../../../src/host/l10n.ts';
import { later, savingLater } from '../../../src/host/later.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import { TextEditors } from '../../../src/host/textEditors.ts';
import { TraceEditors } from '../../../src/host/traceEditors.ts';
import { ask } from '../../../src/protocol/ask.ts';
import type { ProblemRow } from '../../../src/protocol/problems.ts';
import type { Envelope } from '../../../src/protocol/packet.ts';
import {
  isTraceFileHead,
  readTraceFileHead,
  traceFileHead,
} from '../../../src/sources/files/traceFileHead.ts';
import { sourceErrorText } from '../../../src/sources/errorTexts.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { composedWorker } from '../../support/composedWorker.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { invoiceFlow, invoiceRuns } from '../../support/invoiceRuns.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { plantedSecret } from '../../support/plantedSecrets.ts';
import { storyBeginMs, storyRecord } from '../../support/storyRecords.ts';
import { flowFile, listQuery } from '../engine/world.ts';

const [failed] = recordsOf('03-workflow-rpa-node-failed.g3.json');
const record = new TextDecoder().decode(failed?.value ?? undefined);
const flow = flowFile('invoice-entry.yaml', 'file:///w/invoice-entry.yaml');
const rpaNode = 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';

let folder: string;
let vscode: FakeVscode;
let engine: EngineClient;
let documents: ReadOnlyDocuments;
let traceEditors: TraceEditors;
let disposables: { dispose(): void }[];
let logged: string[];
let ends: (() => void)[];

const settings = () =>
  ({
    ...{ storeBytes: 1e7, stalledAfterMs: 1e6, largeValues: null, minutesByHand: {} },
    ...{ redaction: { patterns: [], names: [], allowReveal: false } },
    ...{ flowInclude: '**', flowExclude: '', flowKeys: noFlowKeys, followLatest: false },
    connection: { brokers: 'a:1' },
  }) as never;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-file-'));
  vscode = new FakeVscode();
  logged = [];
  ends = [];
  const log = (level: string, message: string) => void logged.push(`${level}: ${message}`);
  const api = vscode.api;
  const startWorker = composedWorker((end) => ends.push(end));
  engine = new EngineClient({ startWorker, clock: systemClock, log });
  documents = new ReadOnlyDocuments(api);
  const editors = new TextEditors(api);
  traceEditors = new TraceEditors({
    ...{ vscode: api, settings, startWorker, documents, editors, clock: systemClock },
    extensionUri: FakeUri.file('/extension') as never,
    log: { log, show: () => undefined, dispose: () => undefined },
    globalState: { get: () => undefined, update: () => Promise.resolve() } as never,
  });
  disposables = [engine, traceEditors, documents, editors];
});

afterEach(async () => {
  for (const one of disposables) one.dispose();
  expect(vscode.customEditors.size).toBe(0);
  await rm(folder, { recursive: true });
});

const read = async (client: EngineClient, name: string, text: string) => {
  const files = [{ name, bytes: new TextEncoder().encode(text) }];
  const ended = new Promise<void>((resolve) => {
    client.on('state', ({ state }) => {
      if (state.kind === 'ended') resolve();
    });
  });
  client.start();
  await client.call('openSource', { spec: { kind: 'contents', files }, keep: false });
  await ended;
};

/** Saves what the window reads to a file of that name; the first or second row is chosen where it is asked. */
async function save(name: string, row: number): Promise<Buffer> {
  const path = join(folder, name);
  vscode.dialog = () => FakeUri.file(path);
  vscode.pick = () => row;
  const saving = savingLater(vscode.api, engine, () => undefined);
  await saving.executions({ kind: 'list', scope: { kind: 'all' }, filter: '' }, 'rpatrace');
  return readFile(path);
}

/** Opens a file in its editor; the page asks for what it begins with. */
async function open(name: string, bytes: Uint8Array, end: 'ended' | 'failed' = 'ended') {
  const uri = FakeUri.file(`/w/${name}`);
  vscode.bytes.set(String(uri), bytes);
  const provider = vscode.customEditors.get('rpaTrace.traceFile');
  const panel = vscode.openPanel(1, false, name);
  const document = await provider?.openCustomDocument(uri as never, {} as never, {} as never);
  await provider?.resolveCustomEditor(document as never, panel as never, {} as never);
  panel.post({
    partner: 'host',
    packet: { kind: 'request', id: 'p0', method: 'ready', params: null },
  });
  const desk = traceEditors.active;
  if (desk === undefined) throw new Error('it is not active');
  await expect.poll(async () => (await ask(desk.engine, 'status', null)).state.kind).toBe(end);
  const packets = (panel.page as Envelope[]).map(({ packet }) => packet);
  const seed = packets.find((packet) => packet.kind === 'answer' && packet.id === 'p0');
  return { panel, desk, seed: seed?.kind === 'answer' ? seed.result : undefined };
}

describe('a trace file', () => {
  beforeEach(async () => {
    vscode.write('/w/invoice-entry.yaml', `${flow.text}\n# api_key: EXAMPLE-KEY-4f1c09d2a7b3\n`);
    await read(engine, 'a.json', record);
    await engine.call('setFlow', flow);
  });

  test('holds the records and the flow file, both masked, and is the same each time', async () => {
    const bytes = await save('a.rpatrace', 0);
    const text = gunzipSync(bytes).toString('utf8');
    const [first = '', ...lines] = text.trimEnd().split('\n');
    const head = readTraceFileHead(first);
    expect(head?.flows.map(({ name }) => name)).toEqual(['invoice-entry.yaml']);
    expect(head?.flows[0]?.text).toContain(rpaNode);
    expect(text).not.toMatch(plantedSecret);
    expect(lines).toHaveLength(1);
    expect(vscode.shown.at(-1)?.text).toBe('Execution saved to a.rpatrace.');
    expect((await save('b.rpatrace', 0)).equals(bytes)).toBe(true);
  });

  test('holds executions only where that is chosen, and nothing is saved where nothing is', async () => {
    const [line = ''] = gunzipSync(await save('a.rpatrace', 1))
      .toString()
      .split('\n');
    expect(readTraceFileHead(line)?.flows).toEqual([]);
    vscode.pick = () => undefined;
    await expect(save('b.rpatrace', undefined as never)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['rpatrace', 'a.rpatrace', ['what', 'where']],
    // Of a list the dialog alone says that it becomes a trace file.
    ['jsonl', 'a.rpatrace', ['where', 'what']],
    ['jsonl', 'a.jsonl', ['where']],
  ] as const)('saved as %s to %s is asked for in this order', async (form, name, order) => {
    const asked: string[] = [];
    vscode.set('files.simpleDialog.enable', true);
    vscode.dialog = () => {
      asked.push('where');
      // What asks next takes its place: what closes by itself gives the focus away.
      expect(vscode.quickPicks.every(({ isShown }) => isShown)).toBe(true);
      return FakeUri.file(join(folder, name));
    };
    vscode.pick = () => {
      asked.push('what');
      return 0;
    };
    const saving = savingLater(vscode.api, engine, () => undefined);
    await saving.executions({ kind: 'list', scope: { kind: 'all' }, filter: '' }, form);
    expect(asked).toEqual(order);
    expect(vscode.quickPicks.some(({ isShown }) => isShown)).toBe(false);
  });

  test('leaves out a flow file that can’t be judged in time, and says so', async () => {
    const { whatToKeep } = await import('../../../src/host/keptFlows.ts');
    vscode.pick = () => 0;
    const label = { uri: flow.uri, name: 'Invoices', share: 1, tied: [] };
    const call = (method: string) =>
      Promise.resolve(method === 'flowsOf' ? [label, label] : { text: null });
    const kept = await whatToKeep(
      vscode.api,
      { call } as never,
      { keys: ['k'], isOne: false },
      null,
    );
    expect(kept).toMatchObject({
      ...{ flows: [], other: null },
      leftOut: ['invoice-entry.yaml', 'invoice-entry.yaml'],
    });
  });

  test('leaves no list behind where a flow file can’t be had', async () => {
    const { whatToKeep } = await import('../../../src/host/keptFlows.ts');
    vscode.pick = () => 0;
    const label = { uri: flow.uri, name: 'Invoices', share: 1, tied: [] };
    const call = (method: string) =>
      method === 'flowsOf' ? Promise.resolve([label]) : Promise.reject(new Error('gone'));
    const asked = whatToKeep(vscode.api, { call } as never, { keys: ['k'], isOne: true }, null);
    await expect(asked).rejects.toThrow('gone');
    expect(vscode.quickPicks.map(({ isShown }) => isShown)).toEqual([false]);
  });

  describe('of one that failed', () => {
    /** Saves the failed one of two, and gives the name that is offered, the choices, and which runs the file holds. */
    async function saved(row: number, parts: { readonly comparedWith?: string } = {}) {
      const text = await readFile(
        join(repositoryRoot, 'media/sample-workspace', invoiceFlow),
        'utf8',
      );
      vscode.write('/w/sample.yaml', text);
      const sample = { uri: 'file:///w/sample.yaml', fileName: 'sample.yaml', text };
      await engine.call('setFlow', { ...sample, keys: noFlowKeys });
      await read(engine, 'two.jsonl', invoiceRuns());
      const { rows } = await ask(engine, 'list', listQuery());
      const [last, first] = rows;
      const path = join(folder, 'c.rpatrace');
      let offered = '';
      let choices: readonly string[] = [];
      vscode.dialog = (_kind, options) => {
        offered = (options as { defaultUri?: FakeUri }).defaultUri?.path ?? '';
        return FakeUri.file(path);
      };
      vscode.pick = (items) => {
        choices = items.map(({ label }) => label.replace(/^\S+ /, ''));
        return row;
      };
      const saving = savingLater(vscode.api, engine, () => undefined);
      await saving.executions({ kind: 'execution', key: last?.key ?? '', ...parts }, 'rpatrace');
      const [head = '', ...lines] = gunzipSync(await readFile(path))
        .toString()
        .trimEnd()
        .split('\n');
      const sids = lines.map((line) => (JSON.parse(line) as { sid: string }).sid);
      const runs = sids.map((sid) => ['good', 'failed'][[first?.sid, last?.sid].indexOf(sid)]);
      const told = vscode.shown.at(-1)?.text;
      return { offered, choices, runs, flows: readTraceFileHead(head)?.flows.length, first, told };
    }

    test.each([
      [
        ...([0, ['good', 'failed'], 1] as const),
        ' Saved with it: the last good run, the flow file “sample.yaml”.',
      ],
      [1, ['good', 'failed'], 0, ' Saved with it: the last good run.'],
      [2, ['failed'], 1, ' Saved with it: the flow file “sample.yaml”.'],
      [3, ['failed'], 0, ''],
    ])(
      'holds what is chosen of the last good run and the flow file: row %i',
      async (row, ...held) => {
        const { choices, runs, flows, told } = await saved(row);
        expect(choices).toEqual([
          'Execution with the last good run and the flow file “发票录入”',
          'Execution with the last good run',
          'Execution with the flow file “发票录入”',
          'Execution Only',
        ]);
        const said = told?.replace('Execution saved to c.rpatrace.', '');
        expect([runs, flows, said]).toEqual(held);
      },
    );

    test('holds the one that it is compared with', async () => {
      const { first } = await saved(3);
      const { choices, runs } = await saved(1, { comparedWith: first?.key ?? '' });
      expect(choices[1]).toBe('Execution with the run it is compared with');
      expect(runs).toEqual(['good', 'failed']);
    });

    /** What is told of the last one: beside what an engine can count, in words. */
    async function toldBy(client: EngineClient, other: string | null) {
      const { rows } = await ask(client, 'list', listQuery());
      const key = rows.find(({ outcome }) => outcome === 'failed')?.key ?? '';
      const query = { key, other, onlyDifferences: true, offset: 0, limit: 100 };
      const answer = await ask(client, 'compare', query);
      if (answer.kind !== 'compared') throw new Error(answer.kind);
      const { first, groups, folded, goodRuns, notCompared } = answer;
      const since = await ask(client, 'since', { key, other });
      const { problem } = await ask(client, 'ownPast', { key });
      const page = await problemsPage(client);
      const { signs } = await ask(client, 'signs', { key });
      return {
        ...{ first, groups, folded, goodRuns, notCompared, signs },
        ...{ since: since.since, unread: since.unread },
        failed: problem && [problem.count, problem.runsSince, problem.firstMs],
        ...{ stands: problem && standing(problem), page },
      };
    }

    const standing = (row: ProblemRow) => {
      const { state, passes, needed, sinceMs, resolvedMs, backMs, wasResolved, lastRunMs } = row;
      const stands = { state, passes, needed, sinceMs, resolvedMs, backMs, wasResolved, lastRunMs };
      return { ...stands, count: row.count, of: row.runsSince, lastMs: row.lastMs };
    };

    /** What the page of problems says of each. */
    async function problemsPage(client: EngineClient) {
      const query = { scope: { kind: 'all' }, group: 'unresolved' } as const;
      const { rows: unresolved, totals } = await ask(client, 'problems', query);
      const { rows: resolved } = await ask(client, 'problems', { ...query, group: 'resolved' });
      return { totals, rows: [...unresolved, ...resolved].map(standing) };
    }

    /** Of the same flow, a day apart: each with a ticket of its own, the last three without a result. */
    const storyOf = (isBadAt: (n: number) => boolean) => (_: unknown, n: number) => {
      const isBad = isBadAt(n);
      return storyRecord({
        n,
        question: { mail: `Mail ${String(n)}`, kind: 'bill' },
        answer: { output: 'entered' },
        ...(isBad && { code: 21300, message: 'RPA node request failed(element not found)' }),
        steps: [
          { id: 'node-start::1', name: 'Start', input: { mail: `Mail ${String(n)}` } },
          {
            ...{ id: 'spark-llm::2', name: 'Extract' },
            output: { ticket: `T-${String(7919 * (n + 3))}`, ...(isBad ? {} : { total: 12.5 }) },
          },
          { id: 'rpa::3', name: 'Enter', ...(isBad && { error: 'element not found' }) },
        ],
      });
    };
    const weeks = Array.from(
      { length: 14 },
      storyOf((n) => n > 10 && n !== 12),
    );

    test('tells what its sender saw', async () => {
      await read(engine, 'weeks.jsonl', weeks.join('\n'));
      await expect.poll(async () => (await ask(engine, 'list', listQuery())).total).toBe(14);
      const sent = await toldBy(engine, null);
      expect(sent.goodRuns).toBeGreaterThan(5);
      expect(sent.failed).toEqual([2, 3, storyBeginMs + 11 * 86_400_000]);
      expect(sent.since).toMatchObject({ count: 2, of: 3, isFromStart: false });
      const path = join(folder, 'w.rpatrace');
      vscode.dialog = () => FakeUri.file(path);
      const details: string[] = [];
      vscode.pick = (items) => {
        details.push(...items.map((item) => String(Reflect.get(item, 'detail'))));
        return 0;
      };
      const { rows } = await ask(engine, 'list', listQuery());
      const saving = savingLater(vscode.api, engine, () => undefined);
      await saving.executions({ kind: 'execution', key: rows[0]?.key ?? '' }, 'rpatrace');
      expect(vscode.progress.map(({ title }) => title)).toEqual([
        'Comparing with the last good run',
        'Saving executions',
      ]);
      expect(details[0]).toContain('Includes 7 more good runs.');
      // As wide as a list of VS Code is.
      expect(Math.max(...details.map(({ length }) => length))).toBeLessThan(95);
      const { desk } = await open('w.rpatrace', await readFile(path));
      expect((await ask(desk.engine, 'list', listQuery())).total).toBe(9);
      expect(await toldBy(desk.engine, null)).toEqual(sent);
      // Of others it says that nobody knows.
      const others = (await ask(desk.engine, 'list', listQuery())).rows;
      const since = await ask(desk.engine, 'since', {
        ...{ key: others[0]?.key ?? '', other: others.at(-1)?.key ?? '' },
      });
      expect(since).toMatchObject({ since: null, isOfFile: true });
    });

    test.each([
      ['passed since', [10], 'watching', 'watching'],
      ['passed often enough since', [5, 6, 7], 'resolved', 'resolved'],
      ['nobody told', [10], 'watching', 'unknown'],
    ])('says of how its problem stands what its sender saw: %s', async (what, bad, ...states) => {
      const records = Array.from(
        { length: 14 },
        storyOf((n) => bad.includes(n)),
      );
      await read(engine, 'runs.jsonl', records.join('\n'));
      await expect.poll(async () => (await ask(engine, 'list', listQuery())).total).toBe(14);
      const path = join(folder, 's.rpatrace');
      vscode.dialog = () => FakeUri.file(path);
      vscode.pick = () => 0;
      const { rows } = await ask(engine, 'list', listQuery());
      const key = rows.find(({ outcome }) => outcome === 'failed')?.key ?? '';
      const saving = savingLater(vscode.api, engine, () => undefined);
      await saving.executions({ kind: 'execution', key }, 'rpatrace');
      const sent = await toldBy(engine, null);
      const bytes = await readFile(path);
      const untold = gunzipSync(bytes).toString().replace('"stands":', '"was":');
      const { desk } = await open('s.rpatrace', what === 'nobody told' ? gzipSync(untold) : bytes);
      const { stands, page } = await toldBy(desk.engine, null);
      expect([sent.stands?.state, page.rows[0]?.state]).toEqual(states);
      if (what === 'nobody told') expect(stands).toBeNull();
      else expect({ stands, page }).toEqual({ stands: sent.stands, page: sent.page });
    });

    test('is not saved where whoever waits for the comparison gives up', async () => {
      await read(engine, 'weeks.jsonl', weeks.join('\n'));
      const { rows } = await ask(engine, 'list', listQuery());
      const path = join(folder, 'none.rpatrace');
      vscode.dialog = () => FakeUri.file(path);
      const saving = savingLater(vscode.api, engine, () => undefined);
      const saved = saving.executions({ kind: 'execution', key: rows[0]?.key ?? '' }, 'rpatrace');
      await expect.poll(() => vscode.progress.length).toBe(1);
      vscode.progress[0]?.cancel();
      await saved;
      await expect(readFile(path)).rejects.toThrow('ENOENT');
    });

    test('is called by its flow and its own time', async () => {
      const { offered } = await saved(3);
      expect(offered).toMatch(/发票录入-2026\d{4}-\d{6}\.rpatrace$/);
    });
  });

  test('opens as dumps do, its head aside', async () => {
    const bytes = gunzipSync(await save('a.rpatrace', 0));
    expect([...readRecords(bytes, 'a.rpatrace')]).toHaveLength(1);
  });

  test('opens in an editor of its own, which knows the flow file as it was', async () => {
    const bytes = await save('a.rpatrace', 0);
    vscode.delete('/w/invoice-entry.yaml');
    const { panel, desk, seed } = await open('a.rpatrace', bytes);
    expect(seed).toMatchObject({ isTraceFile: true, back: null, flow: null, hasStarted: true });
    const { rows } = await ask(desk.engine, 'list', listQuery());
    expect(rows.map(({ name, outcome }) => [name, outcome])).toEqual([['发票录入', 'failed']]);
    const key = rows[0]?.key ?? '';
    expect(await desk.revealer.reveal(key, 'failing', false)).toBe('found');
    expect(vscode.activeEditor?.textAtCursor).toContain(rpaNode);
    desk.show();
    desk.emitToMenu('copyValue', null);
    await expect.poll(() => JSON.stringify(panel.page)).toContain('copyValue');
    // Nothing else can be read in it.
    panel.post({
      partner: 'host',
      packet: { kind: 'request', id: 'p1', method: 'playSample', params: null },
    });
    await expect.poll(() => JSON.stringify(panel.page)).toContain('Use the trace panel');
    panel.post({
      partner: 'host',
      packet: { kind: 'request', id: 'p2', method: 'readAgain', params: null },
    });
    await expect.poll(() => JSON.stringify(panel.page)).toContain('"id":"p2"');
    panel.dispose();
    expect(traceEditors.active).toBeUndefined();
  });

  test('takes the flow files of the workspace where it has none of its own', async () => {
    const uri = FakeUri.file(join(folder, 'invoice-entry.yaml'));
    await writeFile(uri.path, flow.text);
    vscode.api.workspace.findFiles = () => Promise.resolve([uri as never]);
    const { desk } = await open('a.rpatrace', await save('a.rpatrace', 1));
    const calls = vi.spyOn(desk.engine, 'call');
    const key = (await ask(desk.engine, 'list', listQuery())).rows[0]?.key ?? '';
    await expect
      .poll(() => desk.engine.call('locate', { key, target: 'failing' }))
      .toMatchObject({ kind: 'found', location: { uri: String(uri) } });
    // Whether they have changed since is found out as in the panel; here nobody knows.
    const told = () => calls.mock.calls.filter(([method]) => method === 'setFlowThen');
    await expect
      .poll(told)
      .toMatchObject([['setFlowThen', { uri: String(uri), was: 'unknown', keys: noFlowKeys }]]);
  });

  test('stands beside another in git’s comparison, each over an engine of its own', async () => {
    const bytes = await save('a.rpatrace', 0);
    const before = ends.length;
    const [one, other] = [await open('a.rpatrace', bytes), await open('b.rpatrace', bytes)];
    expect(ends.length - before).toBe(2);
    expect(one.desk.engine).not.toBe(other.desk.engine);
    expect(traceEditors.active).toBe(other.desk);
    vscode.focus(one.panel);
    expect(traceEditors.active).toBe(one.desk);
    // What the window reads goes on.
    expect((await ask(engine, 'list', listQuery())).total).toBe(1);
  });

  test('is read again by the engine after one that died', async () => {
    const { desk } = await open('a.rpatrace', await save('a.rpatrace', 0));
    ends.at(-1)?.();
    await expect
      .poll(async () => (await ask(desk.engine, 'list', listQuery()).catch(() => null))?.total)
      .toBe(1);
  });

  test('whose editor is closed while it is read leaves nothing behind, and says nothing', async () => {
    const bytes = await save('a.rpatrace', 0);
    const shown = vscode.shown.length;
    let goOn: (() => void) | undefined;
    vscode.beforeRead = () => new Promise((resolve) => (goOn = resolve));
    const hold = vi.spyOn(documents, 'hold');
    const uri = FakeUri.file('/w/closed.rpatrace');
    vscode.bytes.set(String(uri), bytes);
    const provider = vscode.customEditors.get('rpaTrace.traceFile');
    const panel = vscode.openPanel(1, false, 'closed.rpatrace');
    await provider?.resolveCustomEditor({ uri } as never, panel as never, {} as never);
    panel.post({
      partner: 'host',
      packet: { kind: 'request', id: 'p0', method: 'ready', params: null },
    });
    await expect.poll(() => goOn).toBeDefined();
    panel.dispose();
    goOn?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await expect.poll(() => traceEditors.active).toBeUndefined();
    expect(hold).not.toHaveBeenCalled();
    expect(vscode.shown).toHaveLength(shown);
  });

  test('that is changed or goes meanwhile is said to be, and what is shown stays', async () => {
    const bytes = await save('a.rpatrace', 0);
    const path = '/w/[a] {b}.rpatrace';
    vscode.write(path, 'a', 1);
    const { panel, desk } = await open('[a] {b}.rpatrace', bytes);
    const told = () =>
      (panel.page as Envelope[]).flatMap(({ packet }) =>
        packet.kind === 'event' && packet.name === 'traceFile'
          ? (packet.payload as { state: string }).state
          : [],
      );
    const request = (method: string, id: string) => {
      panel.post({ partner: 'host', packet: { kind: 'request', id, method, params: null } });
      return expect.poll(() => JSON.stringify(panel.page)).toContain(`"id":"${id}"`);
    };
    await request('ready', 'p1');
    await expect.poll(told).toEqual(['same']);
    // Of another one it says nothing.
    vscode.write('/w/other.rpatrace', 'b', 2);
    vscode.write(path, 'b', 2);
    await expect.poll(told).toEqual(['same', 'changed']);
    vscode.delete(path);
    await expect.poll(told).toEqual(['same', 'changed', 'gone']);
    ends.at(-1)?.();
    const total = async () =>
      (await ask(desk.engine, 'list', listQuery()).catch(() => null))?.total;
    await expect.poll(total).toBe(1);
    // A page that begins hears it too.
    await request('ready', 'p2');
    await expect.poll(told).toEqual(['same', 'changed', 'gone', 'gone']);
    vscode.bytes.set(String(FakeUri.file(path)), bytes);
    vscode.write(path, 'c', 3);
    await expect.poll(told).toEqual(['same', 'changed', 'gone', 'gone', 'changed']);
    await request('readAgain', 'p3');
    await expect.poll(() => told().at(-1)).toBe('same');
    // As it was.
    vscode.write(path, 'd', 4);
    vscode.write(path, 'c', 3);
    await expect.poll(() => told().at(-1)).toBe('same');
    panel.dispose();
    vscode.delete(path);
  });

  test('that holds nothing of the kind is read to its end', async () => {
    const { panel, desk } = await open('a.rpatrace', gzipSync('nothing of the kind'));
    expect((await ask(desk.engine, 'status', null)).source.name).toBe('a.rpatrace');
    panel.dispose();
  });

  const failure = (code: string | undefined, message: string) =>
    Object.assign(new Error(message), code === undefined ? {} : { code });

  test.each<readonly [string, Error, string, string]>([
    [
      'is gone',
      failure('FileNotFound', 'Error: ENOENT: no such file or directory, open ‘/w/gone.rpatrace’'),
      'fileNotFound',
      'The file /w/gone.rpatrace doesn’t exist.',
    ],
    [
      'nobody may read',
      failure('NoPermissions', 'Error: EACCES: permission denied, open ‘/w/gone.rpatrace’'),
      'fileUnreadable',
      'The file /w/gone.rpatrace can’t be read: you don’t have permission.',
    ],
    [
      'another file system doesn’t give',
      failure('NoPermissions', 'Access to ‘gone’'),
      'fileUnreadable',
      'The file /w/gone.rpatrace can’t be read: you don’t have permission.',
    ],
    [
      'is a folder',
      failure('FileIsADirectory', 'Error: EISDIR: illegal operation'),
      'fileUnreadable',
      'The file /w/gone.rpatrace can’t be read: it is a folder.',
    ],
    [
      'fails otherwise',
      failure('Unknown', 'Error: EIO: i/o error, read'),
      'fileUnreadable',
      'The file /w/gone.rpatrace can’t be read: the system reports an error (EIO).',
    ],
  ])('that %s is told on the page alone, with its name', async (_, error, reason, text) => {
    const good = await save('a.rpatrace', 0);
    const shown = vscode.shown.length;
    const before = vscode.beforeRead;
    vscode.beforeRead = () => Promise.reject(error);
    const { panel, desk } = await open('gone.rpatrace', good, 'failed');
    const { state, source } = await ask(desk.engine, 'status', null);
    expect(source.name).toBe('gone.rpatrace');
    if (state.kind !== 'failed') throw new Error(state.kind);
    expect(state.error.reason).toBe(reason);
    expect(sourceErrorText(state.error, t)).toBe(text);
    expect(vscode.shown).toHaveLength(shown);
    expect(logged.at(-1)).toBe(`error: gone.rpatrace could not be opened: ${error.message}`);
    const readAgain = (id: string) => {
      panel.post({
        partner: 'host',
        packet: { kind: 'request', id, method: 'readAgain', params: null },
      });
      return expect.poll(() => JSON.stringify(panel.page)).toContain(`"id":"${id}"`);
    };
    // It fails the same again, and no answer is a failure beside the page.
    await readAgain('p1');
    expect(JSON.stringify(panel.page)).not.toContain('"failure"');
    // It is back.
    vscode.beforeRead = before;
    await readAgain('p2');
    await expect.poll(async () => (await ask(desk.engine, 'list', listQuery())).total).toBe(1);
    // And gone: what was read is not shown as what it holds.
    vscode.beforeRead = () => Promise.reject(error);
    await readAgain('p3');
    await expect
      .poll(async () => (await ask(desk.engine, 'status', null)).state.kind)
      .toBe('failed');
    expect((await ask(desk.engine, 'list', listQuery())).total).toBe(0);
  });

  test.each<readonly [string, Uint8Array | null, 'ended' | 'failed']>([
    ['was not there', null, 'failed'],
    ['was emptied', new Uint8Array(), 'ended'],
    ['was cut', gzipSync(record).subarray(0, 40), 'failed'],
  ])('that %s is read by itself once it is whole', async (_, broken, end) => {
    const whole = await save('a.rpatrace', 0);
    const path = '/w/mended.rpatrace';
    const before = vscode.beforeRead;
    if (broken === null) {
      vscode.beforeRead = () => Promise.reject(failure('FileNotFound', 'ENOENT'));
    } else vscode.write(path, 'a', 1);
    const { panel, desk } = await open('mended.rpatrace', broken ?? whole, end);
    const total = async () => (await ask(desk.engine, 'list', listQuery())).total;
    expect(await total()).toBe(0);
    vscode.beforeRead = before;
    // In the middle of being written it is no better.
    vscode.bytes.set(String(FakeUri.file(path)), whole.subarray(0, 60));
    vscode.write(path, 'b', 2);
    vscode.bytes.set(String(FakeUri.file(path)), whole);
    vscode.write(path, 'c', 3);
    await expect.poll(total).toBe(1);
    // From then on it is the reader who says so.
    vscode.bytes.set(String(FakeUri.file(path)), broken ?? new Uint8Array());
    vscode.write(path, 'd', 4);
    await expect
      .poll(() => JSON.stringify((panel.page as Envelope[]).at(-1)))
      .toContain('"state":"changed"');
    expect(await total()).toBe(1);
    panel.dispose();
  });

  test.each([0, 20])(
    'that is written on while it is read by itself is read to its end, or said to be changed; %d turns later',
    async (turns) => {
      const begun = await save('a.rpatrace', 0);
      const path = '/w/grows.rpatrace';
      vscode.write(path, 'a', 1);
      const { panel, desk } = await open('grows.rpatrace', new Uint8Array());
      const holds = (bytes: Uint8Array) => vscode.bytes.set(String(FakeUri.file(path)), bytes);
      vscode.beforeRead = async () => {
        vscode.beforeRead = () => {
          holds(new TextEncoder().encode(invoiceRuns()));
          return Promise.resolve();
        };
        vscode.write(path, 'c', 3);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      };
      holds(begun);
      vscode.write(path, 'b', 2);
      const isTold = () => JSON.stringify((panel.page as Envelope[]).at(-1)).includes('"changed"');
      const total = async () => (await ask(desk.engine, 'list', listQuery())).total;
      await expect.poll(async () => (await total()) === 2 || isTold()).toBe(true);
      panel.dispose();
    },
  );

  test('that is written on once it was read by itself is said to be changed', async () => {
    const path = '/w/late.rpatrace';
    vscode.write(path, 'a', 1);
    const { panel, desk } = await open('late.rpatrace', new Uint8Array());
    const stored = async () => (await ask(desk.engine, 'status', null)).storedExecutions;
    // Its flow files are looked for behind it.
    vscode.api.workspace.findFiles = async () => {
      await expect.poll(stored).toBe(2);
      vscode.write(path, 'c', 3);
      return [];
    };
    vscode.bytes.set(String(FakeUri.file(path)), new TextEncoder().encode(invoiceRuns()));
    vscode.write(path, 'b', 2);
    await expect
      .poll(() => JSON.stringify((panel.page as Envelope[]).at(-1)))
      .toContain('"state":"changed"');
    expect(await stored()).toBe(2);
    panel.dispose();
  });

  test('that never becomes whole is read by itself so often and no more', async () => {
    const broken = gzipSync(record).subarray(0, 40);
    const path = '/w/broken.rpatrace';
    vscode.write(path, 'a', 1);
    let reads = 0;
    const before = vscode.beforeRead;
    const { panel } = await open('broken.rpatrace', broken, 'failed');
    vscode.beforeRead = (uri) => {
      reads++;
      return before(uri);
    };
    const isTold = () => JSON.stringify(panel.page).includes('"state":"changed"');
    let writes = 0;
    while (writes < 60 && !isTold()) {
      const had = reads;
      writes++;
      vscode.write(path, 'a', 1 + writes);
      await expect.poll(() => isTold() || reads > had).toBe(true);
    }
    expect(isTold()).toBe(true);
    // Once for each time that it was written.
    expect([reads, writes]).toEqual([20, 21]);
    panel.dispose();
  });

  test.each([
    ['emptied', new Uint8Array(), 'ended'],
    ['cut', gzipSync(record).subarray(0, 40), 'failed'],
  ] as const)('that was %s is called by its name all the same', async (_, bytes, end) => {
    const { desk } = await open('a.rpatrace', bytes, end);
    expect((await ask(desk.engine, 'status', null)).source.name).toBe('a.rpatrace');
    expect((await ask(desk.engine, 'list', listQuery())).total).toBe(0);
  });
});

test.each<readonly [string, string, unknown]>([
  [
    'a head',
    traceFileHead({ flows: [{ name: 'a', text: 'b\nc' }] }),
    [{ name: 'a', text: 'b\nc' }],
  ],
  ['no flows', '{"rpaTraceFile":1,"flows":7}', []],
  [
    'other things',
    '{"rpaTraceFile":1,"flows":[1,{"name":2},null,{"name":"a","text":"t","x":1}]}',
    [{ name: 'a', text: 't' }],
  ],
  ['what is broken', '{"rpaTraceFile":1,"flows":[', null],
  ['a record', '{"sid":"a"}', null],
  ['nothing', '', null],
])('the head of a trace file: %s', (_, line, flows) => {
  expect(readTraceFileHead(line)?.flows ?? null).toEqual(flows);
  expect(isTraceFileHead(new TextEncoder().encode(line))).toBe(
    line.startsWith('{"rpaTraceFile":1,'),
  );
});

const stands = {
  ...{ state: 'watching', passes: 3, needed: 14, sinceMs: 4, resolvedMs: null, backMs: null },
  ...{ wasResolved: false, isMarkedFixed: false, lastMs: 3, lastRunMs: 9 },
};
const counts = {
  ...{ sid: 'a', beginMs: 1, failed: { count: 1, of: 2, sinceMs: 3, stands } },
  first: {
    ...{ count: 1, of: 2, otherwise: 0, sinceMs: 3, unread: 0 },
    ...{ isFromStart: true, other: 'b' },
  },
};

test.each<readonly [string, unknown, unknown]>([
  ['nothing', undefined, undefined],
  ['nothing of an execution', 7, undefined],
  ['one of no time', { sid: 'a', beginMs: 'x' }, undefined],
  [
    'one alone',
    { sid: 'a', beginMs: null },
    { sid: 'a', beginMs: null, failed: null, first: null },
  ],
  [
    'counts that are none',
    { sid: 'a', beginMs: 1, failed: { count: 1, of: -2, sinceMs: 3 }, first: { count: 1 } },
    { sid: 'a', beginMs: 1, failed: null, first: null },
  ],
  [
    'moments that no calendar has',
    {
      ...counts,
      failed: { ...counts.failed, sinceMs: 9e15 },
      first: { ...counts.first, sinceMs: 9e15 },
    },
    { ...counts, failed: null, first: null },
  ],
  ...(['lastMs', 'lastRunMs'] as const).map(
    (name) =>
      [
        `a ${name} that no calendar has`,
        { ...counts, failed: { ...counts.failed, stands: { ...stands, [name]: 9e15 } } },
        { ...counts, failed: null },
      ] as const,
  ),
  ...(['sinceMs', 'resolvedMs', 'backMs'] as const).map(
    (name) =>
      [
        `a ${name} of how it stands that no calendar has`,
        { ...counts, failed: { ...counts.failed, stands: { ...stands, [name]: 9e15 } } },
        { ...counts, failed: { ...counts.failed, stands: { ...stands, [name]: null } } },
      ] as const,
  ),
  ['counts', { ...counts, text: 'x' }, counts],
  [
    'not how it stands',
    { ...counts, failed: { ...counts.failed, stands: { ...stands, passes: '3' } } },
    { ...counts, failed: null },
  ],
])('what a trace file tells of others: %s', (_, known, expected) => {
  const line = traceFileHead({ flows: [], known: known as never });
  expect(readTraceFileHead(line)?.known).toEqual(expected);
});

test('what is read later speaks as what reads it', async () => {
  const { spokenLanguage } = await import('../../../src/host/l10n.ts');
  const before = spokenLanguage();
  await later();
  expect(spokenLanguage()).toBe(before);
});
