import { describe, expect, test } from 'vitest';
import type { StoredTextAnswer, StoredTextQuery } from '../../src/protocol/storedText.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { named, nodeContent } from './inspectorContents.ts';
import { executions, liveStatus } from './panelData.ts';
import { row } from './treeRows.ts';

const suite = panelSuite();

const address = (n: number) => `http://minio:9000/workflow/3f1d5ab0c2de4c57a3f09b7d1f2e4c6${n}.txt`;

const content = () =>
  nodeContent(
    {
      output: [
        named('invoice', address(1), { form: 'link' }),
        named('message', { role: 'assistant', content: address(2), parts: 3 }),
      ],
      logs: [
        { level: 'INFO', message: 'model asked', time: '2026-11-23 16:47:10' },
        { level: '', message: address(3), time: '' },
      ],
    },
    row('save', { name: '提取发票' }),
  );

const fetched: StoredTextAnswer = {
  ok: true,
  bytes: 6_210,
  value: {
    ...{ name: 'invoice', form: 'jsonText', round: null },
    value: {
      vendor: '合肥启明办公',
      total: 1280.5,
      apiKey: '••••9f3c',
      lines: [{ no: 1 }, { no: 2 }],
    },
  },
};

async function openNode(
  answer: (query: StoredTextQuery) => Promise<StoredTextAnswer>,
  { prepare, ...options }: PanelOptions = {},
): Promise<OpenPanel> {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(5);
      engine.status = liveStatus;
      engine.inspect = content;
      engine.fetchStored = answer;
      prepare?.(engine);
    },
    ...options,
    seed: { hasStarted: true, ...options.seed },
    saved: { row: 'save' },
  });
  await suite.panel.page.locator('.inspector-stored').first().waitFor();
  return suite.panel;
}

const never = () => new Promise<StoredTextAnswer>(() => undefined);
const panelText = () => suite.panel.page.locator('.inspector-panel').innerText();
const failing = (error: Extract<StoredTextAnswer, { ok: false }>['error']) => () =>
  Promise.resolve({ ok: false as const, error });

describe('a large value that is stored elsewhere', () => {
  test('says what it is, and nothing is fetched by itself', async () => {
    const { page, engine, screenshot } = await openNode(never);
    await expect.poll(() => panelText()).toContain(address(1));
    expect(await panelText()).toContain('It is fetched only when you ask for it.');
    expect(engine.callsOf('fetchStored')).toEqual([]);
    expect(
      await page.getByRole('button', { name: 'Fetch from minio:9000', exact: true }).count(),
    ).toBe(2);
    await screenshot('stored-before');
  });

  test('is fetched on a click, drawn and searched like any other', async () => {
    const { page, engine, screenshot } = await openNode(() => Promise.resolve(fetched));
    await page.getByRole('button', { name: 'Fetch from minio:9000', exact: true }).first().click();
    await page.getByText('合肥启明办公').waitFor();
    expect(engine.callsOf('fetchStored')).toMatchObject([
      {
        ...{ key: 'workflow/spf5', row: 'save', name: 'invoice', address: address(1) },
        consent: { host: 'minio:9000', near: null },
      },
    ]);
    expect(await page.locator('[title="' + address(1) + '"]').textContent()).toBe('fetched');
    expect(await panelText()).not.toContain(address(1));
    // The button is gone; the focus stays near, not at the top of the page.
    await page.locator('.inspector-section:focus, .inspector-section :focus').waitFor();
    await page.keyboard.press('Control+f');
    await page.locator('.inspector-search input').fill('1280.5');
    await expect.poll(() => page.locator('.inspector-match').count()).toBe(1);
    await screenshot('stored-fetched');
  });

  test('within a larger value takes its place there', async () => {
    const { page, engine } = await openNode(() => Promise.resolve(fetched));
    await page.locator('.inspector-stored-leaf button').click();
    await page.getByText('合肥启明办公').waitFor();
    expect(engine.callsOf('fetchStored')).toMatchObject([{ name: 'content', address: address(2) }]);
    expect(await panelText()).toContain('assistant');
  });

  test('as a line of the log takes its place there', async () => {
    const { page } = await openNode(() =>
      Promise.resolve({
        ...{ ok: true, bytes: 9 },
        value: { name: '', value: 'frame 1 of many', form: 'text', round: null },
      }),
    );
    await page.getByRole('tab', { name: /Logs/ }).click();
    await suite.panel.screenshot('stored-log');
    await page.getByRole('button', { name: 'Fetch from minio:9000', exact: true }).click();
    await page.getByText('frame 1 of many').waitFor();
  });

  test('is cancelled by a click, by the id it was asked for with', async () => {
    const { page, engine, screenshot } = await openNode(never);
    await page.getByRole('button', { name: 'Fetch from minio:9000', exact: true }).first().click();
    await page.getByText('Fetching…').waitFor();
    await screenshot('stored-fetching');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect
      .poll(() => engine.callsOf('cancelFetch'))
      .toEqual([{ id: engine.callsOf('fetchStored')[0]?.id }]);
  });

  test('names the host that the setting puts in its place', async () => {
    const { page, engine } = await openNode(never, {
      prepare: (prepared) => {
        prepared.status = { ...liveStatus, hostRewrite: { 'minio:9000': 'store.example:9000' } };
      },
    });
    await page.getByRole('button', { name: 'Fetch from store.example:9000' }).first().click();
    await page.getByText('Fetching…').waitFor();
    expect(engine.callsOf('fetchStored')).toMatchObject([
      { consent: { host: 'store.example:9000', near: null } },
    ]);
  });

  test('of this machine itself needs a second click, for the address it then names', async () => {
    const near = { reason: 'near', address: '127.0.0.1', place: 'machine' } as const;
    const { page, engine, screenshot } = await openNode(({ consent }) =>
      Promise.resolve(
        consent.near === '127.0.0.1'
          ? fetched
          : { ok: false, error: { ...near, host: consent.host } },
      ),
    );
    // A double click says nothing that a single one doesn't.
    await page.getByRole('button', { name: 'Fetch from minio:9000' }).first().dblclick();
    const second = page.getByRole('button', {
      name: 'Fetch from This Machine’s Own Address minio:9000 (127.0.0.1)',
    });
    await second.waitFor();
    await page.getByText('is this machine itself').waitFor();
    await screenshot('stored-near');
    expect(engine.callsOf('fetchStored')).toHaveLength(1);
    await second.click();
    await page.getByText('合肥启明办公').waitFor();
    // One word for one store.
    await page.locator('.inspector-stored-leaf button').click();
    await expect
      .poll(() => engine.callsOf('fetchStored').map(({ consent }) => consent.near))
      .toEqual([null, '127.0.0.1', '127.0.0.1']);
  });

  test.each<[string, Extract<StoredTextAnswer, { ok: false }>['error'], string | null]>([
    [
      'This machine can’t find the host minio:9000.',
      { reason: 'unreachable', host: 'minio:9000', detail: 'ENOTFOUND' },
      'rpaTrace.largeValues.hostRewrite',
    ],
    [
      'The value is 20 MB in size; the setting allows 10 MB.',
      { reason: 'tooLarge', bytes: 21_000_000, maxBytes: 10_485_760 },
      'rpaTrace.largeValues.maxBytes',
    ],
    [
      'minio:9000 no longer has this value',
      { reason: 'status', host: 'minio:9000', status: 404 },
      null,
    ],
    ['Trust this workspace', { reason: 'notTrusted' }, null],
  ])('that can’t be fetched says why: %s', async (sentence, error, setting) => {
    const { page, asked, screenshot } = await openNode(failing(error));
    await page.getByRole('button', { name: 'Fetch from minio:9000', exact: true }).first().click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain(sentence);
    const open = page.getByRole('button', { name: 'Open Setting' });
    expect(await open.count()).toBe(setting === null ? 0 : 1);
    if (setting !== null) {
      await open.click();
      expect(await asked('openSettings')).toEqual({ setting });
    }
    await screenshot(`stored-${error.reason}`);
    await page.getByRole('button', { name: 'Fetch Again' }).waitFor();
  });

  test.each([
    ['light', { theme: 'light-modern' }],
    ['contrast', { theme: 'high-contrast' }],
    ['narrow', { width: 420, height: 760 }],
    ['chinese', { seed: { language: 'zh-cn' } }],
  ] satisfies [string, PanelOptions][])('%s', async (name, options) => {
    const unreachable = { reason: 'unreachable', host: 'minio:9000', detail: 'ENOTFOUND' } as const;
    const { page, screenshot } = await openNode(failing(unreachable), options);
    await page.locator('.inspector-stored .inspector-button').first().click();
    await page.getByRole('alert').waitFor();
    await screenshot(`stored-${name}`);
  });
});
