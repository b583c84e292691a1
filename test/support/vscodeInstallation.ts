import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { cached } from './cacheFolder.ts';
import { run } from './childProcess.ts';

/** Which VS Code the tests run in: `current`, the lowest that we support, or the desktop one. */
export type VscodeChoice = 'current' | '1.96' | 'desktop';

/** The choice of the environment variable RPA_TRACE_VSCODE; `current` without one. */
export function chosenVscode(): VscodeChoice {
  const chosen = process.env['RPA_TRACE_VSCODE'];
  if (chosen === undefined || chosen === '') return 'current';
  if (chosen === 'current' || chosen === '1.96' || chosen === 'desktop') return chosen;
  throw new Error(`RPA_TRACE_VSCODE is "${chosen}"; it may be current, 1.96 or desktop.`);
}

interface Release {
  readonly codeServer: string;
  /** The Node of that VS Code's extension host, from npm; without one it runs on ours. */
  readonly node?: string;
  /** What its lib/vscode must compile, because packages are installed without their scripts. */
  readonly rebuild: readonly string[];
}

const releases: Readonly<Record<Exclude<VscodeChoice, 'desktop'>, Release>> = {
  current: { codeServer: '4.139.1', rebuild: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  '1.96': {
    codeServer: '4.96.4',
    node: '20.18.3',
    rebuild: ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher'],
  },
};

/** A real VS Code server on disk: run `main` with `node`. */
export interface VscodeServerInstallation {
  readonly node: string;
  readonly main: string;
}

/** A real VS Code server from npm's code-server, cached; the desktop choice gets the current one. */
export async function vscodeServerInstallation(): Promise<VscodeServerInstallation> {
  const choice = chosenVscode();
  const release = releases[choice === 'desktop' ? 'current' : choice];
  const name = `code-server-${release.codeServer}`;
  const folder = await cached(`${name}-v1`, `VS Code (${name})`, (draft) =>
    install(draft, release),
  );
  const own = join(folder, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return {
    node: release.node === undefined ? process.execPath : own,
    main: join(folder, 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

async function install(draft: string, release: Release): Promise<void> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const nodePackage = `node-${platform}-${process.arch}`;
  const node = release.node === undefined ? [] : [`${nodePackage}@${release.node}`];
  const modules = join(draft, 'node_modules');
  await writeFile(join(draft, 'package.json'), '{"private":true}');
  await npm(draft, ['install', `code-server@${release.codeServer}`, ...node]);
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  // The shrinkwrap of the older release names a git address, which no registry serves.
  if (release === releases['1.96']) await rm(join(vscode, 'npm-shrinkwrap.json'), { force: true });
  const bin = release.node === undefined ? undefined : join(modules, nodePackage, 'bin');
  await npm(vscode, ['install', '--omit=dev']);
  await npm(vscode, ['rebuild', ...release.rebuild], { scripts: true, bin });
  await rename(join(modules, 'code-server'), join(draft, 'code-server'));
  if (release.node !== undefined) await rename(join(modules, nodePackage), join(draft, 'node'));
  // What is left serves code-server's own login page and proxy, which the tests don't start.
  await rm(modules, { recursive: true, force: true });
}

/**
 * The Chinese texts of VS Code's workbench as a file for `languagepacks.json`, cached. The last
 * version of this package that knows the texts by name; later ones know them by position, which
 * fits a single build of VS Code. What is newer than the package stays English.
 */
export async function chineseWorkbenchTexts(): Promise<string> {
  const folder = await cached('vscode-zh-cn-v1', 'the Chinese texts of VS Code', async (draft) => {
    await npm(draft, ['pack', '--silent', '@codingame/monaco-vscode-language-pack-zh-hans@4.3.2']);
    const archive = 'codingame-monaco-vscode-language-pack-zh-hans-4.3.2.tgz';
    await run('tar', ['-xzf', archive], { cwd: draft });
    // It says `export default`, but its manifest doesn't say that it is a module.
    const source = join(draft, 'package', 'translations', 'main.i18n.json.js');
    const module = join(draft, 'main.mjs');
    await writeFile(module, await readFile(source));
    const { default: contents } = (await import(pathToFileURL(module).href)) as {
      default: unknown;
    };
    await writeFile(join(draft, 'main.i18n.json'), JSON.stringify({ contents }));
    for (const used of ['package', archive, 'main.mjs']) {
      await rm(join(draft, used), { recursive: true });
    }
  });
  return join(folder, 'main.i18n.json');
}

/** The npm of the machine, under our Node; `bin` is put first on the PATH that scripts see. */
async function npm(
  cwd: string,
  args: readonly string[],
  { scripts = false, bin }: { readonly scripts?: boolean; readonly bin?: string | undefined } = {},
): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const options = [...args, ...quiet, ...(scripts ? [] : ['--ignore-scripts'])];
  const folders = [bin ?? [], dirname(process.execPath), process.env['PATH'] ?? ''].flat();
  const env = { PATH: folders.join(delimiter) };
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js') === true) {
    await run(process.execPath, [script, ...options], { cwd, env });
  } else {
    await run('npm', options, { cwd, env, shell: process.platform === 'win32' });
  }
}
