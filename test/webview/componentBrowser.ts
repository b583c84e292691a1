import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { repositoryRoot } from '../support/paths.ts';
import { readTranslations } from '../../scripts/translations.ts';
import { browserOfWorker } from './harness.ts';
import type { Call, ManyRows, Shown } from './componentPage.tsx';

/** The looks a component is seen in. */
export type Theme = 'dark-modern' | 'light-modern' | 'high-contrast' | 'high-contrast-light';

/** How a page is opened. */
export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'en' | 'zh-cn';
  readonly zoom?: number;
  readonly reducedMotion?: boolean;
}

/** A page with one component. */
export interface ComponentPageHandle {
  readonly page: Page;
  show(shown: Shown): Promise<void>;
  showMany(options: ManyRows): Promise<void>;
  /** What the component told since the last time it was asked. */
  calls(): Promise<Call[]>;
  screenshot(name: string): Promise<void>;
  /** Fails when the page complained about anything. */
  close(): Promise<void>;
}

/** A browser with the components bundled; pages have the panel's strict CSP. */
export interface ComponentBrowser {
  open(options?: PageOptions): Promise<ComponentPageHandle>;
  close(): Promise<void>;
}

/** How a browser for components is started. */
export interface ComponentBrowserOptions {
  /** Compiles what runs often as well as V8 can: for measuring. */
  readonly optimized?: boolean;
}

/** One for all test files of a worker: they share their modules, and the bundle is the same. */
let served: Promise<string> | null = null;

/** Bundles the components, and gives the browser of this worker; its pages end with `close`. */
export async function openComponentBrowser({
  optimized = false,
}: ComponentBrowserOptions = {}): Promise<ComponentBrowser> {
  const origin = await (served ??= serveComponents());
  const own = optimized ? await launchChromium() : null;
  const browser = own ?? (await browserOfWorker());
  /** A new page costs as much again as the next component in one that is there. */
  const kept = new Map<string, ComponentPlace[]>();
  const contexts: BrowserContext[] = [];
  return {
    open: async (options = {}) => {
      const { language = 'en', zoom = 1 } = options;
      const kind = `${language} ${String(zoom)}`;
      const idle = kept.get(kind) ?? [];
      kept.set(kind, idle);
      const place = idle.pop() ?? (await openPlace(browser, contexts, options));
      return openPage(place, origin, options, () => idle.push(place));
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await own?.close();
    },
  };
}

async function serveComponents(): Promise<string> {
  const server = await serve(await bundlePage());
  // It ends with the process that it is for.
  server.unref();
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** A page for one component after the other: its process has what it loads, from the second on. */
interface ComponentPlace {
  readonly page: Page;
  complain: (complaint: string) => void;
}

async function bundlePage(): Promise<Map<string, { type: string; body: Uint8Array }>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['test/webview/componentPage.tsx'],
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const codicons = join(repositoryRoot, 'node_modules/@vscode/codicons/dist');
  const output = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))!.contents;
  return new Map([
    ['/page.js', { type: 'text/javascript', body: output('.js') }],
    ['/page.css', { type: 'text/css', body: output('.css') }],
    ['/codicon.css', { type: 'text/css', body: await readFile(join(codicons, 'codicon.css')) }],
    ['/codicon.ttf', { type: 'font/ttf', body: await readFile(join(codicons, 'codicon.ttf')) }],
  ]);
}

async function serve(files: Map<string, { type: string; body: Uint8Array }>): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    void answer(url).then(({ type, body }) => {
      // For the pages of this run, except the frame, which is asked for anew each time.
      const keep = type === 'text/html' ? 'no-store' : 'max-age=86400';
      response.writeHead(200, { 'content-type': type, 'cache-control': keep });
      response.end(body);
    });
  });
  const answer = async (url: URL) => {
    const name = url.searchParams.get('theme') ?? 'dark-modern';
    if (url.pathname === '/theme.css') return { type: 'text/css', body: await themeCss(name) };
    if (url.pathname === '/') {
      const language = url.searchParams.get('language') ?? 'en';
      return { type: 'text/html', body: html(name, language) };
    }
    return files.get(url.pathname) ?? { type: 'text/plain', body: '' };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function themeCss(name: string): Promise<string> {
  const file = join(repositoryRoot, `test/webview/themes/${name}.json`);
  const colors = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  const variables = Object.entries(colors).map(([key, value]) => `${key}: ${value};`);
  return `:root { ${variables.join('\n')}
    --vscode-font-family: 'Segoe WPC', 'Segoe UI', 'Noto Sans CJK SC', sans-serif;
    --vscode-font-size: 13px;
    --vscode-editor-font-family: 'Droid Sans Mono', 'DejaVu Sans Mono', monospace;
    --vscode-editor-font-size: 13px; }
    html, body, #root { height: 100%; margin: 0; }
    body { background: var(--vscode-editor-background); color: var(--vscode-foreground);
      font: var(--vscode-font-size) var(--vscode-font-family); }`;
}

function html(theme: string, language: string): string {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:";
  const kinds: Record<string, string> = {
    'dark-modern': 'vscode-dark',
    'light-modern': 'vscode-light',
    'high-contrast': 'vscode-high-contrast',
    'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
  };
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><link rel="icon" href="data:,">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="/theme.css?theme=${theme}"><link rel="stylesheet" href="/codicon.css">
    <link rel="stylesheet" href="/page.css"></head>
    <body class="${kinds[theme] ?? ''}"><div id="root"></div><script src="/page.js"></script></body></html>`;
}

/** Language and zoom are of a context: what stays the same for all components that a page shows. */
async function openPlace(
  browser: Browser,
  contexts: BrowserContext[],
  { language = 'en', zoom = 1 }: PageOptions,
): Promise<ComponentPlace> {
  const context = await browser.newContext({
    deviceScaleFactor: zoom,
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  contexts.push(context);
  const page = await context.newPage();
  const place: ComponentPlace = { page, complain: () => undefined };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) place.complain(message.text());
  });
  page.on('pageerror', (error) => {
    place.complain(error.message);
  });
  return place;
}

/** Shows an empty page in a place; `leave` keeps it for the next when all went well. */
async function openPage(
  place: ComponentPlace,
  origin: string,
  options: PageOptions,
  leave: () => void,
): Promise<ComponentPageHandle> {
  const { theme = 'dark-modern', width = 900, height = 600, language = 'en', zoom = 1 } = options;
  const { page } = place;
  // Zooming makes CSS pixels larger: fewer of them fit.
  await page.setViewportSize({
    width: Math.round(width / zoom),
    height: Math.round(height / zoom),
  });
  // What turns for ever is painted for ever, by a processor that the tests need.
  const reducedMotion = options.reducedMotion === false ? 'no-preference' : 'reduce';
  await page.emulateMedia({ reducedMotion });
  const complaints: string[] = [];
  place.complain = (complaint) => complaints.push(complaint);
  await page.goto(`${origin}/?theme=${theme}&language=${language}`);
  await page.evaluate(() => document.fonts.load('16px codicon'));
  if (language !== 'en') await useTexts(page, language);
  return {
    page,
    // What playwright's types do to a tree of rows is too deep for the compiler.
    show: (shown: unknown) =>
      page.evaluate((value) => window.componentPage.show(value as Shown), shown),
    showMany: (many) => page.evaluate((value) => window.componentPage.showMany(value), many),
    calls: () => page.evaluate(() => window.componentPage.calls.splice(0)),
    screenshot: async (name) => {
      const folder = join(repositoryRoot, 'test-results/webview');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    },
    close: async () => {
      place.complain = () => undefined;
      if (complaints.length > 0) {
        await page.close();
        throw new Error(`The page complained: ${complaints.join('\n')}`);
      }
      // Else what lies there in the next component would be under it.
      await page.mouse.move(-1, -1);
      leave();
    },
  };
}

async function useTexts(page: Page, language: string): Promise<void> {
  const { texts } = await readTranslations(repositoryRoot, language);
  const bundle = Object.fromEntries([...texts].map(([key, { text }]) => [key, text]));
  await page.evaluate((value) => window.componentPage.useTexts(value), bundle);
}
