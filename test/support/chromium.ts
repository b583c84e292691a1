/**
 * A real Chromium for the tests that look at pages.
 *
 *     const browser = await launchChromium();
 *     const page = await browser.newPage();
 */
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { oneAtATime } from './cacheFolder.ts';
import { run } from './childProcess.ts';
import { installDebianPackages } from './debian.ts';
import { Unavailable } from './unavailable.ts';

/** Headless by default; the flags keep it quiet on the network and alive in containers. */
export async function launchChromium(
  options: {
    readonly headless?: boolean;
    readonly args?: readonly string[];
    /** Beside those that nobody here needs. */
    readonly disabledFeatures?: readonly string[];
  } = {},
): Promise<Browser> {
  const { headless = true, args = [], disabledFeatures = [] } = options;
  const disabled = [...unneededFeatures, ...disabledFeatures].join(',');
  return chromium.launch({
    executablePath: await findChromium(headless),
    headless,
    args: [...flags, `--disable-features=${disabled}`, ...args],
  });
}

/** The path of a Chromium-like browser, installed if need be; throws `Unavailable` without one. */
async function findChromium(headless: boolean): Promise<string> {
  // Test files start together, and apt-get refuses to run twice.
  const found = await oneAtATime('chromium', async () => {
    const present = await search(headless);
    if (present !== undefined) return withChineseFont(present);
    if (headless) await installDebianPackages([shells[0], chineseFont]);
    const shell = await search(headless);
    if (shell !== undefined) return shell;
    await installDebianPackages(['chromium', chineseFont]);
    return search(headless);
  });
  if (found !== undefined) return found;
  throw new Unavailable(
    'No Chromium or Chrome was found: please install one, or name its program in CHROME_PATH.',
  );
}

/**
 * The browser without its windows, which Playwright itself uses where nobody looks: the same engine, and a panel or a
 * workbench in it takes two thirds of the processor time.
 */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'] as const;

// Without it every Chinese character in a screenshot is an empty box.
const chineseFont = 'fonts-noto-cjk';

/**
 * Each new window would load two pages for its address bar, which is a third of what a test of the panel costs. Of
 * this flag the last one counts, so that what Playwright turns off itself stands here again.
 */
const unneededFeatures = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AimEnabled', 'AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
  ...['DestroyProfileOnBrowserClose', 'HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades'],
  ...['LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints'],
  ...['PaintHolding', 'PreconnectToSearch', 'TcpPortRandomizationWin'],
  ...['ThirdPartyStoragePartitioning', 'msEdgeUpdateLaunchServicesPreferredVersion'],
  ...['msForceBrowserSignIn'],
];

/**
 * A page that lives for seconds is closed before better code than V8's quickest compiler makes would pay: Maglev's,
 * made beside the page on a processor that the tests need, is a tenth of what an audit takes.
 */
export const quickStart: readonly string[] = ['--js-flags=--no-turbofan --no-maglev'];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Text looks the same on every machine's screenshots.
  '--font-render-hinting=none',
];

async function search(headless: boolean): Promise<string | undefined> {
  const chosen = process.env['CHROME_PATH'];
  const candidates = [
    ...(chosen === undefined || chosen === '' ? [] : [chosen]),
    ...(headless ? onPath(shells) : []),
    ...onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']),
    chromium.executablePath(),
    ...usualPlaces(),
  ];
  for (const path of candidates) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

function onPath(names: readonly string[]): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  const programs = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
    (name) => process.env[name] ?? [],
  );
  const places = [
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ];
  return programs.flatMap((folder) => places.map((place) => join(folder, place)));
}

async function withChineseFont(browser: string): Promise<string> {
  if (process.platform !== 'linux') return browser;
  const fonts = await run('fc-list', [':lang=zh-cn', 'family']).catch(() => undefined);
  if (fonts?.stdout.trim() === '') await installDebianPackages([chineseFont]);
  return browser;
}
