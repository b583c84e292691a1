import { describe, expect, test } from 'vitest';
import type { OpenPanel } from './harness.ts';
import { executions, liveStatus } from './panelData.ts';
import { findInExecution, panelStates } from './panelStates.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

async function openState(begin: string, size: { width: number; height: number }) {
  const known = panelStates.find(({ name }) => name.startsWith(begin))!;
  const saved = { ...(known.options?.saved as object), why: 'open', evidenceOpen: true };
  const panel = await suite.open({ ...known.options, ...size, saved });
  await known.enter(panel);
  await panel.page.locator('.why-more').waitFor();
  return panel;
}

/** Texts that an edge of the card cuts. */
const cutTexts = ({ page }: OpenPanel) =>
  page.locator('.why-card').evaluate((card) => {
    const box = card.getBoundingClientRect();
    const edges = [box.top + card.clientTop, box.bottom - 1];
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const cut: string[] = [];
    while (texts.nextNode() !== null) {
      range.selectNodeContents(texts.currentNode);
      for (const { top, bottom, width } of range.getClientRects()) {
        // Between its letters and its edge a line has two pixels.
        const isCut = edges.some((edge) => top + 2 < edge && bottom - 2 > edge);
        if (isCut && width > 1) cut.push(texts.currentNode.textContent ?? '');
      }
    }
    return cut;
  });

const heightOf = async ({ page }: OpenPanel, selector: string) =>
  (await page.locator(selector).first().boundingBox())?.height ?? 0;

describe('the reasons that are unfolded', () => {
  test.each([
    [1280, 520],
    [1280, 640],
    [700, 760],
    [420, 700],
  ])('cut no line at their end, and say that there is more: %i × %i', async (width, height) => {
    const panel = await openState('all that the card of a failure holds', { width, height });
    const card = panel.page.locator('.why-card');
    // As a reader: until he goes on, what he opened last is brought into sight as it grows.
    await card.hover();
    await panel.page.mouse.wheel(0, -10_000);
    await panel.page.locator('.why-card.more-below:not(.more-above)').waitFor();
    await expect.poll(() => cutTexts(panel)).toEqual([]);
    await panel.page.mouse.wheel(0, 10_000);
    await panel.page.locator('.why-card.more-above:not(.more-below)').waitFor();
    await expect.poll(() => cutTexts(panel)).toEqual([]);
    await panel.screenshot(`reasons-${String(width)}-${String(height)}`);
  });

  test.each([
    [1280, 640],
    [1000, 700],
    [700, 760],
  ])('come to rest: %i × %i', async (width, height) => {
    const panel = await openState('all that the card of a failure holds', { width, height });
    const heights = () =>
      panel.page.locator('.why-card').evaluate(async (card) => {
        const seen = new Set<string>();
        for (let frame = 0; frame < 12; frame++) {
          await new Promise(requestAnimationFrame);
          seen.add(card.style.maxHeight);
        }
        return seen.size;
      });
    await expect.poll(heights).toBe(1);
  });

  test('have all the room that they need where steps and values have theirs', async () => {
    const panel = await openState('a failure of a problem', { width: 1100, height: 1000 });
    const card = panel.page.locator('.why-card');
    await card.evaluate((one) => one.scrollTo(0, 0));
    const isWhole = () => card.evaluate((one) => one.scrollHeight - one.clientHeight);
    await expect.poll(isWhole).toBeLessThanOrEqual(1);
    expect(await heightOf(panel, '.tree-rows')).toBeGreaterThan(95);
  });

  test.each([
    [1280, 700],
    [700, 760],
  ])('leave their room to what is looked for: %i × %i', async (width, height) => {
    const panel = await openState('a failure of a problem', { width, height });
    const before = await heightOf(panel, '.why-card');
    await findInExecution(panel.page, 'a');
    await panel.page.locator('.find-hit').first().waitFor();
    await expect.poll(() => heightOf(panel, '.why-card')).toBeLessThan(135);
    expect(await heightOf(panel, '.why-card')).toBeGreaterThan(60);
    await panel.page.locator('.find-bar input').press('Escape');
    await expect.poll(() => heightOf(panel, '.why-card')).toBeCloseTo(before, 0);
  });

  test('stay so when a line comes above them, or the reader was elsewhere', async () => {
    const panel = await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.status = liveStatus;
      },
      seed: { isTraceFile: true },
      ...{ width: 1100, height: 900 },
    });
    const { page, host } = panel;
    const fold = page.locator('.finding-fold');
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('true');
    const room = await heightOf(panel, '.detail');
    // As low as they just have room in it.
    for (let height = 890; (await fold.getAttribute('aria-expanded')) === 'true'; height -= 10) {
      await panel.resize({ width: 1100, height });
      if (height < 500) throw new Error('they never fold');
    }
    const { height } = page.viewportSize()!;
    await panel.resize({ width: 1100, height: height + 10 });
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('true');
    host.emit('traceFile', { name: 'a.rpatrace', state: 'changed' });
    await page.locator('.banner').first().waitFor();
    await expect.poll(() => heightOf(panel, '.detail')).toBeLessThan(room);
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
  });
});
