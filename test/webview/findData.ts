import type { FindAnswer, FindHit, FindQuery } from '../../src/protocol/find.ts';
import type { LineageAnswer, LineageQuery, LineageStep } from '../../src/protocol/lineage.ts';

const step = { nodeId: 'rpa::save', name: 'Click save', type: 'rpa' };

/** What is found of a word that the failing step holds: in a value, in a list, in a log, in the execution itself. */
const someFound: readonly FindHit[] = [
  {
    ...{ row: 'start', nodeId: 'node-start::1', name: 'Start', type: 'node-start' },
    ...{ match: null, path: '', before: '', found: 'Start', after: '' },
  },
  {
    ...{ ...step, row: 'save', path: 'invoice.vendor' },
    match: {
      ...{ section: 'input', entry: 'input:invoice:', path: '/vendor', part: 'value' },
      ...{ offset: 2, length: 2 },
    },
    ...{ before: '合肥', found: '启明', after: '办公' },
  },
  {
    ...{ ...step, row: 'save', path: 'invoice.lines[1].item' },
    match: {
      ...{ section: 'input', entry: 'input:invoice:', path: '/lines/1/item', part: 'value' },
      ...{ offset: 0, length: 5 },
    },
    ...{ before: '', found: 'Toner', after: '' },
  },
  {
    ...{ ...step, row: 'save', path: '' },
    match: {
      ...{ section: 'logs', entry: '7', path: '', part: 'value', offset: 22, length: 7 },
    },
    before: 'Node execution failed(',
    ...{
      found: 'element',
      after: ' not found: #btnSave) and a long text that goes on and on behind it',
    },
  },
  {
    ...{ row: null, nodeId: '', name: '', type: '', path: 'question' },
    match: {
      ...{
        section: 'input',
        entry: 'input:question:',
        path: '',
        part: 'value',
        offset: 0,
        length: 5,
      },
    },
    ...{ before: '', found: 'enter', after: ' the invoice' },
  },
];

/** All of it, as a search that is done tells it. */
export function someHits(query: FindQuery, parts: Partial<FindAnswer> = {}): FindAnswer {
  return {
    ...{ query, total: someFound.length, rows: 3, start: 0, hits: someFound },
    ...{ state: 'done', share: 1, unread: 0, stored: null, longestSure: null, fault: null },
    ...parts,
  };
}

/** A value that came from one of two, with a step of each way in which it may be known. */
export function aWay(query: LineageQuery): LineageAnswer {
  const at = (
    row: string,
    name: string,
    section: LineageQuery['section'],
    link: LineageStep['link'],
  ): LineageStep => ({
    ...{ row, nodeId: `rpa::${row}`, name, type: 'rpa', path: 'invoice.no' },
    match: {
      ...{ section, entry: `${section}:invoice:`, path: '/no', part: 'value' },
      ...{ offset: 0, length: 9 },
    },
    ...{ value: 'INV-20391', link },
    asked: { ...query, row, section, path: '/no', direction: section === 'input' ? 'from' : 'to' },
  });
  return {
    ...{ query, end: 'ambiguous', more: 0 },
    steps: [
      at('save', 'Click save', 'input', null),
      at('loop', 'For each invoice', 'output', { how: 'observed', by: 'reference', isSame: true }),
      at('loop', 'For each invoice', 'input', { how: 'inferred', by: 'within', isSame: true }),
    ],
    candidates: ['start', 'read'].map((row) =>
      at(row, `A step called ${row}`, 'output', { how: 'ambiguous', by: 'value', isSame: true }),
    ),
  };
}
