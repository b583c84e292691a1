import { createHash } from 'node:crypto';

/** 72 bits as text: of a million texts no two have the same. */
export function digest(text: string, salt = ''): string {
  const hashed = createHash('sha256').update(`${salt}\0${text}`);
  return hashed.digest('base64url').slice(0, digestLength);
}

/** How long a digest is. */
export const digestLength = 12;
