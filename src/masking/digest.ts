import { hash } from 'node:crypto';

/** 72 bits as text: of a million texts no two have the same. */
export function digest(text: string, salt = ''): string {
  // In one call: to make an object for it takes three times as long.
  return hash('sha256', `${salt}\0${text}`, 'base64url').slice(0, digestLength);
}

/** How long a digest is. */
export const digestLength = 12;
