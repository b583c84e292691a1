import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { FlowReader } from '../../../src/answers/flowReader.ts';
import { FlowRegistry } from '../../../src/answers/flowRegistry.ts';
import { WorkspaceFlows } from '../../../src/answers/workspaceFlows.ts';
import type { Disk, DiskText } from '../../../src/base/disk.ts';
import { parseInPlace } from '../../../src/engine/flowWorker.ts';
import { localDisk } from '../../../src/engine/localDisk.ts';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';

const flow = (...ids: string[]) =>
  JSON.stringify({
    flowMeta: { name: 'Invoices' },
    flowData: { nodes: ids.map((id) => ({ id: `${id}::1`, data: { label: id } })), edges: [] },
  });
const file = (path: string, isWanted = false) => ({ uri: `file://${path}`, path, isWanted });

let registry: FlowRegistry;
let reader: FlowReader;
beforeEach(() => {
  registry = new FlowRegistry();
  reader = new FlowReader(registry, { small: parseInPlace, large: parseInPlace }, () => undefined);
});
const readFrom = (disk: Disk, files: readonly ReturnType<typeof file>[], folders = ['/w']) =>
  new WorkspaceFlows(reader, disk).read(files, folders, noFlowKeys);

/** A disk in memory. */
const disk = (texts: Readonly<Record<string, string | DiskText>>): Disk => ({
  readText: (path) => {
    const found = texts[path] ?? { kind: 'missing' };
    return Promise.resolve(typeof found === 'string' ? { kind: 'text', text: found } : found);
  },
});

describe('the files of a workspace', () => {
  test('are told apart, each in its place', async () => {
    const texts = {
      '/w/a.json': flow('a'),
      '/w/b.json': '{"name": "no flow"}',
      '/w/large.json': { kind: 'tooLarge', bytes: 7 },
      '/w/locked.json': { kind: 'unreadable', detail: 'no right' },
      '/w/broken.json': '{"flowMeta": {}, "flowData": 7}',
      '/w/c.json': flow('c'),
    } as const;
    const paths = [...Object.keys(texts), '/w/gone.json'];
    const found = await readFrom(
      disk(texts),
      paths.map((path) => file(path)),
    );
    expect(found.map(({ uri }) => uri)).toEqual(paths.map((path) => `file://${path}`));
    expect(found.map(({ kind }) => kind)).toEqual([
      ...['flow', 'notAFlow', 'tooLarge', 'unreadable', 'notAFlow', 'flow', 'missing'],
    ]);
    expect(registry.nodeAt('file:///w/c.json', flow('c').indexOf('c::1'))?.id).toBe('c::1');
  });

  test('that git ignores are none, unless somebody opened them', async () => {
    const texts = disk({ '/w/.gitignore': 'out/', '/w/out/a.json': flow('a') });
    expect(await readFrom(texts, [file('/w/out/a.json')])).toMatchObject([{ kind: 'notAFlow' }]);
    expect(await readFrom(texts, [file('/w/out/a.json', true)])).toMatchObject([{ kind: 'flow' }]);
  });

  test('do not count where an editor told another text meanwhile', async () => {
    const slow = slowDisk();
    const answer = readFrom(slow.disk, [file('/w/a.json', true)], []);
    const goOn = await slow.asked;
    await reader.set('file:///w/a.json', 'a.json', flow('typed'));
    goOn({ kind: 'text', text: flow('disk', 'more') });
    expect(await answer).toMatchObject([{ kind: 'flow', nodeCount: 1 }]);
    expect(registry.fileOf('file:///w/a.json')?.document.nodes[0]?.id).toBe('typed::1');
  });

  test('nor where one did so before it was their turn, as when a file that is open gets another name', async () => {
    const texts = disk({ '/w/a.json': flow('disk', 'more') });
    const answer = readFrom(texts, [file('/w/a.json')]);
    const version = { document: 1, version: 1 };
    await reader.set('file:///w/a.json', 'a.json', flow('typed'), version);
    expect(await answer).toMatchObject([{ kind: 'flow', nodeCount: 1 }]);
    expect(registry.fileOf('file:///w/a.json')?.version).toEqual(version);
  });

  test('nor where they were deleted meanwhile', async () => {
    const slow = slowDisk();
    const answer = readFrom(slow.disk, [file('/w/a.json', true)], []);
    const goOn = await slow.asked;
    reader.remove('file:///w/a.json');
    goOn({ kind: 'text', text: flow('disk') });
    expect(await answer).toMatchObject([{ kind: 'notAFlow' }]);
  });

  test('that look like none any more stay what they were, as those that are typed into', async () => {
    expect(await readFrom(disk({ '/w/a.json': flow('a') }), [file('/w/a.json')])).toMatchObject([
      { kind: 'flow' },
    ]);
    expect(await readFrom(disk({ '/w/a.json': '{"x' }), [file('/w/a.json')])).toMatchObject([
      { kind: 'flow', nodeCount: 1 },
    ]);
  });
});

/** A disk that is asked once, and then waits until it is told what to answer. */
function slowDisk() {
  let begin: (goOn: (text: DiskText) => void) => void = () => undefined;
  const asked = new Promise<(text: DiskText) => void>((done) => (begin = done));
  const disk: Disk = { readText: () => new Promise((done) => begin(done)) };
  return { asked, disk };
}

describe('the disk of this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-disk-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'a.json'), '\uFEFF合肥');

  test.each<[string, number, DiskText]>([
    ['a.json', 100, { kind: 'text', text: '合肥' }],
    ['a.json', 5, { kind: 'tooLarge', bytes: 9 }],
    ['in', 100, { kind: 'missing' }],
    ['none.json', 100, { kind: 'missing' }],
    ['a.json/none.json', 100, { kind: 'missing' }],
  ])('%s, of at most %i bytes', async (name, mostBytes, wanted) => {
    expect(await localDisk.readText(join(folder, name), mostBytes)).toEqual(wanted);
  });

  test('says why what is there can’t be read', async () => {
    expect(await localDisk.readText(`${folder}/\0`, 100)).toMatchObject({ kind: 'unreadable' });
  });
});
