/**
 * How calm the panel's page stays with a run of 10,000 nodes, in a real VS Code: its longest task while one is opened, its
 * tree is scrolled and the filter is typed into, the frames of scrolling, and the elements of the tree.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { failingName, largeRun } from './largeRun.ts';
import { heading, median, note, quantile, report } from './report.ts';
import { clickUntilPainted, inVscode, panelOver } from './vscodeBench.ts';

const rounds = 5;
/** So many frames a second at most are made. */
const frames = 120;

await inVscode({}, async (vscode) => {
  const file = join(vscode.folder, 'large.jsonl');
  const runs = Array.from({ length: rounds }, (_, n) => largeRun(n));
  await writeFile(file, [...runs, sampleRecord('succeeded', rounds)].join('\n'));
  const panel = await panelOver(vscode, file);
  await panel.locator(`[data-sid="${sampleSid(rounds)}"]`).waitFor();
  await noteLongTasks(panel);
  const opening: number[] = [];
  const scrolling: number[] = [];
  const typing: number[] = [];
  const between: number[] = [];
  let elements = 0;
  for (let n = 0; n < rounds; n++) {
    await delay(1_000);
    const row = `[data-sid="${sampleSid(n)}"]`;
    const shown = { selector: `.tree-row-failing[aria-label*="${failingName(n)}"]`, text: '' };
    opening.push(await longestDuring(panel, () => clickUntilPainted(panel, row, shown)));
    await delay(500);
    scrolling.push(
      await longestDuring(panel, async () => {
        between.push(...(await scrollTree(panel, frames)));
      }),
    );
    elements = Math.max(elements, await panel.locator('.tree *').count());
    const filter = panel.locator('.filter-input');
    typing.push(
      await longestDuring(panel, async () => {
        await filter.pressSequentially('status:failed', { delay: 30 });
        await filter.fill('');
      }),
    );
  }
  heading('The longest task of the page, of 50 ms and more; 0: none is that long');
  for (const [name, tasks] of [
    ['while a run is opened', opening],
    ['while its tree is scrolled', scrolling],
    ['while the filter is typed into', typing],
  ] as const) {
    report(`${name}, median`, median(tasks), 'ms', { atMost: 50 });
    note(`rounds: ${tasks.map((ms) => ms.toFixed(0)).join(' ')}`);
  }
  heading('Its tree');
  report('between two frames of scrolling, 95 of 100', quantile(between, 0.95), 'ms', {
    atMost: 17,
  });
  report('elements', elements, '', { atMost: 400 });
});

declare global {
  /** In the page: how long tasks took that took long. */
  var longTasks: number[];
}

/** A webview shares its thread with the workbench: what that does is not the page's. */
async function noteLongTasks(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'self') longTasks.push(duration);
      }
    }).observe({ type: 'longtask' });
  });
}

async function longestDuring(panel: Frame, work: () => Promise<unknown>): Promise<number> {
  await panel.evaluate(() => void (longTasks.length = 0));
  await work();
  // An observer is told with the next idle moment.
  await panel.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return panel.evaluate(() => Math.max(0, ...longTasks));
}

/** Scrolls by some rows a frame; gives the times between the frames. */
function scrollTree(panel: Frame, count: number): Promise<readonly number[]> {
  return panel.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const tree = document.querySelector('.tree-rows');
        const times: number[] = [];
        let before = performance.now();
        const step = (now: number) => {
          times.push(now - before);
          before = now;
          tree?.scrollBy(0, -110);
          if (times.length <= count) requestAnimationFrame(step);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(step);
      }),
    count,
  );
}
