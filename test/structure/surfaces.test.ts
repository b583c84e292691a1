import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';
import { projectFiles, readText } from '../support/projectFiles.ts';

const eslint = new ESLint({ cwd: repositoryRoot });
const linter = new Linter();
type Rules = Linter.RulesRecord;

/** What the house's rule about syntax says of a source in the place of a file. */
async function complaints(path: string, source: string): Promise<string[]> {
  const { rules } = (await eslint.calculateConfigForFile(join(repositoryRoot, path))) as {
    rules: Rules;
  };
  const rule = rules['no-restricted-syntax'];
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: rule === undefined ? {} : { 'no-restricted-syntax': rule },
  };
  return linter.verify(source, config, path).map(({ message }) => message);
}

const files = (await projectFiles()).filter((path) => /^src\/(host\/|extension\.ts)/.test(path));

/** What is shown anywhere, and what is shown in flow files. */
const surfaces = ['src/host/surfaces.ts', 'src/host/editor/editorSurfaces.ts'];

describe('no way to VS Code’s surfaces but src/host/surfaces.ts', () => {
  test.each([
    `vscode.window.showErrorMessage(name)`,
    `const { window } = vscode; window.showInformationMessage(name)`,
    `const { showWarningMessage } = vscode.window`,
    `const { window: { showQuickPick: pick } } = vscode`,
    `vscode.window['showInputBox']({ prompt: name })`,
    `const show = vscode.window.showErrorMessage`,
    `vscode.window.createStatusBarItem()`,
    `vscode.window.createQuickPick()`,
    `vscode.window.createTerminal(name)`,
    `vscode.window.createOutputChannel(name)`,
    `vscode.window.createWebviewPanel(type, name, 1)`,
    `vscode.window.createTreeView(id, options)`,
    `vscode.window.setStatusBarMessage(name)`,
    `vscode.window.withProgress({ title: name }, work)`,
    `vscode.window.showOpenDialog({ title: name })`,
    `vscode.window.showSaveDialog({ title: name })`,
    `vscode.languages.registerCodeLensProvider(all, lenses)`,
    `vscode.languages.registerHoverProvider(all, hovers)`,
    `new vscode.MarkdownString(name)`,
    `new vscode.TreeItem(name)`,
    `const { Diagnostic } = vscode`,
    `panel.title = name`,
    `item.tooltip = name`,
    `import { window } from 'vscode'`,
    `vscode.languages.createLanguageStatusItem(name, all)`,
    `vscode.scm.createSourceControl(id, name)`,
    `vscode.notebooks.createNotebookController(id, type, name)`,
    `vscode.languages.registerDocumentSymbolProvider(all, symbols)`,
    `vscode.languages.registerWorkspaceSymbolProvider(symbols)`,
    `vscode.commands.executeCommand('vscode.diff', left, right, name)`,
    `const { executeCommand: run } = vscode.commands; run('vscode.changes', name, all)`,
    `vscode.commands.executeCommand('vscode.open', uri, 1, name)`,
    `terminal.sendText(name)`,
    `vscode.env.openExternal(uri)`,
    `const { openExternal } = vscode.env`,
  ])('%s', async (source) => {
    const found = await complaints('src/host/commands.ts', source);
    expect(found[0]).toMatch(/surfaces\.ts/);
    expect(await complaints('src/extension.ts', source)).toEqual(found);
    for (const own of surfaces) expect(await complaints(own, source)).toEqual([]);
  });

  test.each([
    `vscode.l10n.t('{0} failed', name)`,
    `const { t } = vscode.l10n`,
    `const { l10n } = vscode`,
  ])('nor to its translations but src/host/l10n.ts: %s', async (source) => {
    expect((await complaints('src/host/commands.ts', source))[0]).toMatch(/l10n\.ts/);
    expect(await complaints('src/host/l10n.ts', source)).toEqual([]);
  });

  test('commands that show no text of ours are free', async () => {
    for (const source of [
      `vscode.commands.executeCommand('vscode.open', uri)`,
      `vscode.commands.executeCommand('workbench.action.openSettings', name)`,
    ]) {
      expect(await complaints('src/host/commands.ts', source)).toEqual([]);
    }
  });

  test('holds for every other file', async () => {
    const own = [...surfaces, 'src/host/l10n.ts'];
    const free = await Promise.all(
      files
        .filter((path) => !own.includes(path))
        .map(async (path) => {
          const bites = await complaints(path, 'vscode.window.showErrorMessage(a)');
          return bites.length === 0 ? [path] : [];
        }),
    );
    expect(free.flat()).toEqual([]);
  });

  test('no file is excused from it', async () => {
    const texts = await Promise.all(
      files.map(async (path) => [path, await readText(path)] as const),
    );
    const excused = texts.filter(([, text]) => text.includes('eslint-disable'));
    expect(excused.map(([path]) => path)).toEqual([]);
  });
});

test.each(['src/extension.ts', 'src/host/commands.ts', 'src/engine/engine.ts'])(
  'a name of the browser is none in %s',
  async (path) => {
    const { rules } = (await eslint.calculateConfigForFile(join(repositoryRoot, path))) as {
      rules: Rules;
    };
    expect(JSON.stringify(rules['no-restricted-globals'])).toContain('localStorage');
  },
);
