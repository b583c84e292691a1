import { describe, expect, test } from 'vitest';
import type { TreeRow } from '../../src/protocol/tree.ts';
import type { PanelOptions } from './harness.ts';
import { nodeContent, wholeExecution } from './inspectorContents.ts';
import { panelSuite } from './panelSuite.ts';
import { anExecution, aTree, executions, liveStatus } from './panelData.ts';
import { row, treeWindow } from './treeRows.ts';

const suite = panelSuite();

const key = (name: string) => suite.panel.page.locator(`[data-key="${name}"]`);
const name = (of: string) => key(of).locator('.tree-label');
const scroller = () => suite.panel.page.locator('.tree .rows-scroller, .rows-scroller').last();
const topOf = async (name: string) => (await key(name).boundingBox())?.y;

describe('an execution that grows by snapshots', () => {
  const growing = anExecution(3, { outcome: 'running', durationMs: null });
  let nodes = 0;

  /** As many steps as ran, the last one still at it; a container on top that the reader may close. */
  const rowsOf = (collapsed: readonly string[]): TreeRow[] => {
    const isClosed = collapsed.includes('box');
    const inside = ['in1', 'in2'].map((name) => row(name, { level: 2 }));
    const steps = Array.from({ length: nodes }, (_, index) =>
      row(`s${index}`, index === nodes - 1 ? { status: 'running', durationMs: null } : {}),
    );
    return [row('box', { expanded: !isClosed }), ...(isClosed ? [] : inside), ...steps];
  };

  const openGrowing = async () => {
    nodes = 60;
    await suite.open({
      prepare: (engine) => {
        engine.rows = [growing];
        engine.status = liveStatus;
        engine.treeOf = (execution) => {
          const collapsed = engine.queriesOf('tree').at(-1)?.collapsed ?? [];
          return treeWindow(rowsOf(collapsed), {
            ...{ summary: aTree(execution).summary!, name: 'growing' },
            position: { topic: 't', partition: 0, offset: String(nodes) },
          });
        };
      },
      saved: { selected: growing.key },
      seed: { hasStarted: true },
    });
    await key('s0').waitFor();
  };

  test('is updated in place: selection, place and what is closed stay', async () => {
    await openGrowing();
    await key('box').locator('[data-part=twistie]').click();
    await expect.poll(() => key('box').getAttribute('aria-expanded')).toBe('false');
    await scroller().evaluate((element) => element.scrollTo(0, 660));
    await name('s33').click();
    await expect.poll(() => key('s33').getAttribute('aria-selected')).toBe('true');
    const before = [await topOf('s33'), await scroller().evaluate(({ scrollTop }) => scrollTop)];
    expect(before[1]).toBeGreaterThan(0);

    for (const more of [61, 70, 95]) {
      nodes = more;
      suite.panel.engine.update(growing);
      // The head of the tree is as high as a row.
      await expect.poll(panelRows).toBe(1 + 1 + more);
      expect([await topOf('s33'), await scroller().evaluate(({ scrollTop }) => scrollTop)]).toEqual(
        before,
      );
      expect(await key('s33').getAttribute('aria-selected')).toBe('true');
    }
    await scroller().evaluate((element) => element.scrollTo(0, 0));
    expect(await key('box').getAttribute('aria-expanded')).toBe('false');
    expect(suite.panel.engine.queriesOf('tree').at(-1)?.collapsed).toEqual(['box']);
  });

  test('is followed to its end: the row that ran is done, in the same place', async () => {
    await openGrowing();
    await expect.poll(() => key('s0').count()).toBe(1);
    const before = await topOf('s0');
    const finished = { ...growing, outcome: 'succeeded' as const, durationMs: 8_000 };
    nodes = 62;
    suite.panel.engine.update(finished);
    await expect.poll(panelRows).toBe(1 + 65);
    expect(await topOf('s0')).toBe(before);
    await suite.panel.page.locator('.execution-row[data-outcome=succeeded]').waitFor();
  });

  describe('that fails while it is watched', () => {
    const failing = { status: 'failed', failing: true, error: 'no such page' } as const;
    /** It runs with three steps when it is opened; a hundred more come, the last of which fails. */
    const openRunning = async () => {
      let rows = ['s0', 's1', 's2'].map((name) => row(name));
      const panel = await suite.open({
        prepare: (engine) => {
          engine.rows = [growing, anExecution(2)];
          engine.status = liveStatus;
          engine.treeOf = (execution) =>
            treeWindow(rows, { summary: aTree(execution).summary!, name: 'growing' });
          engine.inspect = (_key, key) =>
            key === null
              ? wholeExecution()
              : nodeContent(
                  {},
                  rows.find((one) => one.key === key),
                );
        },
        saved: { selected: growing.key },
        seed: { hasStarted: true },
      });
      await name('s2').waitFor();
      await panel.page.locator('.inspector-panel').waitFor();
      return {
        ...panel,
        fail: async () => {
          const more = Array.from({ length: 99 }, (_, index) => row(`m${index}`));
          rows = [...rows, ...more, row('bad', failing)];
          panel.engine.update({ ...growing, outcome: 'failed', durationMs: 8_000 });
          await expect.poll(panelRows).toBe(1 + 103);
        },
      };
    };
    const selected = () =>
      suite.panel.page
        .locator('.tree-row[aria-selected=true]')
        .evaluateAll((rows) => rows.map((one) => one.getAttribute('data-key')));

    test('shows its failing step where none is chosen, and takes no focus for it', async () => {
      const { page, fail } = await openRunning();
      await page.locator('.filter-input').focus();
      await fail();
      await expect.poll(selected).toEqual(['bad']);
      await expect.poll(() => name('bad').isVisible()).toBe(true);
      await page.locator('.inspector h2', { hasText: 'bad' }).waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.className);
      expect(await focused()).toContain('filter-input');
    });

    test('leaves the step that the reader chose', async () => {
      const { fail } = await openRunning();
      await name('s1').click();
      await expect.poll(selected).toEqual(['s1']);
      await fail();
      expect(await selected()).toEqual(['s1']);
    });

    test('leaves what is read in the inspector while it is read', async () => {
      const { page, engine, fail } = await openRunning();
      await page.locator('.inspector-panel').hover();
      await fail();
      await page.locator('.execution-row[data-outcome=failed]').first().waitFor();
      expect(await selected()).toEqual([]);
      // It says more later on, and the reader is elsewhere by then.
      await page.mouse.move(600, 4);
      engine.update({ ...growing, outcome: 'failed', durationMs: 9_000 });
      await expect.poll(selected).toEqual(['bad']);
    });
  });

  /** All rows of the tree, those included that are not drawn. */
  const panelRows = () => scroller().evaluate((element) => Math.floor(element.scrollHeight / 22));
});

describe('rows of their own kind', () => {
  const open = async (options: PanelOptions) => {
    await suite.open({
      prepare: (engine) => {
        engine.rows = [
          anExecution(11, { outcome: 'stalled', durationMs: null }),
          ...executions(10),
        ];
        engine.status = liveStatus;
        engine.treeOf = (execution) =>
          treeWindow(
            [
              row('flow', {
                name: 'Invoice flow',
                nodeId: 'flow::1',
                type: 'flow',
                expanded: true,
              }),
              row('sub', {
                ...{ level: 2, type: 'workflow', name: 'invoice', nodeId: '' },
                ...{ execution: 'workflow/spf4', confidence: 'certain' },
              }),
              row('guess', {
                ...{ level: 2, type: 'workflow', name: 'archive', nodeId: '' },
                ...{ execution: 'workflow/spf3', confidence: 'likely' },
              }),
              row('last', {
                name: 'Enter order',
                status: 'stalled',
                durationMs: null,
                endMs: null,
              }),
            ],
            { summary: aTree(execution).summary!, name: 'orders' },
          );
        engine.inspect = () => ({
          kind: 'execution',
          summary: { ...aTree(anExecution(4)).summary! },
          data: {
            question: { name: 'question', value: 'q', form: 'text', round: null },
            answer: { name: 'answer', value: 'a', form: 'text', round: null },
            fields: [],
          },
          position: { topic: 't', partition: 0, offset: '1' },
        });
      },
      saved: { selected: 'workflow/spf11' },
      ...options,
      seed: { hasStarted: true, ...options.seed },
    });
    await key('sub').waitFor();
    return suite.panel.page;
  };

  test('a sub-workflow says how sure it is, and opens as its own execution', async () => {
    const page = await open({});
    await expect
      .poll(() => key('sub').locator('.tree-badge').allTextContents())
      .toEqual(['sub-workflow']);
    await expect
      .poll(() => key('guess').locator('.tree-badge').allTextContents())
      .toEqual([...['sub-workflow', 'likely']]);
    await expect
      .poll(() => key('guess').getAttribute('title'))
      .toContain('the parameters can’t be compared');
    await expect.poll(() => key('last').getAttribute('aria-label')).toContain('Stopped reporting');
    await name('sub').click();
    await suite.panel.screenshot('sub-workflows-dark');
    await page.getByRole('button', { name: 'Open This Execution' }).click();
    await expect
      .poll(async () => (await suite.panel.saved()) as { selected: string })
      .toMatchObject({ selected: 'workflow/spf4' });
  });

  test('in Chinese, in light', async () => {
    await open({ theme: 'light-modern', seed: { language: 'zh-cn' } });
    await name('guess').click();
    await expect
      .poll(() => key('guess').locator('.tree-badge').allTextContents())
      .toEqual(['子工作流', '可能']);
    await suite.panel.page.getByRole('button', { name: '打开此执行' }).waitFor();
    await suite.panel.screenshot('sub-workflows-light-zh');
  });
});
