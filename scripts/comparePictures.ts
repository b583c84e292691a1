import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { inVscode } from '../test/bench/vscodeBench.ts';
import { compareInWorkbench } from '../test/support/compareInWorkbench.ts';
import { repositoryRoot, resultsFolder } from '../test/support/paths.ts';
import type { Theme } from '../test/support/runningVscode.ts';

const target = join(resultsFolder, 'compare');
const themes: readonly Theme[] = ['dark', 'light', 'highContrast', 'highContrastLight'];
const languages = ['en', 'zh-cn'] as const;

/** Takes pictures of two runs compared, and of a step side by side, in each theme and language; resolves to the exit code. */
export async function takeComparePictures(): Promise<number> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await inVscode({}, async ({ folder, openWorkbench }) => {
    const workspace = join(folder, 'sample-workspace');
    await cp(join(repositoryRoot, 'media/sample-workspace'), workspace, { recursive: true });
    for (const locale of languages) {
      for (const theme of themes) {
        const size = { width: 1500, height: 950 };
        const workbench = await openWorkbench({ folder: workspace, theme, locale, ...size });
        const { page } = workbench;
        const picture = (name: string) =>
          page.screenshot({
            path: join(target, `${name}-${theme}-${locale}.png`),
            animations: 'disabled',
          });
        const panel = await compareInWorkbench(workbench, workspace);
        // What differs has been scrolled to.
        await page.locator('.monaco-editor .view-line', { hasText: 'round(' }).first().waitFor();
        await panel.locator('.compare-group summary').first().click();
        await picture('compared');
        await panel.locator('.compare-ways vscode-button').nth(1).click();
        await panel.locator('.side-differs').first().waitFor();
        await picture('side-by-side');
        await workbench.close();
      }
    }
  });
  return 0;
}
