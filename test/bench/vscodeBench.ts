import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Frame, Page } from 'playwright-core';

import {
  startVscode,
  type OpenOptions,
  type RunningVscodeOptions,
} from '../support/runningVscode.ts';
import { workbenchOf, type Workbench } from '../support/workbench.ts';
import { buildForBench } from './built.ts';

/** A VS Code to measure in. */
export interface VscodeBench {
  /** An empty folder, gone at the end. */
  readonly folder: string;
  openWorkbench(wishes?: Partial<OpenOptions>): Promise<Workbench>;
}

/** Builds, starts a real VS Code, measures, and ends it in any case. */
export async function inVscode(
  options: RunningVscodeOptions,
  measure: (vscode: VscodeBench) => Promise<void>,
): Promise<void> {
  await buildForBench();
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-bench-'));
  const running = await startVscode(options);
  try {
    await measure({
      folder,
      openWorkbench: async (wishes = {}) => {
        const { probe } = running;
        const host = probe.expectHost();
        const { page, close } = await running.open({ folder, ...wishes });
        return workbenchOf({ page, host, expectHost: probe.expectHost, closePage: close });
      },
    });
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whole windows: rows of the list stand beside the tree from 900 pixels on. */
export const wide = { width: 1500, height: 950 } as const;

/** The panel, once what came with its first answers is painted. */
export async function readyPanel(workbench: Workbench): ReturnType<Workbench['panelFrame']> {
  const panel = await workbench.panelFrame();
  await panel.locator('#root[data-ready="true"]').waitFor();
  await tellPainted(panel);
  return panel;
}

/** The panel over a trace file, in a workbench of its own that it has for itself. */
export async function workbenchOver(
  { openWorkbench }: VscodeBench,
  file: string,
): Promise<{ readonly workbench: Workbench; readonly panel: Frame }> {
  const workbench = await openWorkbench(wide);
  await closeSideBar(workbench.page);
  await workbench.inHost(async (api, path) => {
    await api.commands.executeCommand('rpaTrace.openAsTrace', api.Uri.file(path));
  }, file);
  return { workbench, panel: await readyPanel(workbench) };
}

/** The panel of it. */
export async function panelOver(vscode: VscodeBench, file: string): Promise<Frame> {
  return (await workbenchOver(vscode, file)).panel;
}

declare global {
  /** In the page of a panel that was made ready: resolves when the frame that is made now has been painted. */
  var painted: () => Promise<void>;
}

async function tellPainted(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    globalThis.painted = () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          // A message that is sent in a frame arrives when that frame has been painted.
          channel.port1.onmessage = () => {
            resolve();
          };
          channel.port2.postMessage(null);
        });
      });
  });
}

/**
 * Clicks in the page itself, so that only the panel's and the engine's work is in the time, and waits until something is
 * painted: an element whose text holds one.
 */
export function clickUntilPainted(
  panel: Frame,
  row: string,
  shown: { readonly selector: string; readonly text: string },
): Promise<number> {
  return panel.evaluate(
    ({ row, shown }) =>
      new Promise<number>((resolve, reject) => {
        const element = document.querySelector<HTMLElement>(row);
        if (element === null) {
          reject(new Error(`no row ${row}`));
          return;
        }
        const look = () => {
          const found = document.querySelector(shown.selector);
          if (found?.textContent.includes(shown.text) !== true) return;
          observer.disconnect();
          void painted().then(() => {
            resolve(performance.now() - begin);
          });
        };
        const observer = new MutationObserver(look);
        const options = { childList: true, subtree: true, attributes: true, characterData: true };
        observer.observe(document.body, options);
        const begin = performance.now();
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
          element.dispatchEvent(
            new MouseEvent(type, { bubbles: true, cancelable: true, button: 0 }),
          );
        }
      }),
    { row, shown },
  );
}

/** Gives the panel the whole window, as a second column would take half of it. */
export async function closeSideBar(page: Page): Promise<void> {
  if (await page.locator('.part.sidebar').isVisible()) await page.keyboard.press('Control+B');
}

/** How long an extension host's event loop is held up. */
export interface HostDelay {
  readonly p99: number;
  readonly max: number;
}

/** What an idle loop is late by its own timer's resolution is subtracted: that is no delay. */
export async function hostDelayDuring(
  workbench: Workbench,
  work: () => Promise<void>,
): Promise<HostDelay> {
  const resolutionMs = 1;
  await workbench.inHost((_, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    Object.assign(globalThis, { rpaTraceHistogram: histogram });
  }, resolutionMs);
  await work();
  const measured = await workbench.inHost(() => {
    const { rpaTraceHistogram: histogram } = globalThis as unknown as {
      rpaTraceHistogram: { disable(): void; percentile(p: number): number; max: number };
    };
    histogram.disable();
    return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
  });
  return { p99: measured.p99 - resolutionMs, max: measured.max - resolutionMs };
}
