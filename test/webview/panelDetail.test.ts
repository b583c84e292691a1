import { describe, expect, test } from 'vitest';

import { RequestError } from '../../src/protocol/packet.ts';
import { nextFrames, type OpenPanel } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { named, nodeContent, wholeExecution } from './inspectorContents.ts';
import { aTree, executions, liveStatus } from './panelData.ts';
import { row } from './treeRows.ts';

const suite = panelSuite();

async function openFailed(size: { width: number; height: number }): Promise<OpenPanel> {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
    ...size,
  });
  await suite.panel.page.getByRole('treeitem', { name: /Click save/ }).waitFor();
  return suite.panel;
}

const why = () => suite.panel.page.locator('.finding-fold');
const remedies = () => suite.panel.page.getByRole('list', { name: 'What to do' });

test.each([
  ['to be chosen', 'tied', 'Several flow files contain these nodes. Select the right one.'],
  ['to be chosen after all', 'passedOver', 'Invoices'],
] as const)('copies of a flow are told apart, %s', async (_, part, title) => {
  const flow = { uri: 'file:///w/copies/invoices.yaml', name: 'Invoices', share: 1, tied: [] };
  const other = { uri: 'file:///w/invoices.yaml', name: 'Invoices' };
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      engine.treeOf = (execution) => ({ ...aTree(execution), flow: { ...flow, [part]: [other] } });
    },
    seed: { hasStarted: true },
    ...{ width: 1200, height: 900 },
  });
  const choice = suite.panel.page.getByLabel('Flow file');
  await expect
    .poll(() => choice.locator('option').allTextContents())
    .toEqual(['copies/invoices.yaml', 'w/invoices.yaml']);
  expect(await choice.inputValue()).toBe(flow.uri);
  expect(await choice.getAttribute('title')).toBe(title);
});

describe('why it failed', () => {
  test('stands at length above the tree', async () => {
    await openFailed({ width: 1200, height: 900 });
    await expect.poll(() => why().getAttribute('aria-expanded')).toBe('true');
    await remedies().waitFor();
  });

  test('is a line where the panel is low, and more on demand', async () => {
    const { page, saved } = await openFailed({ width: 480, height: 640 });
    await expect.poll(() => why().getAttribute('aria-expanded')).toBe('false');
    expect(await remedies().count()).toBe(0);
    await suite.panel.screenshot('panel-low');
    await why().focus();
    await page.keyboard.press('Enter');
    await remedies().waitFor();
    await expect.poll(() => saved()).toMatchObject({ why: 'open' });
  });
});

test('a narrow panel leaves the inspector some lines', async () => {
  const { page, screenshot } = await openFailed({ width: 345, height: 700 });
  await page.locator('.inspector-panel').waitFor();
  const { height } = (await page.locator('.inspector-panel').boundingBox())!;
  expect(height).toBeGreaterThan(50);
  await screenshot('inspector-narrow');
});

test('marks stand right behind a short name', async () => {
  const { page } = await openFailed({ width: 1200, height: 900 });
  const gap = await page.locator('[data-node-id="rpa::start"] .tree-label').evaluate((label) => {
    const range = document.createRange();
    range.selectNodeContents(label);
    return label.getBoundingClientRect().right - range.getBoundingClientRect().right;
  });
  expect(gap).toBeLessThan(1);
});

test('what the inspector shows is asked for again when the engine is back', async () => {
  const { page, engine, host } = await openFailed({ width: 1200, height: 900 });
  await page.locator('.inspector-head', { hasText: 'Click save' }).waitFor();
  const { rows, inspect } = engine;
  // The engine is another one, which has read nothing yet, when the reader clicks.
  engine.forget();
  engine.inspect = () => {
    throw new RequestError({ reason: 'notFound', message: 'left the window' });
  };
  host.emit('engineLost', { cause: 'memory', detail: 'heap', deaths: 1, comesBack: true });
  await page.locator('.banner').waitFor();
  await page.locator('.tree').getByText('Extract invoice').click();
  await expect.poll(() => engine.queriesOf('inspect').at(-1)?.row).toBe('llm');
  engine.rows = rows;
  engine.inspect = inspect;
  host.emit('engineReady', null);
  await expect.poll(() => engine.queriesOf('inspect').length).toBe(3);
  await page.locator('.inspector-panel').waitFor();
  await expect.poll(() => page.getByText('left the window').count()).toBe(0);
});

test('a step near the one that is looked at shows what was told ahead, and nobody is asked', async () => {
  const { page, engine } = await openFailed({ width: 1200, height: 900 });
  await page.locator('.inspector-head', { hasText: 'Click save' }).waitFor();
  // What is told at first is of the tree before.
  await expect.poll(() => engine.callsOf('ask').map(({ kind }) => kind)).toContain('ahead');
  engine.stampOf = () => 'later';
  const asked = new Set<string>();
  engine.ahead = ({ rows }) => {
    for (const key of rows) asked.add(key);
    const contents = rows.map((key) => nodeContent({ output: [named('told', key)] }, row(key)));
    return { stamp: 'later', contents };
  };
  // Something of it changed: what was told before is not true any more.
  engine.push('tree');
  await expect.poll(() => asked).toContain('llm');
  // The answer is there before the click.
  await page.evaluate(nextFrames);
  const before = engine.queriesOf('inspect').length;
  await page.locator('[data-key="llm"] .tree-label').click();
  await page.locator('.inspector-value-short', { hasText: 'llm' }).waitFor();
  expect(engine.queriesOf('inspect')).toHaveLength(before);
  // Until it changes again.
  engine.stampOf = () => 'last';
  engine.push('tree');
  await expect.poll(() => engine.queriesOf('inspect').at(-1)?.row).toBe('llm');
  await page.locator('.inspector-head', { hasText: 'Click save' }).waitFor();
});

test('an execution is headed by the name that it has above the tree, not by the ID in its record', async () => {
  await suite.open({
    prepare: (engine) => {
      const content = wholeExecution();
      engine.rows = executions(3);
      engine.status = liveStatus;
      engine.treeOf = (execution) => ({ ...aTree(execution), name: 'Invoice entry' });
      engine.inspect = (key) =>
        content.kind === 'execution'
          ? { ...content, summary: { ...content.summary, key } }
          : content;
    },
    seed: { hasStarted: true },
  });
  const heading = suite.panel.page.locator('.inspector h2');
  await expect.poll(() => heading.innerText()).toBe('Invoice entry');
});

test('an id in the tree is long enough to name something, or not there at all', async () => {
  const id = '1958443321';
  const robot = row('robot', { name: id, executionKind: 'rpa', execution: 'rpa/1' });
  const { page, resize } = await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
      engine.treeOf = (execution) => ({ ...aTree(execution), rows: [robot], totalRows: 1 });
    },
    seed: { hasStarted: true },
    ...{ width: 1200, height: 900 },
  });
  const shown = page.locator('.tree-row .raw-id');
  await expect.poll(() => shown.textContent()).toBe(id);
  for (const width of [1200, 480, 440, 420, 400, 381, 360, 340]) {
    await resize({ width, height: 900 });
    const seen = await shown.evaluate((element) => {
      const box = element.getBoundingClientRect();
      const around = element.closest('.tree-row')?.getBoundingClientRect() ?? box;
      return box.top < around.bottom ? box.width : null;
    });
    expect(seen ?? Infinity, `at ${String(width)}`).toBeGreaterThanOrEqual(50);
  }
});

test('a run with more calls than are shown says how many', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(1);
      engine.status = liveStatus;
      const { treeOf } = engine;
      engine.treeOf = (row) => ({ ...treeOf(row), moreSubExecutions: 39_900 });
    },
    seed: { hasStarted: true },
  });
  await suite.panel.page.getByText(/39900 more calls aren’t listed below/).waitFor();
});

test('a cautious engine says how much it reads, and why', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(1);
      const caution = { storeBytes: 8 * 1024 * 1024, maxExecutions: 500, lastRecords: 50 };
      engine.status = { ...liveStatus, caution };
    },
    seed: { hasStarted: true },
  });
  const banner = suite.panel.page.locator('.banner.warning');
  await banner.getByText(/ran out of memory.*last 50 records of each partition/).waitFor();
  await banner.getByText('Read Again', { exact: true }).first().waitFor();
});

test('an execution whose topic was recreated says so, and so does a call below one', async () => {
  const { page, engine } = await openFailed({ width: 1200, height: 900 });
  const madeAnew = () => {
    throw new RequestError({ reason: 'madeAnew', message: 'not for the reader' });
  };
  const words = page.getByText('Another record is at that position now');
  engine.inspect = madeAnew;
  await page.locator('.tree').getByText('Extract invoice').click();
  await page.locator('.inspector-error').filter({ has: words }).waitFor();
  engine.treeOf = madeAnew;
  await page.locator('[data-key]').nth(3).click();
  await page.locator('.empty-state').filter({ has: words }).waitFor();
  expect(await page.getByText('not for the reader').count()).toBe(0);
});

test.each([
  ['that the panel chose', null],
  ['that was open before', 'workflow/spf3'],
])(
  'a file of which nothing can be shown says so, and is not opened for ever: %s',
  async (_, selected) => {
    const { page, engine } = await suite.open({
      prepare: (engine) => {
        engine.rows = executions(8);
        engine.status = {
          ...liveStatus,
          source: { kind: 'files', name: 'a.jsonl', detail: '' },
          state: { kind: 'ended' },
        };
        engine.treeOf = () => {
          throw new RequestError({ reason: 'notFound', message: 'gone' });
        };
      },
      saved: { selected },
    });
    await page.locator('.empty-title .codicon-history').waitFor();
    expect(engine.queriesOf('tree').length).toBeLessThan(5);
  },
);
