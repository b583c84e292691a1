import { expect, test } from 'vitest';
import type { ConnectionForm } from '../../../src/sources/kafka/spec.ts';
import { draftOf, newConnection, withOwnPassword } from '../../../webview/connect/formDraft.ts';
import { aSeed } from '../../webview/panelData.ts';

const form = (
  brokers: string,
  username: string,
  hasPassword: boolean,
  name?: string,
): ConnectionForm => ({
  ...{ ...aSeed().connection, saslMechanism: 'plain', brokers, username, hasPassword },
  ...(name === undefined ? {} : { mark: { name, color: null } }),
});
const known = [
  form('a:1', 'robot', true),
  form('b:1, b:2', 'operator', true, 'production'),
  form('c:1', 'nobody', false, 'test'),
];

test.each<[string, ConnectionForm, boolean]>([
  ['the same brokers and user', form('a:1', 'robot', true), true],
  ['another user', form('a:1', 'somebody', true), false],
  ['other brokers', form('c:1', 'robot', true), false],
  ['those of another connection, with other blanks', form('b:1,b:2', 'operator', false), true],
  ['those of one without a password', form('c:1', 'nobody', true), false],
])('a form has the password that is kept for its brokers and user: %s', (_, draft, expected) => {
  expect(withOwnPassword(draft, known)).toEqual({ ...draft, hasPassword: expected });
});

test('a new connection begins as the one before, without its name', () => {
  const [, production] = known;
  const { form: begun, isNew } = newConnection(draftOf(production!));
  expect([begun.mark, begun.brokers, isNew]).toEqual([undefined, 'b:1, b:2', true]);
  expect(withOwnPassword({ ...begun, brokers: 'd:1' }, known).hasPassword).toBe(false);
});
