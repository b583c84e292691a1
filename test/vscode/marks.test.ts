import { execFileSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';
import type { Workbench } from '../support/workbench.ts';

const vscode = vscodeSuite();
const size = { width: 1500, height: 950 };
const failed = '03-workflow-rpa-node-failed.g3.json';
const succeeded = '03c-workflow-success.g3.json';
const failingNode = 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';

// Before those that share a workbench: one at a time has a browser for itself.
test('the outline that is seen shows the nodes of a file which nobody knew before it was opened', async () => {
  const folder = await vscode.copyOf('test/fixtures/flows');
  const settings = { 'rpaTrace.flow.include': '' };
  const workbench = await vscode.openWorkbench({ ...size, folder, settings });
  const outline = workbench.page.locator('.outline-pane');
  await openTrace(workbench, folder, failed);
  await workbench.runCommand('outline.focus');
  for (const file of ['invoice-entry.yaml', 'invoice-entry.core.json']) {
    await workbench.openFile(file);
    await outline.getByText('录入ERP').first().waitFor();
    await workbench.screenshot(`outline-${file}`);
  }
});

test('a newcomer who plays the sample robot sees in the flow file what happens', async () => {
  const folder = await vscode.copyOf('media/sample-workspace');
  const workbench = await vscode.openWorkbench({ ...size, folder });
  const { page } = workbench;
  await workbench.openFile('invoice-entry.yaml');
  await workbench.runCommand('rpaTrace.playSample');
  await page
    .locator('.codelens-decoration', { hasText: /Succeeded, .*/ })
    .first()
    .waitFor();
  await page
    .locator('.codelens-decoration', { hasText: /\d+ executions?/ })
    .first()
    .waitFor();
  await page.locator('.cgmr').first().waitFor();
  await workbench.screenshot('marks-newcomer');
});

test('marks stay on their nodes through edits, undo, redo and a change on the disk', async () => {
  const { workbench, folder } = await vscode.sharedWorkbench('test/fixtures/flows', size);
  const { page } = workbench;
  await workbench.openFile('invoice-entry.yaml');
  await openTrace(workbench, folder, failed);
  await expect.poll(() => misplaced(workbench)).toEqual([]);
  await expect.poll(() => problems(workbench)).toEqual([failingNode]);
  // The outline is that of the editor that was active last.
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.runCommand('outline.focus');
  await page.locator('.outline-pane').getByText('录入ERP').first().waitFor();
  await workbench.screenshot('marks-failed');

  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# typed above all\n# and more\n');
  await expect.poll(() => misplaced(workbench)).toEqual([]);
  await expect.poll(() => problems(workbench)).toEqual([failingNode]);
  for (const command of ['undo', 'undo', 'redo', 'undo', 'undo']) {
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press(command === 'undo' ? 'Control+Z' : 'Control+Y');
    await expect.poll(() => misplaced(workbench)).toEqual([]);
  }
  await workbench.inHost(async (api) => {
    const { document } = api.window.activeTextEditor!;
    // What has been typed and is not saved is kept, whatever happens on the disk.
    await document.save();
    const { uri } = document;
    const text = new TextDecoder().decode(await api.workspace.fs.readFile(uri));
    const changed = text.replace('flowData:', '# from outside\nflowData:');
    await api.workspace.fs.writeFile(uri, new TextEncoder().encode(changed));
  });
  await expect.poll(() => lineOf(workbench, 'invoice-entry.yaml', '# from outside')).not.toBe(null);
  await expect.poll(() => misplaced(workbench)).toEqual([]);

  // The graph of the file, over it, leads to the panel beside it and back to the text.
  const panel = await workbench.panelFrame();
  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.runCommand('rpaTrace.openFlowView');
  const inGraph = async () => (await workbench.panelFrame()).locator('.flow-node');
  await expect.poll(async () => (await inGraph()).count()).toBeGreaterThan(0);
  // Half of a window shows the failing node and its neighbours.
  await (await workbench.panelFrame()).getByLabel('Fit to View').click();
  const box = (await inGraph()).filter({ hasText: '录入ERP' });
  await (await inGraph()).filter({ hasText: '提取发票' }).click();
  const row = panel.locator('[role="treeitem"][aria-selected="true"]');
  await expect.poll(() => row.textContent()).toContain('提取发票');
  await workbench.screenshot('flow-view');
  await box.dblclick();
  await expect.poll(() => row.textContent()).toContain('录入ERP');
  await expect.poll(() => selectedText(workbench)).toBe(failingNode);
  // Over the graph, where the file is open: a third column would leave no room for any.
  expect(await workbench.inHost((api) => api.window.tabGroups.all.length)).toBe(2);

  // A newer run that passes takes the problem away.
  await openTrace(workbench, folder, succeeded);
  await expect.poll(() => problems(workbench)).toEqual([]);
});

test('marks stay on their nodes when the file is checked out, formatted and renamed', async () => {
  const { workbench, folder } = await vscode.sharedWorkbench('test/fixtures/flows', size);
  const [file, renamed] = ['invoice-entry.core.json', 'renamed.json'];
  const flow = await readFile(join(folder, file), 'utf8');
  // Each revision has its nodes in other lines.
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args]);
  git('init', '--quiet');
  for (const text of [flow.replaceAll('[', '[\n\n'), flow.replace('{', '{\n\n\n\n')]) {
    await writeFile(join(folder, file), text);
    git('add', file);
    git('commit', '--quiet', '--message=x');
  }
  await workbench.openFile(file);
  await openTrace(workbench, folder, failed);
  await expect.poll(() => misplaced(workbench, file)).toEqual([]);
  const firstNode = () => lineOf(workbench, file, 'node-start::');
  expect(await firstNode()).toBe(12);

  git('checkout', '--quiet', 'HEAD~1', '--', file);
  await expect.poll(firstNode).toBe(10);
  await expect.poll(() => misplaced(workbench, file)).toEqual([]);

  await workbench.runCommand('workbench.action.focusFirstEditorGroup');
  await workbench.inHost((api) => api.commands.executeCommand('editor.action.formatDocument'));
  await expect.poll(firstNode).toBe(8);
  await expect.poll(() => misplaced(workbench, file)).toEqual([]);

  await workbench.inHost(
    async (api, [from, to]) => {
      await api.workspace.saveAll();
      const edit = new api.WorkspaceEdit();
      edit.renameFile(api.Uri.file(from), api.Uri.file(to));
      await api.workspace.applyEdit(edit);
    },
    [join(folder, file), join(folder, renamed)] as const,
  );
  await expect.poll(() => misplaced(workbench, renamed)).toEqual([]);
  await expect.poll(() => problems(workbench)).toContain(failingNode);
});

async function openTrace(workbench: Workbench, folder: string, file: string): Promise<void> {
  await copyFile(join(repositoryRoot, 'test', 'fixtures', 'records', file), join(folder, file));
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, file),
  );
}

/** Nodes without a lens in their line, and lenses without a node; nothing is right before there are any. */
function misplaced(workbench: Workbench, file = 'invoice-entry.yaml'): Promise<string[]> {
  return workbench.inHost(async (api, name) => {
    const document = api.window.visibleTextEditors.find(({ document: { uri } }) =>
      uri.path.endsWith(name),
    )?.document;
    if (document === undefined) return ['no editor'];
    const lenses = await api.commands.executeCommand<{ range: { start: { line: number } } }[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const lines = new Set(lenses.map(({ range }) => range.start.line));
    const ids = [...document.getText().matchAll(/\bid"?: "?[a-z]+(-[a-z]+)*::/g)].map(
      ({ index }) => document.positionAt(index).line,
    );
    return [
      ...ids.filter((line) => !lines.has(line)).map((line) => `no lens in ${String(line)}`),
      ...[...lines].filter((line) => !ids.includes(line)).map((line) => `lens in ${String(line)}`),
    ];
  }, file);
}

/** The line in which a text stands first, in the editor of a file; null without one. */
function lineOf(workbench: Workbench, file: string, text: string): Promise<number | null> {
  return workbench.inHost(
    (api, [name, wanted]) => {
      const document = api.window.visibleTextEditors.find(({ document: { uri } }) =>
        uri.path.endsWith(name),
      )?.document;
      const at = document?.getText().indexOf(wanted) ?? -1;
      return document === undefined || at < 0 ? null : document.positionAt(at).line;
    },
    [file, text] as const,
  );
}

/** What is selected in the text editor that has the focus. */
function selectedText(workbench: Workbench): Promise<string | undefined> {
  return workbench.inHost((api) => {
    const editor = api.window.activeTextEditor;
    return editor?.document.getText(editor.selection);
  });
}

/** What our problems stand on. */
function problems(workbench: Workbench): Promise<string[]> {
  return workbench.inHost((api) =>
    api.languages.getDiagnostics().flatMap(([uri, all]) => {
      const document = api.workspace.textDocuments.find((one) => String(one.uri) === String(uri));
      return all
        .filter(({ source }) => source === 'RPA Trace')
        .map(({ range }) => document?.getText(range) ?? '');
    }),
  );
}
