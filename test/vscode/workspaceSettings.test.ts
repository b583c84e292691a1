import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { repositoryRoot } from '../support/paths.ts';
import { vscodeSuite } from '../support/vscodeSuite.ts';

const vscode = vscodeSuite();

test('a workspace adds to what is masked, and weakens nothing', async () => {
  const folder = await vscode.copyOf('test/fixtures/flows');
  const record = join(repositoryRoot, 'test/fixtures/records/33-large-values-stored.g1.json');
  const plain = 'USERS-40917 SPACES-55102';
  const text = (await readFile(record, 'utf8')).replaceAll('提取发票', `提取发票 ${plain}`);
  await writeFile(join(folder, 'trace.json'), text);
  await mkdir(join(folder, '.vscode'));
  const weaker = {
    'rpaTrace.redaction.patterns': ['SPACES-\\d+'],
    'rpaTrace.redaction.names': [],
    'rpaTrace.redaction.allowReveal': true,
    'rpaTrace.largeValues.hostRewrite': { 'minio:9000': 'evil.example' },
    'rpaTrace.largeValues.maxBytes': 104_857_600,
    'rpaTrace.kafka.tls.rejectUnauthorized': false,
    'rpaTrace.store.maxMegabytes': 4096,
    'rpaTrace.engine.maxHeapMegabytes': 8192,
  };
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(weaker));
  const workbench = await vscode.openWorkbench({
    ...{ folder, width: 1400, height: 900 },
    settings: { 'rpaTrace.redaction.patterns': ['USERS-\\d+'] },
  });
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    join(folder, 'trace.json'),
  );
  const panel = await workbench.panelFrame();
  await panel.getByRole('treeitem', { name: /提取发票/ }).click();
  // The host of the record, not the workspace's.
  await panel.getByRole('button', { name: 'Fetch from minio:9000' }).first().waitFor();
  const shown = await panel.locator('body').innerText();
  expect(shown).toContain('提取发票 ••••');
  expect(shown).not.toMatch(/USERS-|SPACES-/);
  expect(await panel.getByRole('button', { name: /Reveal/ }).count()).toBe(0);
  await workbench.screenshot('workspace-settings');

  // Patterns and names are read level by level; the others are as if the workspace said nothing.
  const others = Object.entries(weaker).slice(2);
  const read = await workbench.inHost(
    (api, ids) => ids.map((id): unknown => api.workspace.getConfiguration().get(id)),
    others.map(([id]) => id),
  );
  const changed = others.filter(
    ([, value], index) => JSON.stringify(read[index]) === JSON.stringify(value),
  );
  expect(changed).toEqual([]);
});
