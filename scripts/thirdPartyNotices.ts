import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What we may ship; a package under anything else fails the build until someone has looked. */
const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/**
 * The folders of the packages that gave at least one byte to an output, relative to the root.
 * Taken from the bundles and not from package.json: most of what is installed is never shipped,
 * and what is shipped is often a dependency of a dependency. (The kept generators work on the
 * installed tree; the esbuild plugin writes one list per bundle and no licence texts.)
 */
export function bundledPackages(metafiles: readonly Metafile[]): string[] {
  const folders = new Set<string>();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return [...folders].sort();
}

/**
 * Writes the licence text of everything shipped to `file`; returns what keeps us from shipping. `copiedPackages` are
 * the folders of those that are shipped as files beside the bundles, which no metafile lists.
 */
export async function writeNotices(
  root: string,
  metafiles: readonly Metafile[],
  file: string,
  copiedPackages: readonly string[] = [],
): Promise<string[]> {
  const folders = new Set([...bundledPackages(metafiles), ...copiedPackages]);
  const notices = await Promise.all([...folders].map((folder) => readNotice(join(root, folder))));
  // One package may be installed twice, in the same version under two parents.
  const byName = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  const sorted = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice);
  await writeFile(file, renderNotices(sorted));
  return sorted
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, licence }) => `${name} is bundled under "${licence}", which is not in the list`);
}

/** True for a licence of the list, and for a choice `(A OR B)` that offers one. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/^\(|\)$/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(/ AND /).every((part) => allowedLicences.has(part.trim())));
}

async function readNotice(folder: string): Promise<Notice> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name?: string };
  };
  const files = (await readdir(folder)).filter((name) =>
    /^(licen[cs]e|copying|notice)/i.test(name),
  );
  const texts = await Promise.all(files.sort().map((name) => readFile(join(folder, name), 'utf8')));
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license ?? 'unknown',
    // Some packages carry the name of their licence only.
    text: texts.map((text) => text.trim()).join('\n\n') || `Copyright ${author ?? manifest.name}`,
  };
}

function renderNotices(notices: readonly Notice[]): string {
  const head =
    'RPA Trace contains the following third-party software, each under its own licence.\n';
  const body = notices.map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(80)}\n${name} ${version}\nLicence: ${licence}\n${'='.repeat(80)}\n\n${text}\n`,
  );
  return [head, ...body].join('\n').replaceAll('\r\n', '\n');
}
