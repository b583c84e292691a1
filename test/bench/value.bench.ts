/**
 * From the click on a step to its painted value, in the panel of a real VS Code: the first one of an execution that was
 * opened a second before, of four sizes. Then its parts are opened, closed and paged through.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Frame } from 'playwright-core';

import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { heading, median, note, report } from './report.ts';
import { clickUntilPainted, inVscode, panelOver } from './vscodeBench.ts';

/** Each execution is opened once, and a file has 256 MB at most. */
const sizes = [
  { name: '10 KB', bytes: 10e3, rounds: 5, atMost: 25 },
  { name: '1 MB', bytes: 1e6, rounds: 5, atMost: 40 },
  { name: '10 MB', bytes: 10e6, rounds: 3, atMost: 80 },
  { name: '60 MB', bytes: 60e6, rounds: 2, atMost: 150 },
] as const;
const all = sizes.flatMap((size) => Array.from({ length: size.rounds }, () => size));
const step = 'Read invoices';

/** What a reader does in a value of many rows: where he clicks, and what is there then. */
const row = '.inspector-json:has(> :nth-child(50)) > .inspector-json-row';
const withinSteps = [
  {
    name: 'open a part',
    click: `${row}:nth-child(3) .inspector-json-name`,
    then: `${row}[aria-level="2"]`,
  },
  {
    name: 'close it',
    click: `${row}:nth-child(3) .inspector-json-name`,
    then: `${row}:nth-child(3)[aria-expanded="false"]`,
  },
  { name: 'another hundred parts', click: '.inspector-more', then: `${row}:nth-child(110)` },
] as const;

await inVscode({}, async (vscode) => {
  const file = join(vscode.folder, 'values.jsonl');
  // The code that shows a value is read with the first one.
  const records = [largeRecord(0, 1e3), ...all.map(({ bytes }, n) => largeRecord(n + 1, bytes))];
  await writeFile(file, records.join('\n'));
  const panel = await panelOver(vscode, file);
  await panel.locator(rowOf(all.length)).waitFor();
  await valueOf(panel, 0);
  const times: number[] = [];
  const within: (readonly number[])[] = [];
  for (let n = 1; n <= all.length; n++) {
    times.push(await valueOf(panel, n));
    if (all[n - 1]?.bytes !== sizes[0].bytes) within.push(await stepsWithin(panel));
  }
  heading('A click on a step until its value is painted');
  for (const size of sizes) {
    const own = times.filter((_, n) => all[n] === size);
    report(`${size.name}, median`, median(own), 'ms', { atMost: size.atMost });
    note(`rounds: ${own.map((ms) => ms.toFixed(0)).join(' ')}`);
  }
  heading('In that value, of 1 MB and more, until it is painted');
  for (const [at, { name }] of withinSteps.entries()) {
    report(`${name}, median`, median(within.map((ms) => ms[at] ?? Number.NaN)), 'ms', {
      atMost: 17,
    });
  }
});

async function stepsWithin(panel: Frame): Promise<readonly number[]> {
  const times: number[] = [];
  for (const { click, then } of withinSteps) {
    await panel.locator(click).first().waitFor();
    times.push(await clickUntilPainted(panel, click, { selector: then, text: '' }));
  }
  return times;
}

function rowOf(n: number): string {
  return `[data-sid="${sampleSid(n)}"]`;
}

async function valueOf(panel: Frame, n: number): Promise<number> {
  const row = `.tree-row[aria-label*="${step} ${String(n)},"]`;
  await panel.locator(rowOf(n)).click();
  await panel.locator(row).waitFor({ timeout: 60_000 });
  await delay(1_000);
  return clickUntilPainted(panel, row, { selector: '.inspector', text: firstText(n) });
}

function firstText(n: number): string {
  return `first invoice of ${String(n)}`;
}

/** A workflow that went well, one of whose nodes gave a list of so many bytes. */
function largeRecord(n: number, bytes: number): string {
  const root = JSON.parse(sampleRecord('succeeded', n)) as {
    trace: { node_name: string; data: Record<string, unknown> }[];
  };
  const entry = root.trace[1];
  if (entry === undefined) throw new Error('The sample has changed');
  entry.node_name = `${step} ${String(n)}`;
  const invoices = [{ title: firstText(n), ...invoiceOf(0) }];
  const each = JSON.stringify(invoiceOf(1_000)).length + 1;
  for (let index = 1; index * each < bytes; index++) {
    invoices.push({ title: 'an invoice', ...invoiceOf(index) });
  }
  entry.data = { ...entry.data, input: {}, output: { invoices } };
  return JSON.stringify(root);
}

function invoiceOf(index: number) {
  return {
    ...{ number: `INV-${String(index)}`, customer: `Customer ${String(index % 97)} Ltd.` },
    ...{ amount: (index * 37) % 10_000, currency: 'EUR', paid: index % 3 === 0 },
    lines: [{ text: 'Paper, white, 500 sheets', count: index % 7 }],
  };
}
