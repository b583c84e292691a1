import { expect, test } from 'vitest';
import { TextEditors } from '../../../src/host/textEditors.ts';
import type { Vscode } from '../../../src/host/vscode.ts';

class TabInputWebview {
  readonly viewType = 'panel';
}
class TabInputText {
  readonly uri: string;
  constructor(uri: string) {
    this.uri = uri;
  }
}

/** `panel over file` covers the tab of a file. */
type Shown = 'panel' | 'file' | 'other' | 'terminal';
type What = Shown | `panel over ${'file' | 'other'}`;
const beside = -2;
const inputs = {
  panel: new TabInputWebview(),
  file: new TabInputText('the file'),
  other: new TabInputText('another file'),
  terminal: undefined,
};

function tabsOf(what: What) {
  return (what.split(' over ') as Shown[]).map((one) => ({ input: inputs[one] }));
}

/** Columns of a window, with what each shows; the reader works in the one that is marked. */
class Columns {
  readonly visibleTextEditors: {
    readonly viewColumn: number;
    readonly document: { readonly uri: string };
  }[] = [];
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
      what === 'file' || what === 'other'
        ? (this.visibleTextEditors.find(({ viewColumn }) => viewColumn === index + 1) ?? {
            viewColumn: index + 1,
            document: { uri: inputs[what].uri },
          })
        : undefined,
    );
    this.visibleTextEditors.splice(
      0,
      Infinity,
      ...editors.filter((editor) => editor !== undefined),
    );
    this.activeTextEditor = editors[at];
    const all = columns.map((what, index) => {
      const tabs = tabsOf(what);
      return { viewColumn: index + 1, isActive: index === at, tabs, activeTab: tabs[0] };
    });
    // As VS Code does it: of the editor before, of the tabs behind.
    this.heard(this.activeTextEditor);
    this.tabGroups.all = all;
    this.heardTabs();
  }
}

test.each<[string, (readonly [readonly What[], number])[], number | 'newLeft']>([
  ['beside the panel alone', [[['panel'], 0]], beside],
  [
    'where files were',
    [
      [['other', 'panel'], 0],
      [['panel'], 0],
    ],
    'newLeft',
  ],
  [
    'where files were, right of it',
    [
      [['panel', 'other'], 1],
      [['panel'], 0],
    ],
    beside,
  ],
  [
    'where files were while the panel had the focus',
    [
      [['other', 'panel'], 0],
      [['other', 'panel'], 1],
      [['panel'], 0],
    ],
    'newLeft',
  ],
  ['where files are', [[['terminal', 'panel', 'other'], 2]], 3],
  ['in no panel’s column', [[['panel', 'terminal'], 1]], 2],
  ['where it is seen', [[['other', 'file', 'panel'], 0]], 2],
  ['where it is, behind a graph', [[['panel over file', 'panel'], 0]], 1],
  ['where it is, behind what the reader is not in', [[['panel over file', 'panel'], 1]], 1],
  ['not over what the reader is in', [[['panel over file', 'other', 'panel'], 0]], 2],
  ['where other files are, behind a graph', [[['panel', 'panel over other'], 0]], 2],
  ['beside what the reader is in, not in a third column', [[['panel', 'panel'], 0]], 2],
  ['beside what the reader is in, on the other side', [[['panel', 'panel'], 1]], 1],
])('a file is shown %s', (_, steps, column) => {
  const window = new Columns();
  const vscode = { window, TabInputWebview, TabInputText, ViewColumn: { Beside: beside } };
  const editors = new TextEditors(vscode as unknown as Vscode);
  for (const [columns, at] of steps) window.show(columns, at);
  expect(editors.columnForFile('the file')).toBe(column);
  editors.dispose();
});
