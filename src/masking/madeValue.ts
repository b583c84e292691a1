import { holdsBase64Text } from './base64Text.ts';
import { looksMade, type SecretName, type SecretSpan } from './secretSpan.ts';

/** Whether what stands behind a name that may be ordinary is a secret by its look. */
export function isMadeFor(name: SecretName, text: string, { start, end }: SecretSpan): boolean {
  // The names within say what the values of headers are.
  if (/headers?$/i.test(name.text) && /[[({]/.test(text.slice(name.end, start))) return false;
  return isMadeValue(name.text, text.slice(start, end));
}

/** `signature`, `salt`, `tokens`, `header`: each has values that are no secrets. */
export function isMadeValue(name: string, value: string): boolean {
  if (/headers?$/i.test(name)) {
    return isLong(value) && /^[\w+/=.~]+$/.test(value) && !holdsBase64Text(value);
  }
  if (/tokens$|salt$|sess(?:ion)?id$/i.test(name)) return looksMade(value);
  return isLong(value) && /^[\w+/=.%-]+$/.test(value);
}

function isLong(value: string): boolean {
  return value.length >= 16 && looksMade(value);
}
