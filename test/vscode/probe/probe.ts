/**
 * The tests' ear and hand in the extension host: an extension of its own, so that the real one runs
 * as for a user (under `extensionTestsPath` VS Code refuses dialogs, for instance). It evaluates
 * the functions that a test sends and answers with their values; see support/hostProbe.ts.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';
import * as vscode from 'vscode';

/** Starts to listen on the loopback interface and tells the test, whose address is in the environment. */
export function activate(context: vscode.ExtensionContext): void {
  const home = process.env['RPA_TRACE_PROBE_HOME'];
  if (home === undefined) return;
  const server = createServer((request, response) => void answer(request, response));
  context.subscriptions.push({ dispose: () => server.close() });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') return;
    void fetch(home, { method: 'POST', body: String(address.port) });
  });
}

type Sent = (api: typeof vscode, argument: unknown) => unknown;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let reply: { value: unknown } | { error: string };
  try {
    const { source, argument } = JSON.parse(await text(request)) as {
      source: string;
      argument: unknown;
    };
    const sent = runInThisContext(`(${source})`) as Sent;
    reply = { value: await sent(vscode, argument) };
  } catch (error) {
    reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  response.end(JSON.stringify(reply));
}
