import { describe, expect, test } from 'vitest';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { anExecution, executions, invoiceFlow, liveStatus } from './panelData.ts';
import type { EngineQuestions } from '../../src/protocol/questions.ts';
import type { Pushed } from '../../src/protocol/subscriptions.ts';

const suite = panelSuite();

async function openWith(count: number, options: PanelOptions = {}): Promise<OpenPanel> {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(count);
      engine.status = liveStatus;
    },
    ...options,
    seed: { hasStarted: true, ...options.seed },
  });
  await suite.panel.page.locator('.execution-row').first().waitFor();
  return suite.panel;
}

const sids = () =>
  suite.panel.page
    .locator('.execution-row')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['sid']));
const topRow = () =>
  suite.panel.page.evaluate(() => {
    const list = document.querySelector('.execution-rows')!;
    const { left, top } = list.getBoundingClientRect();
    const row = document.elementFromPoint(left + 40, top + 11)?.closest<HTMLElement>('[data-sid]');
    return row?.dataset['sid'];
  });
const selected = () =>
  suite.panel.page.locator('.execution-row[aria-selected=true]').getAttribute('data-sid');
const listbox = () => suite.panel.page.getByRole('listbox');

describe('the list', () => {
  test('is newest first, and each row says all in words', async () => {
    const { page } = await openWith(12);
    expect((await sids()).slice(0, 3)).toEqual(['spf12', 'spf11', 'spf10']);
    const failed = page.locator('[data-sid=spf10]').first();
    await expect
      .poll(() => failed.getAttribute('aria-label'))
      .toMatch(/^order-intake, Failed, at “Click save”, .*, 7\.90 s$/);
    expect(await failed.getAttribute('aria-setsize')).toBe('12');
    await expect.poll(() => failed.getAttribute('aria-posinset')).toBe('3');
  });

  test('opens the newest failed execution by itself', async () => {
    const { asked } = await openWith(12);
    await expect.poll(selected).toBe('spf10');
    expect(await asked('setSelected')).toEqual({ key: 'workflow/spf10' });
  });

  test('new executions come in on top while nobody looks', async () => {
    const { engine } = await openWith(12);
    engine.arrive(anExecution(13));
    await expect.poll(topRow).toBe('spf13');
    expect(await selected()).toBe('spf10');
  });

  test('no row moves under the pointer; a pill counts and shows the newer ones', async () => {
    const { page, engine } = await openWith(40);
    await page.locator('[data-sid=spf38]').first().hover();
    engine.arrive(anExecution(41), anExecution(42));
    await page.locator('.newer-words', { hasText: '2 newer' }).waitFor();
    expect(await topRow()).toBe('spf40');
    await page.locator('.newer-words', { hasText: '2 newer' }).click();
    await expect.poll(topRow).toBe('spf42');
    await page.locator('.newer-words', { hasText: '2 newer' }).waitFor({ state: 'detached' });
  });

  test.each([
    ['wide', 1200, 'light-modern', 'en'],
    ['narrow', 700, 'high-contrast', 'en'],
    ['chinese', 1200, 'dark-modern', 'zh-cn'],
  ] as const)('the pill hides no row: %s', async (name, width, theme, language) => {
    const { page, engine, screenshot } = await suite.open({
      ...{ width, theme, saved: { split: { list: 180, inspector: 0.45 } } },
      prepare: (fake) => {
        fake.rows = executions(40);
        fake.status = liveStatus;
      },
      seed: { hasStarted: true, flow: invoiceFlow, language },
    });
    if (name === 'narrow') await page.locator('.picker-button').click();
    await page.locator('[data-sid=spf38]').first().hover();
    for (let n = 41; n < 165; n++) engine.rows.unshift(anExecution(n));
    engine.arrive(anExecution(165));
    const pill = page.getByRole('button', { name: /^125 (newer|次新执行)$/ });
    await pill.waitFor();
    expect(await topRow()).toBe('spf40');
    const box = await pill.boundingBox();
    const rows = await page.locator('.execution-rows').boundingBox();
    const head = await page.locator('.list-head').boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(rows!.y);
    expect(box!.x + box!.width).toBeLessThanOrEqual(head!.x + head!.width);
    await screenshot(`list-newer-${name}`);
    // On the way there the pointer leaves the rows.
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2, { steps: 5 });
    await pill.click();
    await expect.poll(topRow).toBe('spf165');
  });

  test('rows come in again when the pointer has left', async () => {
    const { page, engine } = await openWith(40);
    await page.locator('[data-sid=spf38]').first().hover();
    engine.arrive(anExecution(41));
    await page.locator('.newer-words', { hasText: '1 newer' }).waitFor();
    await page.mouse.move(900, 400);
    await expect.poll(topRow).toBe('spf41');
  });

  test('no row moves under the keyboard', async () => {
    const { page, engine } = await openWith(40);
    await listbox().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const before = await listbox().getAttribute('aria-activedescendant');
    engine.arrive(anExecution(41));
    await page.locator('.newer-words', { hasText: '1 newer' }).waitFor();
    expect(await listbox().getAttribute('aria-activedescendant')).toBe(before);
    expect(await topRow()).toBe('spf40');
  });

  test('no row moves for the one who scrolled, and the selection stays', async () => {
    const { page, engine } = await openWith(500);
    await expect.poll(selected).toBe('spf500');
    await page.locator('.execution-rows').evaluate((list) => {
      list.scrollTop = 2200;
    });
    await expect.poll(topRow).toBe('spf400');
    engine.arrive(anExecution(501), anExecution(502), anExecution(503));
    await page.locator('.newer-words', { hasText: '3 newer' }).waitFor();
    expect(await topRow()).toBe('spf400');
    await page.locator('.newer-words', { hasText: '3 newer' }).click();
    await expect.poll(topRow).toBe('spf503');
    expect((await suite.panel.saved()) as object).toMatchObject({ selected: 'workflow/spf500' });
  });

  test('a row is on the screen one frame after its event', async () => {
    const { page, engine } = await openWith(200);
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { times });
      addEventListener('message', ({ data }) => {
        const { packet } = data as {
          packet: { payload?: Pushed<EngineQuestions> };
        };
        const answered = packet.payload?.answered;
        if (answered?.kind !== 'list' || !answered.result.ok) return;
        const sid = answered.result.answer.rows[0]?.sid;
        // Asked for behind the page's own callback, so it runs in the same frame, after it.
        requestAnimationFrame(() => {
          queueMicrotask(() => {
            times.push(document.querySelector(`[data-sid="${sid}"]`) === null ? 0 : 1);
          });
        });
      });
    });
    for (let n = 201; n <= 220; n++) {
      engine.arrive(anExecution(n));
      await page.locator(`[data-sid=spf${n}]`).first().waitFor();
    }
    const painted = await page.evaluate(() => (window as unknown as { times: number[] }).times);
    expect(painted).toHaveLength(20);
    expect(painted.filter((isThere) => isThere === 0)).toEqual([]);
  });
});

describe('calls of tools', () => {
  test.each([
    [
      ...(['light', 'light-modern', 'en', 'tool call', 'executions + 1 tool call'] as const),
      'Tool calls in the list that aren’t counted: 1.',
    ],
    [
      ...(['chinese', 'high-contrast', 'zh-cn', '工具调用', '次执行 + 1 次工具调用'] as const),
      '列表中的 1 次工具调用不计入',
    ],
  ] as const)(
    'say that they are, and are not counted: %s',
    async (name, theme, language, kind, counted, note) => {
      const comma = language === 'en' ? ', ' : '，';
      const { page, screenshot } = await suite.open({
        prepare: (engine) => {
          engine.rows = [
            anExecution(13, { kind: 'link', service: 'spark-link' }),
            ...executions(12),
          ];
          engine.someFigures = { executions: 12, toolCallsApart: 1 };
          engine.status = liveStatus;
        },
        theme,
        seed: { hasStarted: true, language },
      });
      const row = page.locator('.execution-row[data-sid=spf13]');
      await expect
        .poll(() => row.locator('.execution-kind').getAttribute('title'))
        .toBe(`${kind}${comma}spark-link`);
      await expect.poll(() => row.getAttribute('aria-label')).toContain(`${comma}${kind}${comma}`);
      await expect.poll(() => page.locator('.execution-kind').count()).toBe(1);
      await expect.poll(() => page.locator('.figure-name').first().innerText()).toBe(counted);
      for (const figure of [0, 1]) {
        await expect
          .poll(() => page.locator('.figure').nth(figure).getAttribute('title'))
          .toContain(note);
      }
      await screenshot(`list-tool-call-${name}`);
    },
  );
});

test.each([
  [345, 'en'],
  [400, 'en'],
  [400, 'zh-cn'],
  [520, 'en'],
  [800, 'en'],
] as const)(
  'at %d pixels in %s there are fewer figures, and whole words',
  async (width, language) => {
    const { page } = await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.someFigures = { toolCallsApart: 3, cumulativeDurationMs: 5_112_000 };
        engine.status = liveStatus;
      },
      seed: { hasStarted: true, language },
      width,
    });
    await page.locator('.figure').first().waitFor();
    const figures = await page.locator('.figure').evaluateAll((elements) => {
      const box = document.querySelector('.figures')!.getBoundingClientRect();
      return elements.map((element) => {
        const { top, right } = element.getBoundingClientRect();
        const name = element.querySelector('.figure-name')!;
        return {
          isSeen: top < box.bottom,
          isWhole: right <= box.right + 1 && name.scrollWidth <= name.clientWidth + 1,
        };
      });
    });
    expect(figures[0]?.isSeen).toBe(true);
    expect(figures.filter(({ isSeen, isWhole }) => isSeen && !isWhole)).toEqual([]);
  },
);

describe('the switch for calls of tools', () => {
  test('leaves them out by one click, says so in the filter, and shows them again', async () => {
    const { page, engine } = await openWith(12, {
      prepare: (fake) => {
        fake.rows = executions(12);
        fake.someFigures = { toolCallsApart: 3 };
        fake.status = liveStatus;
      },
    });
    await page.locator('.filter-input').fill('order');
    await page.getByRole('button', { name: 'Hide Tool Calls' }).click();
    await expect.poll(() => page.locator('.filter-input').inputValue()).toBe('order -kind:tool');
    expect(engine.queriesOf('list').at(-1)?.filter).toBe('order -kind:tool');
    await page.getByRole('button', { name: 'Show Tool Calls' }).click();
    await expect.poll(() => page.locator('.filter-input').inputValue()).toBe('order');
  });

  test('is not there where there are none', async () => {
    const { page } = await openWith(12);
    expect(await page.locator('.tool-calls').count()).toBe(0);
  });
});

describe('following the latest', () => {
  test('opens each new execution, until the reader opens another', async () => {
    const { page, engine, asked } = await openWith(40, { seed: { followLatest: true } });
    engine.arrive(anExecution(41));
    await expect.poll(selected).toBe('spf41');
    engine.arrive(anExecution(42));
    await expect.poll(selected).toBe('spf42');
    await page.locator('[data-sid=spf30]').first().click();
    expect(await asked('setFollowLatest')).toEqual({ follow: false });
    await page.mouse.move(900, 400);
    engine.arrive(anExecution(43));
    await expect.poll(topRow).toBe('spf43');
    expect(await selected()).toBe('spf30');
  });

  test('is switched in the header, and the host remembers it', async () => {
    const { page, asked } = await openWith(12);
    await page.getByRole('button', { name: 'Follow Latest (Off)' }).click();
    expect(await asked('setFollowLatest')).toEqual({ follow: true });
    await expect.poll(selected).toBe('spf12');
    await page.getByRole('button', { name: 'Follow Latest (On)' }).waitFor();
  });
});

describe('what is in the list', () => {
  const ofFlow: PanelOptions = {
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.flowKeys = new Set(['workflow/spf3', 'workflow/spf6']);
      engine.status = liveStatus;
    },
    seed: { flow: invoiceFlow },
  };

  test('are the executions of the open flow, with counts; all on demand', async () => {
    const { page } = await openWith(12, ofFlow);
    expect(await sids()).toEqual(['spf6', 'spf3']);
    await expect.poll(selected).toBe('spf6');
    await expect
      .poll(() => page.locator('.scope-switch .choice').allInnerTexts())
      .toEqual([expect.stringMatching(/This Flow\s*2/), expect.stringMatching(/All\s*12/)]);
    await page.locator('.scope-switch .choice', { hasText: 'All' }).click();
    await expect.poll(async () => (await sids()).length).toBe(12);
    await expect.poll(() => page.locator('.figures-scope dd').innerText()).toBe('All flows');
    expect(await selected()).toBe('spf6');
  });

  test.each([400, 660])(
    'beside an execution of another flow the figures say whose they are: %i pixels',
    async (width) => {
      const other = { ...invoiceFlow, uri: 'file:///flows/batch.yml', fileName: 'batch.yml' };
      const seed = { ...ofFlow.seed, hasStarted: true };
      const { page, host } = await suite.open({ ...ofFlow, width, seed });
      const scope = page.locator('.figures-scope dd');
      const isSeen = () =>
        scope.evaluate((name) => {
          const { width: own, bottom } = name.getBoundingClientRect();
          return own > 0 && bottom <= name.closest('.figures')!.getBoundingClientRect().bottom + 1;
        });
      await page.locator('.tree-row').first().waitFor();
      expect(await isSeen()).toBe(false);
      host.emit('activeFlow', other);
      await expect.poll(() => scope.textContent()).toBe('batch.yml');
      await expect.poll(isSeen).toBe(true);
    },
  );

  test('are counted under a filter too', async () => {
    const { page } = await openWith(12, ofFlow);
    await page.locator('.filter-input').fill('spf3');
    await expect.poll(() => page.locator('.scope-count').allInnerTexts()).toEqual(['1 of 2', '12']);
    await page.locator('.scope-switch .choice', { hasText: 'All' }).click();
    await expect.poll(() => page.locator('.scope-count').allInnerTexts()).toEqual(['2', '1 of 12']);
  });

  test('follows the flow file in the editor', async () => {
    const { page, host } = await openWith(12, ofFlow);
    host.emit('activeFlow', null);
    await expect.poll(async () => (await sids()).length).toBe(12);
    await page.getByRole('heading', { name: 'Executions' }).waitFor();
  });

  test('none of this flow: says so and shows all', async () => {
    await suite.open({
      prepare: (engine) => {
        engine.rows = executions(12);
        engine.flowKeys = new Set();
        engine.status = liveStatus;
      },
      seed: { hasStarted: true, flow: invoiceFlow },
    });
    await suite.panel.page.getByText('No executions of invoice-entry.yml yet.').waitFor();
    await suite.panel.page.getByText('Other flows have 12 executions.').waitFor();
    await suite.panel.page.getByRole('button', { name: 'Show All' }).click();
    await expect.poll(async () => (await sids()).length).toBe(12);
  });

  test('can be filtered from the keyboard, and says when nothing matches', async () => {
    const { page } = await openWith(12);
    await page.locator('.filter-input').focus();
    await page.keyboard.type('click save');
    await expect.poll(sids).toEqual(['spf10', 'spf5']);
    await page.keyboard.type('zzz');
    await page.getByText('No executions match “click savezzz”.').waitFor();
    await page.getByRole('button', { name: 'Clear Filter' }).last().click();
    await expect.poll(async () => (await sids()).length).toBe(12);
    await expect.poll(() => page.locator('.filter-input').inputValue()).toBe('');
  });

  test('100,000 executions are paged, and few elements', async () => {
    const { page, engine } = await openWith(100_000);
    await listbox().focus();
    await page.keyboard.press('End');
    await page.locator('[data-sid=spf1]').first().waitFor();
    await expect
      .poll(() => page.locator('[data-sid=spf1]').first().getAttribute('aria-posinset'))
      .toBe('100000');
    expect(await page.locator('.execution-row').count()).toBeLessThan(80);
    const limits = engine.queriesOf('list').map(({ limit }) => limit);
    expect(Math.max(...limits)).toBeLessThanOrEqual(400);
    await page.keyboard.press('Home');
    await expect.poll(topRow).toBe('spf100000');
  });
});
