import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ListWindow } from '../../src/protocol/list.ts';
import { parseQuery } from '../../src/query/parseQuery.ts';
import type { PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { pauseMs } from '../../webview/filter/typingPause.ts';
import { completionsAt } from '../../src/answers/completions.ts';
import { executions, liveStatus, nothingToComplete } from './panelData.ts';

const suite = panelSuite();

/** An engine that reads filters and completes them as the real one does. */
async function openWith(options: PanelOptions = {}, search: ListWindow['search'] = null) {
  await suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      engine.search = search;
      engine.faultsOf = (filter) => parseQuery(filter, 0).faults;
      engine.complete = ({ filter, cursor }) => completionsAt(filter, cursor, nothingToComplete);
    },
    ...options,
    seed: { hasStarted: true, ...options.seed },
  });
  await suite.panel.page.locator('.execution-row, .empty-state, .picker').first().waitFor();
  await suite.panel.page.locator('.filter-input').focus();
  return suite.panel.page;
}

const field = () => suite.panel.page.getByRole('combobox', { name: /Filter executions|筛选/ });
const value = () => field().inputValue();
const options = () => suite.panel.page.locator('.completion-insert').allTextContents();
const active = async () => {
  const id = await field().getAttribute('aria-activedescendant');
  return id === null ? null : suite.panel.page.locator(`#${id} .completion-insert`).textContent();
};

describe('suggestions', () => {
  test('offer fields, then values, from the keyboard alone', async () => {
    const page = await openWith();
    await page.keyboard.type('st');
    await expect.poll(options).toEqual(['status:']);
    await expect.poll(() => field().getAttribute('aria-expanded')).toBe('true');
    expect(await active()).toBeNull();
    await page.keyboard.press('Tab');
    await expect.poll(value).toBe('status:');
    await expect.poll(options).toContain('failed');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(active).toBe('succeeded');
    await page.keyboard.press('ArrowUp');
    await expect.poll(active).toBe('failed');
    await suite.panel.screenshot('filter-suggestions');
    await page.keyboard.press('Enter');
    await expect.poll(value).toBe('status:failed ');
    await expect.poll(options).toEqual([]);
    await expect.poll(() => field().getAttribute('aria-expanded')).toBe('false');
    expect(suite.panel.engine.queriesOf('list').at(-1)?.filter).toBe('status:failed');
  });

  test.each([
    [250, 'en'],
    [250, 'zh-cn'],
    [320, 'en'],
    [400, 'en'],
    [640, 'zh-cn'],
    [1200, 'en'],
  ])('are whole with what they mean: %i pixels, %s', async (width, language) => {
    const page = await openWith({ width, seed: { language } });
    await page.keyboard.press('ArrowDown');
    await page.locator('.completion').first().waitFor();
    const cut = await page.locator('.completion-insert, .completion-hint').evaluateAll((all) =>
      all
        .filter((one) => {
          const list = one.closest('.completions')!.getBoundingClientRect();
          const { left, right } = one.getBoundingClientRect();
          return one.scrollWidth > one.clientWidth || left < list.left || right > list.right;
        })
        .map((one) => one.textContent),
    );
    expect(cut).toEqual([]);
    const box = (await page.locator('.completions').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
  });

  test.each([250, 320])('what is wrong is said whole below it: %i pixels', async (width) => {
    const page = await openWith({ width });
    await page.keyboard.type('statsu:failed duration:soon ');
    await page.locator('.filter-fault').nth(1).waitFor();
    const cut = await page
      .locator('.filter-fault, .filter-note, .filter-fault > .link')
      .evaluateAll((all) =>
        all
          .filter((one) => {
            const { left, right } = one.getBoundingClientRect();
            return one.scrollWidth > one.clientWidth || left < 0 || right > window.innerWidth;
          })
          .map((one) => one.textContent),
      );
    expect(cut).toEqual([]);
  });

  test('take nothing of what was written before the engine answers to it', async () => {
    const page = await openWith();
    const { engine } = suite.panel;
    const { complete } = engine;
    for (const [more, entered] of [
      ['atus:failed', 'status:failed'],
      ['at', 'status:'],
    ] as const) {
      await page.keyboard.type('st');
      await expect.poll(options).toEqual(['status:']);
      const answers = Promise.withResolvers<undefined>();
      engine.complete = async (params) => {
        await answers.promise;
        return complete(params);
      };
      await page.keyboard.type(more);
      await page.keyboard.press('Enter');
      await expect.poll(value).toBe(entered);
      engine.complete = complete;
      answers.resolve(undefined);
      await page.keyboard.press('Escape');
      await field().fill('');
    }
  });

  test('stand in the middle of a filter, where the cursor is', async () => {
    const page = await openWith();
    await page.keyboard.type('status:fa click');
    for (const _ of ' click') await page.keyboard.press('ArrowLeft');
    await expect.poll(options).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(options).toEqual(['failed']);
    await page.keyboard.press('Tab');
    await expect.poll(value).toBe('status:failed click');
  });

  test('are gone once the cursor goes elsewhere', async () => {
    const page = await openWith();
    for (const key of ['ArrowLeft', 'Home']) {
      await field().fill('');
      await page.keyboard.type('st');
      await expect.poll(options).toEqual(['status:']);
      await page.keyboard.press(key);
      await expect.poll(options).toEqual([]);
    }
  });

  test('are chosen with the pointer, and the field keeps the focus', async () => {
    const page = await openWith();
    await page.keyboard.type('du');
    await page.getByRole('option', { name: /duration:/ }).click();
    await expect.poll(value).toBe('duration:');
    await page.getByRole('option', { name: '>5s' }).click();
    await expect.poll(value).toBe('duration:>5s ');
    await expect
      .poll(() => field().evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  test('Escape closes them first, then clears; Enter without a choice changes nothing', async () => {
    const page = await openWith();
    await page.keyboard.type('s');
    await expect.poll(options).toEqual(['status:', 'service:', 'sid:']);
    await page.keyboard.press('Enter');
    await expect.poll(options).toEqual([]);
    expect(await value()).toBe('s');
    await page.keyboard.type('ta');
    await expect.poll(options).toEqual(['status:']);
    await page.keyboard.press('Escape');
    await expect.poll(options).toEqual([]);
    expect(await value()).toBe('sta');
    await page.keyboard.press('Escape');
    await expect.poll(value).toBe('');
  });

  test.each(['light-modern', 'high-contrast'] as const)('look well in %s', async (theme) => {
    const page = await openWith({ theme });
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await options()).length).toBe(13);
    await page.keyboard.press('ArrowDown');
    await suite.panel.screenshot(`filter-fields-${theme}`);
  });

  test('fit where the panel is narrow', async () => {
    const page = await openWith({ width: 420, seed: { language: 'zh-cn' } });
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await options()).length).toBe(13);
    const box = await page.locator('.completions').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(420);
    await suite.panel.screenshot('filter-fields-narrow-zh');
  });
});

describe('a wrong word', () => {
  const wrong = () => suite.panel.page.locator('.filter-wrong').allTextContents();
  const notes = () => suite.panel.page.locator('.filter-fault').allTextContents();

  test('is underlined and named, and one click mends it', async () => {
    const page = await openWith();
    await page.keyboard.type('click statsu:failed ');
    await expect.poll(wrong).toEqual(['statsu']);
    await expect.poll(async () => (await notes())[0]).toContain('There is no field “statsu”.');
    await expect.poll(() => field().getAttribute('aria-invalid')).toBe('true');
    await suite.panel.screenshot('filter-fault');
    await page.getByRole('button', { name: 'Did you mean “status”?' }).click();
    await expect.poll(value).toBe('click status:failed ');
    await expect.poll(notes).toEqual([]);
  });

  test('describes the field, wherever the note stands, and before there is one', async () => {
    const page = await openWith({ width: 500 });
    const described = () =>
      field().evaluate(({ ariaDescribedByElements }) =>
        ariaDescribedByElements?.map((one) => one.textContent).join(),
      );
    const text = 'There is no field “statsu”.';
    await page.keyboard.type('statsu:failed ');
    await expect.poll(described).toContain(text);
    await field().blur();
    await page.locator('.picker-list').waitFor();
    expect(await described()).toContain(text);
    await page.keyboard.press('Escape');
    await page.locator('.picker-list').waitFor({ state: 'detached' });
    expect(await described()).toContain(text);
    // As it is at the focus, which is when it is read.
    const atFocus = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('focusin', ({ target }) => {
            const [one] = (target as HTMLInputElement).ariaDescribedByElements ?? [];
            resolve(one?.textContent);
          });
        }),
    );
    await field().focus();
    expect(await atFocus).toContain(text);
  });

  test('is not complained of while it is being written', async () => {
    const page = await openWith();
    await holdPauses(page);
    await page.keyboard.type('status:fai');
    await expect.poll(() => suite.panel.engine.queriesOf('list').at(-1)?.filter).toBe('status:fai');
    await expect.poll(options).toEqual(['failed']);
    expect(await notes()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await notes()).toEqual([]);
    await page.locator('.filter-input').focus();
    await page.keyboard.type('status:blue');
    await field().blur();
    await expect.poll(wrong).toEqual(['blue']);
  });

  test.each([
    ['status:', 'en'],
    ['状态：', 'zh-cn'],
    ['status:fa', 'en'],
  ])('half written is named once it is left, not behind a pause: %s', async (half, language) => {
    const page = await openWith({ seed: { language } });
    const pause = await holdPauses(page);
    await page.keyboard.type(half);
    await expect.poll(() => suite.panel.engine.queriesOf('list').at(-1)?.filter).toBe(half);
    await pause();
    expect(await notes()).toEqual([]);
    expect(await field().getAttribute('aria-invalid')).toBe('false');
    await page.keyboard.type(' click');
    await expect.poll(async () => (await wrong()).length).toBe(1);
    for (const _ of ' click') await page.keyboard.press('ArrowLeft');
    await expect.poll(notes).toEqual([]);
    await field().blur();
    await expect.poll(async () => (await wrong()).length).toBe(1);
  });

  test('values are offered in the language in which their field is written', async () => {
    const page = await openWith({ seed: { language: 'zh-cn' } });
    await page.keyboard.type('状');
    await expect.poll(options).toEqual(['状态：']);
    await page.keyboard.press('Tab');
    await expect.poll(options).toContain('失败');
    await suite.panel.screenshot('filter-values-zh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(value).toBe('状态：失败 ');
    expect(suite.panel.engine.queriesOf('list').at(-1)?.filter).toBe('状态：失败');
  });

  test.each(['status:nonsense', 'duration:>abc'])(
    'alone in the filter is named after a pause: %s',
    async (filter) => {
      const page = await openWith();
      const pause = await holdPauses(page);
      await page.keyboard.type(filter);
      await expect.poll(() => suite.panel.engine.queriesOf('list').at(-1)?.filter).toBe(filter);
      expect(await notes()).toEqual([]);
      await pause();
      await expect.poll(wrong).toEqual([filter.split(':')[1]]);
      await page.keyboard.press('End');
      await page.keyboard.type('x');
      await expect.poll(notes).toEqual([]);
      await page.keyboard.press('Enter');
      await expect.poll(wrong).toEqual([`${filter.split(':')[1] ?? ''}x`]);
    },
  );

  const parts =
    '.header, .filter-input, .summary-line, .figure, .list-head, .execution-row, .picker-bar, .picker-list, .detail, .tree, .inspector';
  const places = () =>
    suite.panel.page.locator(parts).evaluateAll((all) =>
      all.map((part) => {
        const { left, top } = part.getBoundingClientRect();
        return `${part.getAttribute('class')} ${left.toFixed(1)} ${top.toFixed(1)}`;
      }),
    );
  /** What lies below the notes, or has its end below them. */
  const covered = () =>
    suite.panel.page
      .locator(
        '.page-switch, .figure, .execution-list, .empty-state, .list-foot, .picker-outside, .inspector-panel',
      )
      .evaluateAll((all) => {
        const notes = document.querySelector('.filter-notes')!.getBoundingClientRect();
        const isBelowPopup = (part: Element) =>
          document.querySelector('.picker-list') !== null && part.closest('.detail') !== null;
        return all
          .filter((part) => part.checkVisibility() && !isBelowPopup(part))
          .filter((part) => {
            const { top, bottom, left, right } = part.getBoundingClientRect();
            const isBeside = right <= notes.left || left >= notes.right;
            return !isBeside && top < notes.bottom - 1 && bottom > notes.top + 1;
          })
          .map((part) => part.getAttribute('class'));
      });

  test.each([
    ['wide', 'light-modern', 1200, 'en'],
    ['narrow', 'dark-modern', 420, 'en'],
    ['narrow-zh', 'light-modern', 420, 'zh-cn'],
  ] as const)(
    'is said at the field, then where it covers nothing, and moves nothing: %s',
    async (name, theme, width, language) => {
      const page = await openWith({ theme, width, seed: { language } });
      await page.locator('.inspector-panel').waitFor();
      const { engine } = suite.panel;
      // The same rows are left, so that nothing but the note is new.
      engine.faultsOf = () => [];
      await page.keyboard.type('status:nonsense ');
      await expect.poll(() => engine.queriesOf('list').at(-1)?.filter).toBe('status:nonsense');
      const before = await places();
      engine.faultsOf = (filter) => parseQuery(filter, 0).faults;
      engine.search = { searched: 1, unavailable: 0, total: 12 };
      engine.pushList();
      await expect.poll(wrong).toEqual(['nonsense']);
      await page.locator('.filter-progress').waitFor();
      await suite.panel.screenshot(`filter-fault-in-line-${name}`);
      expect(await places()).toEqual(before);
      const [fault, box] = await Promise.all(
        ['.filter-fault', '.filter-box'].map((one) => page.locator(one).boundingBox()),
      );
      expect(fault!.y - (box!.y + box!.height)).toBeLessThan(8);
      const field = page.locator('.filter-input');
      expect(await field.getAttribute('aria-describedby')).toBe('filter-faults');
      expect(await field.getAttribute('title')).toContain('nonsense');
      // What is pressed then stays under the pointer.
      await field.blur();
      await page.locator('.filter-notes .filter-fault').waitFor();
      expect(await places()).toEqual(before);
      expect(await covered()).toEqual([]);
      await suite.panel.screenshot(`filter-fault-left-${name}`);
    },
  );

  test.each([400, 700])(
    'is said at the end of the panel where the list is closed: %i pixels',
    async (width) => {
      const page = await openWith({ width, saved: { filter: 'status:nonsense' } });
      await expect.poll(wrong).toEqual(['nonsense']);
      await field().blur();
      await page.locator('.filter-notes.at-end .filter-fault').waitFor();
      await expect.poll(covered).toEqual([]);
      const end = (await page.locator('.filter-notes').boundingBox())!;
      expect(end.y + end.height).toBeCloseTo(page.viewportSize()!.height, 0);
      await suite.panel.screenshot(`filter-fault-at-end-${String(width)}`);
      const before = await places();
      await page.locator('.filter-clear').click();
      await page.locator('.filter-fault').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.picker-list').count()).toBe(0);
      expect(await places()).toEqual(before);
    },
  );

  test.each([
    [250, undefined],
    [320, undefined],
    [400, undefined],
    [400, 'production'],
    [500, 'production'],
    [560, undefined],
    [700, undefined],
    [1200, 'production'],
  ] as const)('the focus moves and hides nothing at %i pixels, %s', async (width, name) => {
    const page = await openWith({
      width,
      prepare: (engine) => {
        const { source } = liveStatus;
        const mark = name === undefined ? {} : { mark: { name, color: 'red' as const } };
        engine.rows = executions(12);
        engine.status = { ...liveStatus, source: { ...source, ...mark } };
      },
    });
    const header = () =>
      page.locator('.header *:visible').evaluateAll((all) =>
        all.map((one) => {
          const { left, top, width: wide } = one.getBoundingClientRect();
          return `${one.getAttribute('class')} ${left.toFixed(1)} ${top.toFixed(1)} ${wide.toFixed(1)}`;
        }),
      );
    const focused = await header();
    await field().blur();
    expect(await header()).toEqual(focused);
    const room = await field().evaluate((one) => one.clientWidth);
    expect(room).toBeGreaterThan(75);
    await suite.panel.screenshot(`filter-still-${String(width)}-${String(name)}`);
  });

  test('a word of Chinese that a value alone holds is not taken for it by Enter', async () => {
    const page = await openWith({ seed: { language: 'zh-cn' } });
    await page.keyboard.type('成功');
    await expect.poll(options).toEqual(['状态：成功']);
    await page.keyboard.press('Enter');
    await expect.poll(options).toEqual([]);
    expect(await value()).toBe('成功');
    await page.keyboard.press('ArrowDown');
    await expect.poll(options).toEqual(['状态：成功']);
    await page.keyboard.press('Tab');
    await expect.poll(value).toBe('状态：成功 ');
  });

  test.each([
    [320, 'en'],
    [460, 'zh-cn'],
    [1200, 'en'],
  ] as const)(
    'is told in whole words at %i pixels, and squeezes nothing',
    async (width, language) => {
      const page = await openWith({ width, seed: { language } });
      const figures = () =>
        page
          .locator('.figure:visible')
          .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
      const before = await figures();
      await page.keyboard.type('status:nonsense duration:>abc ');
      await expect.poll(wrong).toEqual(['nonsense', '>abc']);
      const cut = await page.locator('.filter-note').evaluateAll((all) =>
        all
          .filter((note) => {
            const { left, right, bottom } = note.getBoundingClientRect();
            const isOut = left < 0 || right > innerWidth || bottom > innerHeight;
            return isOut || note.scrollWidth > note.clientWidth + 1;
          })
          .map(({ textContent }) => textContent),
      );
      expect(cut).toEqual([]);
      if (width === 1200) expect(await figures()).toEqual(before);
      await suite.panel.screenshot(`filter-fault-whole-${String(width)}`);
    },
  );

  test('is underlined where it stands, also behind spaces and in a long filter', async () => {
    const page = await openWith({ theme: 'light-modern', seed: { language: 'zh-cn' } });
    await page.keyboard.type(`  ${'long '.repeat(30)}duration:5 x`);
    await expect.poll(wrong).toEqual(['5']);
    const scrolls = await page.evaluate(() =>
      ['.filter-input', '.filter-copy'].map((name) => document.querySelector(name)?.scrollLeft),
    );
    expect(scrolls[0]).toBeGreaterThan(0);
    expect(scrolls[1]).toBe(scrolls[0]);
    await suite.panel.screenshot('filter-fault-long-zh');
  });
});

/** Typing has no pause from now on until the test calls for one. */
async function holdPauses(page: Page): Promise<() => Promise<void>> {
  await page.evaluate((ms) => {
    const real = window.setTimeout;
    const held = new Map<number, () => void>();
    Object.assign(window, {
      setTimeout: (callback: () => void, after: number) => {
        const id = real(after === ms ? () => undefined : callback, after);
        if (after === ms) held.set(id, callback);
        return id;
      },
      clearTimeout: (id: number) => {
        held.delete(id);
      },
      pauseTyping: () => {
        for (const callback of held.values()) callback();
        held.clear();
      },
    });
  }, pauseMs);
  return () =>
    page.evaluate(() => {
      (window as unknown as { pauseTyping: () => void }).pauseTyping();
    });
}

describe('a search through payloads', () => {
  test('tells how far it is, and what it could not search', async () => {
    const page = await openWith({}, { searched: 1_200, unavailable: 0, total: 5_000 });
    await page
      .locator('.filter-note', { hasText: 'Searching payloads of executions: 1,200 of 5,000…' })
      .waitFor();
    suite.panel.engine.search = { searched: 4_960, unavailable: 40, total: 5_000 };
    suite.panel.engine.pushList();
    await page
      .getByText('Searched the payloads of 4,960 executions. 40 executions not searched')
      .waitFor();
    await suite.panel.screenshot('filter-searched');
  });

  test('without a result yet does not say that there is none', async () => {
    const page = await openWith({}, { searched: 1, unavailable: 0, total: 12 });
    await page.keyboard.type('zzz');
    await page.getByText('Nothing found yet…').waitFor();
    suite.panel.engine.search = { searched: 12, unavailable: 0, total: 12 };
    suite.panel.engine.pushList();
    await page.getByText('No executions match “zzz”.').waitFor();
  });
});
