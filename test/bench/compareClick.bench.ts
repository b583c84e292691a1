/**
 * From the click on “Compare with Last Good Run” to the painted first difference, in the panel of a real VS Code: two
 * executions of 10,000 nodes, of which one gave another value in its middle and failed near its end.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { heading, median, note, report } from './report.ts';
import { inVscode, panelOver } from './vscodeBench.ts';

const nodes = 10_000;
const rounds = 5;
/** Then something is wrong. */
const longestMs = 30_000;

await inVscode({}, async (vscode) => {
  const file = join(vscode.folder, 'large.jsonl');
  const records = Array.from({ length: rounds + 1 }, (_, n) => largeRecord(n, n > 0));
  await writeFile(file, records.join('\n'));
  const panel = await panelOver(vscode, file);
  const times: number[] = [];
  // Each is new to the engine; only the good one is read already from the second on.
  for (let n = 1; n <= rounds; n++) times.push(await compareCalmly(panel, n));
  heading(
    `Comparing a run of ${nodes.toLocaleString('en-US')} nodes with the last good one until the first difference is painted`,
  );
  note(`one record has ${((records[0]?.length ?? 0) / 1e6).toFixed(1)} MB`);
  report('from the click, median', median(times), 'ms', { atMost: 400 });
  note(`rounds: ${times.map((ms) => ms.toFixed(0)).join(' ')}`);
});

/** Nobody clicks on while what was opened is still shown. */
async function compareCalmly(panel: Frame, n: number): Promise<number> {
  await panel.locator(`[data-sid="${sampleSid(n)}"]`).click();
  await panel.locator(`.tree-row-failing[aria-label*="${failingName(n)}"]`).waitFor();
  await panel.locator('.compare-last-good').first().waitFor();
  await delay(1_000);
  const time = await compareAndPaint(panel);
  await panel.locator('.page-actions vscode-button').last().click();
  return time;
}

/** Clicks in the page itself, so that only the panel's and the engine's work is in the time. */
function compareAndPaint(panel: Frame): Promise<number> {
  return panel.evaluate(
    (longest) =>
      new Promise<number>((resolve, reject) => {
        const button = document.querySelector<HTMLElement>('.compare-last-good');
        if (button === null) {
          reject(new Error('nothing to compare with'));
          return;
        }
        const look = () => {
          const sentence = document.querySelector('.compare-sentence')?.textContent ?? '';
          if (!sentence.includes('First difference')) return;
          observer.disconnect();
          void painted().then(() => {
            resolve(performance.now() - begin);
          });
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        setTimeout(() => {
          const shown = document.querySelector('.page')?.textContent ?? 'nothing';
          reject(new Error(`no first difference: ${shown.slice(0, 200)}`));
        }, longest);
        const begin = performance.now();
        button.click();
      }),
    longestMs,
  );
}

function failingName(n: number): string {
  return `Click save ${String(n)}`;
}

/** A workflow whose nodes ran one after the other. */
function largeRecord(n: number, fails: boolean): string {
  const root = JSON.parse(sampleRecord('failed', n)) as {
    start_time: number;
    answer: string;
    trace: (Record<string, unknown> & { data: { output: object } })[];
    status: { code: number; message: string };
  };
  const failedEntry = root.trace.find(({ running_status: status }) => status === false);
  const entry = root.trace.find(({ running_status: status }) => status === true);
  if (entry === undefined || failedEntry === undefined) throw new Error('The sample has changed');
  const id = (index: number) => `${String(n)}-${String(index)}`;
  const at = (index: number) => ({
    ...{ id: id(index), node_name: `Step ${String(index)}`, next_log_ids: [id(index + 1)] },
    ...{ start_time: root.start_time + index, end_time: root.start_time + index + 1 },
  });
  root.trace = Array.from({ length: nodes - 1 }, (_, index) => {
    const isOther = fails && index === nodes / 2;
    const output = { ...entry.data.output, total: isOther ? 'nothing' : 1280.5 };
    const data = { ...entry.data, output };
    return { ...entry, ...at(index), node_id: `ifly-code::${String(index)}`, data };
  });
  root.trace.push({
    ...(fails ? failedEntry : { ...failedEntry, running_status: true, logs: [] }),
    ...{ ...at(nodes - 1), node_id: 'rpa::save', node_name: failingName(n), next_log_ids: [] },
  });
  if (!fails) {
    // Without an answer it would have been cut off.
    root.answer = JSON.stringify({ output: 'done' });
    root.status = { code: 0, message: '' };
  }
  return JSON.stringify(root);
}
