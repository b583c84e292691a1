import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { otlpIsItsOwnBundle, overBudget } from '../../esbuild.mjs';
import { machinePaths } from '../../scripts/machinePaths.ts';
import { foreignTexts, missingBundles, missingFiles } from '../../scripts/package.ts';
import { bundledPackages, isAllowed } from '../../scripts/thirdPartyNotices.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a bundle above its budget is named, one at its budget is not', () => {
  const sizes = [
    { file: 'dist/a.js', bytes: 100_000, budgetKb: 100 },
    { file: 'dist/b.js', bytes: 101_000, budgetKb: 100 },
  ];
  expect(overBudget(sizes)).toEqual(['dist/b.js has 101.0 KB, its budget is 100 KB']);
});

describe('the exporter', () => {
  const bundle = async (contents: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      bundle: true,
      write: false,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      plugins: [otlpIsItsOwnBundle],
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };

  test('is required from its own file when the import runs', async () => {
    const code = await bundle(`export const load = () => import('../metrics/otlpExport.ts');`);
    expect(code).toContain('require("./otlp.js")');
  });

  test('can not slip into the engine by a plain import', async () => {
    const built = bundle(`export { start } from './otlpExport.ts';`);
    await expect(built).rejects.toThrow('must be loaded with import()');
  });
});

test('notices name the packages that gave bytes, nested and scoped ones too', () => {
  const inputs = {
    'src/a.ts': { bytesInOutput: 5 },
    'node_modules/yaml/dist/index.js': { bytesInOutput: 5 },
    'node_modules/unused/index.js': { bytesInOutput: 0 },
    'node_modules/@grpc/grpc-js/node_modules/@scope/inner/a/b.js': { bytesInOutput: 1 },
  };
  const output = { bytes: 1, inputs, imports: [], exports: [] };
  expect(bundledPackages([{ inputs: {}, outputs: { 'dist/a.js': output } }])).toEqual([
    'node_modules/@grpc/grpc-js/node_modules/@scope/inner',
    'node_modules/yaml',
  ]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  ['unknown', false],
])('licence %s is allowed: %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

describe('what is wrong in a package', () => {
  test.each([
    [
      'a map',
      { 'extension/dist/a.js.map': bytes('{}') },
      'extension/dist/a.js.map is a source map',
    ],
    [
      'a link to a map',
      { 'extension/dist/a.js': bytes('a()\n//# sourceMappingURL=a.js.map') },
      'extension/dist/a.js names a source map',
    ],
  ])('%s is seen', (_name, files, complaint) => {
    expect(foreignTexts(files)).toEqual([complaint]);
  });

  test('a file that the manifest names and that is not there is seen', () => {
    const manifest = '{ "main": "./dist/extension.js", "icon": "media/icon.png" }';
    const files = {
      'extension/package.json': bytes(manifest),
      'extension/media/icon.png': bytes(''),
    };
    expect(missingFiles(files)).toEqual(['extension/dist/extension.js']);
  });

  test('a bundle that was built and left out is seen', async () => {
    const dist = await mkdtemp(join(tmpdir(), 'rpa-trace-dist-'));
    for (const name of ['engine.js', 'files.js', 'webview.css'])
      await writeFile(join(dist, name), '');
    const missing = await missingBundles({ 'extension/dist/engine.js': bytes('') }, dist);
    await rm(dist, { recursive: true });
    expect(missing).toEqual(['extension/dist/files.js']);
  });
});

// Put together here, because no file of the project may name one.
const home = ['', 'home', 'ada', 'x.ts'].join('/');
const windowsHome = ['C:', 'Users', 'ada', 'x.ts'].join('\\');
const registry = ['registry', 'example', 'com'].join('.');

test.each([
  ['a home folder', `at ${home}:12`, [home]],
  ['a Windows home folder', `at ${windowsHome}:12`, [windowsHome]],
  ['a registry', `https://${registry}/yaml`, [registry]],
  ['the own folder', 'in /srv/build/rpa/x', ['/srv/build/rpa']],
  ['nothing in code', 'proxy.options.add(x)', []],
  ['nothing in a web address', 'https://example.com/home/', []],
])('%s is told from ordinary text', (_name, text, expected) => {
  expect(machinePaths(text, ['/srv/build/rpa', '/'])).toEqual(expected);
});
