/**
 * `npm run pictures`: takes the pictures of README and walkthrough in a real VS Code, with the sample
 * robot playing. Look at them before they are committed. `-- states` takes those of `statePictures.ts` instead, `-- compare`
 * those of two runs compared, in each theme and language, into test-results/compare.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { inVscode } from '../test/bench/vscodeBench.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import { sampleBeginMs, sampleRecord } from '../test/support/sampleRecords.ts';
import type { Workbench } from '../test/support/workbench.ts';
import { takeComparePictures } from './comparePictures.ts';
import { runAsProgram } from './program.ts';
import { takeStatePictures } from './statePictures.ts';

const target = join(repositoryRoot, 'media', 'walkthrough');

/** Resolves to the exit code. */
export async function takePictures(): Promise<number> {
  await mkdir(target, { recursive: true });
  await inVscode({}, async ({ folder, openWorkbench }) => {
    const workspace = join(folder, 'sample-workspace');
    await cp(join(repositoryRoot, 'media', 'sample-workspace'), workspace, { recursive: true });
    const workbench = await openWorkbench({ folder: workspace, width: 1360, height: 860 });
    await takeAll(workbench, workspace);
  });
  return 0;
}

async function takeAll(workbench: Workbench, workspace: string): Promise<void> {
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

  await writeFile(join(workspace, 'week.jsonl'), weekOfRuns().join('\n'));
  await workbench.inHost(
    async (api, path) => {
      await api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path));
      await api.commands.executeCommand('workbench.action.closeAllEditors');
      await api.commands.executeCommand('rpaTrace.openDashboard');
    },
    join(workspace, 'week.jsonl'),
  );
  const dashboard = await workbench.panelFrame();
  await dashboard.locator('.figure-cards').waitFor();
  await dashboard.locator('.chart-svg .mark').first().waitFor();
  await take(page, 'numbers');
}

/** What ran in a week: more by day than by night, of which some fails, and which takes longer from the fifth day on. */
function weekOfRuns(): string[] {
  const chance = (seed: number) => {
    const value = Math.sin(seed * 12.9898) * 43_758.5453;
    return value - Math.floor(value);
  };
  const weekMs = 7 * 24 * 3_600_000;
  const sinceSeconds = Math.floor((Date.now() - weekMs - sampleBeginMs) / 1_000);
  const runs: string[] = [];
  for (let minute = 0; minute < 7 * 24 * 60; minute += 14) {
    const hour = Math.floor(minute / 60) % 24;
    if (chance(minute) > (hour >= 7 && hour < 19 ? 0.9 : 0.25)) continue;
    const slower = minute > 5 * 24 * 60 ? 1.8 : 1;
    const name =
      chance(minute + 1) < 0.12 ? 'failed' : chance(minute + 2) < 0.3 ? 'robot' : 'succeeded';
    runs.push(
      stretched(
        sampleRecord(name, sinceSeconds + minute * 60),
        slower * (0.6 + chance(minute + 3)),
      ),
    );
  }
  return runs;
}

/** The same, so many times as long. */
function stretched(record: string, by: number): string {
  const times = /"(start_time|end_time)": (\d{13})/g;
  const begin = Math.min(...[...record.matchAll(times)].map(([, , ms]) => Number(ms)));
  return record
    .replaceAll(times, (_, field: string, ms: string) => {
      return `"${field}": ${String(Math.round(begin + (Number(ms) - begin) * by))}`;
    })
    .replaceAll(/"duration": (\d+)/g, (_, ms: string) => {
      return `"duration": ${String(Math.round(Number(ms) * by))}`;
    });
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
  return canvas.toDataURL('image/webp', 0.6).split(',')[1] ?? '';
}

runAsProgram(import.meta.url, ([kind, ...args]) => {
  if (kind === 'states') return takeStatePictures(args);
  return kind === 'compare' ? takeComparePictures() : takePictures();
});
