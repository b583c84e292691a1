import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { revealValue } from '../../../src/decode/revealValue.ts';
import { textsWithin } from '../../../src/decode/textsWithin.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import type { ValuePlace } from '../../../src/trace/valuePlace.ts';
import { recordOf, recordWith } from '../../support/fixtures.ts';

const rules = createRedactionRules();
const entry = (id: string, token: string) => ({
  ...{
    id,
    node_id: `rpa::${id}`,
    node_name: 'Login',
    node_type: 'rpa',
    start_time: 1,
    duration: 1,
  },
  data: { input: { login: { token, steps: ['a', { b: token }] } }, output: {}, config: {} },
  logs: ['done'],
});
const execution = (tokens: readonly string[]) =>
  recordWith({
    ...{ sid: 'spf1', sub: 'workflow', question: '{"q":1}', answer: 'A' },
    ...{ start_time: 1, end_time: 2, duration: 1, status: { code: 0, message: '' } },
    trace: tokens.map((token, index) => entry(String(index), token)),
  });

describe('the mark of a value', () => {
  const record = execution(['EXAMPLE-aaa', 'EXAMPLE-aaa', 'EXAMPLE-bbb']);
  const opened = openRecord(record, rules);
  const keys = opened.execution().runs.map(({ key }) => key);
  const at = (run: number, path: readonly (string | number)[], parts: Partial<ValuePlace> = {}) =>
    opened.markOfValue(keys[run] ?? '', { section: 'input', index: 0, ...parts }, path);

  it('is the same for the same value, here and in another record, and tells nothing of it', () => {
    expect(at(0, ['token'])).toBeDefined();
    expect(at(0, ['token'])).toBe(at(1, ['token']));
    expect(at(0, ['token'])).toBe(at(1, ['steps', 1, 'b']));
    expect(at(0, ['token'])).not.toBe(at(2, ['token']));
    expect(at(0, ['token'])).not.toContain('aaa');
    const other = openRecord(execution(['EXAMPLE-aaa']), rules);
    const [key = ''] = other.execution().runs.map((run) => run.key);
    expect(other.markOfValue(key, { section: 'input', index: 0 }, ['token'])).toBe(
      at(0, ['token']),
    );
  });

  it.each<[string, readonly (string | number)[], Partial<ValuePlace>]>([
    ['a name that is not there', ['nobody'], {}],
    ['a way through a text', ['token', 'length'], {}],
    ['a way through what every object has', ['constructor'], {}],
    ['a place behind the last', [], { index: 9 }],
    ['an id', [], { section: 'id' }],
    ['a message', [], { section: 'message' }],
    ['a log behind the last', [], { section: 'logs', index: 9 }],
  ])('is none for %s', (_, path, parts) => {
    expect(at(0, path, parts)).toBeUndefined();
  });

  it('is of the execution itself, too; of a run that is not there it is none', () => {
    const own = (section: ValuePlace['section']) =>
      opened.markOfValue(null, { section, index: 0 }, []);
    for (const section of ['input', 'output', 'name', 'id'] as const) {
      expect([section, typeof own(section)]).toEqual([section, 'string']);
    }
    for (const section of ['config', 'logs', 'message'] as const) {
      expect([section, own(section)]).toEqual([section, undefined]);
    }
    expect(opened.markOfValue('gone', { section: 'input', index: 0 }, [])).toBeUndefined();
  });
});

it('of a record that can’t be read, and of a run that is not there, nothing is revealed', () => {
  const place = { section: 'input', index: 0 } as const;
  const broken = { ...recordOf('02-'), value: new TextEncoder().encode('no json') };
  expect(revealValue(broken, rules, null, place)).toBeUndefined();
  expect(revealValue(recordOf('02-'), rules, 'gone', place)).toBeUndefined();
});

describe('records within a text', () => {
  it.each<[string, string, readonly string[]]>([
    ['in a line of a log', 'INFO {"sid":"a"} done', ['{"sid":"a"}']],
    ['in quotes', 'msg="{\\"sid\\":\\"a\\"}"', ['{"sid":"a"}']],
    ['with escaped quotes', 'x {\\"sid\\":\\"a\\"} y', ['{"sid":"a"}']],
    ['printed by Python', "got {'sid': 'a', 'n': None}", ['{"sid":"a","n":null}']],
    ['as bytes of Python', 'got b\'{"sid":"a"}\'', ['{"sid":"a"}']],
    ['in a page', 'x {&quot;sid&quot;:&quot;a&quot;}', ['{"sid":"a"}']],
    ['in an address', '?q=%7B%22sid%22%3A%22a%22%7D', ['{"sid":"a"}']],
    ['in an address with what is no text', '?q=%7B%22sid%22%3A%22%FF%22%7D', []],
    ['of Python that is none', "got {'sid': nobody said}", []],
    ['that break off', 'INFO {"sid":"a', []],
    ['in quotes that break off', "x '{ 'sid", []],
    ['with escaped quotes that break off', 'x {\\"sid', []],
    ['that are others', 'INFO {"name":"a"} {"sid":"b"}', ['{"sid":"b"}']],
    ['behind too many others', `${'{"a":1} '.repeat(40)}{"sid":"b"}`, []],
  ])('%s', (_, text, found) => {
    expect([...textsWithin(text)]).toEqual(found);
  });
});
