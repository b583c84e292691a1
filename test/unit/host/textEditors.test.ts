import { expect, test } from 'vitest';
import { TextEditors } from '../../../src/host/textEditors.ts';
import type { Vscode } from '../../../src/host/vscode.ts';

class TabInputWebview {
  readonly viewType = 'panel';
}
class TabInputText {
  readonly uri = 'any';
}

type What = 'panel' | 'file' | 'terminal';
const beside = -2;
const inputs = { panel: new TabInputWebview(), file: new TabInputText(), terminal: undefined };

/** Columns of a window, with what each shows; the reader works in the one that is marked. */
class Columns {
  readonly visibleTextEditors: { readonly viewColumn: number }[] = [];
  activeTextEditor: { readonly viewColumn: number } | undefined;
  readonly tabGroups = {
    all: [] as unknown[],
    onDidChangeTabs: (hear: () => void) => {
      this.heardTabs = hear;
      return { dispose: () => undefined };
    },
  };
  private heard: (editor: unknown) => void = () => undefined;
  private heardTabs: () => void = () => undefined;

  readonly onDidChangeActiveTextEditor = (hear: (editor: unknown) => void) => {
    this.heard = hear;
    return { dispose: () => undefined };
  };

  show(columns: readonly What[], at: number): void {
    const editors = columns.map((what, index) =>
      what === 'file'
        ? (this.visibleTextEditors.find(({ viewColumn }) => viewColumn === index + 1) ?? {
            viewColumn: index + 1,
          })
        : undefined,
    );
    this.visibleTextEditors.splice(
      0,
      Infinity,
      ...editors.filter((editor) => editor !== undefined),
    );
    this.activeTextEditor = editors[at];
    const all = columns.map((what, index) => ({
      viewColumn: index + 1,
      activeTab: { input: inputs[what] },
    }));
    // As VS Code does it: of the editor before, of the tabs behind.
    this.heard(this.activeTextEditor);
    this.tabGroups.all = all;
    this.heardTabs();
  }
}

test.each<[string, (readonly [readonly What[], number])[], number | 'newLeft']>([
  ['beside the panel alone', [[['panel'], 0]], beside],
  [
    'where a file was',
    [
      [['file', 'panel'], 0],
      [['panel'], 0],
    ],
    'newLeft',
  ],
  [
    'where a file was, right of it',
    [
      [['panel', 'file'], 1],
      [['panel'], 0],
    ],
    beside,
  ],
  [
    'where a file was while the panel had the focus',
    [
      [['file', 'panel'], 0],
      [['file', 'panel'], 1],
      [['panel'], 0],
    ],
    'newLeft',
  ],
  ['where files are', [[['terminal', 'panel', 'file'], 2]], 3],
  ['in no panel’s column', [[['panel', 'terminal'], 1]], 2],
])('a file that is not open opens %s', (_, steps, column) => {
  const window = new Columns();
  const vscode = { window, TabInputWebview, TabInputText, ViewColumn: { Beside: beside } };
  const editors = new TextEditors(vscode as unknown as Vscode);
  for (const [columns, at] of steps) window.show(columns, at);
  expect(editors.columnForFile()).toBe(column);
  editors.dispose();
});
