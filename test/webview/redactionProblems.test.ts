/** The banner about the reader's own patterns of secrets. */
import { expect, test } from 'vitest';

import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const problems = [
  { level: 'user', index: 1, fault: { kind: 'givenUp' } },
  { level: 'workspace', index: 3, fault: { kind: 'invalid', detail: 'Unterminated group' } },
] as const;

test.each([
  [
    'english',
    { theme: 'light-modern' },
    /Pattern 2 .* so all text is hidden until you change it\..* Pattern 4 .* isn’t applied/s,
  ],
  [
    'chinese-narrow',
    { width: 520, seed: { language: 'zh-cn', hasStarted: true } },
    /第 2 个表达式.*直到你修改它|在你修改它之前，所有文本都会被隐藏.*第 4 个表达式未被应用/s,
  ],
] as const)(
  'stays until the setting is mended, and leads there: %s',
  async (name, options, says) => {
    const { page, engine, asked, screenshot } = await suite.open({
      prepare: (fake) => {
        fake.rows = executions(12);
        fake.status = { ...liveStatus, redactionProblems: problems };
      },
      seed: { hasStarted: true },
      ...options,
    });
    const banner = page.locator('.banner');
    await expect.poll(() => banner.innerText()).toMatch(says);
    await screenshot(`redaction-problems-${name}`);
    await banner.getByRole('button').click();
    expect(await asked('openSettings')).toMatchObject({ setting: 'rpaTrace.redaction.patterns' });
    engine.status = { ...engine.status, redactionProblems: [] };
    engine.setState({ kind: 'live', lag: 0 }, {});
    await expect.poll(() => banner.count()).toBe(0);
  },
);
