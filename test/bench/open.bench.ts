/**
 * From the click on an execution of 10,000 nodes that failed near its end to its painted failing row, in the
 * panel of a real VS Code.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { failingName, largeRun, largeRunNodes as nodes } from './largeRun.ts';
import { heading, median, note, report } from './report.ts';
import { clickUntilPainted, inVscode, panelOver } from './vscodeBench.ts';

const rounds = 5;
/** More than the engine keeps decoded, so that each round opens one that is new to it. */
const copies = 8;

await inVscode({}, async (vscode) => {
  const file = join(vscode.folder, 'large.jsonl');
  const small = sampleRecord('succeeded', copies + 1);
  const large = Array.from({ length: copies }, (_, n) => largeRun(n));
  await writeFile(file, [...large, small].join('\n'));
  const panel = await panelOver(vscode, file);
  await panel.locator(rowOf(copies + 1)).waitFor();
  const cold: number[] = [];
  for (let round = 0; round < rounds; round++) cold.push(await openCalmly(panel, round));
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await openCalmly(panel, rounds + (round % 2));
    again.push(await openCalmly(panel, rounds - 1));
  }
  heading(
    `Opening a run of ${nodes.toLocaleString('en-US')} nodes until its failing row is painted`,
  );
  note(`one record has ${((large[0]?.length ?? 0) / 1e6).toFixed(1)} MB`);
  report('first time, median', median(cold), 'ms', { atMost: 250 });
  note(`rounds: ${cold.map((ms) => ms.toFixed(0)).join(' ')}`);
  report('seen before, median', median(again), 'ms', { atMost: 250 });
});

function rowOf(n: number): string {
  return `[data-sid="${sampleSid(n)}"]`;
}

/** Nobody clicks on while the inspector still fetches what the failing node got. */
async function openCalmly(panel: Frame, n: number): Promise<number> {
  await delay(1_000);
  const failing = `.tree-row-failing[aria-label*="${failingName(n)}"]`;
  return clickUntilPainted(panel, rowOf(n), { selector: failing, text: '' });
}
