import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { aDrawing, aLargeDrawing, runningAt, someStates } from './graphData.ts';
import { aTree } from './panelData.ts';
import { withExecutions } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';
import { row } from './treeRows.ts';

const suite = panelSuite();
const themes = ['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const;

const inFlow = (parts: Parameters<typeof withExecutions>[0] = {}) =>
  withExecutions({ ...parts, saved: { stepsAs: 'flow', ...(parts.saved as object) } });

describe('steps in their flow', () => {
  test('are chosen with the pointer and by keys, along the arrows, and lead to the text', async () => {
    const { page, engine, hostCalls } = await suite.open(withExecutions());
    const told = (method: string) =>
      hostCalls.filter((call) => call.method === method).map(({ params }) => params);
    await page.getByLabel('Show Steps in Flow').click();
    const box = (place: number) => page.locator(`[data-place="${String(place)}"]`);
    await page.locator('.flow-selected').waitFor();
    await page.getByLabel('Fit to View').click();
    await box(0).waitFor();
    expect(engine.queriesOf('graphStates')).toEqual([{ uri: null, execution: 'workflow/spf5' }]);
    // What is chosen in the tree is chosen here, and what led to the failure stands out.
    expect(await page.locator('.flow-selected .flow-name').allTextContents()).toEqual([
      'Click save',
    ]);
    expect(await page.locator('path.flow-edge.flow-way').count()).toBe(4);
    expect(await page.locator('.flow-count').allTextContents()).toEqual(['×3', '×3']);
    // Beside its arrow, which is short: on it, it would leave a gap.
    const counted = page.locator('[data-edge]:has(.flow-count)').first();
    const line = (await counted.locator('.flow-edge').boundingBox())!;
    const count = (await counted.locator('.flow-count').boundingBox())!;
    expect(count.x).toBeGreaterThan(line.x + line.width / 2);

    await box(1).click();
    await expect
      .poll(() => told('stepChosen'))
      .toContainEqual({ key: 'workflow/spf5', nodeId: 'rpa::read' });
    await box(1).dblclick();
    const target = { nodeId: 'rpa::read', name: 'Read the invoices' };
    await expect.poll(() => told('revealNode')).toMatchObject([{ target }]);

    const screen = page.locator('.flow-screen');
    await screen.focus();
    await page.keyboard.press('ArrowUp');
    const active = () => page.locator('.flow-focused').first().getAttribute('aria-label');
    await expect.poll(active).toMatch(/^Start, Succeeded/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(active).toMatch(/^For each invoice, Failed/);
    await page.keyboard.press('Enter');
    await expect.poll(() => told('stepChosen').at(-1)).toMatchObject({ nodeId: 'rpa::each' });
    const id = await screen.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${id ?? ''}`).getAttribute('aria-selected')).toBe('true');
  });

  test('in a low panel their legend is scrolled, and none of it is cut off', async () => {
    const { page } = await suite.open({ ...inFlow(), width: 700, height: 420 });
    await page.getByLabel('Legend').click();
    const legend = page.locator('.flow-legend');
    await legend.waitFor();
    const bottomOf = async (selector: string) => {
      const { y, height } = (await page.locator(selector).boundingBox())!;
      return y + height;
    };
    expect(await bottomOf('.flow-legend')).toBeLessThanOrEqual(await bottomOf('.flow-room'));
    expect(await legend.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true);
  });

  test('one that failed keeps its red frame while it is selected, in every theme', async () => {
    const { page, setTheme } = await suite.open({ ...inFlow(), width: 1200, height: 800 });
    const failing = page.locator('.flow-failing');
    await failing.waitFor();
    const place = (await failing.getAttribute('data-place')) ?? '';
    const box = page.locator(`[data-place="${place}"] > .flow-box`);
    const look = () =>
      box.evaluate((one) => {
        const { stroke, strokeWidth, outlineStyle, outlineColor } = getComputedStyle(one);
        return { frame: [stroke, strokeWidth], isFramed: outlineStyle, outlineColor };
      });
    const select = (other: boolean) =>
      page
        .locator(other ? '.flow-node:not(.flow-failing)' : '.flow-failing')
        .first()
        .click();
    for (const theme of themes) {
      await setTheme(theme);
      await select(true);
      await expect.poll(() => page.locator('.flow-failing.flow-selected').count()).toBe(0);
      const before = await look();
      await select(false);
      await page.locator('.flow-failing.flow-selected').waitFor();
      const selected = await look();
      expect(selected.frame, theme).toEqual(before.frame);
      expect([before.isFramed, selected.isFramed], theme).toEqual(['none', 'solid']);
      expect(selected.outlineColor, theme).not.toBe(selected.frame[0]);
      await suite.panel.screenshot(`flow-failing-selected-${theme}`);
    }
  });

  test('stay in the middle where the panel gets narrower', async () => {
    const { page, resize, asked } = await suite.open({ ...inFlow(), width: 1200, height: 800 });
    const offMiddle = async () => {
      const box = await page.locator('.flow-selected').boundingBox();
      const screen = await page.locator('.flow-screen').boundingBox();
      if (box === null || screen === null) return null;
      return Math.round(box.x + box.width / 2 - (screen.x + screen.width / 2));
    };
    await page.locator('.flow-selected').waitFor();
    await page.getByLabel('Zoom In').click();
    await expect.poll(offMiddle).not.toBeNull();
    const before = await offMiddle();
    await resize({ width: 460, height: 800 });
    await expect.poll(offMiddle).toBe(before);

    // Seen whole it is too small to be read; what is clicked stays under the pointer for the second click.
    await resize({ width: 460, height: 420 });
    await page.getByLabel('Fit to View').click();
    await expect.poll(offMiddle).not.toBe(before);
    const box = page.locator('[data-place="1"]');
    const middleOf = async () => {
      const at = await box.boundingBox();
      return at === null ? NaN : at.y + at.height / 2;
    };
    // The border of what is chosen gets wider: its neighbour tells whether anything was moved.
    const neighbour = page.locator('[data-place="0"] .flow-box');
    const there = [await middleOf(), await neighbour.boundingBox()] as const;
    await box.dblclick();
    expect(await asked('revealNode')).toMatchObject({ target: { nodeId: 'rpa::read' } });
    await page.locator('.flow-selected[data-place="1"]').waitFor();
    expect(await middleOf()).toBeCloseTo(there[0], 0);
    const then = await neighbour.boundingBox();
    expect(then?.y).toBeCloseTo(there[1]?.y ?? NaN, 0);
    expect(then?.height).toBeCloseTo(there[1]?.height ?? NaN, 0);
  });

  test('say at which sides they go on, and go there', async () => {
    const { page, resize } = await suite.open({ ...inFlow(), width: 520, height: 690 });
    await page.locator('.flow-selected').waitFor();
    const signs = async () => {
      const shown = await page.locator('.flow-beyond > :visible').all();
      return Promise.all(shown.map((sign) => sign.getAttribute('class')));
    };
    const sign = (side: string) => expect.stringContaining(`chevron-${side}`) as string;
    await expect.poll(signs).toEqual([sign('down')]);
    await page.locator('.flow-beyond-down').click();
    await expect.poll(signs).toContainEqual(sign('up'));
    await resize({ width: 520, height: 1400 });
    await page.getByLabel('Fit to View').click();
    await expect.poll(signs).toEqual([]);
  });

  /** Seven steps in a row, as a small flow has them, of which the fifth failed. */
  const inRow = () =>
    inFlow({
      prepare: (engine) => {
        engine.graph = (query) => {
          const { nodes, ...drawing } = aLargeDrawing(query, 7);
          const places = nodes.map((node, place) => ({ ...node, x: place * 256, y: 0 }));
          const route = (place: number) => [place * 256 + 200, 26, place * 256 + 256, 26];
          const edges = nodes.slice(1).map((_, place) => ({
            ...{ source: place, target: place + 1, kind: 'normal' as const, route: route(place) },
          }));
          return { ...drawing, nodes: places, edges, width: 6 * 256 + 200, height: 52 };
        };
        engine.graphStates = (query) => {
          const run = { row: 'f', status: 'failed', failing: true } as const;
          const [node] = someStates(query).nodes.filter((one) => one.run !== undefined);
          const failed = { ...node!, place: 4, run: { ...node!.run!, ...run } };
          return { ...someStates(query), nodes: [failed], taken: null };
        };
      },
    });

  test('of a row of seven are seen whole where their names are read, else the failing one with its neighbours', async () => {
    const { page, resize } = await suite.open({ ...inRow(), width: 691, height: 800 });
    await page.locator('[data-place="4"]').waitFor();
    const whole = async () => {
      const screen = await page.locator('.flow-screen').boundingBox();
      const boxes = await page.locator('.flow-canvas [data-place] .flow-box').all();
      const seen = await Promise.all(boxes.map((box) => box.boundingBox()));
      const right = (screen?.x ?? 0) + (screen?.width ?? 0);
      return seen.flatMap((box, place) =>
        box !== null && box.x >= (screen?.x ?? 0) && box.x + box.width <= right ? [place] : [],
      ).length;
    };
    await expect.poll(whole).toBe(7);
    // What a step took stands below its box, where that is too small for it.
    const took = page.locator('[data-place="4"] .flow-below');
    expect(await took.textContent()).toMatch(/ m?s$/);
    const size = await took.evaluate((text) => text.getBoundingClientRect().height);
    expect(size).toBeGreaterThanOrEqual(10);
    await suite.panel.screenshot('flow-row-691');
    await resize({ width: 250, height: 800 });
    const clear = async () => {
      const box = await page.locator('[data-place="4"] .flow-box').boundingBox();
      const sign = await page.locator('.flow-beyond-left').boundingBox();
      return box !== null && sign !== null && sign.y >= box.y + box.height;
    };
    await expect.poll(clear).toBe(true);
    await suite.panel.screenshot('flow-row-250');
  });

  test('are found, seen at a moment, told what passed between them, and saved', async () => {
    const { page, asked } = await suite.open(inFlow());
    await page.getByLabel('Fit to View').click();
    await page.locator('.flow-screen').focus();
    await page.keyboard.press('Control+f');
    await page.locator('.flow-find input:focus').waitFor();
    await page.keyboard.type('fill');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.flow-find-count').textContent()).toBe('1 of 1');
    await expect
      .poll(() => page.locator('.flow-focused .flow-name').textContent())
      .toBe('Fill the form');
    await page.keyboard.press('Escape');
    await page.getByLabel('Fit to View').click();

    const statusOf = (place: number) =>
      page.locator(`[data-place="${String(place)}"]`).getAttribute('data-status');
    const slider = page.getByLabel('Time in the run');
    await slider.fill('260');
    await expect.poll(() => statusOf(4)).toBe('running');
    expect([await statusOf(1), await statusOf(5)]).toEqual(['recovered', 'notRun']);
    const labelOf = (place: number) =>
      page.locator(`[data-place="${String(place)}"]`).getAttribute('aria-label');
    expect(await labelOf(5)).toMatch(/^Click save, Not run yet/);
    expect(await labelOf(7)).toMatch(/, Did not run$/);
    await slider.fill('1000');
    await expect.poll(() => statusOf(5)).toBe('failed');

    await page.locator('[data-edge="1"] .flow-edge-hit').hover({ force: true });
    await expect
      .poll(() => page.locator('.flow-tip').textContent())
      .toBe('Read the invoices → For each invoice: Taken oncecount3token••••c3f1');

    await page.getByLabel('Legend').click();
    await expect.poll(() => page.locator('.flow-legend dt').first().textContent()).toBe('×3');

    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.flow-legend').count()).toBe(0);

    await page.getByLabel('Save as SVG…').click();
    const { name, text, format } = await asked('saveTable');
    expect([name, format]).toEqual(['invoice-entry', 'svg']);
    // Mixed and translucent colours are known to browsers alone.
    expect(text).not.toMatch(/(?:fill|stroke)="(?!none|#[0-9a-f]{6}")/);
    expect(text).toContain('>Click save</text>');
  });

  test('say what passed whole, at the edges of the view too', async () => {
    const { page } = await suite.open({ ...inFlow(), width: 520, height: 690 });
    await page.locator('.flow-selected').waitFor();
    await page.getByLabel('Fit to View').click();
    const edge = page.locator('[data-edge="1"] .flow-edge-hit');
    for (const [across, down] of [
      [0.02, 0.02],
      [0.97, 0.02],
      [0.02, 0.97],
      [0.97, 0.97],
    ] as const) {
      const view = await edge.evaluate(
        (element, share) => {
          const { x, y, width, height } = (
            element.closest('.flow-screen') ?? element
          ).getBoundingClientRect();
          const at = { clientX: x + width * share.across, clientY: y + height * share.down };
          element.dispatchEvent(new PointerEvent('pointermove', { ...at, bubbles: true }));
          return { x, y, right: x + width, bottom: y + height };
        },
        { across, down },
      );
      await page.locator('.flow-tip-value').first().waitFor();
      const tip = await page.locator('.flow-tip').boundingBox();
      if (tip === null) throw new Error('nothing is told');
      expect(tip.x).toBeGreaterThanOrEqual(view.x);
      expect(tip.y).toBeGreaterThanOrEqual(view.y);
      expect(tip.x + tip.width).toBeLessThanOrEqual(view.right);
      expect(tip.y + tip.height).toBeLessThanOrEqual(view.bottom);
    }
  });

  test('that are looked for come into sight while one types', async () => {
    const { page } = await suite.open({ ...inFlow(), width: 520, height: 690 });
    const screen = page.locator('.flow-screen');
    await page.locator('.flow-beyond-down').click();
    await page.locator('.flow-beyond-up').waitFor();
    const seen = async () => {
      const [box, around] = [
        await page.locator('.flow-found').first().boundingBox(),
        await screen.boundingBox(),
      ];
      return box !== null && around !== null && box.y >= around.y;
    };
    await screen.focus();
    await page.keyboard.press('Control+f');
    await page.locator('.flow-find input:focus').waitFor();
    await page.keyboard.type('read the');
    await expect.poll(seen).toBe(true);
    await expect.poll(() => page.locator('.flow-find-count').textContent()).toBe('1');
  });

  test('a run that grows is followed, and steps that the file has no more are told', async () => {
    const { page, engine, asked } = await suite.open(inFlow());
    await page.locator('.flow-node').first().waitFor();
    const none = { count: 0, names: [] };
    engine.graphStates = (query) => ({
      ...someStates(query),
      nodes: [{ place: 6, run: { row: 'decide', status: 'running', durationMs: null } }],
      since: {
        ...{ added: none, moved: none, renamed: none, gone: { count: 1, names: ['Old step'] } },
        then: { commit: { hash: '1a2b3c4d5e6f', atMs: 0 } },
      },
    });
    engine.push('graphStates');
    await expect.poll(() => page.locator('.flow-running').count()).toBe(1);
    const note = page.locator('.flow-note');
    await expect
      .poll(() => note.getByRole('status').textContent())
      .toBe(
        'The flow has changed since this run. 1 step was removed: “Old step”. The version that ran is commit 1a2b3c4d.',
      );
    await note.getByRole('button', { name: 'Compare with File' }).click();
    expect(await asked('openFlowThen')).toMatchObject({ uri: expect.any(String) as string });
    engine.graph = (query) => ({
      ...aDrawing(query),
      ...(query.asRun === true ? { asRun: { commit: null } } : {}),
    });
    await note.getByRole('button', { name: 'Show Version That Ran' }).click();
    await expect
      .poll(() => note.getByRole('status').textContent())
      .toBe('Drawn as it was when it ran.');
  });

  test('say that the text can’t be read by now, and of what is drawn', async () => {
    const { page, engine } = await suite.open(inFlow());
    await page.locator('.flow-node').first().waitFor();
    engine.graphStates = (query) => ({ ...someStates(query), broken: 'before' });
    engine.push('graphStates');
    const note = page.locator('.flow-note').getByRole('status');
    await expect
      .poll(() => note.textContent())
      .toBe('The text can’t be read as a flow now. Steps are shown as they were before.');
    engine.graphStates = someStates;
    engine.push('graphStates');
    await expect.poll(() => page.locator('.flow-note').count()).toBe(0);
  });

  test('of a run that grows come into sight as they run, as long as the reader goes with it', async () => {
    const { page, engine } = await suite.open({
      ...inFlow({
        saved: { row: null, detail: null },
        prepare: (fake) => {
          fake.treeOf = (execution) => {
            const rows = [row('start', { status: 'running' })];
            return { ...aTree(execution), ...{ rows, totalRows: 1, failing: null } };
          };
          fake.graphStates = (query) => runningAt(query, 0);
        },
      }),
      ...{ width: 520, height: 560 },
    });
    const isSeen = (place: number) => isInSight(page, place);
    // What is far away is not drawn; the list has all.
    const listed = page.locator('.flow-view > ol > li');
    const run = async (place: number) => {
      engine.graphStates = (query) => runningAt(query, place);
      engine.push('graphStates');
      await expect.poll(() => listed.nth(place).textContent()).toMatch(/Running/);
    };
    await page.locator('.flow-running').waitFor();
    await expect.poll(() => isSeen(0)).toBe(true);
    await run(7);
    await expect.poll(() => isSeen(7)).toBe(true);
    await run(1);
    await expect.poll(() => isSeen(1)).toBe(true);

    // Who went elsewhere stays there.
    await page.locator('.flow-beyond-down').click();
    await expect.poll(() => isSeen(1)).toBe(false);
    await run(0);
    await run(1);
    expect(await isSeen(1)).toBe(false);
    // Back at what runs, the run leads on.
    await page.locator('.flow-beyond-up').click();
    await expect.poll(() => isSeen(1)).toBe(true);
    await run(7);
    await expect.poll(() => isSeen(7)).toBe(true);

    // What somebody has chosen stays in sight, too.
    await run(1);
    await expect.poll(() => isSeen(1)).toBe(true);
    await page.locator('[data-place="0"]').click();
    await run(7);
    expect(await isSeen(7)).toBe(false);
  });

  test('that run while it is played come into sight, whatever is chosen', async () => {
    const { page } = await suite.open({ ...inFlow(), width: 520, height: 560, ownClock: true });
    await page.locator('.flow-selected').waitFor();
    const isSeen = () => isInSight(page, 1);
    expect(await isSeen()).toBe(false);
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByLabel('Play Run').click();
    await page.clock.runFor(400);
    await page.locator('.flow-running[data-place="1"]').waitFor();
    await page.clock.runFor(100);
    await expect.poll(isSeen).toBe(true);
  });

  test('tell how often they ran where there is room for it, from wherever one comes', async () => {
    const { page } = await suite.open(inFlow());
    await page.locator('.flow-selected').waitFor();
    await page.getByLabel('Fit to View').click();
    const zoomTo = (scale: number) =>
      page.locator('svg.flow-canvas').evaluate((element, wanted) => {
        const svg = element as SVGSVGElement;
        const now = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const { left, top } = (svg.parentElement ?? svg).getBoundingClientRect();
        const at = { clientX: left + 50, clientY: top + 50 };
        const deltaY = -Math.log(wanted / now) / 0.004;
        svg.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, ctrlKey: true, bubbles: true }));
      }, scale);
    // Names and durations have one size at both.
    const counts = page.locator('.flow-node .flow-detail[text-anchor="end"]');
    for (const [scale, isRoom] of [
      [1, true] as const,
      [0.83, false] as const,
      [1, true] as const,
    ]) {
      await zoomTo(scale);
      await expect.poll(async () => (await counts.count()) > 0).toBe(isRoom);
    }
  });

  test('have long names on two lines, as near as one likes', async () => {
    const { page } = await suite.open({ ...inFlow(), width: 1_440, height: 900 });
    const box = page.locator('[data-place="6"]');
    await box.locator('tspan').waitFor();
    const isWithin = async () => {
      const [outer, name] = [box.locator('.flow-box'), box.locator('.flow-name')];
      const [around, text] = await Promise.all([outer.boundingBox(), name.boundingBox()]);
      if (around === null || text === null) return false;
      return (
        text.x >= around.x &&
        text.y >= around.y - 1 &&
        text.x + text.width <= around.x + around.width &&
        text.y + text.height <= around.y + around.height + 1
      );
    };
    const name = () => box.locator('.flow-name').textContent();
    for (const zoom of [null, 'Zoom In', 'Zoom In']) {
      if (zoom !== null) await page.getByLabel(zoom).click();
      await expect.poll(isWithin).toBe(true);
      expect(await name()).toMatch(/^Is all of it entered, /);
    }
    await expect.poll(name).toBe('Is all of it entered, and is nothing left?');
    for (let times = 0; times < 3; times++) await page.getByLabel('Zoom Out').click();
    await expect.poll(name).toMatch(/^Is all of it entered, .*…$/);
    await expect.poll(isWithin).toBe(true);
  });

  test('too far away for names are told and chosen by the pointer', async () => {
    const { page, hostCalls } = await suite.open(inFlow());
    await page.locator('.flow-selected').waitFor();
    for (let times = 0; times < 8; times++) await page.getByLabel('Zoom Out').click();
    await page.locator('.flow-node .flow-far').first().waitFor();
    expect(await page.locator('.flow-node .flow-name').count()).toBe(0);
    const box = page.locator('[data-place="4"]');
    expect(await box.locator('title').textContent()).toMatch(/^Fill the form, Succeeded ×3/);
    await box.click();
    await expect
      .poll(() => hostCalls.filter(({ method }) => method === 'stepChosen').at(-1)?.params)
      .toMatchObject({ nodeId: 'rpa::fill' });
  });

  test('of thousands those that are seen are drawn, with an overview beside them', async () => {
    const { page } = await suite.open(
      inFlow({
        prepare: (engine) => {
          engine.graph = (query) => aLargeDrawing(query, 2_000);
          engine.graphStates = (query) => ({ ...someStates(query), nodes: [], taken: null });
        },
      }),
    );
    await page.locator('.flow-minimap').waitFor();
    await page.locator('.flow-far').first().waitFor();
    expect(await page.locator('.flow-canvas *').count()).toBeLessThan(200);
    // They are one picture, and yet each is told and chosen by the pointer.
    const first = await page
      .locator('.flow-far')
      .first()
      .evaluate((path) => {
        const [x = 0, y = 0] = (path.getAttribute('d') ?? '').slice(1).split(/[ h]/).map(Number);
        const at = new DOMPoint(x + 100, y + 26).matrixTransform(
          (path as SVGPathElement).getScreenCTM() ?? undefined,
        );
        return [at.x, at.y] as const;
      });
    await page.mouse.move(...first);
    await expect
      .poll(() => page.locator('.flow-tip').textContent())
      .toMatch(/^Step \d+, Did not run/);
    await page.mouse.click(...first);
    await page.locator('.flow-focused').first().waitFor();
    await page.locator('.flow-screen').focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => page.locator('.flow-focused .flow-name').textContent())
      .toBe('Step 2000');
    expect(await page.locator('.flow-canvas *').count()).toBeLessThan(4_000);
  });

  test('of thousands seen whole, the one that failed has its name and stands out', async () => {
    const { page } = await suite.open(
      inFlow({
        prepare: (engine) => {
          engine.graph = (query) => aLargeDrawing(query, 2_000);
          const run = { row: 'far', status: 'failed', durationMs: 800, failing: true } as const;
          engine.graphStates = (query) => ({
            ...someStates(query),
            ...{ nodes: [{ place: 1_300, run }], taken: null },
          });
        },
      }),
    );
    // It begins at the failure, with its neighbours around it.
    await page.locator('.flow-failing .flow-name').waitFor();
    const seen = page.locator('.flow-node .flow-name');
    expect(await seen.count()).toBeGreaterThan(10);
    await page.getByLabel('Fit to View').click();
    await expect
      .poll(() => page.locator('.flow-far-name').allTextContents())
      .toEqual(['Step 1301']);
    const size = async () => (await page.locator('.flow-far-name').boundingBox())?.height ?? 0;
    expect(await size()).toBeGreaterThan(10);
    expect(await page.locator('.flow-failing .flow-box').count()).toBe(1);
  });

  test.each([
    ['whole where names are read there', 1_440, 9, 10],
    ['at the failure, near enough to be read', 460, 4, 10],
  ])('begin %s', async (_, width, least, pixels) => {
    const { page } = await suite.open({ ...inFlow(), width, height: 900 });
    await page.locator('.flow-selected').waitFor();
    const screen = await page.locator('.flow-screen').boundingBox();
    const boxes = await Promise.all(
      (await page.locator('.flow-canvas [data-place]').all()).map((box) => box.boundingBox()),
    );
    const inSight = boxes.filter(
      (box) =>
        box !== null &&
        screen !== null &&
        box.y >= screen.y &&
        box.y + box.height <= screen.y + screen.height &&
        box.x >= screen.x &&
        box.x + box.width <= screen.x + screen.width,
    );
    expect(inSight.length).toBeGreaterThanOrEqual(least);
    const name = await page.locator('.flow-selected .flow-name').boundingBox();
    expect(name?.height).toBeGreaterThanOrEqual(pixels);
  });
});

/** Whether all of the box at a place is on the screen. */
async function isInSight(page: Page, place: number): Promise<boolean> {
  const [drawn] = await page.locator(`[data-place="${String(place)}"]`).all();
  const box = (await drawn?.boundingBox()) ?? null;
  const screen = await page.locator('.flow-screen').boundingBox();
  if (box === null || screen === null) return false;
  return box.y >= screen.y && box.y + box.height <= screen.y + screen.height;
}
