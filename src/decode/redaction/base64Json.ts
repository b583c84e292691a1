/** JSON in base64 starts with `{"`, `{ "`, `{\n`, `[{`, `["` or `[ `. */
const candidate = /(?<![\w+/=-])(?:eyJ|eyA|ewo|ew0|W3s|WyJ|Wy)[\w+/-]{9,}={0,2}(?![\w+/=.-])/g;

/** Without one of these no JSON in base64 stands in a text. */
const beginnings = ['eyJ', 'eyA', 'ewo', 'ew0', 'W3s', 'WyJ', 'Wy'];

/** The JSON texts that stand in base64 in a text. */
export function findBase64Json(text: string): string[] {
  if (!beginnings.some((beginning) => text.includes(beginning))) return [];
  return (text.match(candidate) ?? []).flatMap((found) => decodeBase64Json(found) ?? []);
}

/** Replaces JSON in base64 by what `mask` makes of its text, in base64 again; what is unchanged stays as it is. */
export function maskBase64Json(text: string, mask: (json: string) => string): string {
  if (!beginnings.some((beginning) => text.includes(beginning))) return text;
  return text.replace(candidate, (found) => {
    const json = decodeBase64Json(found);
    if (json === undefined) return found;
    const masked = mask(json);
    return masked === json ? found : Buffer.from(masked, 'utf8').toString('base64');
  });
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
