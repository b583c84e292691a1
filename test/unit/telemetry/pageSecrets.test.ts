import { expect, it } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracePage } from '../../../src/telemetry/tracePage.ts';
import { tracedWorld } from './tracedWorld.ts';

const address =
  'https://robot:EXAMPLE-pass-91@shop.example/in?access_token=EXAMPLE-token-4f1c09d2a7b3';

/** What is used of a page. */
function aPage() {
  const locator = { toString: () => `locator('#key')`, fill: () => Promise.resolve() };
  return {
    url: () => address,
    screenshot: () => Promise.resolve(new Uint8Array()),
    goto: (to: string) => Promise.reject(new Error(`no way to ${to}`)),
    waitForURL: (to: string | RegExp) => Promise.resolve(String(to)),
    locator: () => locator,
  };
}

it('an address with a password in it stands nowhere in a record, names and ids of nodes included', async () => {
  const { tracer, last } = tracedWorld();
  const page = tracePage(aPage(), { screenshots: false });
  await tracer
    .run({}, async () => {
      traced({ id: `open::${address}`, name: `open ${address}` }, {}, () => {
        traced('within', {}, () => undefined);
      });
      await page.waitForURL(address);
      await page.goto(address);
    })
    .catch(() => undefined);
  const record = JSON.stringify(last());
  expect(record).toContain('shop.example');
  expect(record).not.toMatch(/EXAMPLE-/);
});

it.each<[string, object, string]>([
  ['a name', { name: 'api_key' }, '••••'],
  ['an id', { id: 'clientSecret' }, '••••'],
  ['a placeholder', { placeholder: 'API key' }, '••••'],
  ['a label', { labels: [{ textContent: 'Access key' }] }, '••••'],
  ['a label in Chinese', { labels: [{ textContent: '登录密码' }] }, '••••'],
  ['what stands for a label', { ariaLabel: 'Private key' }, '••••'],
  ['what the browser fills in', { autocomplete: 'one-time-code' }, '••••'],
  ['a type', { type: 'password' }, '••••'],
  ['a name of the robot’s own', { name: 'employeeNo' }, '••••'],
  ['nothing', { name: 'order', type: 'text', labels: null }, 'walnut-17'],
])('what is typed into a field is hidden by %s', async (_by, element, seen) => {
  const { tracer, last } = tracedWorld({ mask: { names: ['employeeNo'] } });
  const field = {
    toString: () => `locator('#k')`,
    fill: (_given: string) => Promise.resolve(),
    evaluate: (work: (field: object) => unknown) => Promise.resolve(work(element)),
  };
  const page = tracePage({ ...aPage(), locator: () => field }, { screenshots: false });
  await tracer.run({}, () => page.locator().fill('walnut-17'));
  const [, input = ''] = last().trace[0]!.data.input_vars;
  expect((JSON.parse(input) as { readonly value: string }).value).toBe(seen);
});

it.each(['7x9', 'z', 'a"b', 'Sonne7'])(
  'a password of whatever length is hidden in the errors that say it: %s',
  async (password) => {
    const { tracer, last } = tracedWorld();
    const field = {
      toString: () => `locator('#password')`,
      // As Playwright’s log of the call has it.
      fill: (given: string) =>
        Promise.reject(new Error(`Timeout 300ms exceeded.\n  - fill(${JSON.stringify(given)})`)),
    };
    const page = tracePage({ ...aPage(), locator: () => field }, { screenshots: false });
    await tracer.run({}, () => page.locator().fill(password)).catch(() => undefined);
    const { trace, status } = last();
    const texts = JSON.stringify([trace.map(({ logs }) => logs.map(messageOf)), status.message]);
    expect(texts).toContain(String.raw`fill(\"••••\")`);
    expect(texts).not.toContain(JSON.stringify(JSON.stringify(password)).slice(1, -1));
  },
);

function messageOf(line: string): string {
  return (JSON.parse(line) as { readonly message: string }).message;
}
