import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { _electron, type Page } from 'playwright-core';

import { cacheRoot } from './cacheFolder.ts';
import { Unavailable } from './unavailable.ts';
import { prepareUserData, type Settings } from './vscodeServer.ts';

/** How to start a desktop VS Code; paths are absolute. */
export interface DesktopOptions {
  readonly developmentPaths: readonly string[];
  readonly folder: string;
  readonly locale: string;
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The program of a desktop VS Code, downloaded once; throws `Unavailable` where it can't be had. */
export async function downloadDesktopVscode(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(cacheRoot(), 'desktop-vscode') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unavailable(`The desktop VS Code can't be downloaded here (${reason}).`);
  }
}

/** Starts a desktop VS Code with a window of its own and user data of its own. */
export async function openDesktopVscode(
  executablePath: string,
  options: DesktopOptions,
): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const userData = await mkdtemp(join(tmpdir(), 'rpa-trace-desktop-'));
  const writeSettings = await prepareUserData(userData);
  await writeSettings({ ...options.settings, 'files.simpleDialog.enable': true });
  const app = await _electron.launch({
    executablePath,
    args: [
      ...options.developmentPaths.map((path) => `--extensionDevelopmentPath=${path}`),
      ...[`--user-data-dir=${userData}`, `--extensions-dir=${join(userData, 'extensions')}`],
      ...['--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', '--no-sandbox'],
      ...['--disable-gpu', `--locale=${options.locale}`],
      options.folder,
    ],
    env: { ...process.env, ...options.env } as Record<string, string>,
  });
  return {
    page: await app.firstWindow(),
    close: async () => {
      await app.close();
      await rm(userData, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
