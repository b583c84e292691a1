/** Where in a browser a workbench is opened, and that none finds there what another one kept. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { launchChromium } from './chromium.ts';

/** How a page looks from outside. */
export interface Look {
  readonly locale: 'en' | 'zh-cn';
  readonly isDark: boolean;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** A page with a workbench that may still be loading. */
export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Places for workbenches, in a browser that is started once it is needed. */
export interface WorkbenchPlaces {
  /** Throws `Unavailable` where there is none. */
  start(): Promise<void>;
  /** An empty page, in which nothing is remembered. */
  newPage(look: Look): Promise<OpenPage>;
  /** Ends the browser with all its pages; the next page is in another one. */
  close(): Promise<void>;
}

/** Each page is a browser profile of its own, in a process of its own. */
export function freshPlaces(): WorkbenchPlaces {
  const browser = startable(() => launchChromium({ headless: isHeadless() }));
  return {
    ...browser,
    newPage: async (look) => {
      const context = await newContext(await browser.it(), look.locale);
      return { page: await pageIn(context, look), close: () => context.close() };
    },
  };
}

/**
 * A profile is used by one workbench after the other, and all that the workbenches of this address keep is deleted
 * between them. Its process stays, and with it what it has compiled of VS Code's 19 MB of script: without that a
 * workbench costs nearly twice the processor time until it is there.
 */
export function keptPlaces(address: string): WorkbenchPlaces {
  const browser = startable(() =>
    launchChromium({
      headless: isHeadless(),
      // A workbench that lives for seconds is closed before better code than that of V8's quickest compilers would pay.
      args: ['--process-per-site', '--js-flags=--no-turbofan,--no-maglev'],
      // The one would compile in another thread, before anybody looks whether that has been done; the other keeps a
      // process ready that nobody needs.
      disabledFeatures: ['ScriptStreaming', 'SpareRendererForSitePerProcess'],
    }),
  );
  const free: Place[] = [];
  return {
    start: browser.start,
    newPage: async (look) => {
      const index = free.findIndex(({ locale }) => locale === look.locale);
      const [found] = index < 0 ? [] : free.splice(index, 1);
      const place = found ?? (await newPlace(await browser.it(), look.locale, address));
      const page = await pageIn(place.context, look);
      const close = async () => {
        try {
          await empty(place, address);
          free.push(place);
        } catch {
          await place.context.close();
        }
      };
      return { page, close };
    },
    close: async () => {
      free.length = 0;
      await browser.close();
    },
  };
}

function startable(launch: () => Promise<Browser>) {
  let browser: Promise<Browser> | undefined;
  const it = () => (browser ??= launch());
  return {
    it,
    start: async () => void (await it()),
    close: async () => {
      const ended = await browser;
      browser = undefined;
      await ended?.close();
    },
  };
}

interface Place {
  readonly locale: Look['locale'];
  readonly context: BrowserContext;
  /** A process ends with the last page of its site; this one is never closed. */
  readonly keeper: Page;
  /** Its process is gone, and whoever asks a page of it waits for ever. */
  hasFallen: boolean;
}

async function newPlace(browser: Browser, locale: Look['locale'], address: string): Promise<Place> {
  const context = await newContext(browser, locale);
  const keeper = await context.newPage();
  // Of the same site, and nothing of VS Code's.
  await keeper.route(address, (route) => route.fulfill({ contentType: 'text/html' }));
  await keeper.goto(address);
  const place: Place = { locale, context, keeper, hasFallen: false };
  keeper.on('crash', () => (place.hasFallen = true));
  return place;
}

/** Makes a place as good as new. */
async function empty({ context, keeper, hasFallen }: Place, address: string): Promise<void> {
  if (hasFallen) throw new Error('The process of this place has ended');
  for (const page of context.pages()) if (page !== keeper) await page.close();
  const session = await context.newCDPSession(keeper);
  const { origin } = new URL(address);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
}

async function pageIn(context: BrowserContext, look: Look): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: look.width, height: look.height });
  await page.emulateMedia({ colorScheme: look.isDark ? 'dark' : 'light' });
  return page;
}

function newContext(browser: Browser, locale: Look['locale']): Promise<BrowserContext> {
  return browser.newContext({
    locale: locale === 'en' ? 'en-US' : 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
    // What turns for ever is painted for ever, by a processor that the tests need.
    reducedMotion: 'reduce',
  });
}

function isHeadless(): boolean {
  return process.env['RPA_TRACE_HEADED'] !== '1';
}
