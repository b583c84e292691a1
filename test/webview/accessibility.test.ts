import { expect, test } from 'vitest';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { executions, invoiceFlow, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
}

/** Roles of what a reader acts on, or moves to: each must say what it is. */
const named = new Set([
  ...['button', 'checkbox', 'combobox', 'link', 'listbox', 'menu', 'menuitem', 'option', 'radio'],
  ...['radiogroup', 'searchbox', 'separator', 'slider', 'spinbutton', 'switch', 'tab', 'tablist'],
  ...['tabpanel', 'textbox', 'toolbar', 'tree', 'treeitem', 'form', 'progressbar', 'dialog'],
  ...['DisclosureTriangle', 'ComboBoxSelect', 'PopUpButton', 'ToggleButton', 'Date', 'DateTime'],
]);

/** As Chromium tells a screen reader. */
async function accessibilityTree({ page }: OpenPanel): Promise<AxNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter(({ ignored }) => !ignored) as AxNode[];
}

async function nameless(panel: OpenPanel): Promise<string[]> {
  const session = await panel.page.context().newCDPSession(panel.page);
  const nodes = await accessibilityTree(panel);
  const bare = nodes.filter(
    ({ role, name }) => named.has(role?.value ?? '') && (name?.value ?? '').trim() === '',
  );
  return Promise.all(
    bare.map(async ({ role, backendDOMNodeId }) => {
      const { outerHTML } = await session.send('DOM.getOuterHTML', {
        ...(backendDOMNodeId === undefined ? {} : { backendNodeId: backendDOMNodeId }),
      });
      return `${role?.value ?? ''} ${outerHTML.slice(0, 160)}`;
    }),
  );
}

const rolesOf = async (panel: OpenPanel) => {
  const nodes = await accessibilityTree(panel);
  return new Set(nodes.map(({ role }) => role?.value ?? ''));
};

function open(options: PanelOptions = {}): Promise<OpenPanel> {
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(12);
      engine.status = liveStatus;
      engine.rejected = [
        {
          ...{ topic: 't', partition: 0, offset: '1', reason: 'notJson', detail: '' },
          ...{ timestampMs: null, bytes: 3, preview: 'x', form: 'text', whole: true },
        },
      ];
    },
    ...options,
    seed: { hasStarted: true, flow: invoiceFlow, ...options.seed },
  });
}

const wide = async (panel: OpenPanel) => {
  await panel.page.locator('.inspector-json-row').first().waitFor();
};

test.each<[string, PanelOptions, (panel: OpenPanel) => Promise<unknown>, string[]]>([
  ['list, tree and values', {}, wide, ['treeitem', 'option', 'tab', 'combobox', 'separator']],
  [
    'the list in a narrow panel',
    { width: 520 },
    async ({ page }) => {
      await page.locator('.picker-button').click();
      await page.locator('.execution-row').first().waitFor();
    },
    ['option', 'button'],
  ],
  [
    'the menu',
    {},
    async ({ page }) => {
      await page.getByRole('button', { name: 'More Actions…' }).click();
      await page.getByRole('menu').waitFor();
    },
    ['menu', 'menuitem'],
  ],
  [
    'logs and the search in them',
    {},
    async (panel) => {
      await wide(panel);
      await panel.page.getByRole('tab', { name: /Logs/ }).click();
      await panel.page.getByRole('button', { name: /Find in Values/ }).click();
    },
    ['tab', 'textbox'],
  ],
  [
    'rejected records',
    {},
    async ({ page }) => {
      await page.getByRole('button', { name: /^Rejected Records/ }).click();
      await page.getByRole('button', { name: 'Back to Executions' }).waitFor();
    },
    ['button'],
  ],
  [
    'the connect form',
    { prepare: () => undefined, seed: { hasStarted: false } },
    async ({ page }) => {
      await page.getByRole('button', { name: /^Connect to Kafka/ }).click();
      await page.getByText('Security and start position').click();
      await page.locator('.connect-form vscode-checkbox').first().click();
      for (const [index, option] of [
        [0, 'SCRAM-SHA-512'],
        [1, 'Point in time'],
      ] as const) {
        await page.locator('.connect-form vscode-dropdown').nth(index).click();
        await page.getByRole('option', { name: option }).click();
      }
    },
    ['textbox', 'checkbox', 'combobox'],
  ],
])('%s: whatever can be acted on has a name', async (_name, options, prepare, roles) => {
  const panel = await open(options);
  await prepare(panel);
  // What has just been closed leaves the tree a moment later.
  await expect.poll(() => nameless(panel)).toEqual([]);
  // Else nothing was looked at.
  await expect.poll(async () => [...(await rolesOf(panel))]).toEqual(expect.arrayContaining(roles));
});

test('the filter says what it filters', async () => {
  const panel = await open();
  const nodes = await accessibilityTree(panel);
  const filter = nodes.find(({ name }) => name?.value === 'Filter executions');
  expect(filter?.role?.value).toBe('combobox');
});
