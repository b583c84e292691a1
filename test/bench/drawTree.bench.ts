/**
 * Drawing a tree of 100,000 rows in Chromium, beside one of 1,000: what is drawn is what is in sight, so
 * that both take the same. Alternated in one run.
 */
import type { Page } from 'playwright-core';

import { openComponentBrowser } from '../webview/componentBrowser.ts';
import { heading, median, report } from './report.ts';

const few = 1_000;
const many = 100_000;
const rounds = 15;
const updates = 10;

/** What drawing took, in milliseconds. */
interface Drawn {
  readonly mount: number;
  readonly update: number;
}

const browser = await openComponentBrowser({ optimized: true });
try {
  const small: Drawn[] = [];
  const large: Drawn[] = [];
  for (let round = -3; round < rounds; round++) {
    const drawn = [await draw(few), await draw(many)] as const;
    if (round < 0) continue;
    small.push(drawn[0]);
    large.push(drawn[1]);
  }
  heading(`Drawing a tree of ${many.toLocaleString('en-US')} rows, with styles and layout`);
  reportDrawn('mount', { atMost: 100 });
  reportDrawn('update with a row that came in above', { atMost: 32 });

  function reportDrawn(name: string, aim: { readonly atMost: number }): void {
    const key = name === 'mount' ? 'mount' : 'update';
    report(name, median(large.map((drawn) => drawn[key])), 'ms', aim);
    const ratios = large.map((drawn, round) => drawn[key] / (small[round]?.[key] ?? Number.NaN));
    report(`  beside ${few.toLocaleString('en-US')} rows`, median(ratios), '×', { atMost: 1.5 });
  }
} finally {
  await browser.close();
}

/** On a page of its own: the second tree on a page is an update of the first. */
async function draw(total: number): Promise<Drawn> {
  const { page, close } = await browser.open({ height: 700 });
  // A first row lets the page load its styles and the compiler see the code.
  await timeToShow(page, 10, 0);
  const mount = await timeToShow(page, total, 0);
  const times: number[] = [];
  for (let inserted = 1; inserted <= updates; inserted++) {
    times.push(await timeToShow(page, total, inserted));
  }
  await close();
  return { mount, update: median(times) };
}

function timeToShow(page: Page, total: number, inserted: number): Promise<number> {
  return page.evaluate(
    (rows) => {
      const begin = performance.now();
      window.componentPage.showMany(rows);
      // Forces styles and layout, which belong to the frame.
      document.body.getBoundingClientRect();
      return performance.now() - begin;
    },
    { total, inserted },
  );
}
