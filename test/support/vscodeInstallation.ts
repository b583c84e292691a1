import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  /** What its lib/vscode must compile, because packages are installed without their scripts. */
  readonly rebuild: readonly string[];
}

const releases: Readonly<Record<Exclude<VscodeChoice, 'desktop'>, Release>> = {
  current: { codeServer: '4.139.1', rebuild: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  '1.96': {
    codeServer: '4.96.4',
    rebuild: ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher'],
  },
};

/** The folder of a real VS Code server (its `out/server-main.js`), from npm's code-server, cached. */
export async function vscodeServerFolder(
  choice: Exclude<VscodeChoice, 'desktop'>,
): Promise<string> {
  const release = releases[choice];
  const name = `code-server-${release.codeServer}`;
  const folder = await cached(`${name}-v1`, `VS Code (${name})`, (draft) =>
    install(draft, release),
  );
  return join(folder, 'code-server', 'lib', 'vscode');
}

async function install(draft: string, release: Release): Promise<void> {
  await writeFile(join(draft, 'package.json'), '{"private":true}');
  await npm(draft, ['install', `code-server@${release.codeServer}`]);
  const vscode = join(draft, 'node_modules', 'code-server', 'lib', 'vscode');
  // The shrinkwrap of the older release names a git address, which no registry serves.
  if (release.codeServer === releases['1.96'].codeServer) {
    await rm(join(vscode, 'npm-shrinkwrap.json'), { force: true });
  }
  await npm(vscode, ['install', '--omit=dev']);
  await npm(vscode, ['rebuild', ...release.rebuild], 'with scripts');
  await rename(join(draft, 'node_modules', 'code-server'), join(draft, 'code-server'));
  // What is left serves code-server's own login page and proxy, which the tests don't start.
  await rm(join(draft, 'node_modules'), { recursive: true, force: true });
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

/** The npm of the machine, under our Node: the one that runs this process, else from the PATH. */
async function npm(cwd: string, args: readonly string[], scripts?: 'with scripts'): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const options = [...args, ...quiet, ...(scripts === undefined ? ['--ignore-scripts'] : [])];
  const path = join(process.execPath, '..');
  const separator = process.platform === 'win32' ? ';' : ':';
  const env = { PATH: `${path}${separator}${process.env['PATH'] ?? ''}` };
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js') === true) {
    await run(process.execPath, [script, ...options], { cwd, env });
  } else {
    await run('npm', options, { cwd, env, shell: process.platform === 'win32' });
  }
}
