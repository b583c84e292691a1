import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Frame, Locator, Page } from 'playwright-core';

import type { ExtensionHost, HostProbe } from './hostProbe.ts';
import { resultsFolder } from './paths.ts';

/** An open workbench of VS Code, as a person at the screen has it. */
export interface Workbench {
  /** The whole page, to be driven with Playwright. */
  readonly page: Page;
  /** The document inside the newest visible panel of our extension, once it is there. */
  panelFrame(): Promise<Frame>;
  /** The same once VS Code has given it the focus, a while after it is there: later it would take it from what is opened over it. */
  focusedPanel(): Promise<Frame>;
  /** Takes an entry of VS Code's menu that is open, by its whole name. */
  chooseInMenu(name: string): Promise<void>;
  /** Runs a command: an id (`rpaTrace.openPanel`) directly, a title through the palette. */
  runCommand(titleOrId: string): Promise<void>;
  /** Opens a file of the folder through "Go to File", by its name. */
  openFile(name: string): Promise<void>;
  /** A message at the lower right, by a part of its text, once it is there. */
  notification(text: string | RegExp): Locator;
  /**
   * Runs a function in the extension host and gives its value, as `page.evaluate` does for a page:
   * it must stand alone, and argument and value are JSON.
   *
   *     const line = await workbench.inHost((vscode) => vscode.window.activeTextEditor?.selection.active.line);
   */
  readonly inHost: ExtensionHost['inHost'];
  /**
   * Loads the page again, as a user's F5 does, and VS Code restores its editors. It waits for VS
   * Code to have written them down, which it does in a calm moment, every five seconds.
   */
  /** `saved`: what the editors that VS Code keeps have to match first, beside their titles: the state of a page. */
  reload(saved?: RegExp): Promise<void>;
  /** Writes test-results/vscode/NAME.png and gives its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** The identifier of our extension, as VS Code writes it into the addresses of its webviews. */
const extensionId = 'rpa-trace.rpa-trace';
/** So long no key takes, even where two workbenches share two cores. */
const lostKeyMs = 10_000;

/** What is behind a workbench: its page, its extension host, and how to get the next one. */
export interface WorkbenchParts {
  readonly page: Page;
  readonly host: ExtensionHost;
  readonly expectHost: HostProbe['expectHost'];
  readonly closePage: () => Promise<void>;
}

/** Waits until the page is a workbench with its extension host running, and wraps it. */
export async function workbenchOf(parts: WorkbenchParts): Promise<Workbench> {
  const { page } = parts;
  let { host } = parts;
  const inHost: Workbench['inHost'] = (sent, argument) => host.inHost(sent, argument);
  await isReady(page, host);
  return {
    page,
    inHost,
    panelFrame: () => panelFrame(page),
    focusedPanel: async () => {
      const frame = await panelFrame(page);
      await frame.waitForFunction(() => document.hasFocus(), undefined, { polling: 100 });
      return frame;
    },
    chooseInMenu: (name) => chooseInMenu(page, name),
    runCommand: (titleOrId) => runCommand(page, host, titleOrId),
    openFile: async (name) => {
      await pick(page, 'Control+P', name);
      await page.locator('.tab.active', { hasText: name }).waitFor();
      await hostKnowsTab(host, name);
    },
    notification: (text) =>
      page.locator('.notifications-toasts .notification-list-item', { hasText: text }),
    reload: async (saved) => {
      await editorsSaved(page, saved);
      host = parts.expectHost();
      await page.reload();
      await isReady(page, host);
    },
    screenshot: (name) => screenshot(page, name),
    close: async () => {
      await parts.closePage();
      // The host of a closed page waits hours for it to come back, and holds a worker of ours.
      await inHost(() => void setTimeout(() => process.exit(0), 10)).catch(() => undefined);
    },
  };
}

/** Writes test-results/vscode/NAME.png and gives its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(resultsFolder, 'vscode', `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

async function isReady(page: Page, host: ExtensionHost): Promise<void> {
  await page.locator('.monaco-workbench .part.editor').waitFor();
  await host.inHost(() => true);
}

async function runCommand(page: Page, host: ExtensionHost, titleOrId: string): Promise<void> {
  if (!/^[a-z]\w*(?:\.\w+)+$/i.test(titleOrId)) return pick(page, 'F1', titleOrId);
  return host.inHost(async (api, id) => {
    await api.commands.executeCommand(id);
  }, titleOrId);
}

/** The extension host learns of a tab after the page shows it, and where the panel opens follows what it knows. */
async function hostKnowsTab(host: ExtensionHost, name: string): Promise<void> {
  await host.inHost(async (api, wanted) => {
    const { tabGroups } = api.window;
    // Not of the active group alone: a page that was clicked may be given the focus after the file was opened.
    const isKnown = () => tabGroups.all.some(({ activeTab }) => activeTab?.label === wanted);
    if (isKnown()) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isKnown()) return;
        for (const listener of listeners) listener.dispose();
        resolve();
      };
      const listeners = [tabGroups.onDidChangeTabs(look), tabGroups.onDidChangeTabGroups(look)];
    });
  }, name);
}

/** A browser lets a page write nothing when it goes, so VS Code saves its layout now and then. */
async function editorsSaved(page: Page, needed = /(?:)/): Promise<void> {
  const titles = await page.locator('.tabs-container .tab .label-name').allTextContents();
  await page.evaluate(
    async ({ wanted, source }) => {
      const pattern = new RegExp(source);
      for (;;) {
        const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
        const ofFolder = names.filter((name) => /^vscode-web-state-db-(?!global)/.test(name));
        const saved = await Promise.all(ofFolder.map(savedEditorPart));
        const isThere = (title: string) => saved.some((text) => text.includes(title));
        if (wanted.every(isThere) && saved.some((text) => pattern.test(text))) return;
        // A browser tells nobody when a database changes.
        await new Promise((resolve) => setTimeout(resolve, 200));
      }

      function savedEditorPart(database: string): Promise<string> {
        return new Promise((resolve, reject) => {
          const opening = indexedDB.open(database);
          opening.onerror = () => {
            reject(new Error(database));
          };
          opening.onsuccess = () => {
            const store = opening.result.transaction('ItemTable').objectStore('ItemTable');
            const reading = store.get('memento/workbench.parts.editor');
            reading.onsuccess = () => {
              resolve(String(reading.result));
              opening.result.close();
            };
          };
        });
      }
    },
    { wanted: titles, source: needed.source },
  );
}

/** Waits on the way down: the frame of VS Code, in it the frame of the extension's document. */
async function panelFrame(page: Page): Promise<Frame> {
  const outer = page.locator(`iframe.webview.ready[src*="extensionId=${extensionId}"]`).last();
  await outer.waitFor();
  const shell = await (await outer.elementHandle()).contentFrame();
  // VS Code loads a new document beside the old one and swaps them when it is there.
  const inner = await shell?.waitForSelector('iframe#active-frame');
  const frame = await inner?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('the panel went away while it opened');
  await frame.waitForLoadState('domcontentloaded');
  return frame;
}

/** By the keyboard: VS Code's menu takes no click for a while after it has opened, longer on a busy machine. */
async function chooseInMenu(page: Page, name: string): Promise<void> {
  const entry = page.getByRole('menuitem', { name, exact: true });
  await entry.hover();
  await page.locator('.action-item.focused').filter({ has: entry }).waitFor();
  await page.keyboard.press('Enter');
}

/** Opens a quick pick with a key, types, and takes the first row that has the text. */
async function pick(page: Page, key: 'F1' | 'Control+P', text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"]');
  const opens = async () => {
    await page.keyboard.press(key);
    return input.waitFor({ timeout: lostKeyMs }).then(
      () => true,
      () => false,
    );
  };
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  const chooses = async () => {
    try {
      await input.fill(key === 'F1' ? `>${text}` : text, { timeout: lostKeyMs });
      await row.click();
      return true;
    } catch (error) {
      if (await input.isVisible()) throw error;
      return false;
    }
  };
  // A key is lost that is pressed while the focus goes to a page of its own. And what opens before that page is there
  // closes again: VS Code keeps the focus for it, and gives it without asking who has it by then.
  while (!((await opens()) && (await chooses())));
  await input.waitFor({ state: 'hidden' });
}
