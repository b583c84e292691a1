/**
 * From the click on an execution that failed near its end to its painted failing row, in the panel of a real VS Code; and what
 * the extension host takes of memory then.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { failingName, largeRun } from './largeRun.ts';
import { heading, median, note, report } from './report.ts';
import { clickUntilPainted, inVscode, workbenchOver } from './vscodeBench.ts';

/** `copies`: each round opens one that was not opened before. */
const sizes = [
  { nodes: 10_000, copies: 8, firstMs: 120, againMs: 40 },
  { nodes: 50_000, copies: 3, firstMs: 350, againMs: 60, hostMb: 350 },
  { nodes: 100_000, copies: 2, firstMs: 700, againMs: 80 },
] as const;
const rounds = 5;
/** Opened between a large one and the same again. */
const others = 10;

for (const size of sizes) {
  await inVscode({}, async (vscode) => {
    const file = join(vscode.folder, `${String(size.nodes)}.jsonl`);
    const small = Array.from({ length: others }, (_, n) =>
      sampleRecord('succeeded', size.copies + n),
    );
    // One by one: all of them together are more than a text may be.
    await writeFile(file, `${small.join('\n')}\n`);
    for (let n = 0; n < size.copies; n++) {
      await writeFile(file, `${largeRun(n, size.nodes)}\n`, { flag: 'a' });
    }
    const { workbench, panel } = await workbenchOver(vscode, file);
    await panel.locator(rowOf(size.copies - 1)).waitFor();
    await watchTasks(panel);
    const open = (n: number) => openCalmly(panel, n, size);
    const first: number[] = [];
    for (let n = 0; n < Math.min(size.copies, rounds); n++) first.push(await open(n));
    const again: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < others; n++) await open(size.copies + n);
      again.push(await open(round % size.copies));
    }
    const nodes = size.nodes.toLocaleString('en-US');
    heading(`Opening a run of ${nodes} nodes until its failing row is painted`);
    report('first time, median', median(first), 'ms', { atMost: size.firstMs });
    note(`rounds: ${first.map((ms) => ms.toFixed(0)).join(' ')}`);
    report('after ten others, median', median(again), 'ms', { atMost: size.againMs });
    note(`rounds: ${again.map((ms) => ms.toFixed(0)).join(' ')}`);
    report('longest task of the page', await longestTask(panel), 'ms', { atMost: 50 });
    const rss = await workbench.inHost(() => process.memoryUsage.rss());
    const aim = 'hostMb' in size ? { atMost: size.hostMb } : undefined;
    report('memory of the extension host', rss / 1e6, 'MB', aim);
  });
}

/** Notes the longest task of the page from now on. */
async function watchTasks(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    Object.assign(globalThis, { longestTask: 0 });
    const seen = globalThis as unknown as { longestTask: number };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        seen.longestTask = Math.max(seen.longestTask, duration);
      }
    }).observe({ type: 'longtask' });
  });
}

function longestTask(panel: Frame): Promise<number> {
  return panel.evaluate(() => (globalThis as unknown as { longestTask: number }).longestTask);
}

function rowOf(n: number): string {
  return `[data-sid="${sampleSid(n)}"]`;
}

/** Nobody clicks on while the inspector still fetches what the failing node got. */
async function openCalmly(
  panel: Frame,
  n: number,
  { copies }: (typeof sizes)[number],
): Promise<number> {
  await delay(n < copies ? 1_000 : 100);
  const failing = `.tree-row-failing[aria-label*="${failingName(n)}"]`;
  const selector = n < copies ? failing : '.tree-row';
  return clickUntilPainted(panel, rowOf(n), { selector, text: '' });
}
