import { expect, it } from 'vitest';

import { recordWith } from '../../support/fixtures.ts';
import { engineParts } from './world.ts';

const of = (n: number) =>
  recordWith(
    {
      sid: `spf0097000${n}@hf1a2094e36ee0009782`,
      sub: 'workflow',
      status: { code: 0, message: '' },
      answer: 'x',
      trace: [
        {
          ...{ id: 'a', node_id: 'rpa::1', next_log_ids: ['b'], running_status: n === 1 },
          data: { input_vars: [JSON.stringify({ name: 'run', value: String(n) })] },
        },
        { id: 'b', node_id: 'node-end::1', running_status: true, data: {} },
      ],
    },
    { offset: String(n) },
  );

it('log ids that come again in another execution stay those of their own', async () => {
  const { take, list, tree } = engineParts();
  take([of(1), of(2)]);
  const entries = list.ofScope({ kind: 'all' });
  const shown = await Promise.all(
    [...entries].map(async ({ summary }) => {
      const content = await tree.inspect(summary.key, 'a');
      return content.kind === 'node'
        ? [content.row.status, content.data.input[0]?.value]
        : content.kind;
    }),
  );
  expect(shown.toSorted()).toStrictEqual([
    ['recovered', '2'],
    ['succeeded', '1'],
  ]);
});
