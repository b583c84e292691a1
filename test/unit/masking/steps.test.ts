import { expect, it } from 'vitest';

import { gatherSecrets } from '../../../src/masking/knownSecrets.ts';
import { usualRules } from '../../support/usualRules.ts';

const rows = 20_000;

it.each([
  ['commas', 'name,password\n', (row: number) => `ann${row},Xk9${row}pQ77w\n`],
  ['blanks', 'Name      Password\n', (row: number) => `ann       Xk9${row}pQ77w\n`],
])('a long table of %s is read with pauses, and all its secrets are found', (_, head, line) => {
  const table = head + Array.from({ length: rows }, (_row, row) => line(row)).join('');
  let pauses = 0;
  // More than some hundred secrets are no longer looked for one by one: who finds all of them says so.
  const gather = () => {
    for (const _pause of gatherSecrets([table], usualRules.names)) pauses++;
  };
  expect(gather).toThrow();
  expect(pauses).toBeGreaterThanOrEqual(rows / 1_000 - 1);
});
