/** What the other tests rely on: that a workbench finds nothing of another, though they share a browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { required } from '../support/required.ts';
import { keptPlaces, type Look } from '../support/workbenchPlaces.ts';

const english: Look = { locale: 'en', isDark: true, width: 800, height: 600 };
const chinese: Look = { ...english, locale: 'zh-cn', isDark: false, width: 700 };

const running = required(
  async () => {
    const server = createServer(({ url }, response) => {
      response.setHeader('content-type', url === '/worker.js' ? 'text/javascript' : 'text/html');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const places = keptPlaces(address);
    await places.start();
    return { address, places, server };
  },
  async ({ places, server }) => {
    await places.close();
    server.closeAllConnections();
    server.close();
  },
);

/** A page of the address, by its look. */
async function open(look: Look) {
  const { address, places } = running();
  const opened = await places.newPage(look);
  await opened.page.goto(address);
  return opened;
}

const nothing = { cookie: '', local: 0, session: 0, databases: [], caches: [], workers: 0 };
const everything = {
  ...{ cookie: 'kept=1', local: 1, session: 1 },
  ...{ databases: ['kept'], caches: ['kept'], workers: 1 },
};

/** Whatever a page can keep. */
const keep = (page: Page) =>
  page.evaluate(async () => {
    document.cookie = 'kept=1; max-age=3600';
    localStorage.setItem('kept', '1');
    sessionStorage.setItem('kept', '1');
    await new Promise((resolve) => {
      const opening = indexedDB.open('kept');
      opening.onsuccess = () => {
        opening.result.close();
        resolve(undefined);
      };
    });
    await caches.open('kept');
    await navigator.serviceWorker.register('worker.js');
  });

const kept = (page: Page) =>
  page.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

test('what a page kept is gone in the next one, also while another is open', async () => {
  const first = await open(english);
  await keep(first.page);
  expect(await kept(first.page)).toEqual(everything);
  const beside = await open(english);
  expect(await kept(beside.page)).toEqual(nothing);
  await first.close();

  const second = await open(english);
  expect(second.page.context()).toBe(first.page.context());
  expect(await kept(second.page)).toEqual(nothing);
  await keep(second.page);
  await second.page.reload();
  expect(await kept(second.page)).toEqual(everything);
  for (const { close } of [second, beside]) await close();
});

test('a page has the look that it is opened with, and none of the one before', async () => {
  const look = (page: Page) =>
    page.evaluate(() => ({
      locale: navigator.language,
      isDark: matchMedia('(prefers-color-scheme: dark)').matches,
      width: innerWidth,
    }));
  const shown = [];
  for (const wanted of [english, chinese, { ...english, isDark: false, width: 600 }]) {
    const { page, close } = await open(wanted);
    shown.push(await look(page));
    await close();
  }
  expect(shown).toEqual([
    { locale: 'en-US', isDark: true, width: 800 },
    { locale: 'zh-CN', isDark: false, width: 700 },
    { locale: 'en-US', isDark: false, width: 600 },
  ]);
});

test('a place whose pages fall is given up, and a browser that has ended is started again', async () => {
  const fallen = await open(english);
  const session = await fallen.page.context().newCDPSession(fallen.page);
  const isDown = fallen.page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await isDown;
  await fallen.close();
  const next = await open(english);
  expect(next.page.context()).not.toBe(fallen.page.context());

  await running().places.close();
  await next.close();
  const anew = await open(english);
  expect(await kept(anew.page)).toEqual(nothing);
  await anew.close();
});
