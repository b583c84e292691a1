import { expect, test } from 'vitest';
import { hasCode } from '../../../src/base/hasCode.ts';

const gone = Object.assign(new Error('no such file'), { code: 'ENOENT' });

test.each<[string, unknown, boolean]>([
  ['an error with the code', gone, true],
  ['one with another', Object.assign(new Error('held'), { code: 'EPERM' }), false],
  ['one without', new Error('ENOENT'), false],
  ['something thrown that is no error', { code: 'ENOENT' }, false],
  ['nothing', undefined, false],
])('%s', (_, error, has) => {
  expect(hasCode(error, 'ENOENT')).toBe(has);
});
