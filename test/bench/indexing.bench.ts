/** How long the flow files of a workspace of 2,000 take until all are known, and what of it the extension host feels. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { foldedFlow } from '../support/largeFlow.ts';
import { heading, note, report } from './report.ts';
import { hostDelayDuring, inVscode, readyPanel, wide } from './vscodeBench.ts';

const files = 2_000;
const copies = 4;
/** Too short to be seen: then there is nothing to measure. */
const appearMs = 30_000;

await inVscode({}, async ({ folder, openWorkbench }) => {
  const flow = foldedFlow(copies);
  for (let n = 0; n < files; n++) {
    await writeFile(join(folder, `${String(n)}.yaml`), flow.replaceAll('::', `::${String(n)}-`));
  }
  // What opening takes is no part of it: until the panel is there no file counts.
  const settings = { 'rpaTrace.flow.include': 'none/*.yaml' };
  const workbench = await openWorkbench({ ...wide, settings });
  await workbench.runCommand('rpaTrace.openPanel');
  await readyPanel(workbench);
  await delay(5_000);
  const idle = await hostDelayDuring(workbench, () => delay(5_000));
  const told = workbench.page.locator('.statusbar-item', { hasText: 'Looking for flow files' });
  let tookMs = 0;
  const indexing = await hostDelayDuring(workbench, async () => {
    const begin = performance.now();
    await workbench.inHost((api) =>
      api.workspace.getConfiguration('rpaTrace.flow').update('include', '**/*.yaml', true),
    );
    await told.first().waitFor({ timeout: appearMs });
    await told.first().waitFor({ state: 'detached', timeout: 120_000 });
    tookMs = performance.now() - begin;
  });
  const size = (flow.length / 1_000).toFixed(0);
  heading(`Reading ${files.toLocaleString('en-US')} flow files of ${size} KB each`);
  report('until all are known', tookMs / 1_000, 's', { atMost: 30 });
  report('event-loop delay of the extension host, p99', indexing.p99, 'ms', { atMost: 16 });
  note(`longest ${indexing.max.toFixed(0)} ms; idle p99 ${idle.p99.toFixed(1)} ms`);
});
