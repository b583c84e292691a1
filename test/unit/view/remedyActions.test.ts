import { describe, expect, test } from 'vitest';

import type { TreeWindow } from '../../../src/protocol/tree.ts';
import type { RemedyId } from '../../../src/diagnosis/remedyIds.ts';
import { remedyAction, requestText } from '../../../src/view/remedyActions.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const node = { nodeId: 'n::1', runKey: 'r', name: 'Save' };
const flow = { uri: 'u', name: 'f', share: 1, tied: [] };
describe('what a remedy does', () => {
  test.each<[RemedyId, unknown]>([
    [
      'raiseNodeTimeout',
      { kind: 'place', name: 'Go to Timeout Setting', place: { part: 'timeout' } },
    ],
    ['watchFlakyStep', { kind: 'place', name: 'Go to Retry Setting', place: { part: 'retry' } }],
    ['checkSelector', { kind: 'place', name: 'Go to Selector', place: { part: 'selector' } }],
    ['fixCode', { kind: 'place', name: 'Go to Line 7', place: { part: 'code', line: 7 } }],
    ['checkNodeSettings', { kind: 'node', name: 'Go to Step' }],
    ['checkAddress', { kind: 'request', name: 'Copy Request' }],
    ['askPlatform', null],
  ])('%s: %o', (remedy, expected) => {
    const finding = { node, codeLine: 7 };
    expect(remedyAction(remedy, finding, { flow, failing: null }, t)).toEqual(expected);
  });

  test('leads to the step where its file sets no such thing', () => {
    const finding = { node };
    const failing = { nodeId: 'n::1' } as NonNullable<TreeWindow['failing']>;
    const leadsTo = (remedy: RemedyId, failingSettings: TreeWindow['failingSettings']) =>
      remedyAction(
        remedy,
        finding,
        { flow, failing, ...(failingSettings && { failingSettings }) },
        t,
      )?.name;
    expect(leadsTo('checkSelector', ['timeout', 'retry'])).toBe('Go to Step');
    expect(leadsTo('raiseNodeTimeout', ['timeout', 'retry'])).toBe('Go to Timeout Setting');
    expect(leadsTo('checkSelector', undefined)).toBe('Go to Selector');
  });

  test('needs what it leads to', () => {
    const finding = { node };
    expect(remedyAction('fixCode', finding, { flow, failing: null }, t)).toMatchObject({
      place: { part: 'code' },
    });
    expect(remedyAction('fixCode', finding, { flow: null, failing: null }, t)).toBeNull();
    expect(
      remedyAction('fixCode', { ...finding, node: null }, { flow, failing: null }, t),
    ).toBeNull();
    const absent = { ...finding, node: { ...node, runKey: null } };
    expect(remedyAction('checkAddress', absent, { flow, failing: null }, t)).toBeNull();
  });
});

test('a request is what the step got and how it was set up', () => {
  const input = [{ name: 'a', value: 1 }] as never;
  const config = [{ name: 'apiKey', value: '••••c3f1' }] as never;
  expect(JSON.parse(requestText('Save', { input, config }))).toEqual({
    ...{ step: 'Save', input: { a: 1 }, config: { apiKey: '••••c3f1' } },
  });
});
