import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { build } from 'esbuild';
import type * as Vscode from 'vscode';

import { repositoryRoot } from './paths.ts';

/** The API of VS Code as a function sent to the extension host receives it. */
export type VscodeApi = typeof Vscode;

/** A function that runs in the extension host: it sees its two parameters and nothing else. */
export type HostFunction<Argument, Value> = (
  api: VscodeApi,
  argument: Argument,
) => Value | PromiseLike<Value>;

/** An extension host, or the promise of one: questions wait until it has started. */
export interface ExtensionHost {
  /** Runs the function in the extension host and gives its value as JSON keeps it. */
  inHost<Value, Argument = undefined>(
    sent: HostFunction<Argument, Value>,
    argument?: Argument,
  ): Promise<Value>;
}

/** The way into the extension hosts of the workbenches that a test opens. */
export interface HostProbe {
  /** The folder of the probe extension, to be run beside the one under test. */
  readonly extensionPath: string;
  /** What the extension host needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The next extension host that starts: call it before a page is opened or loaded again. */
  expectHost(): ExtensionHost;
  stop(): Promise<void>;
}

/** Builds the probe extension and waits for its calls. */
export async function startHostProbe(): Promise<HostProbe> {
  const extensionPath = await buildProbe();
  let expected = Promise.withResolvers<number>();
  const home = createServer((request, response) => {
    void text(request).then((port) => {
      expected.resolve(Number(port));
      response.end();
    });
  });
  home.listen(0, '127.0.0.1');
  await once(home, 'listening');
  const address = home.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    extensionPath,
    env: { RPA_TRACE_PROBE_HOME: `http://127.0.0.1:${String(address.port)}` },
    expectHost: () => {
      expected = Promise.withResolvers<number>();
      return hostAt(expected.promise);
    },
    stop: async () => {
      home.closeAllConnections();
      home.close();
      await rm(extensionPath, { recursive: true, force: true });
    },
  };
}

function hostAt(port: Promise<number>): ExtensionHost {
  return {
    inHost: async (sent, argument) => {
      const body = JSON.stringify({ source: String(sent), argument });
      const url = `http://127.0.0.1:${String(await port)}`;
      const response = await fetch(url, { method: 'POST', body });
      const reply = (await response.json()) as { value?: unknown; error?: string };
      if (reply.error !== undefined) throw new Error(`in the extension host: ${reply.error}`);
      return reply.value as never;
    },
  };
}

async function buildProbe(): Promise<string> {
  const source = join(repositoryRoot, 'test', 'vscode', 'probe');
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-probe-'));
  await copyFile(join(source, 'package.json'), join(folder, 'package.json'));
  await build({
    entryPoints: [join(source, 'probe.ts')],
    outfile: join(folder, 'probe.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'error',
  });
  return folder;
}
