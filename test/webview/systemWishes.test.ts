import { expect, test } from 'vitest';
import { liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';
import { withExecutions } from './panelStates.ts';

const suite = panelSuite();
const styleOf = (selector: string, name: string) =>
  suite.panel.page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

test.each([
  ['.inspector-tab[aria-selected=true]', 'border-bottom-width', '3px'],
  ['.scope-switch .chosen', 'outline-style', 'solid'],
  ['.tree-row-selected', 'outline-style', 'solid'],
  ['.execution-row.selected', 'outline-style', 'solid'],
  ['.tree-bar', 'forced-color-adjust', 'none'],
])('forced colours show what is chosen: %s', async (selector, property, value) => {
  const { page } = await suite.open(withExecutions());
  await page.locator('.inspector-panel').waitFor();
  await page.emulateMedia({ forcedColors: 'active' });
  await expect.poll(() => styleOf(selector, property)).toBe(value);
});

test.each([
  ['.inspector-tab[aria-selected=true]', 'border-bottom-color'],
  ['.tree-row-selected', 'outline-color'],
  ['.execution-row.selected', 'outline-color'],
])('forced colours show it in the system’s own colour: %s', async (selector, property) => {
  const { page } = await suite.open(withExecutions());
  await page.locator('.inspector-panel').waitFor();
  await page.emulateMedia({ forcedColors: 'active' });
  const chosen = () => styleOf('.scope-switch .chosen', 'outline-color');
  await expect
    .poll(async () => (await styleOf(selector, property)) === (await chosen()))
    .toBe(true);
});

test.each([
  ['the system', true, ''],
  ['VS Code', false, 'vscode-reduce-motion'],
])('nothing turns where %s wishes less motion', async (_name, reducedMotion, bodyClass) => {
  const { page } = await suite.open({
    reducedMotion,
    prepare: (engine) => (engine.status = { ...liveStatus, state: { kind: 'connecting' } }),
  });
  await page.locator('.empty-state .codicon-loading').waitFor();
  if (bodyClass !== '') {
    await page.evaluate((name) => {
      document.body.classList.add(name);
    }, bodyClass);
  }
  await expect
    .poll(() =>
      page.evaluate(
        () => document.getAnimations().filter((one) => one.playState === 'running').length,
      ),
    )
    .toBe(0);
});

test('without such a wish something turns', async () => {
  const { page } = await suite.open({
    reducedMotion: false,
    prepare: (engine) => (engine.status = { ...liveStatus, state: { kind: 'connecting' } }),
  });
  await page.locator('.empty-state .codicon-loading').waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
});
