/** A real VS Code, served or on the desktop, with the extension under test and the probe in it. */
import { join } from 'node:path';

import { downloadDesktopVscode, openDesktopVscode } from './desktopVscode.ts';
import { startHostProbe, type HostProbe } from './hostProbe.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { chosenVscode } from './vscodeInstallation.ts';
import { startVscodeServer, type Settings, type VscodeServer } from './vscodeServer.ts';
import { freshPlaces, type OpenPage, type WorkbenchPlaces } from './workbenchPlaces.ts';

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
  /** Where its workbenches are opened, and at which port; it leaves them open. By default it has a browser of its own. */
  readonly home?: WorkbenchHome | undefined;
}

/** A browser that outlives a VS Code, and the port at which one VS Code after the other is served to it. */
export interface WorkbenchHome {
  readonly places: WorkbenchPlaces;
  readonly port: number;
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
    port: options.home?.port,
    logFile: join(resultsFolder, 'vscode', 'server.log'),
  });
  const places = options.home?.places ?? freshPlaces();
  await places.start();
  return {
    probe,
    open: (wishes) => openServed(server, places, { ...defaults, ...wishes }),
    stop: async () => {
      if (options.home === undefined) await places.close();
      await server.stop();
      await probe.stop();
    },
  };
}

async function openServed(
  server: VscodeServer,
  places: WorkbenchPlaces,
  { folder, theme, locale, width, height, settings }: Required<OpenOptions>,
): Promise<OpenPage> {
  await server.writeSettings({ ...themeSettings(theme), ...settings });
  const isDark = theme === 'dark' || theme === 'highContrast';
  const open = await places.newPage({ locale, isDark, width, height });
  await open.page.goto(server.urlOf({ folder }));
  return open;
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
