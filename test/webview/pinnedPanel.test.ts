import { describe, expect, test } from 'vitest';
import type { PanelOptions } from './harness.ts';
import { aTree, executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

/** A panel that stays on the third newest of five executions. */
async function openPinned(options: PanelOptions = {}) {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(5);
      engine.status = liveStatus;
    },
    ...options,
    seed: { hasStarted: true, pinned: executions(5)[2]!.key, ...options.seed },
  });
  return suite.panel;
}

describe.each([
  ['light', { theme: 'light-modern' }],
  ['narrow-contrast', { theme: 'high-contrast', width: 420 }],
  ['chinese', { seed: { language: 'zh-cn' } }],
] as const)('a panel that stays on an execution: %s', (name, options) => {
  test('shows it alone, with its tree and values', async () => {
    const { page, engine, screenshot } = await openPinned(options);
    await page.locator('.tree-row').first().waitFor();
    expect(await page.locator('.header, .execution-row, .picker, .figures').count()).toBe(0);
    expect(engine.queriesOf('tree').at(-1)?.key).toBe(executions(5)[2]!.key);
    expect([engine.queriesOf('list'), engine.queriesOf('figures')]).toEqual([[], []]);
    // Executions of one flow are told apart by these alone.
    for (const part of [
      '.outcome-icon',
      '.head-name',
      '.head-begin',
      '.head-fact:not(.head-begin)',
    ]) {
      expect(await page.locator(`.head-line > ${part}`).isVisible(), part).toBe(true);
    }
    await screenshot(`pinned-${name}`);
  });
});

test.each([
  ['en', 400],
  ['en', 560],
  ['en', 700],
  ['zh-cn', 400],
])(
  'the way to the failing step is at the end of its line: %s, %i pixels',
  async (language, width) => {
    const { page } = await openPinned({
      width,
      prepare: (engine) => {
        engine.rows = executions(5);
        engine.treeOf = aTree;
      },
      seed: { language, pinned: executions(5)[0]!.key },
    });
    await page.locator('.jump').waitFor();
    const gap = await page.locator('.jump').evaluate((jump) => {
      const line = jump.closest('.head-line')!.getBoundingClientRect();
      return line.right - jump.getBoundingClientRect().right;
    });
    expect(gap).toBeLessThan(16);
  },
);

test('it stays there whatever comes, and is told to the host', async () => {
  const { page, engine, host, asked } = await openPinned();
  await page.locator('.tree-row').first().waitFor();
  const { key } = executions(5)[2]!;
  expect(await asked('setSelected')).toEqual({ key });
  engine.arrive(...executions(9).slice(0, 4));
  host.emit('followLatest', true);
  host.emit('activeFlow', { uri: 'file:///a.yaml', fileName: 'a.yaml', name: 'a' });
  const update = { ...executions(5)[2]!, outcome: 'running' as const };
  engine.update(update);
  await expect.poll(() => engine.queriesOf('tree').at(-1)?.key).toBe(key);
  expect(engine.queriesOf('list')).toEqual([]);
});

test('what its page keeps names the execution, so that it comes back', async () => {
  const { page, saved } = await openPinned();
  await page.locator('.tree-row').first().waitFor();
  const { key } = executions(5)[2]!;
  expect(await saved()).toMatchObject({ pinned: key, selected: key });
});

test('it says that its execution is gone with its source, and shows it when it is back', async () => {
  const { page, engine } = await openPinned();
  await page.locator('.tree-row').first().waitFor();
  const before = engine.rows;
  engine.rows = [];
  engine.setState({ kind: 'ended', records: 0 } as never, { kind: 'files', name: 'other.json' });
  await page.getByRole('heading', { name: 'This execution is no longer available.' }).waitFor();
  await page.getByText('It belongs to another source, or its record is no longer kept.').waitFor();
  expect(await page.getByRole('button', { name: 'Open Newest Execution' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Switch Source…' }).click();
  await suite.panel.asked('switchSource');
  engine.rows = before;
  engine.setState({ kind: 'live', lag: 0 }, liveStatus.source);
  await page.locator('.tree-row').first().waitFor();
});

test('its menus know that it is one', async () => {
  const { page } = await openPinned();
  await page.locator('.tree-row').first().waitFor();
  const context = await page.locator('.panel').getAttribute('data-vscode-context');
  expect(JSON.parse(context ?? '')).toEqual({ panelIsPinned: true, sourceHasLinks: true });
});

test('an execution is opened in one from the menu of the header', async () => {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
    },
    seed: { hasStarted: true },
  });
  const { page, asked, engine } = suite.panel;
  await page.locator('.tree-row').first().waitFor();
  await page.getByRole('button', { name: 'More Actions…' }).click();
  await page.getByRole('menuitem', { name: 'Open This Execution in New Panel' }).click();
  const { key, name } = await asked('openInNewPanel');
  expect(key).toBe(engine.queriesOf('tree').at(-1)?.key);
  // Several of one flow stand side by side: when it ran tells them apart.
  expect(name).toMatch(/^\S+ .*\d+:\d\d/);
});
