/** A robot over Playwright in a real Chromium, and what the panel is told of it. */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { composeEngine } from '../../src/engine/compose.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { traced } from '../../src/telemetry/traced.ts';
import { createTracer } from '../../src/telemetry/tracer.ts';
import { tracePage } from '../../src/telemetry/tracePage.ts';
import type { TracePageOptions } from '../../src/telemetry/tracePage.ts';
import { pictureIn } from '../../src/base/picture.ts';
import { asked } from '../support/asked.ts';
import { launchChromium } from '../support/chromium.ts';
import { required } from '../support/required.ts';
import { listQuery, treeQuery } from '../unit/engine/world.ts';
import { pictureOf } from '../unit/telemetry/tracedWorld.ts';
import type { TracedRecord } from '../unit/telemetry/tracedWorld.ts';

const browser = required(
  () => launchChromium(),
  (launched: Browser) => launched.close(),
);

const shop = `<title>Shop</title><form>
  <label>User <input id="user"></label>
  <label>Word <input id="word" type="password"></label><input id="k" name="api_key">
  <select id="kind"><option>one</option><option>two</option></select>
  <iframe srcdoc="<button>Inside</button>"></iframe>
</form><p class="sum">12.50</p><p class="sum">13.50</p><button onclick="done.hidden=false">Enter</button>
<b id="done" hidden>done</b>`;

const secret = 'Sonnenblume7';

/** For a step that can't be done: the others have as long as they take. */
const soon = { timeout: 300 };

interface Played {
  readonly json: string;
  readonly record: TracedRecord;
  readonly error: unknown;
}

/** Runs a robot over a page of its own. */
async function play(
  robot: (page: Page) => Promise<void>,
  options: TracePageOptions = {},
): Promise<Played> {
  const sent: string[] = [];
  const tracer = createTracer({
    ...{ flowId: 'shop', endWithProcess: false, snapshotMs: false },
    producer: { send: (_topic, value) => sent.push(value) > 0 },
  });
  const plain = await browser().newPage();
  const page = tracePage(plain, options);
  expect(page).toBe(plain);
  let error: unknown;
  await tracer
    .run({ sid: 's1' }, async () => {
      await page.setContent(shop);
      await robot(page);
    })
    .catch((thrown: unknown) => {
      error = thrown;
    });
  await plain.close().catch(() => undefined);
  const json = sent.at(-1) ?? '';
  return { json, record: JSON.parse(json) as TracedRecord, error };
}

function inputsOf({ trace }: TracedRecord): Record<string, unknown>[] {
  return trace.map(({ data }) =>
    Object.fromEntries(
      data.input_vars.map((text) => {
        const { name, value } = JSON.parse(text) as { name: string; value: string };
        return [name, value];
      }),
    ),
  );
}

describe('the steps of a page', () => {
  let played: Played;
  beforeAll(async () => {
    played = await play(async (page) => {
      await traced('log in', {}, async () => {
        await page.getByLabel('User').fill('mei');
        await page.getByLabel('Word').fill(secret);
        await page.fill('#word', secret);
        await page.locator('#k').fill(secret);
        await page.getByLabel('Word').press('Enter');
        await page.getByLabel('Word').press('S');
      });
      await page.selectOption('#kind', 'two');
      expect(await page.locator('.sum').filter({ hasText: '13' }).first().innerText()).toBe(
        '13.50',
      );
      await page.frameLocator('iframe').getByRole('button').click();
      await page.getByRole('button', { name: 'Enter' }).click();
    });
  });

  test('are nodes where they were done, with the line that did them', () => {
    expect(played.error).toBeUndefined();
    const picture = pictureOf(played.record).replaceAll(/ -> .*/g, '');
    expect(picture.split('\n')).toEqual([
      'page::setContent ok',
      "page::fill getByLabel('User') ok in log in",
      "page::fill getByLabel('Word') ok in log in",
      'page::fill #word ok in log in',
      "page::fill locator('#k') ok in log in",
      "page::press getByLabel('Word') ok in log in",
      "page::press getByLabel('Word') ok in log in",
      'log in ok',
      'page::selectOption #kind ok',
      "page::innerText locator('.sum').filter({ hasText: '13' }).first() ok",
      "page::click locator('iframe').contentFrame().getByRole('button') ok",
      "page::click getByRole('button', { name: 'Enter' }) ok",
    ]);
    for (const { source } of played.record.trace) {
      expect(source).toMatch(/^test\/engine\/telemetryPage\.test\.ts:\d+$/);
    }
  });

  test('say what was typed, but no password', () => {
    const inputs = inputsOf(played.record);
    expect(inputs[1]).toEqual({ selector: "getByLabel('User')", value: 'mei' });
    expect(inputs[2]).toEqual({ selector: "getByLabel('Word')", password: '••••' });
    expect(inputs[3]).toEqual({ selector: '#word', password: '••••' });
    expect(inputs[4]).toEqual({ selector: "locator('#k')", password: '••••' });
    expect(inputs[5]).toEqual({ selector: "getByLabel('Word')", value: 'Enter' });
    expect(inputs[6]).toEqual({ selector: "getByLabel('Word')", value: '••••' });
    expect(inputs[8]).toEqual({ selector: '#kind', value: 'two' });
    expect(played.json).not.toContain(secret);
  });
});

describe('a step that fails', () => {
  test('has its screenshot, its error in words and its line in the panel', async () => {
    const { json, error } = await play(async (page) => {
      await page.getByRole('button', { name: 'Pay' }).click(soon);
    });
    expect(String(error)).toContain('Timeout 300ms exceeded');
    const engine = composeEngine({ clock: systemClock, emit: () => undefined, salt: '' });
    const files = [{ name: 'trace.jsonl', bytes: new TextEncoder().encode(json) }];
    await engine.handlers.openSource({ spec: { kind: 'contents', files }, keep: false });
    await expect.poll(() => engine.store.size).toBe(1);
    const key = (await asked(engine.handlers, 'list', listQuery())).rows[0]?.key ?? '';
    const { rows } = await asked(engine.handlers, 'tree', treeQuery(key));
    const row = rows.find(({ failing }) => failing);
    expect(row?.name).toBe("click getByRole('button', { name: 'Pay' })");
    expect(row?.error).toContain('Timeout 300ms exceeded');
    const inspected = await asked(engine.handlers, 'inspect', { key, row: row?.key ?? '' });
    const outputs = inspected.kind === 'node' ? inspected.data.output : [];
    expect(outputs.map(({ name }) => name)).toEqual(['screenshot']);
    expect(pictureIn(outputs[0]?.value ?? null)).toMatchObject({ width: 1280, height: 720 });
    expect(await engine.handlers.locate({ key, target: 'failing' })).toEqual({
      kind: 'source',
      source: row?.source,
    });
    await engine.close();
  });

  test('has none where nobody wants one or nothing is to be seen, and says no password', async () => {
    const without = await play(
      async (page) => {
        await page.getByLabel('Nowhere').fill(secret, soon);
      },
      { screenshots: false, values: false },
    );
    expect(without.record.trace.at(-1)?.data.output_vars).toEqual([]);
    const gone = await play(async (page) => {
      await page.close();
      await page.getByLabel('Word').fill(secret, soon);
    });
    expect(gone.record.trace.at(-1)?.logs.join()).toContain('no screenshot');
    expect(without.json + gone.json).not.toContain(secret);
    const hidden = await play(async (page) => {
      await page.evaluate(`document.querySelector('#word').disabled = true`);
      await page.getByLabel('Word').fill(secret, soon);
    });
    expect(hidden.record.status.code).not.toBe(0);
    expect(hidden.json).not.toContain(secret);
  });
});

test('outside of an execution a page does what it did, and is traced once', async () => {
  const plain = await browser().newPage();
  const page = tracePage(tracePage(plain));
  await page.setContent(shop);
  await page.getByLabel('User').fill('mei');
  expect(await page.inputValue('#user')).toBe('mei');
  await page.close();
});
