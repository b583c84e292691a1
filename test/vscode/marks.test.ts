import { copyFile } from 'node:fs/promises';
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
    const { uri } = api.window.activeTextEditor!.document;
    const text = new TextDecoder().decode(await api.workspace.fs.readFile(uri));
    const changed = text.replace('flowData:', '# from outside\nflowData:');
    await api.workspace.fs.writeFile(uri, new TextEncoder().encode(changed));
  });
  await expect.poll(() => misplaced(workbench)).toEqual([]);

  // A newer run that passes takes the problem away.
  await openTrace(workbench, folder, succeeded);
  await expect.poll(() => problems(workbench)).toEqual([]);
});

async function openTrace(workbench: Workbench, folder: string, file: string): Promise<void> {
  await copyFile(join(repositoryRoot, 'test', 'fixtures', 'records', file), join(folder, file));
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, file),
  );
}

/** Nodes without a lens in their line, and lenses without a node; nothing is right before there are any. */
function misplaced(workbench: Workbench): Promise<string[]> {
  return workbench.inHost(async (api) => {
    const document = api.window.visibleTextEditors.find(({ document: { uri } }) =>
      uri.path.endsWith('invoice-entry.yaml'),
    )?.document;
    if (document === undefined) return ['no editor'];
    const lenses = await api.commands.executeCommand<{ range: { start: { line: number } } }[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const lines = new Set(lenses.map(({ range }) => range.start.line));
    const ids = [...document.getText().matchAll(/^ {2}- id: \S+/gm)].map(
      ({ index }) => document.positionAt(index + 8).line,
    );
    return [
      ...ids.filter((line) => !lines.has(line)).map((line) => `no lens in ${String(line)}`),
      ...[...lines].filter((line) => !ids.includes(line)).map((line) => `lens in ${String(line)}`),
    ];
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
