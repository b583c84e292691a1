import { describe, expect, test } from 'vitest';
import type { EngineStatus } from '../../src/protocol/status.ts';
import { firstChoices } from '../../webview/choices.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const files = (name: string): EngineStatus => ({
  ...liveStatus,
  source: { kind: 'files', name, detail: `/traces/${name}` },
  state: { kind: 'ended' },
});
const key = (n: number) => `workflow/spf${String(n)}`;

/** A page that comes back: it had an execution of a file open, and finds what is read now. */
function comeBack(
  status: EngineStatus,
  rows: number,
  options: PanelOptions & { readonly selected?: number } = {},
): Promise<OpenPanel> {
  const { selected = 3, ...others } = options;
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(rows);
      engine.status = status;
    },
    saved: {
      ...firstChoices,
      ...{ scope: 'all', selected: key(selected), row: null },
      source: 'files a.json /traces/a.json',
    },
    seed: { hasStarted: true },
    ...others,
  });
}

/** Executions that the page has had opened, in order. */
const opened = ({ engine }: OpenPanel) => [
  ...new Set(engine.queriesOf('tree').map((query) => query.key)),
];
const shown = ({ page }: OpenPanel) => page.locator('.execution-row[aria-selected="true"]');

describe('a page that comes back', () => {
  test('opens what was open', async () => {
    const panel = await comeBack(files('a.json'), 12);
    await panel.page.getByRole('treeitem').first().waitFor();
    expect(opened(panel)).toEqual([key(3)]);
  });

  test('and was told what to show opens that and nothing else', async () => {
    const told = { key: key(10), nodeId: null, rowKey: null };
    const panel = await comeBack(files('a.json'), 12, { told });
    await panel.page.getByRole('treeitem').first().waitFor();
    await expect.poll(() => shown(panel).getAttribute('data-key')).toBe(key(10));
    expect(opened(panel)).toEqual([key(10)]);
  });

  test.each([
    ['of which it had one with the same key', 12],
    ['which has not what was open', 2],
  ])('to another file opens what failed there, or the newest: %s', async (_, rows) => {
    const panel = await comeBack(files('b.json'), rows);
    const { page } = panel;
    await page.getByRole('treeitem').first().waitFor();
    const wanted = rows === 12 ? key(10) : key(2);
    await expect.poll(() => opened(panel).at(-1)).toBe(wanted);
    expect(opened(panel)).not.toContain(key(3));
    expect(await page.getByText('no longer available').count()).toBe(0);
    await expect.poll(() => panel.saved()).toMatchObject({ selected: wanted });
  });

  test('to another file, told what to show of it, opens that', async () => {
    const told = { key: key(4), nodeId: null, rowKey: null };
    const panel = await comeBack(files('b.json'), 12, { told });
    await panel.page.getByRole('treeitem').first().waitFor();
    await expect
      .poll(() => panel.saved())
      .toMatchObject({
        ...{ selected: key(4), source: 'files b.json /traces/b.json' },
      });
    expect(opened(panel)).toEqual([key(4)]);
  });

  test('to a file under the same name, without what was open, opens what it has', async () => {
    const panel = await comeBack(files('a.json'), 2, { selected: 40 });
    await expect.poll(() => opened(panel).at(-1)).toBe(key(2));
    await panel.page.getByRole('treeitem').first().waitFor();
    expect(await panel.page.getByText('no longer available').count()).toBe(0);
  });
});

test('with another source nothing is selected any more, and the host knows', async () => {
  const panel = await comeBack(files('a.json'), 12);
  await panel.page.getByRole('treeitem').first().waitFor();
  panel.engine.rows = [];
  panel.engine.status = files('c.json');
  panel.engine.pushList();
  panel.engine.pushStatus();
  await expect
    .poll(() => panel.hostCalls.filter(({ method }) => method === 'setSelected').at(-1)?.params)
    .toEqual({ key: null });
});

test.each(['problems', 'numbers'] as const)(
  'a file that is opened while %s are shown shows its executions, another topic does not',
  async (page) => {
    const panel = await suite.open({
      prepare: (engine) => {
        engine.rows = executions(5);
        engine.status = liveStatus;
      },
      saved: { ...firstChoices, page },
      seed: { hasStarted: true },
    });
    const isChosen = () =>
      panel.page.locator('.page-switch [aria-pressed="true"]').getAttribute('title');
    await expect.poll(isChosen).toMatch(/Problems|Numbers/);
    panel.engine.status = {
      ...liveStatus,
      source: { ...liveStatus.source, name: 'another-topic' },
    };
    panel.engine.pushStatus();
    await panel.page.getByText('another-topic').first().waitFor();
    await expect.poll(isChosen).toMatch(/Problems|Numbers/);
    panel.engine.status = files('a.json');
    panel.engine.pushStatus();
    await expect.poll(isChosen).toBe('Executions');
  },
);

test('the row of a step that was asked for by key takes the focus, wherever it was before', async () => {
  const panel = await comeBack(files('a.json'), 12);
  const { page, host } = panel;
  await page.getByRole('treeitem').first().waitFor();
  await page.locator('.filter-input').focus();
  const told = { key: key(10), nodeId: 'rpa::save', rowKey: null };
  host.emit('select', told);
  await expect.poll(() => shown(panel).getAttribute('data-key')).toBe(key(10));
  const inFilter = page.locator('.filter-input:focus');
  expect(await inFilter.count()).toBe(1);
  host.emit('select', { ...told, key: key(9), takesFocus: true });
  await page.locator('.tree-rows:focus').waitFor();
});
