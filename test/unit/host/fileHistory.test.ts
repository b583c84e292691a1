import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { fileHistories, type FileHistories } from '../../../src/host/fileHistory.ts';
import { ReadOnlyDocuments } from '../../../src/host/readOnlyDocuments.ts';
import { FakeUri, FakeVscode } from '../../support/fakeVscode.ts';

let folder: string;
let vscode: FakeVscode;
let documents: ReadOnlyDocuments;
let uri: string;
/** VS Code's own extension for Git. */
let own: unknown;
let isTrusted: boolean;
let histories: FileHistories;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rpa-trace-git-'));
  vscode = new FakeVscode();
  own = undefined;
  isTrusted = true;
  const api = {
    ...vscode.api,
    extensions: { getExtension: () => own },
    workspace: {
      get isTrusted() {
        return isTrusted;
      },
      getWorkspaceFolder: ({ path }: FakeUri) => (path.startsWith(`${folder}/`) ? {} : undefined),
    },
  } as never;
  documents = new ReadOnlyDocuments(vscode.api);
  histories = fileHistories(api, documents);
  uri = FakeUri.file(join(folder, 'a.yaml')).toString();
});
afterEach(() => {
  documents.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
const commit = (text: string) => {
  writeFileSync(join(folder, 'a.yaml'), text);
  git('add', '-A');
  git('commit', '-q', '-m', text);
  return git('rev-parse', 'HEAD').trim();
};
const all = { fromMs: 0, toMs: 8.64e15 };

test('a commit, and all that was changed since one, are shown in VS Code’s own editor', async () => {
  git('init', '-q');
  const first = commit('one');
  const second = commit('two');
  expect(await histories.of({ uri, ...all })).toMatchObject({
    commits: [{ hash: second, subject: 'two' }, { hash: first }],
  });
  await histories.open({ uri, from: 'parent', to: second });
  await histories.open({ uri, from: first, to: null });
  const [ofCommit, since] = vscode.executed.slice(-2);
  const textOf = (address: unknown) => documents.provideTextDocumentContent(address as never);
  expect(ofCommit?.slice(1, 3).map(textOf)).toEqual(['one', 'two']);
  // So that it has the language of the file.
  expect(String(ofCommit?.[1])).toMatch(/a\.yaml\?/);
  expect(textOf(since?.[1])).toBe('one');
  expect(String(since?.[2])).toBe(uri);
});

test('Git is asked of nothing in a workspace that is not trusted, and of nothing beside it', async () => {
  const elsewhere = FakeUri.file('/etc/a.yaml').toString();
  expect(await histories.of({ uri: elsewhere, ...all })).toEqual({ kind: 'noFile' });
  isTrusted = false;
  expect(await histories.of({ uri, ...all })).toEqual({ kind: 'untrusted' });
  await histories.open({ uri, from: 'parent', to: 'a'.repeat(40) });
  expect(vscode.executed).toEqual([]);
});

test('the Git that VS Code found is the one that is asked; one that is turned off is none', async () => {
  const withGit = (getAPI: () => unknown) => ({ isActive: true, exports: { getAPI } });
  own = withGit(() => ({ git: { path: join(folder, 'no-such-git') } }));
  expect(await histories.of({ uri, ...all })).toEqual({ kind: 'noGit' });
  own = withGit(() => {
    throw new Error('Git model not found');
  });
  expect(await histories.of({ uri, ...all })).toEqual({ kind: 'notInRepository' });
});

test('what Git can’t show is said', async () => {
  git('init', '-q');
  commit('one');
  own = { isActive: true, exports: { getAPI: () => ({ git: { path: join(folder, 'none') } }) } };
  await histories.open({ uri, from: 'parent', to: 'a'.repeat(40) });
  expect(JSON.stringify(vscode.shown)).toContain('Git can’t show that');
});
