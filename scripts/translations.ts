import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The languages besides English, which is the key of every text. */
export const languages = ['zh-cn'] as const;

/** English text → its translation, with the part file (relative to the root) that holds it. */
export interface Translations {
  readonly texts: ReadonlyMap<string, { readonly text: string; readonly part: string }>;
  /** Sentences about parts that can't be read or that translate one text in two ways. */
  readonly errors: readonly string[];
}

/** Reads `l10n/parts/*.LANGUAGE.json`, each an object of English text → translation. */
export async function readTranslations(root: string, language: string): Promise<Translations> {
  const texts = new Map<string, { text: string; part: string }>();
  const errors: string[] = [];
  const folder = join(root, 'l10n/parts');
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((name) => name.endsWith(`.${language}.json`)).sort()) {
    const part = `l10n/parts/${file}`;
    const content = parse(await readFile(join(folder, file), 'utf8'));
    if (content === undefined) {
      errors.push(`${part} is not a JSON object of texts`);
      continue;
    }
    for (const [key, text] of Object.entries(content)) {
      const before = texts.get(key);
      if (before === undefined) texts.set(key, { text, part });
      else if (before.text !== text) {
        errors.push(`"${key}" is "${before.text}" in ${before.part} and "${text}" in ${part}`);
      }
    }
  }
  return { texts, errors };
}

function parse(json: string): Record<string, string> | undefined {
  try {
    const content: unknown = JSON.parse(json);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined;
    const values: unknown[] = Object.values(content);
    return values.every((value) => typeof value === 'string')
      ? (content as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes `l10n/bundle.l10n.LANGUAGE.json` from the parts, sorted so that the same parts give the
 * same bytes; returns what is wrong with the parts.
 */
export async function mergeTranslations(root: string): Promise<string[]> {
  const errors: string[] = [];
  for (const language of languages) {
    const translations = await readTranslations(root, language);
    errors.push(...translations.errors);
    const keys = [...translations.texts.keys()].sort();
    const bundle = Object.fromEntries(keys.map((key) => [key, translations.texts.get(key)?.text]));
    const file = join(root, `l10n/bundle.l10n.${language}.json`);
    if (keys.length > 0) await writeFile(file, `${JSON.stringify(bundle, null, 2)}\n`);
  }
  return errors;
}
