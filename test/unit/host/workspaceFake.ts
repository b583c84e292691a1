import type * as vscode from 'vscode';

/** Of VS Code what sources need: trust, settings, paths as the reader knows them, and what is open. */
export class WorkspaceFake {
  isTrusted = true;
  /** The user's settings, by their keys without `rpaTrace.`. */
  readonly settings = new Map<string, unknown>();
  /** Files that are found in the workspace. */
  found: readonly string[] = [];
  readonly tabs: unknown[] = [];
  /** Documents that were shown. */
  readonly shown: unknown[] = [];

  get vscode(): typeof vscode {
    const { settings, tabs, shown } = this;
    const isTrusted = () => this.isTrusted;
    const found = () => this.found;
    return {
      ConfigurationTarget: { Global: 1, Workspace: 2 },
      workspace: {
        get isTrusted() {
          return isTrusted();
        },
        asRelativePath: (path: string) => path.replace(/^\/work\//, ''),
        findFiles: () => Promise.resolve(found()),
        getConfiguration: () => ({
          get: (key: string) => settings.get(key),
          inspect: () => undefined,
          update: (key: string, value: unknown) => Promise.resolve(void settings.set(key, value)),
        }),
      },
      window: {
        tabGroups: { activeTabGroup: { tabs } },
        showTextDocument: (uri: unknown) => Promise.resolve(shown.push(uri)),
      },
    } as never;
  }
}

/** A text as it is in English. */
export function inEnglish(text: string, ...args: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)]));
}
