/** What may be base64 of a text: the first sign of each such text lies in A to f, the first half of the alphabet. */
const candidate = /(?<![\w+/-])[A-Za-f][\w+/-]{11,}={0,2}(?![\w+/=])/g;
const readable = /^[\s\x20-\x7e\u00a0-\uffff]*$/;
/** A secret needs a sign beside its name: what has neither is a word or an id. */
const telling = /[:="'>]/;

/** The texts that stand in base64 in a text, such as JSON. */
export function findBase64Text(text: string): string[] {
  const found: string[] = [];
  candidate.lastIndex = 0;
  for (const match of text.matchAll(candidate)) {
    const inner = decodeBase64Text(match[0]);
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

/** Replaces texts in base64 by what `mask` makes of them, in base64 again; what is unchanged stays as it is. */
export function maskBase64Text(text: string, mask: (inner: string) => string): string {
  return text.replace(candidate, (found) => {
    const inner = decodeBase64Text(found);
    if (inner === undefined) return found;
    const masked = mask(inner);
    return masked === inner ? found : Buffer.from(masked, 'utf8').toString('base64');
  });
}

/** The text that a base64 text holds; undefined when it holds none that could tell a secret. */
function decodeBase64Text(text: string): string | undefined {
  // Ids and words decode to bytes that are no text: the beginning shows it.
  if (!readable.test(Buffer.from(text.slice(0, 8), 'base64').toString('latin1'))) return undefined;
  const inner = Buffer.from(text, 'base64').toString('utf8');
  return telling.test(inner) || text.startsWith('ey') ? asText(inner) : asBase64(inner);
}

function asText(inner: string): string | undefined {
  return readable.test(inner) && !inner.includes('\ufffd') ? inner : undefined;
}

/** Base64 in base64. */
function asBase64(inner: string): string | undefined {
  return inner.length >= 16 && /^[\w+/-]+={0,2}$/.test(inner) ? inner : undefined;
}

/** The JSON text that a base64 text holds; undefined when it holds none. */
export function decodeBase64Json(text: string): string | undefined {
  const json = Buffer.from(text, 'base64').toString('utf8');
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
