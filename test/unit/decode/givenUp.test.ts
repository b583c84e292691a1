import { expect, test } from 'vitest';
import { aRecord } from '../../support/builders.ts';
import { decodeExecution } from '../../support/decoded.ts';

interface Entry {
  readonly id: string;
  readonly parent?: string;
  readonly round?: number;
  readonly failed?: true;
  readonly next?: readonly string[];
}

/** The statuses of the entries of a flow that went well, in their order. */
function statuses(entries: readonly Entry[]): readonly string[] {
  const trace = entries.map(({ id, parent, round, failed, next = [] }) => ({
    ...{ id, node_id: id, next_log_ids: next, running_status: failed !== true },
    ...{ start_time: 1, end_time: 2 },
    data: { config: round === undefined ? {} : { iteration_index: round } },
    ...(parent !== undefined && { parent_log_id: parent }),
  }));
  const root = {
    sub: 'workflow',
    sid: 's',
    flow_id: 'f',
    answer: '{}',
    status: { code: 0 },
    trace,
  };
  const value = new TextEncoder().encode(JSON.stringify(root));
  const runs = decodeExecution(aRecord({ value })).runs;
  return runs.map(({ key, status, parent }) => `${key} ${status}${parent ? ` in ${parent}` : ''}`);
}

test.each<[string, readonly Entry[], readonly string[]]>([
  [
    'in its round',
    [{ id: 'a', parent: 'each', round: 1, failed: true }, { id: 'each' }],
    ['a failed in each', 'each succeeded'],
  ],
  [
    'below its round',
    [
      { id: 'b', parent: 'a', failed: true },
      { id: 'a', parent: 'each', round: 1, failed: true },
      { id: 'each' },
    ],
    ['b failed in a', 'a failed in each', 'each succeeded'],
  ],
  [
    'but caught below it',
    [{ id: 'b', parent: 'a', failed: true }, { id: 'a', parent: 'each', round: 1 }, { id: 'each' }],
    ['b recovered in a', 'a succeeded in each', 'each succeeded'],
  ],
  [
    'but followed',
    [
      { id: 'a', parent: 'each', round: 1, failed: true, next: ['c'] },
      { id: 'c', parent: 'each', round: 1 },
      { id: 'each' },
    ],
    ['a recovered in each', 'c succeeded in each', 'each succeeded'],
  ],
  [
    'outside of any round',
    [{ id: 'a', parent: 'b', failed: true }, { id: 'b' }],
    ['a recovered in b', 'b succeeded'],
  ],
  [
    'in a circle',
    [
      { id: 'a', parent: 'b', failed: true },
      { id: 'b', parent: 'a', failed: true },
      { id: 'c', parent: 'c', failed: true },
    ],
    ['a recovered in b', 'b recovered in a', 'c recovered in c'],
  ],
  [
    'of a writer that names no entry around it',
    [{ id: 'a', round: 1, failed: true }, { id: 'each' }],
    ['a recovered', 'each succeeded'],
  ],
])('what failed %s', (_name, entries, expected) => {
  expect(statuses(entries)).toEqual(expected);
});
