/**
 * `npm run pictures -- states`: contact sheets of every state that the webview tests know, in each theme, width and
 * language, into test-results/states. `--theme`, `--width`, `--language` and `--only` (a part of the states’ names)
 * take some of them, and may be given more than once. Of a state that differs from others in a part of the page alone
 * the picture is of that part; `--whole` shows all of it. The page is the built one.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';

import { resultsFolder } from '../test/support/paths.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { openPanelBrowser, type PanelBrowser, type Theme } from '../test/webview/harness.ts';
import { panelStates, type PanelState } from '../test/webview/panelStates.ts';

const target = join(resultsFolder, 'states');

const themes: readonly Theme[] = [
  ...(['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const),
];
const widths = [250, 320, 400, 640, 960, 1440, 1920];
const languages = ['en', 'zh-cn'];
/** A state is entered where the page has its narrow form, and again where it has its wide one. */
const wideFrom = 900;
/** Reasons, tree and inspector at once, as on the screen of a laptop. */
const height = 690;
/** As large as what looks at pictures shows without making them smaller. */
const sheet = { width: 1960, height: 1490 };
const gap = 8;
const captionHeight = 16;

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Picture extends Size {
  readonly name: string;
  readonly png: string;
}

interface Looks {
  readonly language: string;
  readonly widths: readonly number[];
  readonly themes: readonly Theme[];
  readonly isWhole: boolean;
}

/** Resolves to the exit code: 1 where a state could not be entered. */
export async function takeStatePictures(args: readonly string[]): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ theme: many, width: many, language: many, only: many },
      whole: { type: 'boolean', default: false },
    },
  });
  const chosen = {
    themes: themes.filter((theme) => values.theme?.includes(theme) ?? true),
    widths: values.width?.map(Number) ?? widths,
    languages: values.language ?? languages,
    states: panelStates.filter(
      ({ name }) => values.only?.some((part) => name.includes(part)) ?? true,
    ),
  };
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const browser = await openPanelBrowser();
  const sheets = new Map<string, Picture[]>();
  let failed = 0;
  for (const language of chosen.languages) {
    for (const isWide of [false, true]) {
      const some = chosen.widths.filter((width) => width >= wideFrom === isWide);
      for (const state of some.length === 0 ? [] : chosen.states) {
        try {
          const looks = { ...chosen, language, widths: some, isWhole: values.whole };
          await takeState(browser, state, looks, sheets);
        } catch (error) {
          failed += 1;
          process.stderr.write(`${state.name}, ${language}: ${String(error)}\n`);
        }
      }
    }
  }
  await browser.close();
  await writeSheets(sheets);
  return failed === 0 ? 0 : 1;
}

async function takeState(
  browser: PanelBrowser,
  { name, options, part, enter }: PanelState,
  { language, widths: some, themes: worn, isWhole }: Looks,
  sheets: Map<string, Picture[]>,
): Promise<void> {
  const panel = await browser.open({
    ...options,
    ...{ width: some[0] ?? wideFrom, height },
    seed: { ...options?.seed, language },
  });
  try {
    await enter(panel);
    for (const width of some) {
      await panel.resize({ width, height });
      for (const theme of worn) {
        await panel.setTheme(theme);
        const clip = await placeOf(panel.page, isWhole ? null : part);
        // There is nothing to explain, or no room for it.
        if (clip === null) continue;
        const png = await panel.page.screenshot({ animations: 'disabled', clip });
        const key = `${String(width)}-${theme}-${language}`;
        const pictures = sheets.get(key) ?? [];
        const { width: wide, height: high } = clip;
        const picture = { name, width: wide, height: high, png: png.toString('base64') };
        sheets.set(key, [...pictures, picture]);
      }
    }
  } finally {
    await panel.close();
  }
}

/** Where a part of the page stands in it, with what it opened over the rest; null where it is not there. */
async function placeOf(
  page: Page,
  part: string | null,
): Promise<(Size & { x: number; y: number }) | null> {
  return page.evaluate((selector) => {
    const { innerWidth: width, innerHeight: ground } = window;
    if (selector === null) return { x: 0, y: 0, width, height: ground };
    /** What is scrolled out of an element's box is not seen. */
    const seen = (element: Element, top: number, bottom: number) => {
      const box = element.getBoundingClientRect();
      return [Math.max(top, box.top), Math.min(bottom, box.bottom)] as const;
    };
    const reach = (
      element: Element,
      top: number,
      bottom: number,
    ): (readonly [number, number])[] => {
      const { position, overflowY } = getComputedStyle(element);
      const isOut = position === 'absolute' || position === 'fixed';
      const own = isOut ? seen(element, 0, ground) : seen(element, top, bottom);
      const inner = overflowY === 'visible' ? ([0, ground] as const) : own;
      return [own, ...[...element.children].flatMap((child) => reach(child, ...inner))];
    };
    const reaches = [...document.querySelectorAll(selector)]
      .flatMap((element) => reach(element, 0, ground))
      .filter(([top, bottom]) => bottom > top + 1);
    if (reaches.length === 0) return null;
    const top = Math.max(0, Math.min(...reaches.map(([above]) => above)) - 4);
    const bottom = Math.min(ground, Math.max(...reaches.map(([, below]) => below)) + 4);
    return { x: 0, y: top, width, height: bottom - top };
  }, part);
}

/** Pictures side by side, with what they are of, on as many sheets as they need. */
async function writeSheets(sheets: ReadonlyMap<string, readonly Picture[]>): Promise<void> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: sheet });
  for (const [key, pictures] of sheets) {
    for (const [index, columns] of laidOut(pictures).entries()) {
      const drawn = columns.map((column) => `<div>${column.map(figure).join('')}</div>`);
      await page.setContent(
        `<style>body{margin:4px;background:#888;font:12px/16px sans-serif;display:flex;align-items:start;width:max-content;gap:${String(gap)}px}figure{margin:0 0 ${String(gap)}px}img{display:block}</style>${drawn.join('')}`,
      );
      const number = String(index + 1).padStart(2, '0');
      await writeFile(
        join(target, `${key}-${number}.png`),
        await page.locator('body').screenshot(),
      );
    }
  }
  await browser.close();
}

const figure = ({ name, png }: Picture) =>
  `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png}"></figure>`;

/** Sheets of columns of pictures, each column filled before the next. */
function laidOut(pictures: readonly Picture[]): Picture[][][] {
  const across = Math.max(1, Math.floor((sheet.width - gap) / ((pictures[0]?.width ?? 1) + gap)));
  const columns: Picture[][] = [];
  let room = 0;
  for (const picture of pictures) {
    const taken = picture.height + captionHeight + gap;
    if (taken > room) {
      columns.push([]);
      room = sheet.height;
    }
    columns.at(-1)?.push(picture);
    room -= taken;
  }
  const sheetsOf: Picture[][][] = [];
  for (let at = 0; at < columns.length; at += across) sheetsOf.push(columns.slice(at, at + across));
  return sheetsOf;
}
