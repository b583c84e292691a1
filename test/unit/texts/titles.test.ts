import { describe, expect, test } from 'vitest';
import { isRawId } from '../../../src/texts/rawId.ts';
import {
  executionName,
  executionTitle,
  flowTitle,
  nodeTitle,
  rowName,
  rowTitle,
} from '../../../src/texts/titles.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

test.each([
  ['1958443321', true],
  ['7379450201923928067', true],
  ['3f9d2b1a-0c4e-4f70-8a91-1c2d3e4f5a55', true],
  ['5f2b8c1d9e0a4b7c', true],
  ['tool@8f21c3', true],
  ['rpa::4e84d6fa-8091-42a3-9dc4-4f5a6b7c8d88', true],
  ['spf009c0011@hf1a2094e6dfa0009782', true],
  ['01ARZ3NDEKTSV4RRFFQ69G5FAV', true],
  ['', false],
  ['invoice-entry', false],
  ['invoice-2026-11-28', false],
  ['Q3-report-2026-v2', false],
  ['vendorOnboarding2', false],
  ['ocr', false],
  ['2026', false],
  ['deadbeefcafe', false],
  ['robot@office', false],
  ['批量录单', false],
  ['录单 20261128', false],
  ['https://mcp.example/sse', false],
  ['1'.repeat(200), false],
])('an id that says nothing to people: %s, %s', (text, isOne) => {
  expect(isRawId(text)).toBe(isOne);
});

describe('a heading is a name, never an id', () => {
  test.each([
    ['its own', { name: 'Click save', type: 'rpa' }, 'Click save', ''],
    ['that of its type', { name: '', type: 'rpa' }, 'RPA robot', ''],
    ['the type as it is', { name: '', type: 'a-new-type' }, 'a-new-type', ''],
    ['a word for all', { name: '', type: '' }, 'Step', ''],
    ['what it is, and its id', { name: '1958443321', type: 'rpa' }, 'RPA robot', '1958443321'],
    [
      'what was called, and its id',
      { name: '1958443321', type: 'rpa-server', execution: 'rpa/a', executionKind: 'rpa' as const },
      ...(['RPA robot', '1958443321'] as const),
    ],
    [
      'the name of what was called',
      { name: 'ocr', type: 'aitools', execution: 'aitools/a', executionKind: 'aitools' as const },
      ...(['ocr', ''] as const),
    ],
  ])('of a step: %s', (_name, row, name, id) => {
    expect(rowTitle(row, t)).toEqual({ name, id });
    expect(rowName(row, t)).toBe(id === '' ? name : `${name} ${id}`);
  });

  test.each([
    ['that of the flow', 'invoice-entry', 'workflow', 'workflow', 'invoice-entry', ''],
    ['none but its service', 'workflow', 'workflow', 'workflow', 'Workflow', ''],
    ['none', '', 'rpa', 'rpa-server', 'RPA robot', ''],
    [
      'the id of a flow',
      '7379450201923928067',
      'workflow',
      'workflow',
      'Workflow',
      '7379450201923928067',
    ],
    ['the id of a project', '1958443321', 'rpa', 'rpa-server', 'RPA robot', '1958443321'],
    ['the id of a tool', 'tool@8f21c3', 'link', 'spark-link', 'Tool call', 'tool@8f21c3'],
    ['that of a tool', 'ocr', 'aitools', 'aitools', 'ocr', ''],
    ['the id of an agent', '88102345', 'agent', 'Agent', 'Agent', '88102345'],
    [
      'an id, of a service that we know nothing of',
      '88102345',
      'other',
      'newcomer',
      'newcomer',
      '88102345',
    ],
    ['nothing at all', '', 'other', '', 'Execution', ''],
  ] as const)('of an execution: %s', (_name, name, kind, service, word, id) => {
    expect(executionTitle({ name, kind, service }, t)).toEqual({ name: word, id });
    expect(executionName({ name, kind, service }, t)).toBe(id === '' ? word : `${word} ${id}`);
  });

  test.each([
    ['its own', { name: 'Entry', flow: '7379450201' }, 'workflow', 'Entry', ''],
    ['none, of a robot', { name: '', flow: '1958443321' }, 'rpa', 'RPA robot', '1958443321'],
    ['none, of what nobody knows', { name: '', flow: '1958443321' }, null, 'Flow', '1958443321'],
    ['an id that reads as one', { name: '', flow: 'invoice-entry' }, null, 'invoice-entry', ''],
  ] as const)('of a flow: %s', (_name, flow, kind, word, id) => {
    expect(flowTitle(flow, kind, t)).toEqual({ name: word, id });
  });

  test.each([
    ['its own', { name: 'Save', nodeId: 'rpa::1' }, 'Save', ''],
    ['its type', { name: '', nodeId: 'rpa::1' }, 'RPA robot', 'rpa::1'],
    ['a node', { name: '', nodeId: 'n' }, 'Node', 'n'],
    ['nobody knows', { name: '', nodeId: null }, 'an unknown node', ''],
  ])('of a node: %s', (_name, node, word, id) => {
    expect(nodeTitle(node, t)).toEqual({ name: word, id });
  });
});
