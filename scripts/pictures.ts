/**
 * `npm run pictures`: takes the pictures of README and walkthrough in a real VS Code, with the sample
 * robot playing. Look at them before they are committed.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { inVscode } from '../test/bench/vscodeBench.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import type { Workbench } from '../test/support/workbench.ts';
import { runAsProgram } from './program.ts';

const target = join(repositoryRoot, 'media', 'walkthrough');

/** Resolves to the exit code. */
export async function takePictures(): Promise<number> {
  await mkdir(target, { recursive: true });
  await inVscode({}, async ({ folder, openWorkbench }) => {
    const workspace = join(folder, 'sample-workspace');
    await cp(join(repositoryRoot, 'media', 'sample-workspace'), workspace, { recursive: true });
    await takeAll(await openWorkbench({ folder: workspace, width: 1360, height: 860 }));
  });
  return 0;
}

async function takeAll(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('invoice-entry.yaml');
  await page.keyboard.press('Control+B');
  await workbench.runCommand('rpaTrace.openPanel');
  const panel = await workbench.panelFrame();
  await panel.getByRole('button', { name: /Connect to Kafka/ }).click();
  await panel.locator('form.connect-form').waitFor();
  await take(page, 'connect');

  await workbench.runCommand('rpaTrace.playSample');
  const failing = panel.locator('[role="treeitem"][data-status="failed"]').first();
  await failing.waitFor();
  await panel.getByRole('tab', { name: /Input/ }).click();
  await lensInSight(page);
  await take(page, 'panel');

  await workbench.runCommand('rpaTrace.jumpToFailingStep');
  await page.locator('.monaco-editor .selected-text').first().waitFor();
  await lensInSight(page);
  await take(page, 'jump');
}

/** VS Code asks what a line above a node says when it has come into sight. */
async function lensInSight(page: Page): Promise<void> {
  await page
    .locator('.codelens-decoration:visible', { hasText: /\d ms|\d s/ })
    .first()
    .waitFor();
}

/** Writes media/walkthrough/NAME.webp, a fifth of what a PNG of it would add to the package. */
async function take(page: Page, name: string): Promise<void> {
  // The pointer and its tooltips are no part of a picture.
  await page.mouse.move(0, 0);
  await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const picture = await page.screenshot({ animations: 'disabled' });
  const encoder = await page.context().newPage();
  const webp = await encoder.evaluate(asWebp, picture.toString('base64'));
  await encoder.close();
  await writeFile(join(target, `${name}.webp`), Buffer.from(webp, 'base64'));
}

/** Runs in a page. */
async function asWebp(png: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.8).split(',')[1] ?? '';
}

runAsProgram(import.meta.url, takePictures);
