import { beforeEach, describe, expect, test } from 'vitest';
import { t, translateAs } from '../../../src/host/l10n.ts';
import { Notifications } from '../../../src/host/notifications.ts';
import { chooseSource } from '../../../src/host/sourcePicker.ts';
import { StatusBar } from '../../../src/host/statusBar.ts';
import {
  askForFiles,
  choose,
  chooseFirst,
  documentName,
  tell,
  withProgress,
} from '../../../src/host/surfaces.ts';
import { TopicNews } from '../../../src/host/topicNews.ts';
import type { Vscode } from '../../../src/host/vscode.ts';
import type { EngineEvents } from '../../../src/protocol/engineProtocol.ts';
import type { SourceLabel, SourceSpec } from '../../../src/protocol/sources.ts';
import type { SourceError, SourceState } from '../../../src/record/recordSource.ts';
import { faultsOfShown, hostileNames } from '../../support/hostileNames.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** Every text that reached VS Code, in order. */
const told: string[] = [];
/** Items of the status bar, as they are now. */
const items: Record<string, unknown>[] = [];
let pressed: (buttons: readonly object[]) => object | undefined | Promise<undefined> = () =>
  undefined;

function fakeSurfaces(): Vscode {
  const message = (sentence: string, ...buttons: { title: string }[]) => {
    told.push(sentence, ...buttons.map(({ title }) => title));
    return Promise.resolve(pressed(buttons));
  };
  return {
    ProgressLocation: { Notification: 15 },
    QuickPickItemKind: { Separator: -1 },
    StatusBarAlignment: { Left: 1 },
    ThemeColor: Object,
    MarkdownString: class {
      readonly value: string;
      constructor(value: string) {
        this.value = value;
      }
    },
    commands: { executeCommand: () => undefined },
    env: { language: 'en' },
    workspace: { asRelativePath: (path: string) => path },
    l10n: {
      t: (text: string, ...args: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
    },
    window: {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showQuickPick: (rows: Record<string, string>[], options: Record<string, string>) => {
        for (const { label, description, detail } of rows) {
          told.push(...[label, description, detail].filter((text) => text !== undefined));
        }
        told.push(options['title'] ?? '', options['placeHolder'] ?? '');
        return Promise.resolve(pressed(rows));
      },
      createQuickPick: () => {
        const never = () => undefined;
        const pick = { items: [] as Record<string, string>[], title: '', placeholder: '' };
        return Object.assign(pick, {
          ...{ onDidAccept: never, dispose: never },
          onDidHide: (listener: () => void) => {
            Object.assign(pick, { hide: listener });
          },
          show: () => {
            for (const { label, description, detail } of pick.items) {
              told.push(...[label, description, detail].filter((text) => text !== undefined));
            }
            told.push(pick.title, pick.placeholder);
            (pick as unknown as { hide: () => void }).hide();
          },
        });
      },
      withProgress: (options: { title: string }, task: (...args: unknown[]) => unknown) => {
        told.push(options.title);
        return task({ report: ({ message: text }: { message: string }) => told.push(text) }, {});
      },
      showOpenDialog: ({ title }: { title: string }) => {
        told.push(title);
        return Promise.resolve();
      },
      createStatusBarItem: () => {
        const item = { show: () => undefined, hide: () => undefined };
        items.push(item);
        return item;
      },
    },
  } as never;
}

const vscode = fakeSurfaces();
translateAs(vscode);

beforeEach(() => {
  told.length = items.length = 0;
  pressed = () => undefined;
});

const faults = () =>
  told.flatMap((text) => faultsOfShown(text).map((fault) => `${fault} in ${text.slice(0, 80)}`));

const failed = (name: string): EngineEvents['failed'] => ({
  row: {
    ...{ key: 'k', sid: 's', name, kind: 'workflow', service: name, outcome: 'failed', code: 5 },
    ...{ beginMs: null, durationMs: null, failing: { nodeId: 'n', name } as never },
    subExecutionCount: 0,
  },
  flow: { uri: 'file:///f.json', name, share: 1, tied: [] },
  ...{ told: 'no', of: null, insteadOf: [] },
});

describe.each(hostileNames)('$what', ({ name }) => {
  test('in a message and on its buttons', async () => {
    await tell(vscode, 'information', name);
    await tell(vscode, 'warning', t('{0} failed at “{1}” ({2}).', name, name, 5), name);
    await tell(vscode, 'error', name);
    expect(faults()).toEqual([]);
    expect(told).toHaveLength(4);
  });

  test('in a list to choose from', async () => {
    await choose(vscode, name, name, [
      { separator: name },
      { label: name, description: name, detail: name, value: 1 },
    ]);
    expect(faults()).toEqual([]);
    expect(told).toHaveLength(6);
    const again = [{ label: name, description: name, detail: name, value: 1 }];
    await chooseFirst(vscode, name, name, [{ separator: name }, ...again]);
    expect(faults()).toEqual([]);
    expect(told.slice(6)).toEqual(told.slice(0, 6));
  });

  test('over progress, a dialog and a document', async () => {
    await withProgress(vscode, t('Reading {0}', name), (report) => {
      report({ increment: 1, message: name });
      return Promise.resolve();
    });
    await askForFiles(vscode, { title: name });
    told.push(documentName(name));
    expect(faults()).toEqual([]);
    expect(documentName(name)).not.toMatch(/[/\\:]/);
  });

  test('as the name of a source', async () => {
    const mark = { name, color: null };
    await chooseSource(vscode, {
      recent: [
        { kind: 'kafka', form: { topic: name, brokers: name } as never },
        { kind: 'files', paths: [`/traces/${name}`] },
      ],
      current: undefined,
      connections: [{ kind: 'kafka', form: { topic: name, brokers: name, mark } as never }],
    });
    // The icons are ours, and stand in front.
    const shown = told.map((text) => text.replace(/^\$\([a-z-]+\) /, ''));
    expect(shown.flatMap(faultsOfShown)).toEqual([]);
  });

  test('in the status bar', () => {
    const source: SourceLabel = { kind: 'kafka', name, detail: name };
    const error: SourceError = { reason: 'unreachable', subject: name, detail: name };
    const states: SourceState[] = [
      { kind: 'connecting' },
      { kind: 'live', lag: 3 },
      { kind: 'reading', doneBytes: 1, totalBytes: 2 },
      { kind: 'retrying', attempt: 1, error },
    ];
    const bar = new StatusBar(vscode);
    const item = items[0] as { text: string; tooltip: { value: string; isTrusted: unknown } };
    for (const state of states) {
      bar.update(source, state);
      expect(item.text).toMatch(/^\$\((?:sync~spin|pulse)\) /);
      expect(faultsOfShown(item.text.replace(/^\$\([a-z~]+\) /, ''))).toEqual([]);
      const { value } = item.tooltip;
      const ours = value.replaceAll(/\[[^\][]+\]\(command:rpaTrace\.\w+\)/g, '');
      expect(ours).not.toMatch(/[[\]<>`]|\(command|https?:\/\/|www\./);
    }
    for (const comesBack of [true, false]) {
      bar.engineLost({ cause: 'exit', detail: name, deaths: 6, comesBack });
      const ours = item.tooltip.value.replace('[Show Log](command:rpaTrace.showLog)', '');
      expect(ours).not.toMatch(/[[\]<>`]|\(command|https?:\/\/|www\./);
    }
  });

  test('in the notification of a failure', async () => {
    const clock = new ManualClock();
    const notifications = new Notifications({
      vscode,
      ...{ notifyFailures: () => 'all' as const, clock },
      panel: { onDidShow: never } as never,
      ...{ revealer: { onDidReveal: never } as never, onDidChangeSource: never },
      sourceOf: () => undefined,
    });
    notifications.take(failed(name));
    clock.advance(1_000);
    await expect.poll(() => told.length).toBe(3);
    expect(faults()).toEqual([]);
    expect(told[0]).toMatch(/failed at “[^]*” \(5\)\.$/);
  });
});

test('answers the button that was pressed, and the value that was chosen', async () => {
  pressed = (buttons) => buttons[1];
  expect(await tell(vscode, 'error', 'a', 'Jump', 'Show [x](command:a)')).toBe(
    'Show [x](command:a)',
  );
  expect(await choose(vscode, 'a', 'b', [{ separator: 'c' }, { label: 'd', value: 'e' }])).toBe(
    'e',
  );
});

describe('a list behind which files are asked for', () => {
  const rows = [{ separator: 'c' }, { label: 'd', value: 'e' }] as const;
  const chosenIn = async (vscode: FakeVscode) => {
    const chosen = await chooseFirst(vscode.api, 'a', 'b', rows, { staysOpen: true });
    const [list] = vscode.quickPicks;
    return { chosen, list, isShown: list?.isShown };
  };

  // What closes gives the focus to what is below it, which may have it only when the next input is there.
  test.each([
    ['in the window of the system', {}, false],
    ['in an input of VS Code', { 'files.simpleDialog.enable': true }, true],
    ['in a browser', { uiKind: 2 }, true],
    ['on another machine', { remoteName: 'ssh' }, true],
  ])('%s', async (_, { uiKind, remoteName, ...settings }: Record<string, unknown>, stays) => {
    const vscode = new FakeVscode();
    Object.assign(vscode.api.env, { uiKind: uiKind ?? 1, remoteName });
    for (const [key, value] of Object.entries(settings)) vscode.set(key, value);
    vscode.pick = () => 1;
    const { chosen, list, isShown } = await chosenIn(vscode);
    expect([chosen?.value, isShown, list?.ignoreFocusOut]).toEqual(['e', stays, true]);
    chosen?.dispose();
    expect(list?.isShown).toBe(false);
  });

  test('is gone where it is dismissed', async () => {
    expect(await chosenIn(new FakeVscode())).toMatchObject({ chosen: undefined, isShown: false });
  });
});

/** An event that never happens. */
const never = () => ({ dispose: () => undefined });

describe('a topic that goes on losing records', () => {
  const removed = (topic: string, ...counts: number[]): EngineEvents['topicNews'] => ({
    ...{ kind: 'removed', topic },
    partitions: counts.map((count, partition) => ({ partition, count })),
  });

  test('opens one notification, and one more with the sum of what came while it was open', async () => {
    const closes: (() => void)[] = [];
    pressed = () => new Promise<undefined>((close) => closes.push(() => close(undefined)));
    const close = async () => {
      const open = closes.length;
      closes.at(-1)?.();
      await new Promise((done) => setImmediate(done));
      return closes.length - open;
    };
    const news = new TopicNews(vscode);
    news.take(removed('t', 1));
    expect(told).toEqual([expect.stringContaining('1 record of the topic “t” was deleted before')]);
    for (let minute = 0; minute < 60; minute++) news.take(removed('t', 2, 1));
    news.take(removed('u', 7));
    news.take({ kind: 'madeAnew', topic: 't' });
    news.take({ kind: 'madeAnew', topic: 't' });
    expect(told).toHaveLength(1);
    expect(await close()).toBe(1);
    expect(told[1]).toMatch(/180 records of the topic “t” .*partition 0: 120, partition 1: 60/);
    expect(await close()).toBe(1);
    expect(told[2]).toMatch(/7 records of the topic “u”/);
    expect(await close()).toBe(1);
    expect(told[3]).toMatch(/“t” was deleted and recreated/);
    expect(await close()).toBe(0);
    news.take(removed('t', 5));
    expect(told[4]).toMatch(/5 records of the topic “t”/);
  });

  test('keeps no more than a few topics waiting', async () => {
    let close: () => void = () => undefined;
    pressed = () => new Promise<undefined>((done) => (close = () => done(undefined)));
    const news = new TopicNews(vscode);
    for (let n = 0; n < 1_000; n++) news.take(removed(`t${String(n)}`, 2));
    pressed = () => undefined;
    close();
    await expect.poll(() => told.length).toBe(21);
    expect(told.at(-1)).toContain('t999');
  });
});

describe('a long name in the status bar', () => {
  const name = `${'orders.'.repeat(35)}last`;
  const error: SourceError = { reason: 'unreachable', subject: 'b', detail: 'd' };
  const batch = { topic: name, partition: 0, offset: '1', lastOffset: '2', bytes: 3, detail: '' };

  test.each<[SourceState, RegExp]>([
    [{ kind: 'connecting' }, /^Connecting to /],
    [{ kind: 'live', lag: 123_456 }, /…, lag 123,456$/],
    [{ kind: 'paused', lag: 1 }, /… paused$/],
    [{ kind: 'stuck', lag: 1, more: 0, batch: { ...batch, fault: 'checksum' } }, /…: stuck$/],
    [{ kind: 'retrying', attempt: 1, error }, /…: connection lost$/],
    [{ kind: 'reading', doneBytes: 1, totalBytes: 2 }, /…: 50% read$/],
    [{ kind: 'failed', error }, /…: failed$/],
  ])('leaves room for the state: $kind', (state, text) => {
    const bar = new StatusBar(vscode);
    const item = items[0] as { text: string; tooltip: { value: string } };
    bar.update({ kind: 'kafka', name, detail: 'broker' }, state);
    expect(item.text.replace(/^\$\([a-z-]+(?:~spin)?\) /, '')).toMatch(text);
    expect(item.text.length).toBeLessThanOrEqual(100);
    // The whole of it is at hand.
    expect(item.tooltip.value).toMatch(/last/);
    bar.update({ kind: 'kafka', name: 'orders', detail: 'broker' }, state);
    expect(item.tooltip.value.match(/orders/g) ?? []).toHaveLength(
      state.kind === 'connecting' ? 1 : 0,
    );
  });
});

describe('a failure that was notified of', () => {
  const files = (path: string): SourceSpec => ({ kind: 'files', paths: [path] });

  test.each<[string, SourceSpec, SourceSpec, boolean]>([
    ['what is read', files('/a'), files('/a'), true],
    ['something else', files('/a'), files('/b'), false],
  ])('is shown from %s: %s', async (_, before, now, isThere) => {
    pressed = (buttons) => buttons[1];
    const clock = new ManualClock();
    let source = before;
    const shown: unknown[] = [];
    const panel = {
      show: () => undefined,
      onDidShow: never,
      emit: (_name: string, what: unknown) => shown.push(what),
    };
    const notifications = new Notifications({
      vscode,
      ...{ clock, notifyFailures: () => 'all' as const },
      ...{ panel: panel as never, revealer: { onDidReveal: never } as never },
      ...{ sourceOf: () => source, onDidChangeSource: never },
    });
    notifications.take(failed('a'));
    clock.advance(1_000);
    source = now;
    await expect.poll(() => told.length + shown.length).toBe(4);
    expect(shown).toHaveLength(isThere ? 1 : 0);
    expect(
      told.includes(
        'This execution belongs to a source that is no longer open. Switch to that source to see it.',
      ),
    ).toBe(!isThere);
  });
});
