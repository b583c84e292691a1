/**
 * Tests in a real VS Code. A file under test/vscode/ begins with
 *
 *     const vscode = vscodeSuite();
 *
 * and each of its tests opens a workbench and drives it as a person would:
 *
 *     test('jumps to the failing step', async () => {
 *       const folder = await vscode.copyOf('test/fixtures/invoices');
 *       const workbench = await vscode.openWorkbench({ folder, theme: 'dark', locale: 'zh-cn' });
 *       await workbench.openFile('flow.yml');
 *       await workbench.runCommand('RPA Trace: Open Trace Panel');
 *       const panel = await workbench.panelFrame();
 *       await panel.getByRole('treeitem', { name: 'Click save' }).click();
 *       await expect.poll(() => workbench.inHost((api) => api.window.activeTextEditor?.selection.active.line)).toBe(41);
 *       await workbench.screenshot('jump');
 *     });
 *
 * One server and one Chromium serve a whole file and start in some two seconds; a workbench takes
 * about three. Each `openWorkbench` is a new browser profile, so nothing is remembered, unless
 * `workbench.reload()` is used; the tests of a file share user data on the server (secrets, global
 * state). Workbenches close by themselves after each test. When a test fails, pictures of its
 * pages, their console and the server's log are in test-results/vscode/.
 *
 * RPA_TRACE_VSCODE=1.96 chooses the lowest VS Code that we support (on Node 20), `desktop` the
 * desktop one. Set RPA_TRACE_HEADED=1 to watch.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterEach } from 'vitest';

import { launchChromium } from './chromium.ts';
import { downloadDesktopVscode, openDesktopVscode } from './desktopVscode.ts';
import { startHostProbe, type HostProbe } from './hostProbe.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { required } from './required.ts';
import { chosenVscode } from './vscodeInstallation.ts';
import { startVscodeServer, type Settings, type VscodeServer } from './vscodeServer.ts';
import { screenshot, workbenchOf, type Workbench } from './workbench.ts';

/** What is fixed for all tests of a file. */
export interface VscodeSuiteOptions {
  /** The extension under test, absolute; ours by default. `false` when it is in `extensionsDir`. */
  readonly extensionPath?: string | false;
  /** A folder of installed extensions. */
  readonly extensionsDir?: string;
  /** Added to the environment of the extension host, for instance RPA_TRACE_START. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a test may wish of its workbench. */
export interface OpenOptions {
  /** The folder that is open, absolute; an empty one by default. */
  readonly folder?: string;
  readonly theme?: Theme;
  readonly locale?: 'en' | 'zh-cn';
  /** In CSS pixels; 1280 × 800 by default. */
  readonly width?: number;
  readonly height?: number;
  readonly settings?: Settings;
}

export type Theme = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

/** See the head of this file. */
export interface VscodeSuite {
  openWorkbench(options?: OpenOptions): Promise<Workbench>;
  /** Copies a folder of the repository to a temporary place with the same name, gone after the test. */
  copyOf(folder: string): Promise<string>;
}

/** A VS Code that can open workbenches, served or on the desktop. */
interface Running {
  readonly probe: HostProbe;
  open(options: Required<OpenOptions>): Promise<OpenPage>;
  stop(): Promise<void>;
}

interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Starts a real VS Code for the tests of the file that calls this at its top; see above. */
export function vscodeSuite(options: VscodeSuiteOptions = {}): VscodeSuite {
  const running = required(
    () => (chosenVscode() === 'desktop' ? startDesktop(options) : startServed(options)),
    (it) => it.stop(),
  );
  const open = new Set<OpenPage & { readonly console: readonly string[] }>();
  const folders: string[] = [];
  const temporaryFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-test-'));
    folders.push(folder);
    return folder;
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepEvidence(task.name, [...open]);
    for (const { close } of open) await close();
    open.clear();
    for (const folder of folders.splice(0)) {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  return {
    copyOf: async (folder) => {
      const copy = join(await temporaryFolder(), basename(folder));
      await cp(resolve(repositoryRoot, folder), copy, { recursive: true });
      return copy;
    },
    openWorkbench: async (wishes = {}) => {
      const { probe, open: openPage } = running();
      const folder = wishes.folder ?? (await temporaryFolder());
      const host = probe.expectHost();
      const { page, close } = await openPage({ ...defaults, ...wishes, folder });
      const seen = { page, console: listen(page), close };
      open.add(seen);
      const { expectHost } = probe;
      const workbench = await workbenchOf({ page, host, expectHost, closePage: close });
      const closeAll = async () => {
        if (open.delete(whole)) await workbench.close();
      };
      const whole = { ...seen, close: closeAll };
      open.delete(seen);
      open.add(whole);
      return { ...workbench, close: closeAll };
    },
  };
}

const defaults = {
  theme: 'dark',
  locale: 'en',
  width: 1280,
  height: 800,
  settings: {},
} as const satisfies OpenOptions;

async function startServed(options: VscodeSuiteOptions): Promise<Running> {
  const probe = await startHostProbe();
  const server = await startVscodeServer({
    extensions: extensionsOf(options, probe),
    extensionsDir: options.extensionsDir,
    env: { ...options.env, ...probe.env },
    logFile: join(resultsFolder, 'vscode', 'server.log'),
  });
  const browser = await launchChromium({ headless: process.env['RPA_TRACE_HEADED'] !== '1' });
  return {
    probe,
    open: (wishes) => openServed(server, browser, wishes),
    stop: async () => {
      await browser.close();
      await server.stop();
      await probe.stop();
    },
  };
}

async function openServed(
  server: VscodeServer,
  browser: Browser,
  { folder, theme, locale, width, height, settings }: Required<OpenOptions>,
): Promise<OpenPage> {
  await server.writeSettings({ ...themeSettings(theme), ...settings });
  const context = await browser.newContext({
    viewport: { width, height },
    locale: locale === 'en' ? 'en-US' : 'zh-CN',
    colorScheme: theme === 'dark' || theme === 'highContrast' ? 'dark' : 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(server.urlOf({ folder }));
  return { page, close: () => context.close() };
}

async function startDesktop(options: VscodeSuiteOptions): Promise<Running> {
  const executablePath = await downloadDesktopVscode();
  const probe = await startHostProbe();
  const env = { ...options.env, ...probe.env };
  return {
    probe,
    open: async ({ theme, settings, width, height, ...wishes }) => {
      const window = await openDesktopVscode(executablePath, {
        ...wishes,
        env,
        developmentPaths: extensionsOf(options, probe),
        settings: { ...themeSettings(theme), ...settings },
      });
      await window.page.setViewportSize({ width, height });
      return window;
    },
    stop: () => probe.stop(),
  };
}

function extensionsOf(options: VscodeSuiteOptions, probe: HostProbe): readonly string[] {
  const { extensionPath = repositoryRoot } = options;
  return extensionPath === false ? [probe.extensionPath] : [extensionPath, probe.extensionPath];
}

/** The default themes of each VS Code, since those are what its users see. */
function themeSettings(theme: Theme): Settings {
  const isOld = chosenVscode() === '1.96';
  const names: Readonly<Record<Theme, string>> = {
    light: isOld ? 'Default Light Modern' : 'Light 2026',
    dark: isOld ? 'Default Dark Modern' : 'Dark 2026',
    highContrast: 'Default High Contrast',
    highContrastLight: 'Default High Contrast Light',
  };
  return { 'workbench.colorTheme': names[theme], 'window.autoDetectHighContrast': false };
}

function listen(page: Page): readonly string[] {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`));
  return lines;
}

async function keepEvidence(
  test: string,
  pages: readonly { readonly page: Page; readonly console: readonly string[] }[],
): Promise<void> {
  const name = test.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const folder = join(resultsFolder, 'vscode');
  await mkdir(folder, { recursive: true });
  for (const [index, { page, console }] of pages.entries()) {
    const path = `failed-${name}${index === 0 ? '' : `-${String(index + 1)}`}`;
    await screenshot(page, path).catch(() => undefined);
    await writeFile(join(folder, `${path}.console.txt`), console.join('\n'));
  }
}
