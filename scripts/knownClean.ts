import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a tool that judges each file by itself is told of. */
export interface Judged {
  /** The folder that all paths are relative to. */
  readonly root: string;
  readonly files: readonly string[];
  /** The files that the tool's words depend on beside the one it judges: its settings, and which version it has. */
  readonly settings: readonly string[];
  /** Where is kept what was clean, one digest a line. */
  readonly store: string;
  /** Judges these files; resolves to the complaints, '' where there are none. */
  readonly judge: (files: readonly string[]) => Promise<string>;
}

/** Some versions of all files; what is older is judged anew. */
const mostKept = 20_000;

/**
 * Has those files judged alone that were not found clean before, by name and content: under the same settings the tool
 * says the same of them again. Unlike the caches of the tools themselves this one knows a file in any clone, whichever
 * folder that is in. Where there are complaints, nothing is kept of that run.
 */
export async function judgeNew(judged: Judged): Promise<string> {
  const { root, files, settings, store, judge } = judged;
  const contentOf = (file: string) => readFile(join(root, file)).catch(() => null);
  const common = digest(await Promise.all(settings.map(contentOf)), settings);
  const lines = (await readFile(store, 'utf8').catch(() => '')).split('\n');
  const known = new Set(lines);
  const unknown = new Map<string, string>();
  for (const file of files) {
    const content = await contentOf(file);
    // Gone, but still in git's index.
    if (content === null) continue;
    const sign = digest([content], [common, file]);
    if (!known.has(sign)) unknown.set(file, sign);
  }
  if (unknown.size === 0) return '';
  const complaints = await judge([...unknown.keys()]);
  if (complaints !== '') return complaints;
  await mkdir(dirname(store), { recursive: true });
  const added = `${[...unknown.values()].join('\n')}\n`;
  if (lines.length + unknown.size <= mostKept) await appendFile(store, added);
  else await writeFile(store, `${lines.slice(-mostKept / 2).join('\n')}${added}`);
  return '';
}

/** Lengths stand before what they belong to, so that no two lists read the same. */
function digest(contents: readonly (Buffer | null)[], names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names));
  for (const content of contents) {
    hash.update(`${String(content?.length ?? -1)}:`).update(content ?? '');
  }
  return hash.digest('hex');
}
