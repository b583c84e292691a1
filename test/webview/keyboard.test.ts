import { describe, expect, test } from 'vitest';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { anExecution, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';
import { panelStates, withExecutions } from './panelStates.ts';
import { countControls, nowhere, walkByTab } from './tabWalk.ts';

const suite = panelSuite();

const open = async (options: PanelOptions = {}): Promise<OpenPanel> => {
  const panel = await suite.open(withExecutions(options));
  await panel.page.locator('.inspector-panel').waitFor();
  return panel;
};
const enter = async (name: string, options: PanelOptions = {}): Promise<OpenPanel> => {
  const state = panelStates.find((known) => known.name === name);
  if (state === undefined) throw new Error(`There is no state “${name}”`);
  const panel = await suite.open({ ...state.options, ...options });
  await state.enter(panel);
  return panel;
};

/** Waits until an element that a selector names has the focus. */
const hasFocus = (selector: string) =>
  expect
    .poll(() =>
      suite.panel.page.evaluate((name) => {
        const { activeElement } = document;
        if (activeElement?.matches(name) === true) return name;
        return activeElement?.outerHTML.slice(0, 120);
      }, selector),
    )
    .toBe(selector);
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await suite.panel.page.keyboard.press(key);
};
const focusOn = (selector: string) => suite.panel.page.locator(selector).first().focus();

interface Step {
  readonly name: string;
  /** Gives a panel in the state before. */
  readonly from: () => Promise<OpenPanel>;
  readonly act: (panel: OpenPanel) => Promise<unknown>;
  /** Which element has the focus then. */
  readonly to: string;
}

const steps: readonly Step[] = [
  {
    name: 'a panel that opens: the tree',
    from: () => open(),
    act: () => Promise.resolve(),
    to: '.tree-rows',
  },
  {
    name: 'a panel that has nothing to read after all: the first way to begin',
    from: () => enter('opening'),
    act: ({ page, engine }) => {
      engine.setState({ kind: 'idle' }, { kind: 'none', name: '', detail: '' });
      return page.locator('.way').first().waitFor();
    },
    to: '.way',
  },
  {
    name: 'a comparison: the way back',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('.compare-last-good');
      await press('Enter');
      await page.locator('.compare-row').first().waitFor();
    },
    to: '.page-actions vscode-button',
  },
  {
    name: 'a comparison that is left: the tree',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('.compare-last-good');
      await press('Enter');
      await page.locator('.compare-row').first().waitFor();
      await press('Escape');
    },
    to: '.tree-rows',
  },
  {
    name: 'a panel that opens before there is anything: the tree, once it is there',
    from: () =>
      suite.open({
        width: 460,
        prepare: (engine) => (engine.status = liveStatus),
        seed: { hasStarted: true },
      }),
    act: ({ page, engine }) => {
      engine.arrive(anExecution(5));
      return page.locator('.tree-row').first().waitFor();
    },
    to: '.tree-rows',
  },
  {
    name: 'a page that begins anew: what had it',
    from: () => open({ saved: { focus: '0 .execution-rows' } }),
    act: () => Promise.resolve(),
    to: '.execution-rows',
  },
  {
    name: 'a page that begins anew, narrower than before: the tree',
    from: () => open({ width: 460, saved: { focus: '0 .execution-rows' } }),
    act: () => Promise.resolve(),
    to: '.tree-rows',
  },
  {
    name: 'the window comes back: what had it',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('#inspector-tab-logs');
      await page.evaluate(() => {
        const { hasFocus: real } = document;
        document.hasFocus = () => false;
        (document.activeElement as HTMLElement).blur();
        return Promise.resolve().then(() => {
          document.hasFocus = real;
          window.dispatchEvent(new FocusEvent('focus'));
        });
      });
    },
    to: '#inspector-tab-logs',
  },
  {
    name: 'the search closes by Escape: what had it before',
    from: () => open(),
    act: async () => {
      await focusOn('.inspector-json');
      await press('Control+f', 'a', 'Escape');
    },
    to: '.inspector-json',
  },
  {
    name: 'Enter on Close in the search',
    from: () => open(),
    act: async () => {
      await focusOn('.inspector-json');
      await press('Control+f', 'b', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
      await suite.panel.page.locator('.inspector-search').waitFor({ state: 'detached' });
    },
    to: '.inspector-json',
  },
  {
    name: 'Enter on Previous in the search',
    from: () => enter('a search that found something'),
    act: async ({ page }) => {
      const count = page.locator('.inspector-search-count');
      const first = await count.innerText();
      await press('Tab', 'Enter');
      const last = first.replace(/^1 of (\d+)$/, '$1 of $1');
      await expect.poll(() => count.innerText()).toBe(last);
    },
    to: '.inspector-search .inspector-icon-button:has(.codicon-arrow-up)',
  },
  {
    name: 'Back to Executions',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('.rejected-count');
      await press('Enter');
      await page.getByRole('button', { name: 'Back to Executions' }).focus();
      await press('Enter');
    },
    to: '.rejected-count',
  },
  {
    name: 'Escape on the rejected records',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('.rejected-count');
      await press('Enter');
      await page.locator('.rejected-record summary').first().focus();
      await press('Escape');
      await page.locator('.rejected-record').first().waitFor({ state: 'detached' });
    },
    to: '.rejected-count',
  },
  {
    name: 'Cancel of the form on the first page',
    from: () => suite.open(),
    act: async ({ page }) => {
      await focusOn('.way');
      await press('Enter');
      await page.locator('.connect-form').getByRole('button', { name: 'Cancel' }).focus();
      await press('Enter');
    },
    to: '.way',
  },
  {
    name: 'Escape in the form on a page of its own',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('.menu-button');
      await press('Enter');
      await page.getByRole('menuitem', { name: /^Connect to Kafka/ }).focus();
      await press('Enter');
      await page.locator('.connect-form').waitFor();
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.className))
        .toContain('brokers');
      await press('Escape');
    },
    to: '.menu-button',
  },
  {
    name: 'Connect without what it needs: the field that lacks it',
    from: () => suite.open(),
    act: async ({ page }) => {
      await focusOn('.way');
      await press('Enter');
      await page.locator('.topic-field input').fill('');
      await page.locator('.connect').focus();
      await press('Enter');
    },
    to: '.topic-field',
  },
  {
    name: 'Clear Filter in the empty list',
    from: () => enter('nothing matches the filter'),
    act: async ({ page }) => {
      await page.locator('.empty-actions vscode-button').focus();
      await press('Enter');
    },
    to: '.filter-input',
  },
  {
    name: '“Did you mean”',
    from: () => enter('a wrong word in the filter, and a search'),
    act: async ({ page }) => {
      await page.locator('.filter-fault button').focus();
      await press('Enter');
      await page.locator('.filter-fault').waitFor({ state: 'detached' });
    },
    to: '.filter-input',
  },
  {
    name: 'Pause, and Resume in its place',
    from: () => open(),
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Pause' }).focus();
      await press('Enter');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
    },
    to: '.icon-button:has(.codicon-debug-continue)',
  },
  {
    name: 'Stop Reading, which goes: the next in its toolbar',
    from: () => open(),
    act: async ({ page, engine }) => {
      engine.setState({ kind: 'reading', doneBytes: 4, totalBytes: 10 });
      await page.getByRole('button', { name: 'Stop Reading' }).focus();
      engine.setState({ kind: 'endedEarly', doneBytes: 4, totalBytes: 10 });
      await page.getByRole('button', { name: 'Stop Reading' }).waitFor({ state: 'detached' });
    },
    to: '.header-buttons .icon-button',
  },
  {
    name: 'what is newer: reached from the rows, and back in them',
    from: () => open(),
    act: async ({ page, engine }) => {
      await focusOn('.execution-rows');
      engine.flowKeys = null;
      engine.arrive(anExecution(9), anExecution(10));
      await page.locator('.newer-pill').waitFor();
      await press('Shift+Tab');
      await hasFocus('.newer-pill');
      await press('Enter');
      await page.locator('[data-sid=spf10]').waitFor();
    },
    to: '.execution-rows',
  },
  {
    name: 'a banner that is closed',
    from: () => open({ host: { switchSource: () => Promise.reject(new Error('nothing there')) } }),
    act: async ({ page }) => {
      await focusOn('.menu-button');
      await press('ArrowDown', 'Enter');
      await page.locator('.banner .icon-button').focus();
      await press('Enter');
    },
    to: '.menu-button',
  },
  {
    name: 'the last round: the button stays',
    from: () => enter('a failed round'),
    act: async ({ page }) => {
      await page.locator('.inspector-rounds .inspector-icon-button').last().focus();
      await press('Enter', 'Enter', 'Enter', 'Enter', 'Enter');
    },
    to: '.inspector-rounds .inspector-icon-button:has(.codicon-chevron-right)',
  },
  {
    name: 'the menu opens by ArrowDown at its first entry',
    from: () => open(),
    act: async () => {
      await focusOn('.menu-button');
      await press('ArrowDown');
    },
    to: '[role=menuitem]:first-child',
  },
  {
    name: 'the menu opens by ArrowUp at its last entry, and closes by Escape',
    from: () => open(),
    act: async () => {
      await focusOn('.menu-button');
      await press('ArrowUp');
      await hasFocus('[role=menuitem]:last-child');
      await press('Escape');
    },
    to: '.menu-button',
  },
  {
    name: 'the last entry of the menu in a low window, which scrolls to it',
    from: () => open({ height: 300 }),
    act: async ({ page }) => {
      await focusOn('.menu-button');
      await press('ArrowUp');
      const last = page.locator('[role=menuitem]').last();
      await expect
        .poll(() => last.evaluate((entry) => entry.getBoundingClientRect().bottom))
        .toBeLessThanOrEqual(300);
    },
    to: '[role=menuitem]:last-child',
  },
  {
    name: 'arrows in the toolbar',
    from: () => open(),
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Pause' }).focus();
      await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft');
    },
    to: '.menu-button',
  },
  {
    name: 'the toolbar has one tab stop, where it was left',
    from: () => open(),
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Pause' }).focus();
      await press('ArrowRight', 'Tab', 'Shift+Tab');
    },
    to: '.icon-button:has(.codicon-arrow-circle-up)',
  },
  {
    name: 'Ctrl+F with Caps Lock: the filter',
    from: () => open(),
    act: async () => {
      await focusOn('.execution-rows');
      await press('Control+F');
    },
    to: '.filter-input',
  },
  {
    name: 'Ctrl+F with Caps Lock in the tree: what finds in all of the execution',
    from: () => open(),
    act: async () => {
      await focusOn('.tree');
      await press('Control+F');
    },
    to: '.find-bar input',
  },
  {
    name: 'Ctrl+F with Caps Lock in the inspector: its search',
    from: () => open(),
    act: async () => {
      await focusOn('.inspector-json');
      await press('Control+F');
    },
    to: '.inspector-search input',
  },
  {
    name: 'Enter takes the only suggestion of the filter',
    from: () => open(),
    act: async ({ page, engine }) => {
      await focusOn('.filter-input');
      await page.keyboard.type('stat');
      // Of what is typed last, not of its beginning, which fits several.
      await expect.poll(() => engine.callsOf('complete').at(-1)?.filter).toBe('stat');
      await expect.poll(() => page.locator('.completion').count()).toBe(1);
      await press('Enter');
      await expect.poll(() => page.locator('.filter-input').inputValue()).toBe('status:');
    },
    to: '.filter-input',
  },
  {
    name: 'Tab leaves the list that is open on demand, and closes it',
    from: () => open({ width: 460 }),
    act: async ({ page }) => {
      await focusOn('.picker-button');
      await press('Enter');
      await hasFocus('.execution-rows');
      await press('Tab');
      await page.locator('.picker-list').waitFor({ state: 'detached' });
    },
    to: '.steps-switch .chosen',
  },
  {
    name: 'F8: the next failure of the tree, from the inspector',
    from: () => open(),
    act: async ({ page }) => {
      await focusOn('#inspector-tab-logs, [role=tab]');
      await press('F8');
      await page.locator('[data-node-id="rpa::unended"][aria-selected=true]').waitFor();
      await press('F8');
      await page.locator('[data-node-id="rpa::mixed"][aria-selected=true]').waitFor();
      await press('Shift+F8', 'Shift+F8');
      await page.locator('[data-node-id="rpa::save"][aria-selected=true]').waitFor();
    },
    to: '.tree-rows',
  },
  {
    name: 'F8 in the list: the next failed execution',
    from: () => open(),
    act: async ({ page, engine }) => {
      engine.flowKeys = null;
      engine.arrive(anExecution(10), anExecution(15));
      await page.locator('[data-sid=spf15]').waitFor();
      await focusOn('.execution-rows');
      await press('F8');
      await page.locator('[data-sid=spf15][aria-selected=true]').waitFor();
      await press('Shift+F8');
      await page.locator('[data-sid=spf5][aria-selected=true]').waitFor();
    },
    to: '.execution-rows',
  },
  {
    name: 'the timing tab scrolls',
    from: () => enter('timing', { height: 420 }),
    act: async ({ page }) => {
      await focusOn('.inspector-section');
      await page
        .locator('.inspector-section')
        .evaluate((section) => (section.style.maxHeight = '40px'));
      await press('End');
      await expect
        .poll(() => page.locator('.inspector-section').evaluate(({ scrollTop }) => scrollTop))
        .toBeGreaterThan(0);
    },
    to: '.inspector-section',
  },
];

describe('where the focus is after', () => {
  test.each(steps)('$name', async ({ from, act, to }) => {
    await act(await from());
    await hasFocus(to);
  });
});

// The audit walks through every other state.
describe('Tab comes to every control, each is seen then, and it comes round', () => {
  test.each([
    ['wide', { width: 1200, height: 800 }],
    ['narrow', { width: 460, height: 800 }],
    ['low', { width: 1200, height: 380 }],
    ['400 % of 1280 × 1024', { width: 320, height: 256 }],
  ])('%s', async (_, size) => {
    const { page } = await open(size);
    const { places, unseen } = await walkByTab(page);
    expect(unseen).toEqual([]);
    // Between the last and the first the browser's own controls come.
    expect(places.filter((at) => at === nowhere).length).toBeLessThanOrEqual(1);
    expect(new Set(places).size).toBeGreaterThanOrEqual(await countControls(page));
  });
});

test.each([
  'F1',
  'Control+p',
  'Control+Tab',
  'Control+k',
  'Control+b',
  'Control+Shift+p',
  'Alt+F1',
])('%s stays VS Code’s, wherever the focus is', async (key) => {
  const { page } = await open();
  await page.evaluate(() => {
    Object.assign(window, { taken: [] });
    window.addEventListener('keydown', (event) => {
      const { taken } = window as unknown as { taken: string[] };
      const isOurs = event.defaultPrevented && event.key !== 'ArrowDown';
      if (isOurs) taken.push(`${event.key} at ${String(document.activeElement?.className)}`);
      // The browser has keys of its own.
      event.preventDefault();
    });
  });
  for (const place of ['.tree-rows', '.execution-rows', '.filter-input', '.inspector-json']) {
    await focusOn(place);
    await press(key);
  }
  await focusOn('.menu-button');
  await press('ArrowDown', key);
  const taken = () => page.evaluate(() => (window as unknown as { taken: string[] }).taken);
  expect(await taken()).toEqual([]);
});

describe('what a screen reader is told of', () => {
  /** Of the element that has the focus, as Chromium tells it; within the tree of its own that it may have. */
  const focused = async () => {
    const session = await suite.panel.page.context().newCDPSession(suite.panel.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const node = nodes.findLast(({ properties = [] }) =>
      properties.some(({ name, value }) => name === 'focused' && value.value === true),
    );
    const facts = (node?.properties ?? []).map(({ name, value }) => [name, value.value] as const);
    return { role: node?.role?.value as unknown, ...Object.fromEntries(facts) };
  };

  test.each([
    ['the menu button', '.menu-button', { hasPopup: 'menu', expanded: false }],
    [
      'the switch that follows',
      '.icon-button:has(.codicon-arrow-circle-up)',
      { role: 'button', pressed: 'false' },
    ],
    ['the border of the list', '.sash', { valuemin: 180, valuemax: 800 }],
  ])('%s', async (_name, selector, facts) => {
    await open();
    await focusOn(selector);
    await expect.poll(focused).toMatchObject(facts);
  });

  test('a field that lacks something', async () => {
    const { page } = await suite.open();
    await focusOn('.way');
    await press('Enter');
    await page.locator('.topic-field input').fill('');
    await page.locator('.connect').focus();
    await press('Enter');
    await expect.poll(focused).toMatchObject({ role: 'textbox', invalid: 'true' });
    await page.locator('.topic-field input').fill('orders');
    await expect.poll(focused).toMatchObject({ invalid: 'false' });
  });

  test('each change of state, once, and nothing of what goes on', async () => {
    const { page, engine } = await open();
    await page.evaluate(() => {
      Object.assign(window, { said: [] });
      new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const { textContent } of addedNodes) {
            (window as unknown as { said: unknown[] }).said.push(textContent);
          }
        }
      }).observe(document.querySelector('.announcements')!, { childList: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    for (let lag = 20; lag > 0; lag--) {
      engine.setState({ kind: 'live', lag });
      await page.locator('.source-lag', { hasText: `lag ${String(lag)}` }).waitFor();
    }
    engine.setState({ kind: 'paused', lag: 0 });
    await expect.poll(said).toEqual(['lag 20', 'Paused spark-agent-builder']);
    await focusOn('.filter-input');
    await page.keyboard.type('order');
    await expect.poll(said).toHaveLength(3);
    expect((await said())[2]).toMatch(/^\d+ executions? match(?:es)? the filter\.$/);
  });
});

describe('a text that is selected whole in a field', () => {
  const fields: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['the filter', '.filter-input', () => focusOn('.filter-input')],
    [
      'the search in all steps',
      '.find-bar input',
      async () => {
        await focusOn('.tree');
        await press('Control+f');
      },
    ],
    [
      'a field of the toolkit',
      '.connect-form .brokers input',
      async () => {
        suite.panel.host.emit('showConnect', null);
        await hasFocus('.brokers');
      },
    ],
  ];

  test.each(fields)('loses nothing of what is typed next: %s', async (_, selector, enter) => {
    const { page } = await open();
    await enter();
    const field = page.locator(selector);
    await field.fill('before');
    // As VS Code does, which hears the key at the window and answers it later: here behind two letters.
    await page.evaluate(() => {
      let answersKey = false;
      let letters = 0;
      addEventListener('keydown', ({ ctrlKey, key }) => {
        if (ctrlKey && key === 'a') answersKey = true;
      });
      addEventListener('input', () => {
        // As VS Code does it: there is no other way to do so in fields of all kinds.
        // oxlint-disable-next-line typescript/no-deprecated
        if (++letters === 2 && answersKey) document.execCommand('selectAll');
      });
    });
    await press('Control+a');
    await page.keyboard.type('failed');
    expect(await field.inputValue()).toBe('failed');
  });
});
