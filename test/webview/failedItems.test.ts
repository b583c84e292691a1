import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { parseFlow } from '../../src/flow/parseFlow.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { recordOf } from '../support/fixtures.ts';
import { repositoryRoot } from '../support/paths.ts';
import { engineParts, treeQuery } from '../unit/engine/world.ts';
import type { PanelOptions } from './harness.ts';
import { anExecution, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

/** What the real engine says of a record: its window, and the inspector's content of each row. */
async function engineAnswers(
  record: ConsumedRecord,
  flow: { name: string; text: string } | null,
  allowReveal: boolean,
) {
  const parts = engineParts();
  parts.redaction.configure({ patterns: [], names: [], allowReveal });
  if (flow !== null)
    parts.flows.set(`file:///${flow.name}`, flow.name, parseFlow(flow.text, flow.name));
  parts.take([record]);
  const key = parts.list.latest({ kind: 'all' }, false)?.summary.key ?? '';
  const window = await parts.tree.window(treeQuery(key));
  const contents = new Map<string | null, InspectorContent>();
  for (const row of [null, ...window.rows.map((row) => row.key)]) {
    contents.set(row, await parts.tree.inspect(key, row));
  }
  return { window, contents };
}

/** Opens a panel over one record, as the real engine tells it. */
async function openRecordOf(
  record: ConsumedRecord,
  { allowReveal = false, ...options }: PanelOptions & { readonly allowReveal?: boolean } = {},
  flow: { name: string; text: string } | null = null,
): Promise<TreeWindow> {
  const { window, contents } = await engineAnswers(record, flow, allowReveal);
  await suite.open({
    ...{ width: 1200, height: 900, seed: { hasStarted: true } },
    ...options,
    prepare: (engine) => {
      const { key, sid, outcome } = window.summary;
      engine.rows = [anExecution(1, { key, sid, outcome, name: window.name })];
      engine.status = liveStatus;
      engine.treeOf = () => window;
      engine.inspect = (_, row) => {
        const content = contents.get(row);
        if (content === undefined) throw new Error(`no row ${String(row)}`);
        return content;
      };
    },
  });
  await suite.panel.page.getByRole('treeitem').first().waitFor();
  return window;
}

const tree = () => suite.panel.page.getByRole('tree', { name: /./ }).first();
const inspector = () => suite.panel.page.locator('.inspector');

describe('items that failed while the iteration went on', () => {
  test('are counted and named in the tree, the finding and the inspector', async () => {
    await openRecordOf(recordOf('19-'));
    const { page } = suite.panel;
    await expect
      .poll(() => page.locator('.tree-badge-items').allTextContents())
      .toEqual(['1 of 3 items failed', '1 of 3 items failed']);
    await page.getByRole('treeitem', { name: /录入订单.*1 of 3 items failed/ }).waitFor();
    await expect
      .poll(() => page.locator('.head-outcome').innerText())
      .toBe('Succeeded, 1 of 3 items failed');
    await page.locator('.head-line .outcome-icon .codicon-warning').waitFor();
    const card = page.locator('.why-card');
    await card.getByText('1 of 3 items failed, and the flow went on').waitFor();
    await card.getByText('At “录入订单”. Item 2.').waitFor();
    await card.getByRole('button', { name: 'Show Item 2' }).click();
    await inspector().getByRole('heading', { name: '录入订单' }).waitFor();
    await inspector().getByText('1 of 3 items failed. Item 2.').waitFor();
    await expect.poll(() => inspector().getByRole('spinbutton').inputValue()).toBe('2');
    await inspector().getByText('This item failed here').first().waitFor();
    await suite.panel.screenshot('failed-items');
    await inspector().getByRole('button', { name: 'Next Round' }).click();
    await inspector().getByText('SO-1003').first().waitFor();
    await inspector()
      .getByRole('button', { name: /^Show round 2/ })
      .click();
    await expect.poll(() => inspector().getByRole('spinbutton').inputValue()).toBe('2');
  });

  test('are said not to be told where the record does not tell them', async () => {
    await openRecordOf(recordOf('38-'), { theme: 'light-modern' });
    const { page } = suite.panel;
    const card = page.locator('.why-card');
    await card.getByText('2 of 5 items failed, and the flow went on').waitFor();
    await card.getByText(/The record doesn’t say which\./).waitFor();
    expect(await card.getByRole('button', { name: /^Show item/ }).count()).toBe(0);
    await page.getByRole('treeitem', { name: /录入订单/ }).click();
    await inspector()
      .getByText(/doesn’t say which ones/)
      .waitFor();
    await suite.panel.screenshot('failed-items-unknown');
  });

  test('are rounds of their own in a parallel iteration', async () => {
    await openRecordOf(recordOf('39-'), { width: 480, height: 900 });
    const { page } = suite.panel;
    await page.getByRole('treeitem', { name: /录入订单.*this item failed, round 2/ }).waitFor();
    await page.getByRole('button', { name: 'Show Item 2' }).click();
    await inspector().getByText('Item 2 of 3 failed here').waitFor();
    await expect
      .poll(() => tree().locator('[aria-selected="true"]').getAttribute('aria-label'))
      .toContain('round 2');
    await suite.panel.screenshot('failed-items-narrow');
  });

  test('are shown although the reader closed the iteration', async () => {
    await openRecordOf(recordOf('39-'));
    const { page, engine } = suite.panel;
    await page.getByRole('treeitem', { name: /逐单处理/ }).click();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => engine.queriesOf('tree').at(-1)?.collapsed.length).toBe(1);
    const window = engine.treeOf(engine.rows[0]!);
    const rows = window.rows!.filter(({ level }) => level === 1);
    engine.treeOf = () => ({ ...window, rows, totalRows: rows.length });
    engine.update(engine.rows[0]!);
    await expect.poll(() => page.locator('.tree-row').count()).toBe(3);
    await page.getByRole('button', { name: 'Show Item 2' }).click();
    await expect.poll(() => engine.queriesOf('tree').at(-1)?.collapsed).toEqual([]);
  });
});

interface Attempt {
  readonly node_id: string;
  start_time: number;
  duration: number;
}

describe('a retried step', () => {
  const retried = () => {
    const record = recordOf('12-');
    const text = new TextDecoder().decode(record.value ?? undefined);
    const root = JSON.parse(text) as { trace: Attempt[] };
    // The attempts of the fixture took no time: the last one begins later by what they lost.
    for (const entry of root.trace) {
      if (!entry.node_id.startsWith('rpa')) continue;
      entry.start_time += 600;
      entry.duration -= 600;
    }
    return { ...record, value: new TextEncoder().encode(JSON.stringify(root)) };
  };

  test.each(['dark-modern', 'light-modern', 'high-contrast'] as const)(
    'shows what earlier attempts took at most, in %s',
    async (theme) => {
      await openRecordOf(retried(), { theme });
      const { page } = suite.panel;
      const step = page.getByRole('treeitem', { name: /录入ERP/ });
      await expect
        .poll(() => step.getAttribute('title'))
        .toMatch(/At most \d+ ms lost to earlier attempts/);
      await expect
        .poll(() => step.locator('.tree-bar-lost').getAttribute('title'))
        .toContain('from the end of the previous step to the start of the last attempt');
      await expect.poll(() => page.locator('.tree-bar-lost').count()).toBe(1);
      await expect
        .poll(() => step.getAttribute('aria-label'))
        .toContain('Failed first, then succeeded');
      await step.click();
      await page.getByRole('tab', { name: /Timing/ }).click();
      await inspector()
        .getByText(/^at most \d+ ms$/)
        .waitFor();
      await inspector()
        .getByText(/the most they can have taken/)
        .waitFor();
      await suite.panel.screenshot(`lost-to-attempts-${theme}`);
    },
  );
});

describe('a failing step without an entry', () => {
  const flow = {
    name: 'invoice-entry.yaml',
    text: readFileSync(join(repositoryRoot, 'test/fixtures/flows/invoice-entry.yaml'), 'utf8'),
  };

  test('is said to be inferred by the head, the finding, the tree and the inspector alike', async () => {
    await openRecordOf(recordOf('10-'), {}, flow);
    const { page } = suite.panel;
    await page.locator('.head-outcome', { hasText: 'most likely at “录入ERP”' }).waitFor();
    await page.locator('.why-card', { hasText: 'Most likely at “录入ERP”' }).waitFor();
    const row = page.getByRole('treeitem', { name: /录入ERP/ });
    await expect
      .poll(() => row.getAttribute('aria-label'))
      .toContain('Most likely failed, no entry');
    await inspector()
      .getByText(/^Most likely the execution failed at this step/)
      .waitFor();
    expect(await inspector().innerText()).not.toContain('Another branch was taken');
    await suite.panel.screenshot('failing-without-entry');
    // The middle of a row is the way to the flow file while the pointer is on it.
    await page.locator('.tree-label', { hasText: '通知' }).click();
    await inspector()
      .getByText(/The execution ended before it reached this step/)
      .waitFor();
  });

  test('that no flow file names is called so', async () => {
    await openRecordOf(recordOf('10-'));
    const { page } = suite.panel;
    await page.locator('.head-outcome', { hasText: 'Failed at a step without an entry' }).waitFor();
    await page.getByRole('treeitem', { name: /Most likely failed, no entry/ }).click();
    await page.locator('.why-card', { hasText: 'doesn’t name the failing node' }).waitFor();
    await inspector()
      .getByText(/the record doesn’t name it/)
      .waitFor();
    expect(await inspector().getByRole('button', { name: 'Go to Step in Flow' }).count()).toBe(0);
  });
});

describe('a masked message above the tree', () => {
  const theme = { theme: 'light-modern' } as const;

  test('is revealed alone, and masked again with another step', async () => {
    await openRecordOf(recordOf('36-'), { ...theme, allowReveal: true });
    const { page, engine } = suite.panel;
    const card = page.locator('.why-card');
    await card.locator('summary', { hasText: 'Evidence' }).click();
    const first = card.locator('.revealable').first();
    await first.getByRole('button', { name: 'Reveal Value' }).click();
    await card.getByText('EXAMPLE-REVEALED').waitFor();
    expect(engine.callsOf('reveal').map(({ row, place }) => [row, place])).toEqual([
      [null, { section: 'message', index: 0 }],
    ]);
    await suite.panel.screenshot('reveal-message');
    await page.locator('.tree-label', { hasText: '规整字段' }).click();
    await expect.poll(() => card.getByText('EXAMPLE-REVEALED').count()).toBe(0);
  });

  test('is not offered where the settings do not allow it', async () => {
    await openRecordOf(recordOf('36-'), theme);
    const { page } = suite.panel;
    await page.locator('.finding-message').waitFor();
    expect(await page.getByRole('button', { name: 'Reveal Value' }).count()).toBe(0);
  });
});
