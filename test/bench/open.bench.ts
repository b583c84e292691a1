/**
 * From the click on an execution of 10,000 nodes that failed near its end to its painted failing row, in the
 * panel of a real VS Code.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { heading, median, note, report } from './report.ts';
import { clickUntilPainted, closeSideBar, inVscode, readyPanel, wide } from './vscodeBench.ts';

const nodes = 10_000;
const rounds = 5;
/** More than the engine keeps decoded, so that each round opens one that is new to it. */
const copies = 8;

await inVscode({}, async ({ folder, openWorkbench }) => {
  const file = join(folder, 'large.jsonl');
  const small = sampleRecord('succeeded', copies + 1);
  const large = Array.from({ length: copies }, (_, n) => largeRecord(n));
  await writeFile(file, [...large, small].join('\n'));
  const workbench = await openWorkbench(wide);
  await closeSideBar(workbench.page);
  await workbench.inHost(async (api, path) => {
    await api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path));
  }, file);
  const panel = await readyPanel(workbench);
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

function failingName(n: number): string {
  return `Click save ${String(n)}`;
}

/** A workflow whose nodes ran one after the other; the fifth from the end failed. */
function largeRecord(n: number): string {
  const root = JSON.parse(sampleRecord('failed', n)) as {
    start_time: number;
    trace: Record<string, unknown>[];
    status: { message: string };
  };
  const failedEntry = root.trace.find(({ running_status: status }) => status === false);
  const entry = root.trace.find(({ running_status: status }) => status === true);
  if (entry === undefined || failedEntry === undefined) throw new Error('The sample has changed');
  const id = (index: number) => `${String(n)}-${String(index)}`;
  root.trace = Array.from({ length: nodes - 5 }, (_, index) => ({
    ...entry,
    id: id(index),
    node_id: `ifly-code::${id(index)}`,
    node_name: `Step ${String(index)}`,
    next_log_ids: [id(index + 1)],
    start_time: root.start_time + index,
    end_time: root.start_time + index + 1,
  }));
  root.trace.push({
    ...failedEntry,
    id: id(nodes - 5),
    node_id: `rpa::${id(nodes - 5)}`,
    node_name: failingName(n),
    next_log_ids: [],
    start_time: root.start_time + nodes - 5,
    end_time: root.start_time + nodes,
  });
  return JSON.stringify(root);
}
