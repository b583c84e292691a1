import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forbiddenImports } from '../../scripts/importDirections.ts';
import { readText } from '../support/projectFiles.ts';

const fixture = join(import.meta.dirname, 'fixtures/forbiddenImports');

test('each kind of forbidden import is reported, and no allowed one', async () => {
  const found = await forbiddenImports(fixture, ['src', 'webview']);
  const lines = found.map(({ rule, from, to }) => `${from} → ${shortPath(to)} (${rule})`);
  expect(lines.sort()).toEqual([
    'src/flow/flow.ts → fs (no-node-in-shared-folders)',
    'src/host/panel.ts → src/flow/flow.ts (src/host-imports-types-only)',
    'src/host/panel.ts → src/store/store.ts (src/host-imports)',
    'src/host/panel.ts → src/trace/execution.ts (no-cycles)',
    'src/metrics/instruments.ts → @opentelemetry/sdk-metrics (home-of-@opentelemetry/(?!api/)[^/]+)',
    'src/oddity/odd.ts → src/base/result.ts (every-folder-has-a-row)',
    'src/sources/kafka/source.ts → chalk (no-unlisted-package)',
    'src/sources/kafka/traits.ts → fs (no-node-in-shared-folders)',
    'src/store/second.ts → src/store/store.ts (no-cycles)',
    'src/store/store.ts → kafkajs (home-of-kafkajs)',
    'src/trace/execution.ts → src/host/panel.ts (src/trace-imports)',
    'src/view/rows.ts → ./missing.ts (resolvable)',
    'src/view/rows.ts → @types/vscode (home-of-vscode)',
    'webview/tree/tree.ts → @vscode/webview-ui-toolkit (home-of-@vscode/webview-ui-toolkit)',
    'webview/tree/tree.ts → src/host/panel.ts (webview-imports)',
  ]);
});

test('a reader is told what would be allowed', async () => {
  const found = await forbiddenImports(fixture, ['src/host', 'src/trace']);
  expect(found.find(({ rule }) => rule === 'src/host-imports')?.why).toEqual(
    expect.stringMatching(
      /^src\/host may import: src\/protocol, src\/texts, .*types of src\/trace, /,
    ),
  );
});

test('ARCHITECTURE.md shows the table that is enforced', async () => {
  const require = createRequire(import.meta.url);
  const { folders } = require('./imports.cjs') as { folders: Record<string, Allowed[]> };
  const rows = (await readText('ARCHITECTURE.md')).matchAll(
    /^\| `([^`]+)` +\| [^|]+ \| ([^|]+)\|$/gm,
  );
  const shown = [...rows].map(([, folder = '', allowed = '']) => `${folder}: ${allowed.trim()}`);
  expect(shown).toEqual(
    Object.entries(folders).map(([folder, allowed]) => {
      const plain = allowed.filter((item) => typeof item === 'string').map(bare);
      const types = allowed.flatMap((item) => (typeof item === 'string' ? [] : [bare(item.types)]));
      const all = [...plain, ...(types.length > 0 ? [`types of ${types.join(', ')}`] : [])];
      return `${folder === 'webview' ? '../webview' : bare(folder)}: ${all.join(', ') || 'nothing'}`;
    }),
  );
});

test('one list says what runs in the page as well as in Node', async () => {
  const require = createRequire(import.meta.url);
  const { sharedFolders } = require('./imports.cjs') as { sharedFolders: string[] };
  const { include } = JSON.parse(await readText('webview/tsconfig.json')) as { include: string[] };
  expect(include).toEqual(['.', ...sharedFolders.map((folder) => `../${folder}`)]);
});

type Allowed = string | { readonly types: string };

const bare = (folder: string): string => folder.replace(/^src\//, '');

const shortPath = (path: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path;
