import { describe, expect, test } from 'vitest';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { executions, liveStatus } from './panelData.ts';

const suite = panelSuite();

const noon = new Date(2026, 10, 24, 12, 0, 0).getTime();

function rejected(offset: number, parts: Partial<RejectedRecord> = {}): RejectedRecord {
  return {
    reason: 'notJson',
    detail: 'position 0',
    topic: 'spark-agent-builder',
    partition: 2,
    offset: String(offset),
    timestampMs: noon + offset * 1_000,
    bytes: 27,
    preview: 'hello token=••••c3f1 world',
    form: 'text',
    whole: true,
    ...parts,
  };
}

const some = [
  rejected(18, { reason: 'tombstone', detail: '', bytes: 0, preview: '' }),
  rejected(17),
  rejected(16, {
    ...{ reason: 'notUtf8', detail: 'byte 4', bytes: 18, form: 'hex' },
    preview: [
      '00000000  00 01 02 03 41 76 72 6f 53 63 68 65 6d 61 fe ff  ....AvroSchema..',
      '00000010  80 00                                            ..',
    ].join('\n'),
  }),
  rejected(15, {
    ...{ reason: 'truncatedJson', detail: 'position 1048000', bytes: 1_048_000, whole: false },
    preview: '{"sid": "spf009d0053@hf1a2094e42200009782", "trace": [',
  }),
];

async function openRejected(options: PanelOptions = {}): Promise<OpenPanel> {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(3);
      engine.status = liveStatus;
      engine.rejected = some;
    },
    ...options,
    seed: { hasStarted: true, ...options.seed },
  });
  await choose(/Rejected Records|无法读取的记录|拒/);
  await suite.panel.page.locator('.rejected-record').first().waitFor();
  return suite.panel;
}

async function choose(entry: RegExp): Promise<void> {
  await suite.panel.page.locator('.menu-button').click();
  await suite.panel.page.getByRole('menuitem', { name: entry }).click();
}

const item = (offset: number) =>
  suite.panel.page
    .locator('.rejected-record')
    .filter({ hasText: new RegExp(`(offset|位移|偏移量?) ?${String(offset)}`) });
const openItem = async (offset: number) => {
  await item(offset).locator('summary').click();
  await item(offset).locator('.rejected-preview').waitFor();
};

describe('rejected records', () => {
  test('each say why, where, when and how large, newest first', async () => {
    const { page, screenshot } = await openRejected();
    const rows = await page.locator('.rejected-record summary').allInnerTexts();
    expect(rows.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^Tombstone without content .*partition 2, offset 18 0 B/),
      expect.stringMatching(/^Not JSON position 0 .*offset 17 27 B · .*12:00:17/),
      expect.stringMatching(/^Not UTF-8 text byte 4 .*offset 16 18 B/),
      expect.stringMatching(/^Incomplete JSON position 1048000 .*offset 15 1023.4 KB/),
    ]);
    await screenshot('rejected-list');
  });

  test('show their text, masks marked, and copy it', async () => {
    const { page, asked, engine } = await openRejected();
    await openItem(17);
    expect(await item(17).locator('.rejected-preview').innerText()).toBe(some[1]?.preview);
    expect(await item(17).locator('.masked').innerText()).toBe('••••c3f1');
    await item(17).getByRole('button', { name: 'Copy Text' }).click();
    expect(await asked('copy')).toEqual({ text: some[1]?.preview });
    expect(engine.callsOf('rejectedText')).toEqual([]);
    await openItem(18);
    await expect.poll(() => page.getByText('(empty)').count()).toBe(1);
  });

  test('show bytes that are no text', async () => {
    await openRejected();
    await openItem(16);
    expect(await item(16).locator('.rejected-form').innerText()).toBe('Not text: shown as bytes');
    expect(await item(16).locator('.rejected-preview').innerText()).toContain('AvroSchema');
    await suite.panel.screenshot('rejected-hex');
  });

  test('are read again when only their beginning is kept, and windowed', async () => {
    const text = Array.from({ length: 200 }, (_, line) => `{"line": ${String(line)}}`).join('\n');
    const { engine } = await openRejected();
    engine.rejectedText = () => ({ text, form: 'text', whole: true });
    await openItem(15);
    await item(15).getByText('{"line": 14}').waitFor();
    expect(engine.callsOf('rejectedText')).toEqual([
      { position: { topic: 'spark-agent-builder', partition: 2, offset: '15' } },
    ]);
    expect(await item(15).getByText('{"line": 30}').count()).toBe(0);
    await item(15)
      .getByRole('button', { name: /Show 40 More Lines/ })
      .click();
    await item(15).getByText('{"line": 30}').waitFor();
  });

  test('say when the rest is not held any more', async () => {
    const { engine } = await openRejected();
    const { preview, form, whole } = some[3] ?? rejected(0);
    engine.rejectedText = () => ({ text: preview, form, whole });
    await openItem(15);
    await item(15).getByText('Only the beginning is available').waitFor();
  });

  test('are saved one by one and all', async () => {
    const { page, hostCalls } = await openRejected();
    await openItem(17);
    await item(17).getByRole('button', { name: 'Save to File…' }).click();
    await page.getByRole('button', { name: 'Save All to File…' }).click();
    await expect
      .poll(() => hostCalls.filter(({ method }) => method === 'saveRejected'))
      .toMatchObject([
        { params: { position: { topic: 'spark-agent-builder', partition: 2, offset: '17' } } },
        { params: { position: null } },
      ]);
  });

  test('come in pages', async () => {
    const { page, engine } = await openRejected({
      prepare: (fake) => {
        fake.status = liveStatus;
        fake.rows = executions(3);
        fake.rejected = Array.from({ length: 250 }, (_, index) => rejected(1_000 - index));
      },
    });
    await expect.poll(() => page.locator('.rejected-record').count()).toBe(100);
    await page.getByRole('button', { name: 'Show More (150 Left)' }).click();
    await expect.poll(() => page.locator('.rejected-record').count()).toBe(200);
    expect(engine.callsOf('rejected').at(-1)).toEqual({ offset: 0, limit: 200 });
  });

  test.each([
    ['light', { theme: 'light-modern' }],
    ['contrast', { theme: 'high-contrast' }],
    ['narrow', { width: 420, height: 760 }],
    ['chinese', { seed: { language: 'zh-cn' } }],
  ] satisfies [string, PanelOptions][])('%s', async (name, options) => {
    const { page, screenshot } = await openRejected(options);
    await page.locator('.rejected-record summary').nth(1).click();
    await page.locator('.rejected-record summary').nth(2).click();
    await page.locator('.rejected-preview').nth(1).waitFor();
    await screenshot(`rejected-${name}`);
  });
});

describe('saving executions', () => {
  async function openList(options: PanelOptions = {}): Promise<OpenPanel> {
    await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.status = liveStatus;
      },
      ...options,
      seed: { hasStarted: true, ...options.seed },
    });
    await suite.panel.page.locator('.execution-head').waitFor();
    return suite.panel;
  }

  test('saves what the list shows, under its filter', async () => {
    const { page, asked } = await openList();
    await page.locator('.filter-box').click();
    await page.keyboard.type('invoice');
    await page.getByRole('option').nth(3).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(4);
    await suite.panel.page.locator('.menu-button').click();
    await suite.panel.screenshot('save-menu');
    await page.getByRole('menuitem', { name: 'Save Executions (4)…' }).click();
    expect(await asked('saveExecutions')).toEqual({
      target: { kind: 'list', scope: { kind: 'all' }, filter: 'invoice' },
    });
  });

  test('saves the opened one', async () => {
    const { asked } = await openList();
    await choose(/Save This Execution/);
    expect(await asked('saveExecutions')).toEqual({
      target: { kind: 'execution', key: 'workflow/spf10' },
    });
  });

  test('is told by the palette', async () => {
    const { host, asked } = await openList();
    host.emit('saveShown', null);
    expect(await asked('saveExecutions')).toMatchObject({ target: { kind: 'list', filter: '' } });
  });

  test('has what the context menu needs on each row, and on the opened one', async () => {
    const { page } = await openList();
    const contexts = await page
      .locator('[data-vscode-context*=\'"execution"\']')
      .evaluateAll((elements) =>
        elements.map(
          (element) => JSON.parse(element.getAttribute('data-vscode-context') ?? '') as unknown,
        ),
      );
    expect(contexts).toHaveLength(13);
    expect(contexts[0]).toMatchObject({
      webviewSection: 'execution',
      executionKey: 'workflow/spf12',
      preventDefaultContextMenuItems: true,
    });
  });

  test('is not offered where there is nothing', async () => {
    await suite.open({
      prepare: (engine) => {
        engine.status = liveStatus;
      },
      seed: { hasStarted: true },
    });
    await suite.panel.page.locator('.empty-state').waitFor();
    await suite.panel.page.locator('.menu-button').click();
    await suite.panel.page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    expect(await suite.panel.page.getByRole('menuitem', { name: /Save/ }).count()).toBe(0);
  });
});
