/** A robot fails in a browser; its record goes through the engine to the panel, as it does in VS Code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/systemClock.ts';
import { composeEngine } from '../../src/engine/compose.ts';
import type { LocateAnswer } from '../../src/protocol/flows.ts';
import { repositoryRoot } from '../support/paths.ts';
import type { FakeEngine } from './fakeEngine.ts';
import { panelSuite } from './panelSuite.ts';
import { orderInShop } from './shopRobot.ts';

const suite = panelSuite();

/** In place of the engine that answers from rows. */
function realEngine({ channel }: FakeEngine) {
  const engine = composeEngine({
    clock: systemClock,
    emit: (name, payload) => {
      channel.emit(name, payload);
    },
    salt: '',
  });
  channel.handle(engine.handlers);
  return engine;
}

test('its author sees the step, its screenshot, the error in words, and jumps to the line', async () => {
  let engine: ReturnType<typeof realEngine> | undefined;
  let located: LocateAnswer | undefined;
  const { page } = await suite.open({
    seed: { hasStarted: true },
    prepare: (fake) => {
      engine = realEngine(fake);
    },
    host: {
      revealNode: async ({ key, target }) => {
        located = await engine?.handlers.locate({ key, target });
        return located?.kind ?? 'noNode';
      },
    },
  });
  const records: string[] = [];
  const shop = await page.context().browser()?.newPage();
  if (shop === undefined || engine === undefined) throw new Error('there is no browser');
  const producer = { send: (_topic: string, value: string) => records.push(value) > 0 };
  await expect(orderInShop(shop, producer)).rejects.toThrow('Timeout 200ms exceeded');
  await shop.close();

  const files = [{ name: 'robot.jsonl', bytes: new TextEncoder().encode(records.join('\n')) }];
  await engine.handlers.openSource({ spec: { kind: 'contents', files }, keep: false });
  const step = page.getByRole('treeitem', {
    name: /^click getByRole\('button', \{ name: 'Pay' \}\)/,
  });
  await step.click();
  await expect
    .poll(() => page.locator('body').innerText())
    .toContain('locator.click: Timeout 200ms exceeded');
  const inspector = page.locator('.inspector');
  const picture = inspector.locator('.inspector-picture img');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1280);
  await inspector.getByRole('button', { name: /^Go to test\/webview\/shopRobot\.ts:\d+$/ }).click();
  await expect.poll(() => located?.kind).toBe('source');
  const { source } = located as Extract<LocateAnswer, { readonly kind: 'source' }>;
  const [file = '', line = ''] = source.split(':');
  const text = await readFile(join(repositoryRoot, file), 'utf8');
  expect(text.split('\n')[Number(line) - 1]).toContain(`{ name: 'Pay' }`);
  await engine.close();
});
