import { settingsSection } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** Where a text of a list is written: on which level, and its place there from 0. */
export interface TextOrigin {
  readonly level: 'user' | 'workspace';
  readonly index: number;
}

/** Texts of several lists as one, and where each is written. */
export interface JoinedTexts {
  readonly texts: readonly string[];
  readonly origins: readonly TextOrigin[];
}

/** More in one list are a mistake, and each costs time with every record. */
const mostOfList = 100;
/** Those of the user come first: the lists of many folders don't push them out. */
const mostTexts = 300;

/**
 * A list that is set for the user and for the workspace and its folders: all of them as one. VS Code itself
 * lets the workspace's list replace the user's, who would find unmasked what he had masked.
 */
export function joinedTexts(vscode: Vscode, key: string): JoinedTexts {
  const { isTrusted, workspaceFolders = [] } = vscode.workspace;
  const set = vscode.workspace.getConfiguration(settingsSection).inspect(key);
  // In a remote window the user has two lists, and the first of these three is only one of them.
  const users = [
    set?.globalValue,
    ownValue(set, 'globalLocalValue'),
    ownValue(set, 'globalRemoteValue'),
  ];
  const folders = workspaceFolders.map(
    ({ uri }) =>
      vscode.workspace.getConfiguration(settingsSection, uri).inspect(key)?.workspaceFolderValue,
  );
  const lists = [
    ...users.map((list) => ({ level: 'user' as const, list })),
    // What a folder brings along that nobody trusts may be slow on purpose.
    ...(isTrusted ? [set?.workspaceValue, ...folders] : []).map((list) => ({
      level: 'workspace' as const,
      list,
    })),
  ];
  const joined = new Map<string, TextOrigin>();
  for (const { level, list } of lists) {
    for (const [index, text] of entriesOf(list)) {
      if (joined.size < mostTexts && !joined.has(text)) joined.set(text, { level, index });
    }
  }
  return { texts: [...joined.keys()], origins: [...joined.values()] };
}

function entriesOf(list: unknown): (readonly [number, string])[] {
  if (!Array.isArray(list)) return [];
  return list
    .slice(0, mostOfList)
    .flatMap((item: unknown, index) =>
      typeof item === 'string' && item.trim() !== '' ? [[index, item] as const] : [],
    );
}

/** Given since before our lowest VS Code, though its types don't say so. */
function ownValue(set: object | undefined, name: string): unknown {
  return set === undefined ? undefined : Reflect.get(set, name);
}
