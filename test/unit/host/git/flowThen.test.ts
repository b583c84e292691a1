import { describe, expect, test } from 'vitest';
import { err, ok } from '../../../../src/base/result.ts';
import { flowThen, openFlowThen, type FlowThenWorld } from '../../../../src/host/git/flowThen.ts';
import type { GitFault } from '../../../../src/host/git/runGit.ts';
import { documentScheme } from '../../../../src/host/ids.ts';
import { ReadOnlyDocuments } from '../../../../src/host/readOnlyDocuments.ts';
import { FakeVscode } from '../../../support/fakeVscode.ts';

const uri = 'file:///w/a.yaml';
const commit = (atMs: number) => ({
  ...{ hash: `${String(atMs)}aaaaaaaaaa`, atMs, authoredMs: atMs },
  ...{ author: 'Ada', subject: 's', path: 'a.yaml' },
});

/** The file was written at 900, now it is 1,000. */
function world({
  commits = [commit(500), commit(300)],
  fault,
}: { commits?: readonly ReturnType<typeof commit>[]; fault?: GitFault } = {}) {
  const vscode = new FakeVscode();
  vscode.write('/w/a.yaml', 'now', 900);
  const answer = <T>(value: T) => Promise.resolve(fault === undefined ? ok(value) : err(fault));
  const flowsOfThen: FlowThenWorld = {
    vscode: vscode.api,
    log: () => undefined,
    git: {
      commits: () => answer(commits),
      textAt: (_file, { hash }) => answer(`text of ${hash}`),
    },
    now: () => 1_000,
  };
  return { vscode, flowsOfThen };
}

const then = (atMs: number) => ({
  commit: { hash: commit(atMs).hash, atMs },
  text: `text of ${commit(atMs).hash}`,
});

describe('how a file was', () => {
  test.each([
    ['written before', 950, { fromMs: 900, untilMs: 1_000, was: 'same' }],
    ['as committed last', 600, { fromMs: 500, untilMs: 1_000, was: then(500) }],
    ['as committed before', 400, { fromMs: 300, untilMs: 500, was: then(300) }],
    ['before it was committed', 200, { fromMs: -Infinity, untilMs: 300, was: 'unknown' }],
  ])('%s', async (_name, atMs, told) => {
    expect(await flowThen(world().flowsOfThen, { uri, atMs })).toEqual({ uri, ...told });
  });

  const unknown = { fromMs: -Infinity, untilMs: 1_000, was: 'unknown' };

  test('is not known without git, in a workspace that is not trusted, and of what is no file', async () => {
    const { flowsOfThen: faulty } = world({ fault: { kind: 'noGit' } });
    expect(await flowThen(faulty, { uri, atMs: 400 })).toEqual({ uri, ...unknown });
    const { flowsOfThen: empty } = world({ commits: [] });
    expect(await flowThen(empty, { uri, atMs: 400 })).toEqual({ uri, ...unknown });
    const { vscode, flowsOfThen } = world();
    vscode.isTrusted = false;
    expect(await flowThen(flowsOfThen, { uri, atMs: 400 })).toEqual({ uri, ...unknown });
    const untitled = { uri: 'untitled:a.yaml', atMs: 400 };
    expect(await flowThen(world().flowsOfThen, untitled)).toMatchObject(unknown);
    const kept = { uri: `${documentScheme}:/1/a.yaml`, atMs: 400 };
    expect(await flowThen(world().flowsOfThen, kept)).toMatchObject({ was: 'same' });
    const elsewhere = { uri: 'file:///other/a.yaml', atMs: 400 };
    expect(await flowThen(world().flowsOfThen, elsewhere)).toMatchObject(unknown);
  });
});

describe('a flow as it was', () => {
  test('is opened beside the file', async () => {
    const { vscode, flowsOfThen } = world();
    const documents = new ReadOnlyDocuments(vscode.api);
    await openFlowThen({ ...flowsOfThen, documents }, { uri, atMs: 600 });
    const [command, before, after, title] = vscode.executed[0] ?? [];
    expect(documents.provideTextDocumentContent(before as never)).toBe(then(500).text);
    expect([command, before, String(after)]).toMatchObject([
      'vscode.diff',
      { path: '/a.yaml' },
      uri,
    ]);
    expect(title).toBe('a.yaml as in commit 500aaaaa (Before ↔ After)');
  });

  test.each<[GitFault, RegExp]>([
    [{ kind: 'noGit' }, /^Git wasn’t found/],
    [{ kind: 'noRepository' }, /isn’t in a Git repository/],
    [{ kind: 'missing' }, /^No commit contains “a.yaml”/],
    [{ kind: 'tooLarge' }, /^Git couldn’t show/],
    [{ kind: 'failed', detail: 'x' }, /^Git couldn’t show/],
  ])('is not there: %s', async (fault, sentence) => {
    const { vscode, flowsOfThen } = world({ fault });
    const documents = new ReadOnlyDocuments(vscode.api);
    await openFlowThen({ ...flowsOfThen, documents }, { uri, atMs: 600 });
    expect(vscode.shown.map(({ text }) => text)).toEqual([expect.stringMatching(sentence)]);
  });

  test('was not committed, or may not be asked for', async () => {
    const { vscode, flowsOfThen } = world();
    const documents = new ReadOnlyDocuments(vscode.api);
    await openFlowThen({ ...flowsOfThen, documents }, { uri, atMs: 200 });
    const elsewhere = { uri: 'file:///other/a.yaml', atMs: 600 };
    await openFlowThen({ ...flowsOfThen, documents }, elsewhere);
    vscode.isTrusted = false;
    await openFlowThen({ ...flowsOfThen, documents }, { uri, atMs: 600 });
    expect(vscode.shown.map(({ text }) => text)).toEqual([
      'No commit contains “a.yaml” as it was when it ran.',
      'No commit contains “a.yaml” as it was when it ran.',
      'Git is used only in a trusted workspace.',
    ]);
  });
});
