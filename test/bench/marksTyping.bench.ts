/** How long the extension host is held up while 200 characters are typed into a flow of 3.4 MB that has marks. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { largeFlow } from '../support/largeFlow.ts';
import { repositoryRoot } from '../support/paths.ts';
import { heading, note, report } from './report.ts';
import { hostDelayDuring, inVscode, wide } from './vscodeBench.ts';

const flow = 'large.yaml';
const trace = 'run.json';
const typed = `# ${'x'.repeat(198)}`;

await inVscode({}, async ({ folder, openWorkbench }) => {
  const fixture = '03-workflow-rpa-node-failed.g3.json';
  const record = await readFile(join(repositoryRoot, 'test/fixtures/records', fixture), 'utf8');
  await writeFile(join(folder, flow), largeFlow(540));
  // The nodes of the first copy ran.
  await writeFile(join(folder, trace), record.replaceAll('::', '::0-'));
  const workbench = await openWorkbench({ ...wide, settings: { 'editor.minimap.enabled': false } });
  const { page } = workbench;
  await workbench.openFile(flow);
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, trace),
  );
  await page.locator('.codelens-decoration', { hasText: 'Succeeded' }).first().waitFor();
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Home');
  await delay(5_000);
  const idle = await hostDelayDuring(workbench, () => delay(5_000));
  const typing = await hostDelayDuring(workbench, () => page.keyboard.type(typed));
  await delay(8_000);
  heading('Typing 200 characters into a flow of 3.4 MB with marks');
  report('event-loop delay of the extension host, p99', typing.p99, 'ms', { atMost: 16 });
  note(`longest ${typing.max.toFixed(0)} ms; idle p99 ${idle.p99.toFixed(1)} ms`);
  const misplaced = await workbench.inHost(async (api) => {
    const document = api.window.visibleTextEditors[0]?.document;
    if (document === undefined) return NaN;
    const lenses = await api.commands.executeCommand<{ range: { start: { line: number } } }[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const lines = new Set(lenses.map(({ range }) => range.start.line));
    const ids = [...document.getText().matchAll(/^ {2}- id: \S+/gm)];
    return ids.filter(({ index }) => !lines.has(document.positionAt(index).line)).length;
  });
  report('nodes without their mark afterwards', misplaced, '', { atMost: 0 });
});
