import { beforeEach, describe, expect, test } from 'vitest';
import { readNotifyFailures, readSettings } from '../../../src/host/settings.ts';
import type { Vscode } from '../../../src/host/vscode.ts';

type Inspected = Readonly<Record<string, unknown>>;

/** What `inspect` says of a setting, in all folders and in one. */
const set = new Map<string, Inspected>();
/** What VS Code was asked for. */
const asked: string[] = [];
const world = { isTrusted: true, workspaceFolders: [] as { readonly uri: string }[] };

const vscode = {
  workspace: {
    get isTrusted() {
      return world.isTrusted;
    },
    get workspaceFolders() {
      return world.workspaceFolders;
    },
    getConfiguration: (_: string, folder = '') => ({
      get: (key: string, otherwise: unknown) => {
        asked.push(key);
        const said = set.get(key);
        // As VS Code does: null is a value.
        return said !== undefined && 'get' in said ? said['get'] : otherwise;
      },
      inspect: (key: string) => {
        asked.push(`all of ${key}`);
        return set.get(`${folder}${key}`);
      },
    }),
  },
} as never as Vscode;

beforeEach(() => {
  set.clear();
  asked.length = 0;
  world.isTrusted = true;
  world.workspaceFolders = [];
});

const lists = (inspected: Inspected) => {
  set.set('redaction.patterns', inspected);
  set.set('redaction.names', inspected);
};

describe('what is masked beyond what always is', () => {
  test.each<[string, Inspected, string[]]>([
    ['nothing', {}, []],
    ['the user’s', { globalValue: ['a', 'b'] }, ['a', 'b']],
    ['the workspace’s beside it', { globalValue: ['a'], workspaceValue: ['b'] }, ['a', 'b']],
    ['nothing less by an empty one', { globalValue: ['a'], workspaceValue: [] }, ['a']],
    ['nothing less by nonsense', { globalValue: ['a'], workspaceValue: 'none' }, ['a']],
    ['each once', { globalValue: ['a'], workspaceValue: ['a', 'b'] }, ['a', 'b']],
    ['texts alone', { globalValue: ['a', '', ' ', 7, null, 'b'] }, ['a', 'b']],
    [
      'both of the user’s in a remote window',
      { globalValue: ['r'], globalLocalValue: ['l'], globalRemoteValue: ['r'] },
      ['r', 'l'],
    ],
  ])('%s', (_, inspected, expected) => {
    // What VS Code itself would give: the workspace's, in place of the user's.
    lists({ ...inspected, get: inspected['workspaceValue'] });
    const { redaction } = readSettings(vscode, {});
    expect(redaction).toMatchObject({ patterns: expected, names: expected, allowReveal: false });
  });

  test('those of each folder of the workspace too', () => {
    world.workspaceFolders = [{ uri: 'one/' }, { uri: 'two/' }];
    lists({ globalValue: ['a'], workspaceValue: ['b'] });
    set.set('one/redaction.patterns', { workspaceFolderValue: ['c'] });
    set.set('two/redaction.patterns', { workspaceFolderValue: ['d'] });
    expect(readSettings(vscode, {}).redaction.patterns).toEqual(['a', 'b', 'c', 'd']);
  });

  test('none of a folder that nobody trusts', () => {
    world.isTrusted = false;
    lists({ globalValue: ['a'], workspaceValue: ['b'] });
    expect(readSettings(vscode, {}).redaction.patterns).toEqual(['a']);
  });

  test('the user’s, however many a workspace adds', () => {
    const many = (name: string) => Array.from({ length: 500 }, (_, n) => `${name}${String(n)}`);
    world.workspaceFolders = many('f').map((uri) => ({ uri }));
    lists({ globalValue: many('u'), workspaceValue: many('w') });
    for (const { uri } of world.workspaceFolders) {
      set.set(`${uri}redaction.patterns`, { workspaceFolderValue: many(uri) });
    }
    const { patterns } = readSettings(vscode, {}).redaction;
    expect(patterns).toHaveLength(300);
    expect(patterns.slice(0, 100)).toEqual(many('u').slice(0, 100));
  });

  test('each with the place where it is written', () => {
    lists({ globalValue: ['', 'a'], workspaceValue: ['a', 'b'] });
    expect(readSettings(vscode, {}).redaction.origins).toEqual([
      { level: 'user', index: 1 },
      { level: 'workspace', index: 1 },
    ]);
  });
});

test('which failures are told is asked for by itself: an execution that fails costs one look', () => {
  expect(readNotifyFailures(vscode)).toBe('flowFiles');
  set.set('notifications.failures', { get: 'off' });
  expect(readNotifyFailures(vscode)).toBe('off');
  expect(asked).toEqual(['notifications.failures', 'notifications.failures']);
});

test.each<[string, Inspected | undefined, Record<string, number>]>([
  ['nothing', undefined, {}],
  [
    'what is a number of minutes',
    { get: { a: 12, ' b ': 0.5, c: -1, d: '3', e: NaN } },
    { a: 12, b: 0.5 },
  ],
  ['no more than half a year', { get: { a: 1e9 } }, { a: 100_000 }],
])('minutes by hand: %s', (_, inspected, minutes) => {
  if (inspected !== undefined) set.set('numbers.minutesByHand', inspected);
  expect(readSettings(vscode, {}).minutesByHand).toEqual(minutes);
});

test('a value of another kind is as if it were not there', () => {
  const usual = readSettings(vscode, {});
  const keys = [...new Set(asked.filter((key) => !key.startsWith('all of ')))];
  expect(keys.length).toBeGreaterThan(30);
  for (const key of keys) {
    const kept = set.get(key);
    for (const wrong of [null, {}, [], 'x', 7, true]) {
      set.set(key, { get: wrong });
      expect(() => readSettings(vscode, {}), `${key}: ${JSON.stringify(wrong)}`).not.toThrow();
    }
    set.set(key, { get: null });
    expect([key, readSettings(vscode, {})]).toEqual([key, usual]);
    if (kept === undefined) set.delete(key);
  }
});
