/**
 * A real VS Code, served to a browser on the loopback interface:
 *
 *     const server = await startVscodeServer({ extensions: [repositoryRoot] });
 *     await page.goto(server.urlOf({ folder: '/some/folder' }));
 *     await server.stop();
 *
 * The page's language follows the browser's: Chinese where it asks for zh-CN, else English.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { freePorts, run, startChild } from './childProcess.ts';
import { chineseWorkbenchTexts, vscodeServerInstallation } from './vscodeInstallation.ts';

/** How to start a server; all paths are absolute. */
export interface VscodeServerOptions {
  /** Folders of extensions, which run from where they are, as if they were installed. */
  readonly extensions?: readonly string[] | undefined;
  /** Where installed extensions lie; a folder of its own by default. */
  readonly extensionsDir?: string | undefined;
  /** The names of those of VS Code's own extensions that it has; all of them by default. */
  readonly builtinExtensions?: readonly string[] | undefined;
  /** Kept when given, else temporary. */
  readonly userDataDir?: string | undefined;
  readonly userSettings?: Settings | undefined;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly port?: number | undefined;
  readonly logFile?: string | undefined;
}

/** User settings by their full name. */
export type Settings = Readonly<Record<string, unknown>>;

/** A running server. */
export interface VscodeServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly userDataDir: string;
  /** The address of a workbench that has the folder open. */
  urlOf(options: { readonly folder: string }): string;
  /** Replaces the user settings; pages follow at once. */
  writeSettings(settings: Settings): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server and resolves when it serves. */
export async function startVscodeServer(options: VscodeServerOptions = {}): Promise<VscodeServer> {
  const { node, main } = await vscodeServerInstallation();
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'rpa-trace-vscode-')));
  const port = options.port ?? (await freePorts(1))[0] ?? 0;
  const writeSettings = await prepareUserData(join(userDataDir, 'data'));
  await writeSettings(options.userSettings ?? {});
  const extensionsDir = options.extensionsDir ?? join(userDataDir, 'extensions');
  await registerExtensions(extensionsDir, options.extensions ?? []);
  const few = options.builtinExtensions;
  const builtins =
    few === undefined ? undefined : await linkBuiltins(main, join(userDataDir, 'builtin'), few);
  const child = await startChild({
    command: node,
    args: [
      main,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--server-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust'],
      ...(builtins === undefined ? [] : ['--builtin-extensions-dir', builtins]),
    ],
    env: { ...withoutVscode(), ...options.env },
    ready: /Extension host agent listening on/,
    logFile: options.logFile,
  });
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    url,
    userDataDir,
    urlOf: ({ folder }) =>
      `${url}/?${new URLSearchParams({ folder: asUrlPath(folder) }).toString()}`,
    writeSettings,
    stop: async () => {
      await child.stop(2000);
      if (options.userDataDir !== undefined) return;
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Installs a packaged extension into a folder that `extensionsDir` of a server can name. */
export async function installVsix(vsix: string, extensionsDir: string): Promise<void> {
  const { node, main } = await vscodeServerInstallation();
  const serverData = await mkdtemp(join(tmpdir(), 'rpa-trace-install-'));
  try {
    await run(
      node,
      [
        ...[main, '--accept-server-license-terms', '--server-data-dir', serverData],
        ...['--extensions-dir', extensionsDir, '--install-extension', vsix, '--force'],
      ],
      { env: withoutVscode() },
    );
  } finally {
    await rm(serverData, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Settings that keep the workbench quiet, fast and off the network. */
export const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // A second extension host, for which code-server lacks the files.
  'extensions.webWorker': false,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  // It lists the open files of all processes of the machine, every few seconds.
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
};

/** Makes the folder of a VS Code's user data ready and gives the function that writes its settings. */
export async function prepareUserData(
  data: string,
): Promise<(settings: Settings) => Promise<void>> {
  const user = join(data, 'User');
  await mkdir(user, { recursive: true });
  // Without this file the page is English, whatever the browser asks for.
  await writeFile(join(user, 'argv.json'), '{}');
  const chinese = {
    hash: 'rpa-trace',
    label: '中文(简体)',
    version: '1.0.0',
    extensions: [{ extensionIdentifier: { id: 'rpa-trace.chinese-texts' }, version: '1.0.0' }],
    translations: { vscode: await chineseWorkbenchTexts() },
  };
  await writeFile(join(data, 'languagepacks.json'), JSON.stringify({ 'zh-cn': chinese }));
  return (settings) =>
    writeFile(join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
}

/**
 * Adds extensions to the list of installed ones. They could be given as extensions under
 * development instead, but the page takes those only with `--enable-smoke-test-driver`, and with
 * that VS Code shows no notifications; installed, an extension runs as a user's does.
 */
async function registerExtensions(
  extensionsDir: string,
  folders: readonly string[],
): Promise<void> {
  const listFile = join(extensionsDir, 'extensions.json');
  await mkdir(extensionsDir, { recursive: true });
  const list = JSON.parse(await readFile(listFile, 'utf8').catch(() => '[]')) as unknown[];
  for (const folder of folders) {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      readonly publisher: string;
      readonly name: string;
      readonly version: string;
    };
    list.push({
      identifier: { id: `${manifest.publisher}.${manifest.name}` },
      version: manifest.version,
      location: { $mid: 1, path: asUrlPath(folder), scheme: 'file' },
    });
  }
  if (list.length > 0) await writeFile(listFile, JSON.stringify(list));
}

/** Some of VS Code's own extensions in a folder of their own, which it is made to take for that of all. */
async function linkBuiltins(main: string, folder: string, names: readonly string[]) {
  const all = resolve(dirname(main), '..', 'extensions');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(all)) {
    if (names.includes(name)) await symlink(join(all, name), join(folder, name), 'junction');
  }
  return folder;
}

function asUrlPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

/** Run from a terminal inside VS Code, its variables would reach the server and confuse it. */
function withoutVscode(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^(?:VSCODE|ELECTRON)_/.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
