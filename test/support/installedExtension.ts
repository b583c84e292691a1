import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { launchChromium } from './chromium.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { installVsix, startVscodeServer } from './vscodeServer.ts';

/** What the probe saw inside the extension host. */
export interface Activation {
  /** Where VS Code loaded the extension from. */
  readonly path: string;
  /** True if it was active before anybody asked for it. */
  readonly wasActive: boolean;
  readonly activationMs: number;
  /** The commands that VS Code then knows. */
  readonly commands: readonly string[];
}

const patienceMs = 90_000;
const probe = join(repositoryRoot, 'test/support/activationProbe');

/**
 * Installs a VSIX into a VS Code that has no other extension, opens a window and activates it;
 * rejects with the reason when it can't be installed, found or activated. `Unavailable` when this
 * machine has no VS Code or browser.
 */
export async function activateInstalled(vsix: string, id: string): Promise<Activation> {
  const extensionsDir = await mkdtemp(join(tmpdir(), 'rpa-trace-extensions-'));
  try {
    await installVsix(vsix, extensionsDir);
    return await inWorkbench(extensionsDir, id);
  } finally {
    await rm(extensionsDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inWorkbench(extensionsDir: string, id: string): Promise<Activation> {
  const sink = createServer().listen(0, '127.0.0.1');
  await once(sink, 'listening');
  const { port } = sink.address() as AddressInfo;
  const posted = once(sink, 'request', { signal: AbortSignal.timeout(patienceMs) });
  // It is awaited below; a failure to start must not leave it behind unhandled.
  posted.catch(() => undefined);
  const browser = await launchChromium();
  try {
    const server = await startVscodeServer({
      extensionsDir,
      extensionPath: probe,
      testsPath: join(probe, 'suite.cjs'),
      env: { RPA_TRACE_PROBE_URL: `http://127.0.0.1:${String(port)}/`, RPA_TRACE_PROBE_ID: id },
      logFile: join(resultsFolder, 'package/server.log'),
    });
    try {
      const page = await browser.newPage();
      await page.goto(server.urlOf({ folder: extensionsDir }));
      return await report(posted).catch(async (error: unknown) => {
        await page.screenshot({ path: join(resultsFolder, 'package/activation.png') });
        throw error;
      });
    } finally {
      await server.stop();
    }
  } finally {
    await browser.close();
    sink.close();
  }
}

async function report(posted: Promise<unknown[]>): Promise<Activation> {
  const [message, answer] = (await posted) as [IncomingMessage, ServerResponse];
  const said = JSON.parse(await text(message)) as Activation | { error: string };
  answer.end();
  if ('error' in said) throw new Error(said.error);
  return said;
}

/** `publisher.name` of the project's manifest. */
export async function extensionId(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
  };
  return `${manifest.publisher}.${manifest.name}`;
}
