import { expect, test } from 'vitest';
import { childPath } from '../../../src/find/jsonPath.ts';
import { valuePath } from '../../../src/find/valuePath.ts';

const at = (...keys: string[]) => keys.reduce(childPath, '');

test.each([
  ['', 'result'],
  [at('lines', '0', 'name'), 'result.lines[0].name'],
  [at('单价'), 'result.单价'],
  [at('unit price'), 'result["unit price"]'],
  [at('a/b', '~', 'c"d', '#'), 'result["a/b"]["~"]["c\\"d"]["#"]'],
  [at('1st'), 'result["1st"]'],
  [`${at('raw#')}#${at('token')}`, 'result["raw#"].token'],
])('%s is %s', (path, written) => {
  expect(valuePath('result', path)).toBe(written);
});
