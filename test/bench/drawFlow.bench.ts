/**
 * Moving and zooming a graph of 2,000 steps in Chromium: from frame to frame, beside the same page at rest. The wheel turns
 * once a frame, so that each frame has something to show.
 */
import type { Browser, Page } from 'playwright-core';

import { aLargeDrawing, someStates } from '../webview/graphData.ts';
import { openPanelBrowser } from '../webview/harness.ts';
import { withExecutions } from '../webview/panelStates.ts';
import { buildForBench } from './built.ts';
import { heading, note, quantile, report } from './report.ts';

const steps = 2_000;
const frames = 240;
const aim = { atMost: 17 } as const;

/** What the wheel turns in a frame: along the graph and back, or nearer and further. */
interface Turn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly ctrlKey: boolean;
}

const still: Turn = { deltaX: 0, deltaY: 0, ctrlKey: false };
const along: Turn = { deltaX: 12, deltaY: 32, ctrlKey: false };
const nearer: Turn = { deltaX: 0, deltaY: 6, ctrlKey: true };

await buildForBench();
const browser = await openPanelBrowser({ optimized: true });
const { page, close } = await browser.open(
  withExecutions({
    ...{ width: 1_500, height: 950, saved: { stepsAs: 'flow' } },
    prepare: (engine) => {
      const ran = Array.from({ length: steps }, (_, place) => ({
        ...{ place, runs: 12, usualMs: 900 },
        run: { row: String(place), status: 'succeeded' as const, durationMs: 800 },
      }));
      engine.graph = (query) => aLargeDrawing(query, steps);
      engine.graphStates = (query) => ({ ...someStates(query), nodes: ran, taken: null });
    },
  }),
);
const session = await browserOf(page).newBrowserCDPSession();
await page.locator('.flow-minimap').waitFor();
await page.locator('.flow-far').first().waitFor();

heading(`Moving a graph of ${steps.toLocaleString('en-US')} steps, from frame to frame`);
await reportFrames('at rest', still);
await reportFrames('moved, seen whole', along);
await reportFrames('zoomed, seen whole', nearer);
await page.locator('.flow-screen').focus();
await page.keyboard.press('End');
await page.locator('.flow-focused .flow-name').waitFor();
await reportFrames('moved, with names', { ...along, deltaY: -along.deltaY, deltaX: -along.deltaX });
await reportFrames('zoomed, with names', { ...nearer, deltaY: -nearer.deltaY });
note(`elements drawn: ${String(await page.locator('.flow-canvas *').count())}`);
await close();
process.exit();

async function reportFrames(name: string, turn: Turn): Promise<void> {
  const before = await processorMs();
  const times = await framesWhile(page, turn);
  const took = (await processorMs()) - before;
  report(`${name}, p95`, quantile(times, 0.95), 'ms', aim);
  const [middle, longest] = [quantile(times, 0.5).toFixed(1), quantile(times, 1).toFixed(0)];
  note(`  median ${middle} ms, longest ${longest} ms; processor ${(took / frames).toFixed(1)} ms`);
}

/** What all of the browser's processes have taken: much of what moving costs is painted beside the page. */
async function processorMs(): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
}

function browserOf(of: Page): Browser {
  const found = of.context().browser();
  if (found === null) throw new Error('The page has no browser');
  return found;
}

/** How long each frame took while the wheel turned, half of them one way and half of them back. */
function framesWhile(of: Page, turn: Turn): Promise<number[]> {
  return of.evaluate(
    async ({ wheel, count }) => {
      const screen = document.querySelector('.flow-screen');
      if (screen === null) throw new Error('There is no graph');
      const { left, top, width, height } = screen.getBoundingClientRect();
      const middle = { clientX: left + width / 2, clientY: top + height / 2 };
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let before = await frame();
      for (let index = 0; index < count; index++) {
        // There, back, and there again: what is drawn is left on both sides.
        const way = Math.floor((index * 4) / count) % 3 === 0 ? 1 : -1;
        screen.dispatchEvent(
          new WheelEvent('wheel', {
            ...{ ...middle, ctrlKey: wheel.ctrlKey, bubbles: true, cancelable: true },
            ...{ deltaX: wheel.deltaX * way, deltaY: wheel.deltaY * way },
          }),
        );
        const now = await frame();
        times.push(now - before);
        before = now;
      }
      return times;
    },
    { wheel: turn, count: frames },
  );
}
