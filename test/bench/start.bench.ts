/** What a user pays before anything is asked for: activation of the extension, and what is shipped. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { packageExtension } from '../../scripts/package.ts';
import { repositoryRoot } from '../support/paths.ts';
import type { Workbench } from '../support/workbench.ts';
import { heading, median, note, report } from './report.ts';
import { inVscode } from './vscodeBench.ts';

const starts = 7;
/** The list of running extensions draws what is in sight alone, slowest first. */
const listHeight = 4_000;

await inVscode({}, async ({ openWorkbench }) => {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) {
    const workbench = await openWorkbench({ height: listHeight });
    times.push(await activationOf(workbench));
    await workbench.close();
  }
  heading(`Activation as VS Code reports it, ${String(starts)} starts`);
  report('load and activate, median', median(times), 'ms', { atMost: 50 });
  note(`starts: ${times.join(' ')}`);
});

await packageExtension([]);
heading('What is shipped');
for (const [file, budgetKb] of [
  ['dist/extension.js', 100],
  ['dist/engine.js', 900],
  ['dist/otlp.js', undefined],
  ['dist/webview.js', 380],
] as const) {
  report(
    file,
    await kilobytes(file),
    'KB',
    budgetKb === undefined ? undefined : { atMost: budgetKb },
  );
}
for (const vsix of (await readdir(repositoryRoot)).filter((name) => name.endsWith('.vsix'))) {
  report(vsix, await kilobytes(vsix), 'KB', { atMost: 1_000 });
}

async function kilobytes(file: string): Promise<number> {
  return (await stat(join(repositoryRoot, file))).size / 1_000;
}

/** What "Developer: Show Running Extensions" says: reading the bundle and calling `activate`, in milliseconds. */
async function activationOf(workbench: Workbench): Promise<number> {
  await workbench.inHost(async (api) => {
    const extension = api.extensions.getExtension('rpa-trace.rpa-trace');
    // It activates by itself once VS Code has started; nothing here may do it earlier.
    while (extension?.isActive !== true) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await workbench.runCommand('workbench.action.showRuntimeExtensions');
  const row = workbench.page
    .locator('.runtime-extensions-editor .extension')
    .filter({ hasText: 'RPA Trace' });
  const text = await row.locator('.activation-time').textContent();
  const found = /(\d+)\s*ms/.exec(text ?? '');
  if (found === null) throw new Error(`VS Code reports no activation time: ${String(text)}`);
  return Number(found[1]);
}
