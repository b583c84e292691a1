import { describe, expect, test } from 'vitest';

import { linkText, readLink, readLinkText, type TraceLink } from '../../../src/host/link.ts';

const link: TraceLink = {
  ...{ topic: 'spark-agent-builder', partition: 3, offset: '9007199254740993' },
  ...{ sid: 'spf0001@hf1', nodeId: 'rpa::3f9d-2b1a', path: 'output.lines[0]["unit price"]' },
  ...{ run: '0f3a', at: { section: 'input', entry: 12 } },
};
const toExecution = { nodeId: null, run: null, path: null, at: null };

/** As VS Code does it: the query is handed over decoded once. */
function handedOver(text: string) {
  const { pathname, search } = new URL(text.replace(/^[\w+.-]+:/, 'http:'));
  return readLink(pathname, decodeURIComponent(search.slice(1)));
}

describe('a link', () => {
  test.each<readonly [string, Partial<TraceLink>]>([
    ['to a value', {}],
    ['to an execution', toExecution],
    ['to a run of a step', { path: null, at: null }],
    ['to a step', { ...toExecution, nodeId: link.nodeId }],
    ['to a value wherever it stands', { run: null, at: null }],
    [
      'with signs of its own in its parts',
      { sid: 'a&b=c%26#d?/e', nodeId: 'n&topic=x', path: 'p["=&%"]' },
    ],
    ['in Chinese', { nodeId: '节点::一', path: '输出.总额' }],
    ['without a sid', { sid: '' }],
  ])('%s is read as it was written, handed over or pasted', (_, parts) => {
    const given = { ...link, ...parts };
    const text = linkText(given, 'vscode-insiders');
    expect(text).toMatch(/^vscode-insiders:\/\/rpa-trace\.rpa-trace\/open\?topic=/);
    expect(readLinkText(`  ${text}\n`)).toEqual({ ok: true, value: given });
    expect(handedOver(text)).toEqual({ ok: true, value: given });
  });

  test.each<readonly [string, Partial<TraceLink>, Partial<TraceLink>]>([
    ['a value', { path: '值'.repeat(300) }, { path: null, at: null }],
    ['a node and its value', { nodeId: '节'.repeat(290) }, toExecution],
    ['a node', { sid: '号'.repeat(199), nodeId: '节'.repeat(90) }, toExecution],
  ])('is never longer than one that is opened: %s is left out', (_, parts, left) => {
    const given = { ...link, ...parts };
    const text = linkText(given, 'vscode');
    expect(readLinkText(text)).toEqual({ ok: true, value: { ...given, ...left } });
    expect(handedOver(text)).toEqual({ ok: true, value: { ...given, ...left } });
  });

  test('leaves out what would be refused', () => {
    const sid = 'a\u202eb';
    const read = readLinkText(linkText({ ...link, sid, path: 'x'.repeat(501) }, 'vscode'));
    expect(read).toEqual({ ok: true, value: { ...link, sid: '', path: null, at: null } });
    const without = linkText({ ...link, nodeId: 'x'.repeat(301) }, 'vscode');
    expect(readLinkText(without)).toMatchObject({ value: toExecution });
  });
});

const record = 'topic=t&partition=0&offset=1';

test('a link of before is read as it was meant', () => {
  expect(readLink('/open', `${record}&sid=a&node=n&path=o.p`)).toMatchObject({
    value: { nodeId: 'n', path: 'o.p', run: null, at: null },
  });
});

describe('a link is refused', () => {
  test.each([
    ['of another path', '/other', record, 'noLink'],
    ['without parts', '/open', '', 'unknownPart'],
    ['with a part that is not known', '/open', `${record}&brokers=evil:9092`, 'unknownPart'],
    ['with a part of an object', '/open', `${record}&__proto__=1`, 'unknownPart'],
    ['with a command', '/open', `${record}&command=workbench.action.quit`, 'unknownPart'],
    ['with a section that is not known', '/open', `${record}&section=x&entry=0`, 'unknownPart'],
    ['with an entry of no section', '/open', `${record}&entry=0`, 'unknownPart'],
    ['with half an entry', '/open', `${record}&section=input&entry=-1`, 'unknownPart'],
    ['with a part twice', '/open', `${record}&topic=u`, 'broken'],
    ['with half an encoding', '/open', `${record}&sid=%E4%BD`, 'broken'],
    ['with a line break', '/open', `${record}&sid=a%0Ab`, 'hiddenSigns'],
    ['with a control character', '/open', `${record}&sid=a%00`, 'hiddenSigns'],
    ['with a sign of direction', '/open', `${record}&node=a%E2%80%AEb`, 'hiddenSigns'],
    ['with a zero-width sign', '/open', `${record}&path=a%E2%80%8Bb`, 'hiddenSigns'],
    ['without an offset', '/open', 'topic=t&partition=0', 'noRecord'],
    ['with an offset below 0', '/open', 'topic=t&partition=0&offset=-1', 'noRecord'],
    [
      'with an offset beyond any',
      '/open',
      `topic=t&partition=0&offset=${'9'.repeat(20)}`,
      'tooLong',
    ],
    [
      'with an offset that is no 64 bits',
      '/open',
      'topic=t&partition=0&offset=9223372036854775808',
      'noRecord',
    ],
    ['with an offset as nobody writes it', '/open', 'topic=t&partition=0&offset=01', 'noRecord'],
    ['with a partition beyond any', '/open', 'topic=t&partition=2147483648&offset=1', 'noRecord'],
    ['with an icon as the topic', '/open', 'topic=$(x)&partition=0&offset=1', 'badTopic'],
    ['with an address as the topic', '/open', 'topic=evil:9092/t&partition=0&offset=1', 'badTopic'],
    [
      'with a topic beyond any',
      '/open',
      `topic=${'t'.repeat(250)}&partition=0&offset=1`,
      'tooLong',
    ],
    ['that is absurdly long', '/open', `${record}&sid=${'%41'.repeat(5_000)}`, 'tooLong'],
  ])('%s', (_, path, query, fault) => {
    expect(readLink(path, query)).toEqual({ ok: false, error: fault });
  });

  test.each([
    ['', 'noLink'],
    ['https://example.com/open?topic=t', 'noLink'],
    ['vscode://other.extension/open?topic=t&partition=0&offset=1', 'noLink'],
    ['command:workbench.action.quit', 'noLink'],
    ['vscode://rpa-trace.rpa-trace/open?topic=%', 'broken'],
    [`vscode://rpa-trace.rpa-trace/open?${'a'.repeat(1_000_000)}`, 'tooLong'],
  ])('pasted: %.60s', (text, fault) => {
    expect(readLinkText(text)).toEqual({ ok: false, error: fault });
  });
});
