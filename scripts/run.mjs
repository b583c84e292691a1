/**
 * The door of every npm script: `node scripts/run.mjs PROGRAM [args]`, where PROGRAM is a file of this folder or
 * the command of a package (`vitest`).
 *
 * It runs on any Node from 18 on and needs nothing installed: it brings node_modules up to the lock file, goes on
 * under Node 24, and loads the program there. It speaks on stderr alone, because the output of some programs
 * (`npm run -s tree`) is read by programs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const wantedMajor = 24;

process.chdir(root);
installModules();
if (Number(process.versions.node.split('.')[0]) >= wantedMajor) await runHere();
else runAgain(findNode());

/** As if PROGRAM itself had been started. */
async function runHere() {
  endWithParent();
  const [name = '', ...args] = process.argv.slice(2);
  const file = name.endsWith('.ts') ? resolve(root, name) : commandOf(name);
  if (!existsSync(file)) fail(`there is no program ${name}`);
  process.argv.splice(1, process.argv.length, file, ...args);
  await import(pathToFileURL(file).href);
}

/**
 * The file behind a package's command.
 * @param {string} name
 */
function commandOf(name) {
  const folder = join(root, 'node_modules', name);
  /** @type {(text: string) => { bin: string | Record<string, string> }} */
  const parse = JSON.parse;
  const { bin } = parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : (bin[name] ?? ''));
}

/** Who started this process may be killed, and npm does not tell its script; an orphan must not keep servers running. */
function endWithParent() {
  // Given by `runAgain`, which may be killed.
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

function installModules() {
  const missing = !existsSync(join(root, 'node_modules', '.package-lock.json'));
  if (!missing && isInstalled()) return;
  say(missing ? 'installing the packages (npm ci)' : 'the packages changed: npm ci');
  const npm = process.env['npm_execpath'];
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0) fail('npm ci did not succeed; its own words are above.');
}

/**
 * Compares versions, not file times: a git checkout touches the lock file without changing it.
 * Optional packages may be absent, they are for other platforms.
 */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      present[path]?.version === entry.version ||
      (present[path] === undefined && (entry.optional === true || entry.peer === true)),
  );
}

/** @returns {string} */
function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin');
  const found = ['node', 'node.exe'].map((name) => join(folder, name)).find(existsSync);
  if (found !== undefined) return found;
  return fail(
    `Node ${wantedMajor} is needed, this is ${process.versions.node}, and npm has none for ` +
      `${process.platform}-${process.arch} in our optional dependencies: please install Node ${wantedMajor}.`,
  );
}

/**
 * The IPC channel tells the child when this process dies, even by SIGKILL.
 * @param {string} node
 */
function runAgain(node) {
  const child = spawn(node, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`));
  // A Ctrl-C reaches the child through the terminal; this process only waits for its end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
}

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} Packages
 * @param {string} path
 */
function readPackages(path) {
  /** @type {(text: string) => { packages: Packages }} */
  const parse = JSON.parse;
  return parse(readFileSync(join(root, path), 'utf8')).packages;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`rpa-trace: ${text}\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  say(text);
  process.exit(1);
}
