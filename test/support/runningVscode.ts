/** A real VS Code, served or on the desktop, with the extension under test and the probe in it. */
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { launchChromium } from './chromium.ts';
import { downloadDesktopVscode, openDesktopVscode } from './desktopVscode.ts';
import { startHostProbe, type HostProbe } from './hostProbe.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { chosenVscode } from './vscodeInstallation.ts';
import { startVscodeServer, type Settings, type VscodeServer } from './vscodeServer.ts';

/** What is fixed while it runs. */
export interface RunningVscodeOptions {
  /** The extension under test, absolute; ours by default. `false` when it is in `extensionsDir`. */
  readonly extensionPath?: string | false;
  /** A folder of installed extensions. */
  readonly extensionsDir?: string;
  /** Added to the environment of the extension host, for instance RPA_TRACE_START. */
  readonly env?: Readonly<Record<string, string>>;
  /** Those of VS Code's own extensions that it has; all of them by default. Not on the desktop. */
  readonly builtinExtensions?: readonly string[] | undefined;
}

/** What one may wish of a workbench. */
export interface OpenOptions {
  /** The folder that is open, absolute. */
  readonly folder: string;
  readonly theme?: Theme;
  readonly locale?: 'en' | 'zh-cn';
  /** In CSS pixels; 1280 × 800 by default. */
  readonly width?: number;
  readonly height?: number;
  readonly settings?: Settings;
}

export type Theme = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

/** A VS Code that can open workbenches, served or on the desktop. */
export interface RunningVscode {
  readonly probe: HostProbe;
  /** Opens a page; `expectHost` of the probe is to be called before, `workbenchOf` then waits for it. */
  open(options: OpenOptions): Promise<OpenPage>;
  stop(): Promise<void>;
}

/** A page with a workbench that may still be loading. */
export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Starts the VS Code that RPA_TRACE_VSCODE chooses. */
export function startVscode(options: RunningVscodeOptions = {}): Promise<RunningVscode> {
  return chosenVscode() === 'desktop' ? startDesktop(options) : startServed(options);
}

const defaults = {
  theme: 'dark',
  locale: 'en',
  width: 1280,
  height: 800,
  settings: {},
} as const satisfies Omit<OpenOptions, 'folder'>;

async function startServed(options: RunningVscodeOptions): Promise<RunningVscode> {
  const probe = await startHostProbe();
  const server = await startVscodeServer({
    extensions: extensionsOf(options, probe),
    extensionsDir: options.extensionsDir,
    builtinExtensions: options.builtinExtensions,
    env: { ...options.env, ...probe.env },
    logFile: join(resultsFolder, 'vscode', 'server.log'),
  });
  const browser = await launchChromium({ headless: process.env['RPA_TRACE_HEADED'] !== '1' });
  return {
    probe,
    open: (wishes) => openServed(server, browser, { ...defaults, ...wishes }),
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
    // What turns for ever is painted for ever, by a processor that the tests need.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(server.urlOf({ folder }));
  return { page, close: () => context.close() };
}

async function startDesktop(started: RunningVscodeOptions): Promise<RunningVscode> {
  const executablePath = await downloadDesktopVscode();
  const probe = await startHostProbe();
  const env = { ...started.env, ...probe.env };
  return {
    probe,
    open: async (options) => {
      const { theme, settings, width, height, ...wishes } = { ...defaults, ...options };
      const window = await openDesktopVscode(executablePath, {
        ...wishes,
        env,
        developmentPaths: extensionsOf(started, probe),
        settings: { ...themeSettings(theme), ...settings },
      });
      await window.page.setViewportSize({ width, height });
      return window;
    },
    stop: () => probe.stop(),
  };
}

function extensionsOf(options: RunningVscodeOptions, probe: HostProbe): readonly string[] {
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
