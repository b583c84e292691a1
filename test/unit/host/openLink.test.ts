import { beforeEach, describe, expect, test } from 'vitest';

import { copyLink } from '../../../src/host/copyLink.ts';
import type { Desk } from '../../../src/host/desk.ts';
import { handOnCommands, registerLinks } from '../../../src/host/handOnCommands.ts';
import { commandIds } from '../../../src/host/ids.ts';
import type { FoundPlace } from '../../../src/protocol/find.ts';
import type { LinkedExecution } from '../../../src/protocol/handOn.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { ScriptedEngine } from '../../support/scriptedEngine.ts';

const formOf = (brokers: string, topic: string, name?: string) => ({
  ...{ brokers, topic, start: { kind: 'latest' }, tls: false, caFile: '', hasPassword: false },
  ...{ saslMechanism: 'none', username: '' },
  ...(name === undefined ? {} : { mark: { name, color: null } }),
});
const kafka = (topic: string) =>
  ({ kind: 'kafka', topic, connection: { brokers: ['a:1'] }, start: { kind: 'latest' } }) as never;

let vscode: FakeVscode;
let engine: ScriptedEngine;
let told: unknown[];
let reopened: unknown[];
let answer: LinkedExecution;
let linkedTo: FoundPlace | null;
let input: string | undefined;
let faults: (string | null)[];
const linked: FoundPlace = {
  ...{ row: 'r', nodeId: 'n::1', name: 'N', type: 'n', path: 'output.total' },
  match: {
    ...{ section: 'output', entry: 'output:output:', path: '/total' },
    ...{ part: 'value', offset: 0, length: 2 },
  },
};
const session = {
  shown: undefined as SourceSpec | undefined,
  ...{ hasSource: true, recent: [] as unknown[], connections: [] as unknown[] },
  form: () => Promise.resolve(formOf('a:1', 'other')),
  reopen: (source: { form: { topic: string } }) => {
    reopened.push(source);
    session.shown = kafka(source.form.topic);
    return Promise.resolve();
  },
};
const panel = {
  show: () => undefined,
  emit: (...args: unknown[]) => told.push(args),
  say: (sentence: string) => told.push(sentence),
};

function world() {
  const desk = { ...panel, engine: engine.client, selection: { key: 'k' }, saving } as unknown;
  const all = { vscode: vscode.api, engine: engine.client, session, panel, desk: () => desk };
  return { ...all, log: () => undefined } as unknown as Parameters<typeof registerLinks>[0];
}
const saved: unknown[] = [];
const saving = { executions: (...args: unknown[]) => Promise.resolve(void saved.push(args)) };

beforeEach(() => {
  vscode = new FakeVscode();
  engine = new ScriptedEngine(new ManualClock());
  told = [];
  reopened = [];
  faults = [];
  answer = { kind: 'found', key: 'workflow/a' };
  Object.assign(session, { shown: kafka('t'), hasSource: true, recent: [], connections: [] });
  engine.answers.openRecord = () => answer;
  linkedTo = linked;
  engine.answers.linkedPlace = () => linkedTo;
  Object.assign(vscode.api.window, {
    showInputBox: ({ validateInput }: { validateInput: (typed: string) => string | null }) => {
      faults.push(validateInput(input ?? ''));
      return Promise.resolve(input);
    },
  });
});

const open = async (
  query = 'topic=t&partition=2&offset=7&sid=a&node=n%3A%3A1&path=output.total',
) => {
  const links = registerLinks(world());
  await vscode.uriHandler?.handleUri({ path: '/open', query } as never);
  links.dispose();
  expect(vscode.uriHandler).toBeUndefined();
};
const texts = () => vscode.shown.map(({ text }) => text);

describe('opening a link', () => {
  test('of the topic that is read asks nothing, and shows node and value', async () => {
    await open();
    expect(engine.askedFor('openRecord')).toEqual([
      { position: { topic: 't', partition: 2, offset: '7' }, sid: 'a' },
    ]);
    const value = { key: 'workflow/a', nodeId: 'n::1', path: 'output.total', run: null, at: null };
    expect(engine.askedFor('linkedPlace')).toEqual([value]);
    const { match } = linked;
    expect(told).toEqual([['select', { key: 'workflow/a', nodeId: 'n::1', rowKey: 'r', match }]]);
    linkedTo = null;
    told = [];
    await open();
    expect(told).toEqual([
      ['select', { key: 'workflow/a', nodeId: 'n::1', rowKey: null }],
      'The link points to the value output.total, which doesn’t exist.',
    ]);
    expect(vscode.shown).toEqual([]);
  });

  test('of one of several runs, and of one of several values, shows that one', async () => {
    await open('topic=t&partition=2&offset=7&node=n&run=r2&path=o&section=input&entry=3');
    const at = { section: 'input', entry: 3 };
    const value = { key: 'workflow/a', nodeId: 'n', run: 'r2', path: 'o', at };
    expect(engine.askedFor('linkedPlace')).toEqual([value]);
    linkedTo = { ...linked, match: null };
    told = [];
    await open('topic=t&partition=2&offset=7&node=n&run=r2');
    expect(told).toEqual([['select', { key: 'workflow/a', nodeId: 'n', rowKey: 'r' }]]);
  });

  test('connects to a source that there is after a question that shows every part', async () => {
    session.shown = undefined;
    session.recent = [{ kind: 'kafka', form: formOf('b:1', 't') }, { kind: 'sample' }];
    const details: unknown[] = [];
    vscode.press = ({ buttons }) => buttons[0];
    const { window } = vscode.api;
    const ask = window.showWarningMessage.bind(window);
    Object.assign(window, {
      showWarningMessage: (...args: Parameters<typeof ask>) => {
        details.push(args[1]);
        return ask(...args);
      },
    });
    await open();
    expect(texts()).toEqual([
      expect.stringMatching(/^Switch to “t” \(b:1\) and open this execution\?\n/),
    ]);
    expect(details).toEqual([
      {
        modal: true,
        detail: 'Topic: t · Partition: 2 · Offset: 7 · Sid: a · Node: n::1 · Value: output.total',
      },
    ]);
    expect(reopened).toEqual([session.recent[0]]);
    expect(told).toHaveLength(1);
  });

  test('stays where it is when the reader says no', async () => {
    session.shown = undefined;
    session.recent = [{ kind: 'kafka', form: formOf('b:1', 't') }];
    await open();
    expect([reopened, told, engine.asked]).toEqual([[], [], []]);
  });

  test('lets the reader choose among several connections to the topic', async () => {
    session.shown = kafka('other');
    session.connections = [
      { kind: 'kafka', form: formOf('b:1', 't', 'test') },
      { kind: 'kafka', form: formOf('c:1', 't', 'production') },
    ];
    session.recent = [session.connections[0]];
    vscode.press = ({ buttons }) => buttons[0];
    const offered: string[][] = [];
    vscode.pick = (rows) => {
      offered.push(rows.map(({ label }) => label));
      return 1;
    };
    await open();
    expect(offered).toEqual([['$(plug) test', '$(plug) production']]);
    expect(reopened).toEqual([session.connections[1]]);
    vscode.pick = () => undefined;
    session.shown = undefined;
    await open();
    expect(reopened).toHaveLength(1);
  });

  test('never brings a connection along: the reader enters it', async () => {
    session.shown = undefined;
    vscode.press = () => 'Connect to Kafka…';
    await open();
    expect(texts()).toEqual([
      expect.stringMatching(
        /^None of your connections reads this topic\..*Topic: t · Partition: 2/,
      ),
    ]);
    expect(vscode.executed).toEqual([[commandIds.connect]]);
    expect([reopened, engine.asked]).toEqual([[], []]);
  });

  test.each<readonly [LinkedExecution['kind'], RegExp]>([
    ['otherSource', /isn’t being read any more/],
    ['gone', /no longer has the record/],
    ['otherRecord', /Another execution is at this position/],
    ['unreadable', /can’t be read as an execution/],
    ['noRoom', /older than what is kept/],
  ])('says why nothing is opened: %s', async (kind, sentence) => {
    answer = { kind } as LinkedExecution;
    await open();
    expect(texts()).toEqual([expect.stringMatching(sentence)]);
    expect(told).toEqual([]);
  });

  test('says what goes wrong', async () => {
    engine.answers.openRecord = () => Promise.reject(new Error('broker b:1 is away'));
    await open();
    expect(texts()).toEqual(['broker b:1 is away']);
  });

  test.each([
    ['a=b', 'has parts that this version doesn’t support'],
    ['topic=t&partition=0&offset=1&sid=%0a', 'it contains invisible characters'],
    ['topic=t&topic=t', 'it is damaged'],
    ['topic=t', 'it names no record'],
    ['topic=!&partition=0&offset=1', 'it names a topic that can’t exist'],
    [`topic=${'t'.repeat(4_000)}`, 'it is longer than any'],
  ])('refuses a hostile one with a sentence: %.40s', async (query, sentence) => {
    await open(query);
    expect(texts()).toEqual([expect.stringContaining(sentence)]);
    expect(engine.asked).toEqual([]);
  });

  test('is a command as well, which judges while it is typed', async () => {
    const commands = handOnCommands(world());
    for (input of [undefined, 'no link', '']) await commands[commandIds.openLink]();
    input = 'vscode://rpa-trace.rpa-trace/open?topic=t&partition=2&offset=7';
    await commands[commandIds.openLink]();
    expect(faults).toEqual([
      null,
      'This isn’t a link to an execution. Copy one with “Copy Link”.',
      null,
      null,
    ]);
    expect(told).toEqual([['select', { key: 'workflow/a', nodeId: null, rowKey: null }]]);
  });
});

describe('copying a link', () => {
  const position = { topic: 't', partition: 2, offset: '7' };
  const copy = async (context: unknown, shown: SourceSpec | undefined, sid = 'a') => {
    engine.answers.ask = () =>
      ({ result: { ok: true, answer: { position, summary: { sid } } } }) as never;
    await copyLink(vscode.api, { desk: world().desk(), shown }, context);
    return vscode.clipboard;
  };

  test.each([
    [{ executionKey: 'k' }, 'topic=t&partition=2&offset=7&sid=a'],
    [{ executionKey: 'k', nodeId: 'n' }, 'topic=t&partition=2&offset=7&sid=a&node=n'],
    [{ nodeId: 'n', valuePath: 'o.p' }, 'topic=t&partition=2&offset=7&sid=a&node=n&path=o.p'],
    [
      { nodeId: 'n', rowKey: 'r2', valuePath: 'o', valueSection: 'input', valueEntry: '3' },
      'topic=t&partition=2&offset=7&sid=a&node=n&run=r2&path=o&section=input&entry=3',
    ],
    [{ nodeId: 'n', rowKey: 'r2' }, 'topic=t&partition=2&offset=7&sid=a&node=n&run=r2'],
    [undefined, 'topic=t&partition=2&offset=7&sid=a'],
  ])('of what was clicked: %j', async (context, query) => {
    expect(await copy(context, kafka('t'))).toBe(`vscode://rpa-trace.rpa-trace/open?${query}`);
    expect(told).toEqual(['Link copied. Opening it requires a connection to the topic “t”.']);
  });

  test('leaves out a masked sid, for its mark is another one in each window', async () => {
    expect(await copy(undefined, kafka('t'), '••••1a2b')).not.toContain('sid');
  });

  test('of what is no record of a topic offers a file', async () => {
    vscode.press = ({ buttons }) => buttons[0];
    expect(await copy(undefined, { kind: 'sample' })).toBe('');
    expect(saved).toEqual([[{ kind: 'execution', key: 'k' }, 'rpatrace']]);
    vscode.press = () => undefined;
    expect(await copy(undefined, undefined)).toBe('');
    expect(saved).toHaveLength(1);
  });

  test('is offered of the window’s topic, not in the editor of a file', async () => {
    engine.answers.ask = () =>
      ({ result: { ok: true, answer: { position, summary: { sid: 'a' } } } }) as never;
    const all = world();
    await handOnCommands(all)[commandIds.copyLink](undefined);
    expect(vscode.clipboard).toContain('topic=t');
    vscode.clipboard = '';
    const other = { ...all.desk(), engine: { call: all.engine.call } } as unknown as Desk;
    await handOnCommands({ ...all, desk: () => other })[commandIds.copyLink](undefined);
    expect(vscode.clipboard).toBe('');
  });
});
