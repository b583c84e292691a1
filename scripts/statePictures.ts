/**
 * `npm run pictures -- states`: contact sheets of every state that the webview tests know, in each theme, width and
 * language, into test-results/states. `--theme`, `--width`, `--language` and `--only` (a part of the states’ names)
 * take some of them, and may be given more than once. The page is the built one.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

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
/** As large as what looks at pictures shows without making them smaller. */
const sheet = { width: 1960, height: 1440 };

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly png: string;
}

/** Resolves to the exit code: 1 where a state could not be entered. */
export async function takeStatePictures(args: readonly string[]): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { theme: many, width: many, language: many, only: many },
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
          await takeState(
            browser,
            state,
            { language, widths: some, themes: chosen.themes },
            sheets,
          );
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
  { name, options, enter }: PanelState,
  looks: {
    readonly language: string;
    readonly widths: readonly number[];
    readonly themes: readonly Theme[];
  },
  sheets: Map<string, Picture[]>,
): Promise<void> {
  const height = 690;
  const panel = await browser.open({
    ...options,
    ...{ width: looks.widths[0] ?? wideFrom, height },
    seed: { ...options?.seed, language: looks.language },
  });
  try {
    await enter(panel);
    for (const width of looks.widths) {
      await panel.resize({ width, height });
      for (const theme of looks.themes) {
        await panel.setTheme(theme);
        const png = await panel.page.screenshot({ animations: 'disabled' });
        const key = `${String(width)}-${theme}-${looks.language}`;
        const pictures = sheets.get(key) ?? [];
        sheets.set(key, [...pictures, { name, width, height, png: png.toString('base64') }]);
      }
    }
  } finally {
    await panel.close();
  }
}

/** Pictures side by side, with what they are of, on as many sheets as they need. */
async function writeSheets(sheets: ReadonlyMap<string, readonly Picture[]>): Promise<void> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: sheet });
  for (const [key, pictures] of sheets) {
    const { width = 1, height = 1 } = pictures[0] ?? {};
    const scale = Math.min(1, (sheet.width - 32) / 2 / width);
    const across = Math.max(1, Math.floor((sheet.width - 8) / (width * scale + 8)));
    const down = Math.max(1, Math.floor(sheet.height / (height * scale + 24)));
    for (let at = 0; at < pictures.length; at += across * down) {
      const shown = pictures.slice(at, at + across * down);
      const figures = shown.map(
        ({ name, png }) =>
          `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png}" width="${String(width * scale)}"></figure>`,
      );
      await page.setContent(
        `<style>body{margin:4px;background:#888;font:12px sans-serif;display:flex;flex-wrap:wrap;gap:8px}figure{margin:0}img{display:block}</style>${figures.join('')}`,
      );
      const number = String(at / (across * down) + 1).padStart(2, '0');
      await writeFile(
        join(target, `${key}-${number}.png`),
        await page.locator('body').screenshot(),
      );
    }
  }
  await browser.close();
}
