import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { webviewHtml } from '../../src/host/webviewHtml.ts';
import { repositoryRoot } from '../support/paths.ts';

/** Where the built page is to be had, as VS Code gives it to a webview. */
export interface PanelServer {
  /** Where an empty page stands. */
  readonly origin: string;
  /** Where the panel's page stands in a language. */
  addressOf(language: string): string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/**
 * Serves it over a port of this machine. Playwright could answer in the place of a server: it would hand each file of
 * each page through three processes, and the browser would keep none.
 */
export async function startPanelServer(): Promise<PanelServer> {
  const server = createServer(({ url = '/' }, response) => {
    answerTo(new URL(url, origin)).then(
      ({ status = 200, headers = {}, body = '' }) => response.writeHead(status, headers).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  // It ends with the process that it is for.
  server.unref();
  return { origin, addressOf: (language) => `${origin}/panel.html?language=${language}` };
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

async function answerTo({ origin, pathname, searchParams }: URL): Promise<Answer> {
  const html = { 'content-type': 'text/html' };
  if (pathname === '/') return { headers: html };
  if (pathname === '/favicon.ico') return { status: 204 };
  if (pathname === '/panel.html') {
    return { headers: html, body: panelHtml(origin, searchParams.get('language') ?? 'en') };
  }
  const name = basename(pathname);
  const type = types[extname(name)] ?? 'application/octet-stream';
  return {
    // For the pages of this run: what is built next is served from another port.
    headers: { 'content-type': type, 'cache-control': 'max-age=86400' },
    body: await readFile(join(repositoryRoot, 'dist', name)),
  };
}

function panelHtml(origin: string, language: string): string {
  // As much of VS Code as the page's frame is made with; paths instead of addresses.
  const vscode = {
    env: { language },
    Uri: { joinPath: (base: string, ...parts: string[]) => [base, ...parts].join('/') },
  };
  const webview = { cspSource: origin, asWebviewUri: (path: string) => path };
  return webviewHtml(vscode as never, webview as never, origin as never);
}
