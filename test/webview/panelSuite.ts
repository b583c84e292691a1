import { afterAll, afterEach, beforeAll } from 'vitest';

import {
  openPanelBrowser,
  type OpenPanel,
  type PanelBrowser,
  type PanelOptions,
  type PanelProcess,
} from './harness.ts';

/** The panels of a test file: one browser and one process for all, one panel for each test. */
export interface PanelSuite {
  /** The panel that the test opened. */
  readonly panel: OpenPanel;
  open(options?: PanelOptions): Promise<OpenPanel>;
}

/** Called at the top of a file. Panels close after each test, and fail it when the page complained. */
export function panelSuite(): PanelSuite {
  let browser: PanelBrowser;
  let together: PanelProcess;
  let panel: OpenPanel | undefined;
  beforeAll(async () => {
    browser = await openPanelBrowser();
    together = await browser.openProcess();
  });
  afterAll(() => together.close());
  afterEach(async () => {
    const opened = panel;
    panel = undefined;
    await opened?.close();
  });
  return {
    get panel() {
      if (panel === undefined) throw new Error('This test has opened no panel');
      return panel;
    },
    open: async (options = {}) => {
      const isAlone = options.zoom !== undefined || options.ownClock === true;
      return (panel = await (isAlone ? browser : together).open(options));
    },
  };
}
