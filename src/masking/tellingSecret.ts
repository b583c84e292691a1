import { maskMark } from './maskSecret.ts';

/** Without the scheme before it, and a joined key and secret also apart. */
export function partsOf(value: string): string[] {
  let bare = /\s/.test(value) ? value.replace(/^(?:bearer|basic|token|digest)\s+/i, '') : value;
  bare = withoutPunctuation(bare);
  const isJoined = bare.includes(':') || bare.includes('=');
  return isJoined ? [bare, ...bare.split(/[:=]/)] : [bare];
}

/** From its end on: an expression would try each of the signs within anew. */
function withoutPunctuation(value: string): string {
  let end = value.length;
  while (end > 0 && '.:!?'.includes(value.charAt(end - 1))) end--;
  return value.slice(0, end);
}

/** Whether a secret is told from ordinary words, so that it can be looked for in others. */
export function isTelling(secret: string): boolean {
  if (secret.length < 6 || secret.length > 4096 || secret.startsWith(maskMark)) return false;
  if (/\s/.test(secret.trim()) || /^\W{0,2}\{|\$\{|\{["'{]/.test(secret)) return false;
  return secret.length >= 16 || /[^a-z]/i.test(secret)
    ? !/^\d{1,7}$/.test(secret)
    : /[a-z][A-Z]/.test(secret);
}
