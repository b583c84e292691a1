import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openComponentBrowser, type ComponentBrowser } from './componentBrowser.ts';
import { named, nodeContent } from './inspectorContents.ts';
import { row } from './treeRows.ts';

let browser: ComponentBrowser;
beforeAll(async () => {
  browser = await openComponentBrowser();
});
afterAll(async () => {
  await browser.close();
});

const config = [
  named('projectId', '1958443321'),
  named('header', { apiKey: '••••-KEY' }),
  named('token', '••••c3f1'),
];
const step = (canReveal: boolean, key = 'one') => {
  const content = nodeContent({ config }, { ...row('save'), key });
  return { kind: 'inspector', content: { ...content, canReveal } } as const;
};

async function open(canReveal: boolean) {
  const handle = await browser.open();
  onTestFinished(() => handle.close());
  await handle.show(step(canReveal));
  await handle.page.getByRole('tab', { name: /Config/ }).click();
  return handle;
}

describe('a masked value', () => {
  test('is revealed alone and in place, copied masked, and hidden again', async () => {
    const { page, calls } = await open(true);
    const buttons = page.getByRole('button', { name: 'Reveal value' });
    expect(await buttons.count()).toBe(2);
    await buttons.first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    expect(await page.locator('.inspector-box-revealed').count()).toBe(1);
    await page.getByRole('button', { name: 'Copy header' }).click();
    expect(await calls()).toEqual([
      ['revealValue', 'config', 1],
      ['copy', '{\n  "apiKey": "••••-KEY"\n}'],
    ]);
    await page.getByRole('button', { name: 'Hide value' }).click();
    expect(await page.getByText('EXAMPLE-PLAIN-KEY').count()).toBe(0);
  });

  test('is masked again when another step was selected, and stays so', async () => {
    const { page, show } = await open(true);
    await page.getByRole('button', { name: 'Reveal value' }).first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await show(step(true, 'two'));
    expect(await page.content()).not.toContain('EXAMPLE-PLAIN-KEY');
    await show(step(true, 'one'));
    expect(await page.content()).not.toContain('EXAMPLE-PLAIN-KEY');
  });

  test('offers nothing where the settings do not allow it', async () => {
    const { page } = await open(false);
    expect(await page.getByRole('button', { name: 'Reveal value' }).count()).toBe(0);
  });
});

test.each(['light-modern', 'dark-modern'] as const)(
  'a revealed value looks right in %s',
  async (theme) => {
    const handle = await browser.open({ theme });
    onTestFinished(() => handle.close());
    const { page, show, screenshot } = handle;
    await show(step(true));
    await page.getByRole('tab', { name: /Config/ }).click();
    await page.getByRole('button', { name: 'Reveal value' }).first().click();
    await page.getByText('EXAMPLE-PLAIN-KEY').waitFor();
    await screenshot(`reveal-${theme}`);
  },
);
