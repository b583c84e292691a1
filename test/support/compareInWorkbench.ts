import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';

import { invoiceFlow, invoiceRuns } from './invoiceRuns.ts';
import type { Workbench } from './workbench.ts';

/** Opens two runs of the sample workspace beside their flow file, and compares the failed one by one click. */
export async function compareInWorkbench(workbench: Workbench, folder: string): Promise<Frame> {
  const file = join(folder, 'two-runs.jsonl');
  await writeFile(file, invoiceRuns());
  await workbench.openFile(invoiceFlow);
  await workbench.inHost(
    (api, path) => api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path)),
    file,
  );
  const panel = await workbench.panelFrame();
  await panel.locator('.compare-last-good').click();
  await panel.locator('.compare-row').first().waitFor();
  return panel;
}
