import { describe, expect, test } from 'vitest';

import { OwnGroup } from '../../../src/host/ownGroup.ts';
import type { Vscode } from '../../../src/host/vscode.ts';

class TabInputWebview {
  readonly viewType: string;

  constructor(viewType: string) {
    this.viewType = viewType;
  }
}

interface Group {
  readonly id: string;
  tabs: readonly { readonly input: unknown }[];
}

const inputs: Readonly<Record<string, unknown>> = {
  panel: new TabInputWebview('mainThreadWebview-rpaTrace.panel'),
  page: new TabInputWebview('mainThreadWebview-markdown.preview'),
  file: { uri: 'a' },
};

/**
 * The groups of VS Code and their locks. A layout names them from the oldest to the newest, `1:file,panel *2:panel`:
 * the one with the star is active.
 */
class Groups {
  all: readonly Group[] = [];
  wish: boolean | undefined;
  readonly locked = new Set<string>();
  readonly api: Vscode;
  private activeId = '';
  private readonly isRemade: boolean;
  private onGroups: ((change: object) => void) | undefined;
  private onTabs: ((change: object) => void) | undefined;

  /** VS Code 1.96 makes all objects anew when one of the groups changes, later ones keep them. */
  constructor(isRemade: boolean) {
    this.isRemade = isRemade;
    const groups = () => this.all;
    const active = () => this.all.find(({ id }) => id === this.activeId);
    const settings = { get: () => ({ 'mainThreadWebview-rpaTrace.panel': this.wish }) };
    this.api = {
      TabInputWebview,
      window: {
        tabGroups: {
          get all() {
            return groups();
          },
          get activeTabGroup() {
            return active();
          },
          onDidChangeTabGroups: (listener: (change: object) => void) => {
            this.onGroups = listener;
            return { dispose: () => (this.onGroups = undefined) };
          },
          onDidChangeTabs: (listener: (change: object) => void) => {
            this.onTabs = listener;
            return { dispose: () => (this.onTabs = undefined) };
          },
        },
      },
      workspace: { getConfiguration: () => settings },
      commands: {
        // Carried out behind what was going on when it was called.
        executeCommand: async (name: string) => {
          await Promise.resolve();
          if (name === 'vscode.getEditorLayout') return;
          this.setLock(name === 'workbench.action.lockEditorGroup', this.activeId);
        },
      },
    } as unknown as Vscode;
  }

  /** Every change of a lock is told as one of all groups. */
  private setLock(isLocked: boolean, id: string): void {
    if (isLocked) this.locked.add(id);
    else this.locked.delete(id);
    this.tell(this.all.map((group) => ({ ...group })));
  }

  private tell(wanted: readonly Group[]): void {
    const before = this.all;
    const find = (all: readonly Group[], id: string) => all.find((group) => group.id === id);
    this.all = wanted.map((group) => {
      const known = find(before, group.id);
      return known === undefined || this.isRemade
        ? group
        : Object.assign(known, { tabs: group.tabs });
    });
    this.onGroups?.({
      opened: this.all.filter(({ id }) => find(before, id) === undefined),
      closed: before.filter(({ id }) => find(this.all, id) === undefined),
      changed: this.all.filter(({ id }) => find(before, id) !== undefined),
    });
    this.onTabs?.({ opened: [], closed: [], changed: [] });
  }

  /** `lock 1`, `unlock 1`: the reader does it; else a layout. */
  act(step: string): void {
    const [, what, id = ''] = /^(lock|unlock) (\d)$/.exec(step) ?? [];
    if (what !== undefined) {
      this.setLock(what === 'lock', id);
      return;
    }
    const wanted = [...step.matchAll(/(\*?)(\d):(\S*)/g)].map(([, star, id = '', names = '']) => {
      if (star === '*') this.activeId = id;
      const tabs = names.split(',').filter((name) => name !== '');
      return { id, tabs: tabs.map((name) => ({ input: inputs[name] })) };
    });
    for (const id of this.locked)
      if (!wanted.some((group) => group.id === id)) this.locked.delete(id);
    this.tell(wanted);
  }
}

/** All commands were carried out, and what follows from them. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Case {
  readonly name: string;
  /** What was there when the extension began. */
  readonly before?: string;
  readonly wish?: boolean;
  /** Each step, and the groups that are locked after it. */
  readonly steps: readonly (readonly [string, string])[];
}

const cases: readonly Case[] = [
  {
    name: 'a panel that has a group for itself',
    steps: [
      ['*1:file 2:panel', ''],
      ['1:file *2:panel', '2'],
      ['*1:file,file 2:panel', '2'],
    ],
  },
  {
    name: 'a panel that is alone, is beside others, or is of others',
    steps: [
      ['*1:panel', ''],
      ['1:file *2:file,panel', ''],
      ['1:file *2:page', ''],
      ['1:file *2:', ''],
    ],
  },
  {
    name: 'a setting that does not want it',
    wish: false,
    steps: [['1:file *2:panel', '']],
  },
  {
    name: 'a second panel in a group of its own',
    steps: [
      ['1:file *2:panel', '2'],
      ['1:file 2:panel *3:panel', '2,3'],
      ['*1:file 3:panel', '3'],
      ['1:file *3:panel 4:panel', '3'],
      ['1:file 3:panel *4:panel', '3,4'],
    ],
  },
  {
    name: 'a panel that was there when the extension began',
    before: '*1:file,panel 2:file',
    steps: [['*1:panel 2:file', '1']],
  },
  {
    name: 'a panel that had a group for itself when the extension began',
    before: '1:file *2:panel',
    steps: [
      ['*1:file,file 2:panel', '2'],
      ['*1:file 2:file', '2'],
      ['1:file *2:file', ''],
    ],
  },
  {
    name: 'a panel that is closed while the focus is elsewhere, beside a file in its group',
    steps: [
      ['1:file *2:panel', '2'],
      ['*1:file 2:panel,file', '2'],
      ['*1:file 2:file', '2'],
      ['1:file *2:file', ''],
    ],
  },
  {
    name: 'groups that come and go before the group is active again',
    steps: [
      ['1:file 2:file *3:panel', '3'],
      ['1:file *2:file 3:file', '3'],
      ['*2:file 3:file', '3'],
      ['2:file 3:file *4:file', '3'],
      ['2:file *3:file 4:file', ''],
    ],
  },
  {
    name: 'a panel that leaves the active group',
    steps: [
      ['1:file *2:panel', '2'],
      ['1:file *2:panel,file', '2'],
      ['1:file,panel *2:file', ''],
    ],
  },
  {
    name: 'a panel that came back before its group was active',
    steps: [
      ['1:file *2:panel', '2'],
      ['*1:file,panel 2:file', '2'],
      ['*1:file 2:file,panel', '2'],
      ['1:file *2:file,panel', '2'],
    ],
  },
  {
    name: 'a panel that was dragged into a group that the reader locked',
    steps: [
      ['*1:file 2:panel', ''],
      ['lock 1', '1'],
      ['1:file *2:panel', '1,2'],
      ['*1:file,panel', '1'],
      ['*1:file', '1'],
    ],
  },
  {
    name: 'a group that the reader unlocks',
    steps: [
      ['1:file *2:panel', '2'],
      ['unlock 2', ''],
      ['*1:file 2:panel', ''],
      ['1:file *2:panel,panel', ''],
      ['1:file *2:panel,file', ''],
      ['1:file *2:panel', ''],
    ],
  },
  {
    name: 'the last group, which stays when it is empty',
    steps: [
      ['1:file *2:panel', '2'],
      ['*2:panel', '2'],
      ['*2:', ''],
      ['2:file *3:panel', '3'],
    ],
  },
];

describe.each([
  ['with the objects of VS Code 1.96', true],
  ['with objects that last', false],
])('%s', (_name, isRemade) => {
  test.each(cases)('$name', async ({ before = '*1:file', wish, steps }) => {
    const groups = new Groups(isRemade);
    groups.wish = wish;
    groups.act(before);
    const ownGroup = new OwnGroup(groups.api);
    await settled();
    const seen: (readonly [string, string])[] = [];
    for (const [step] of steps) {
      groups.act(step);
      await settled();
      seen.push([step, [...groups.locked].sort().join()]);
    }
    expect(seen).toEqual(steps);
    ownGroup.dispose();
  });

  test('a file that is opened beside a panel that was alone is in no locked group', async () => {
    const groups = new Groups(isRemade);
    groups.act('*1:panel');
    const ownGroup = new OwnGroup(groups.api);
    // One act of VS Code, told in pieces.
    for (const step of ['*1:panel 2:', '*1:panel 2:file', '1:panel *2:file']) groups.act(step);
    await settled();
    expect([...groups.locked]).toEqual([]);
    groups.act('*1:panel 2:file');
    await settled();
    expect([...groups.locked]).toEqual(['1']);
    ownGroup.dispose();
  });
});

test.each([
  ['ended before', true],
  ['that ends while VS Code is asked', false],
])('nothing is locked after the end: %s', async (_name, isBefore) => {
  const groups = new Groups(false);
  groups.act('*1:file 2:panel');
  const ownGroup = new OwnGroup(groups.api);
  if (isBefore) ownGroup.dispose();
  groups.act('1:file *2:panel');
  ownGroup.dispose();
  await settled();
  expect([...groups.locked]).toEqual([]);
});
