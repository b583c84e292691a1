import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { startHostProbe } from './hostProbe.ts';
import type { HostProbe, VscodeApi } from './hostProbe.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { installVsix, startVscodeServer } from './vscodeServer.ts';

/** What was seen inside the extension host. */
export interface Activation {
  /** How long activation took; null when the start of VS Code had activated it already. */
  readonly activationMs: number | null;
  /** The commands that VS Code then knows. */
  readonly commands: readonly string[];
}

const patienceMs = 90_000;

/**
 * Installs a VSIX into a VS Code that has no other extension, opens a window and activates it;
 * rejects with the reason when it can't be installed, found or activated. `Unavailable` when this
 * machine has no VS Code or browser.
 */
export async function activateInstalled(vsix: string, id: string): Promise<Activation> {
  const extensionsDir = await mkdtemp(join(tmpdir(), 'rpa-trace-extensions-'));
  const probe = await startHostProbe();
  try {
    await installVsix(vsix, extensionsDir);
    return await inWorkbench(extensionsDir, probe, id);
  } finally {
    await probe.stop();
    await rm(extensionsDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inWorkbench(
  extensionsDir: string,
  probe: HostProbe,
  id: string,
): Promise<Activation> {
  const browser = await launchChromium();
  try {
    const server = await startVscodeServer({
      extensionsDir,
      extensions: [probe.extensionPath],
      env: probe.env,
      logFile: join(resultsFolder, 'package/server.log'),
    });
    try {
      const page = await browser.newPage();
      const host = probe.expectHost();
      await page.goto(server.urlOf({ folder: extensionsDir }));
      return await within(patienceMs, host.inHost(activate, id)).catch(async (error: unknown) => {
        await page.screenshot({ path: join(resultsFolder, 'package/activation.png') });
        throw error;
      });
    } finally {
      await server.stop();
    }
  } finally {
    await browser.close();
  }
}

/** Runs in the extension host. */
async function activate(api: VscodeApi, id: string): Promise<Activation> {
  const extension = api.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not installed`);
  const wasActive = extension.isActive;
  const begin = performance.now();
  await extension.activate();
  const activationMs = wasActive ? null : performance.now() - begin;
  return { activationMs, commands: await api.commands.getCommands(true) };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`nothing came from the extension host in ${String(ms)} ms`));
  }, ms);
  return Promise.race([promise, late.promise]).finally(() => {
    clearTimeout(timer);
  });
}

/** `publisher.name` of the project's manifest. */
export async function extensionId(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
  };
  return `${manifest.publisher}.${manifest.name}`;
}
