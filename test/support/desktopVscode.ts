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

/** Downloads (once) and starts a desktop VS Code; throws `Unavailable` where it can't be had. */
export async function openDesktopVscode(
  options: DesktopOptions,
): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const executablePath = await downloadAndUnzipVSCode({
    cachePath: join(cacheRoot(), 'desktop-vscode'),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unavailable(`The desktop VS Code can't be downloaded here (${reason}).`);
  });
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
