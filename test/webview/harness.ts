import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Channel, type Handlers } from '../../src/protocol/channel.ts';
import type { HostEvents, HostMethods, PanelSeed } from '../../src/protocol/hostProtocol.ts';
import type { Envelope, Packet } from '../../src/protocol/packet.ts';
import { readPageMessage } from '../../src/protocol/pageMessages.ts';
import { launchChromium, quickStart } from '../support/chromium.ts';
import { repositoryRoot, resultsFolder } from '../support/paths.ts';
import { readTranslations } from '../../scripts/translations.ts';
import { FakeEngine } from './fakeEngine.ts';
import { aSeed } from './panelData.ts';
import { startPanelServer, type PanelServer } from './panelServer.ts';

/** The looks the panel is seen in. */
export type Theme = 'dark-modern' | 'light-modern' | 'high-contrast' | 'high-contrast-light';

/** How a panel is opened. */
export interface PanelOptions {
  readonly seed?: Partial<PanelSeed>;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly zoom?: number;
  readonly reducedMotion?: boolean;
  /** Whether the test sets the page's clock: Playwright does so for all pages of a context. */
  readonly ownClock?: boolean;
  /** What the page kept with `setState` before it was reloaded. */
  readonly saved?: unknown;
  /** Fills the engine before the page loads. */
  readonly prepare?: (engine: FakeEngine) => void;
  readonly host?: Partial<Handlers<HostMethods>>;
  /** What the host tells the page to show as soon as it listens. */
  readonly told?: HostEvents['select'];
}

/** What the panel asked of the host. */
export interface HostCall {
  readonly method: keyof HostMethods;
  readonly params: unknown;
}

/** An open panel with the two it talks to. */
export interface OpenPanel {
  readonly page: Page;
  readonly engine: FakeEngine;
  readonly host: Channel<object, HostMethods, object, HostEvents>;
  readonly hostCalls: readonly HostCall[];
  /** Waits until the host was asked for `method` and gives what with. */
  asked<K extends keyof HostMethods>(method: K): Promise<HostMethods[K]['params']>;
  /** What the page keeps over a reload. */
  saved(): Promise<unknown>;
  screenshot(name: string): Promise<void>;
  /** Shows the same in another theme, as VS Code changes it under an open page. */
  setTheme(theme: Theme): Promise<void>;
  /** Gives the page another size, and waits until it is laid out in it. */
  resize(size: { readonly width: number; readonly height: number }): Promise<void>;
  /** Fails when the page or its policy complained. */
  close(): Promise<void>;
}

/** A browser for panels. */
export interface PanelBrowser {
  open(options?: PanelOptions): Promise<OpenPanel>;
  /** A process for many panels, one after the other. */
  openProcess(): Promise<PanelProcess>;
  /** Ends it for all who share it: for programs, which do not end with a worker. */
  close(): Promise<void>;
}

/**
 * Panels in one process, which has the page's files from the second panel on: one takes three quarters of what it takes
 * in a process of its own. They share no more than what a context does: permissions, cookies, Playwright's clock.
 */
export interface PanelProcess {
  open(options?: Omit<PanelOptions, 'zoom' | 'ownClock'>): Promise<OpenPanel>;
  /** Closes also what is still open in it. */
  close(): Promise<void>;
}

/** How a browser for panels is started. */
export interface PanelBrowserOptions {
  /** Compiles what runs often as well as V8 can: for measuring. */
  readonly optimized?: boolean;
}

const bodyClasses: Readonly<Record<Theme, string>> = {
  'dark-modern': 'vscode-dark',
  'light-modern': 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** One for all test files of a worker: they share their modules, and it costs as much as three tests. */
let shared: Promise<Browser> | null = null;
let served: Promise<PanelServer> | null = null;
const server = () => (served ??= startPanelServer());

/** The browser of this worker, started anew when it has ended. */
export async function browserOfWorker(optimized = false): Promise<Browser> {
  const isThere = (await shared)?.isConnected() === true;
  const args = ['--process-per-site', ...(optimized ? [] : quickStart)];
  const launch = () => (shared = launchChromium({ args }));
  return isThere && shared !== null ? shared : launch();
}

/** Gives the browser of this worker, which ends with it; panels in it are the built page with its real policy. */
export async function openPanelBrowser({
  optimized = false,
}: PanelBrowserOptions = {}): Promise<PanelBrowser> {
  const browser = await browserOfWorker(optimized);
  return {
    open: async (options = {}) => {
      const context = await browser.newContext(contextOptions(options));
      const place = await panelPlace(await context.newPage());
      return openPanel(place, options, () => context.close());
    },
    openProcess: () => openProcess(browser),
    close: () => browser.close(),
  };
}

async function openProcess(browser: Browser): Promise<PanelProcess> {
  const context = await browser.newContext(contextOptions({}));
  // A process ends with the last page of its site.
  const kept = await context.newPage();
  await kept.goto((await server()).origin);
  let last: Promise<unknown> = Promise.resolve();
  /** A page that Playwright makes begins in a process of its own, which is thrown away with its first address. */
  const openWindow = () => {
    const opened = last.then(async () => {
      const [page] = await Promise.all([
        kept.waitForEvent('popup'),
        kept.evaluate(() => void window.open('about:blank', '', 'popup')),
      ]);
      return panelPlace(page);
    });
    // One after the other, for the event does not say whose it is.
    last = opened.catch(() => undefined);
    return opened;
  };
  /** A new window costs half as much again as the next panel in one that is there. */
  const idle: PanelPlace[] = [];
  return {
    open: async (options = {}) => {
      const { viewport, reducedMotion } = contextOptions(options);
      const place = idle.pop() ?? (await openWindow());
      const { page } = place;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ reducedMotion, forcedColors: null });
      return openPanel(place, options, async (isWell) => {
        if (!isWell || page.isClosed()) return page.close();
        // Else what lies there in the next panel would be under it.
        await page.mouse.move(-1, -1);
        idle.push(place);
      });
    },
    close: () => context.close(),
  };
}

/** A page for one panel after the other. */
interface PanelPlace {
  readonly page: Page;
  /** Which of them it shows; what an earlier one says, or is told, comes too late. */
  life: number;
  hear: (envelope: Envelope) => void;
  complain: (complaint: string) => void;
}

async function panelPlace(page: Page): Promise<PanelPlace> {
  const place: PanelPlace = { page, life: 0, hear: () => undefined, complain: () => undefined };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) place.complain(message.text());
  });
  page.on('pageerror', (error) => {
    place.complain(error.stack ?? error.message);
  });
  await page.exposeFunction('panelSays', (life: number, envelope: Envelope) => {
    if (life === place.life) place.hear(envelope);
  });
  return place;
}

function contextOptions({ width = 1200, height = 760, zoom = 1, reducedMotion }: PanelOptions) {
  return {
    // Zooming makes CSS pixels larger: fewer of them fit.
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    // What turns for ever is painted for ever, by a processor that the tests need.
    reducedMotion: reducedMotion === false ? 'no-preference' : 'reduce',
  } satisfies BrowserContextOptions;
}

/** Fills a page with the panel; `leave` ends what was opened for it, or keeps it for the next when all went well. */
async function openPanel(
  place: PanelPlace,
  options: PanelOptions,
  leave: (isWell: boolean) => Promise<void>,
): Promise<OpenPanel> {
  const { page } = place;
  const { theme = 'dark-modern' } = options;
  const seed = await withTexts(aSeed(options.seed));
  const complaints: string[] = [];
  const life = (place.life += 1);
  const send = (partner: Envelope['partner']) => (packet: Packet) => {
    if (life !== place.life) return;
    const envelope: Envelope = { partner, packet };
    page
      .evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), envelope)
      .catch(() => undefined);
  };
  const engine = new FakeEngine(send('engine'));
  options.prepare?.(engine);
  const hostCalls: HostCall[] = [];
  const waiting = new Set<() => void>();
  const host = new Channel<object, HostMethods, object, HostEvents>({
    post: send('host'),
    clock: { now: () => Date.now(), after: () => ({ dispose: () => undefined }) },
    prefix: 'h',
    onError: (error) => complaints.push(String(error)),
  });
  const { told } = options;
  const ready = () => {
    // Behind the answer, as the host does it.
    if (told !== undefined)
      setImmediate(() => {
        host.emit('select', told);
      });
    return seed;
  };
  host.handle(
    recorded({ ...quietHost(seed), ready, ...options.host }, (call) => {
      hostCalls.push(call);
      for (const look of waiting) look();
    }),
  );
  place.hear = (envelope) => {
    const { partner, packet } = envelope;
    const read = readPageMessage(envelope);
    // Playwright passes on what bytes look like in JSON.
    const isOfBytes = packet.kind === 'request' && packet.method === 'openContents';
    if (!read.ok && !isOfBytes) complaints.push(`Malformed: ${read.error.problem}`);
    (partner === 'engine' ? engine.channel : host).receive(packet);
  };
  const vscode = await page.addInitScript(asVscode, {
    ...{ life, saved: options.saved },
    look: await lookOf(theme),
  });
  place.complain = (complaint) => complaints.push(complaint);
  await page.goto((await server()).addressOf(seed.language));
  await page.locator('#root[data-ready]').waitFor();
  return {
    page,
    engine,
    host,
    hostCalls,
    asked: (method) =>
      new Promise((resolve) => {
        const look = () => {
          const call = hostCalls.findLast((made) => made.method === method);
          if (call === undefined) return;
          waiting.delete(look);
          resolve(call.params as never);
        };
        waiting.add(look);
        look();
      }),
    saved: () => page.evaluate(() => window.savedState),
    screenshot: async (name) => {
      const folder = join(resultsFolder, 'webview');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    },
    setTheme: async (next) => {
      await page.evaluate(wearTheme, await lookOf(next));
      // The toolkit takes it over in the next frame.
      await page.evaluate(nextFrames);
    },
    resize: async (size) => {
      await page.setViewportSize(size);
      // What is laid out by what there is room for is so in the next frame.
      await page.evaluate(nextFrames);
    },
    close: async () => {
      place.life += 1;
      place.complain = () => undefined;
      await vscode.dispose().catch(() => undefined);
      await leave(complaints.length === 0);
      if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
    },
  };
}

declare global {
  interface Window {
    panelSays(life: number, message: unknown): Promise<void>;
    savedState: unknown;
    acquireVsCodeApi(): unknown;
  }
}

/** Runs in the page: resolves when two frames were painted. */
export function nextFrames(): Promise<unknown> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      requestAnimationFrame(resolve);
    }),
  );
}

/** How a theme looks: as one text, for hundreds of variables cost more to hand over than to set. */
interface Look {
  /** The variables, as the page's root has them in its `style`. */
  readonly style: string;
  /** What VS Code writes on the body. */
  readonly bodyClass: string;
}

/** Runs in the page. */
function wearTheme(look: Look): void {
  document.documentElement.style.cssText = look.style;
  document.body.className = look.bodyClass;
}

/** Runs in the page before its script: what VS Code does for a webview. */
function asVscode(given: { life: number; saved: unknown; look: Look }): void {
  window.savedState = given.saved;
  window.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void window.panelSays(given.life, message),
    getState: () => window.savedState,
    setState: (state: unknown) => {
      window.savedState = structuredClone(state);
    },
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.style.cssText = given.look.style;
    document.body.className = given.look.bodyClass;
  });
}

/** Read once: a test may go through all themes in each of many states. */
const looks = new Map<Theme, Promise<Look>>();

function lookOf(theme: Theme): Promise<Look> {
  const known = looks.get(theme) ?? readLook(theme);
  looks.set(theme, known);
  return known;
}

async function readLook(theme: Theme): Promise<Look> {
  const file = join(repositoryRoot, `test/webview/themes/${theme}.json`);
  const variables = {
    ...(JSON.parse(await readFile(file, 'utf8')) as Record<string, string>),
    '--vscode-font-family': "system-ui, 'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif",
    '--vscode-font-size': '13px',
    '--vscode-font-weight': 'normal',
    '--vscode-editor-font-family': "'DejaVu Sans Mono', monospace",
    '--vscode-editor-font-size': '13px',
  };
  const style = Object.entries(variables).map(([name, value]) => `${name}:${value}`);
  return { style: style.join(';'), bodyClass: bodyClasses[theme] };
}

async function withTexts(seed: PanelSeed): Promise<PanelSeed> {
  if (seed.language === 'en') return seed;
  const { texts } = await readTranslations(repositoryRoot, seed.language);
  const bundle = Object.fromEntries([...texts].map(([key, { text }]) => [key, text]));
  return { ...seed, bundle };
}

function quietHost(seed: PanelSeed): Handlers<HostMethods> {
  return {
    ready: () => seed,
    connect: () => null,
    testConnection: () => ({ ok: true, topics: [], partitions: 3 }),
    playSample: () => null,
    openTraceFiles: () => 0,
    openContents: () => null,
    chooseCaFile: () => null,
    disconnect: () => null,
    goBack: () => null,
    readAgain: () => null,
    switchSource: () => null,
    setFollowLatest: () => null,
    rememberSizes: () => null,
    revealNode: () => 'found',
    setSelected: () => null,
    stepChosen: () => null,
    wayShown: () => null,
    openInNewPanel: () => null,
    openDashboard: () => null,
    showExecutions: () => null,
    copy: () => null,
    openText: () => null,
    openDiff: () => null,
    fileHistory: () => ({ kind: 'notInRepository' }),
    openFileDifference: () => null,
    saveExecutions: () => null,
    saveTraceFile: () => null,
    handOn: () => null,
    saveRejected: () => null,
    saveTable: () => null,
    openFlowThen: () => null,
    openSettings: () => null,
    showLog: () => null,
    startEngine: () => null,
    openExternalHelp: () => null,
  };
}

function recorded(
  handlers: Handlers<HostMethods>,
  record: (call: HostCall) => void,
): Handlers<HostMethods> {
  const methods = Object.keys(handlers) as (keyof HostMethods)[];
  const wrapped = methods.map((method) => [
    method,
    (params: never) => {
      record({ method, params });
      return (handlers[method] as (given: never) => unknown)(params);
    },
  ]);
  return Object.fromEntries(wrapped) as never;
}
