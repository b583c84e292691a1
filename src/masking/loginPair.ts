import { maskMark, maskSecret } from './maskSecret.ts';
import { looksMade } from './secretSpan.ts';

const pair = /^([\w.@+\\-]{1,80}):([\x21-\x7e]{3,200})$/;
const usualUser =
  /^(?:admin|administrator|root|user|guest|test|robot|rpa|service|api|deploy|sa|postgres|oauth2|[\w.+-]+@[\w-]+\.[\w.-]+)$/i;
/** `User:1024`, `Order:50a74cff-…`: what a GraphQL server calls its rows. */
const ordinaryRow = /^(?:\d+|[\da-f]{8}-[\da-f-]{27}|[\da-f]{24,64})$/i;
const loginWords = /(?:auth|basic|credential|login|header|passw|account|user|认证|凭证|登录|账号)/i;
/** So far before it a word about a login counts. */
const contextChars = 32;

/**
 * Whether what was read from base64 is `user:secret` as HTTP's basic authentication writes it. Only where a word
 * before it, the name of the user or the look of the secret says so: `arrayconnection:10` is a cursor.
 */
export function isLoginPair(inner: string, around: string, at: number): boolean {
  const found = pair.exec(inner);
  if (found === null) return false;
  const [, user = '', secret = ''] = found;
  if (secret.startsWith('//') || secret.startsWith(maskMark) || ordinaryRow.test(secret))
    return false;
  if (usualUser.test(user)) return true;
  return (
    loginWords.test(around.slice(Math.max(0, at - contextChars), at)) ||
    (looksMade(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret) && !/[-_:]/.test(secret))
  );
}

/** `user:secret` with the secret hidden. */
export function maskLoginPair(inner: string): string {
  const at = inner.indexOf(':') + 1;
  return inner.slice(0, at) + maskSecret(inner.slice(at));
}

/** The secret of a text that is a pair of user and secret. */
export function loginsIn(inner: string): string[] {
  const secret = pair.exec(inner)?.[2];
  return secret === undefined || ordinaryRow.test(secret) ? [] : [secret];
}
