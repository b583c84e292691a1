/**
 * `npm start`: builds the extension and opens VS Code with the sample workspace, the panel and the
 * sample robot playing; `--kafka` lets the robot write to a real Apache Kafka instead.
 *
 * The extension is told what to show by RPA_TRACE_START in its environment: `sample`, or
 * `kafka:<brokers>/<topic>`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from './build.ts';
import { canRun, startChild } from '../test/support/childProcess.ts';
import { startKafkaBroker } from '../test/support/kafkaBroker.ts';
import { repositoryRoot, resultsFolder } from '../test/support/paths.ts';
import { say } from '../test/support/say.ts';
import { startVscodeServer } from '../test/support/vscodeServer.ts';
import { runAsProgram } from './program.ts';

/**
 * Starts all that is needed and returns when the user ends it with Ctrl-C or closes the window.
 *
 * - `--kafka` starts a broker and a robot that publishes to it
 * - `--port N` serves VS Code there, even where a desktop VS Code could be opened
 * - `--no-open` leaves the browser alone
 * - `--check` ends with 0 as soon as the page serves
 */
export async function start(args: readonly string[]): Promise<number> {
  const { values: wishes } = parseArgs({
    args: [...args],
    options: {
      kafka: { type: 'boolean', default: false },
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  const built = process.env['RPA_TRACE_BUILT'] === '1' ? [] : await build([]);
  if (built.some(({ ok }) => !ok)) return 1;
  const cleanUps: (() => Promise<void>)[] = [];
  try {
    const folder = await copyOfSampleWorkspace(cleanUps);
    const order = wishes.kafka ? await startRobotOnKafka(cleanUps) : 'sample';
    const served = wishes.check || wishes.port !== undefined || !(await hasDesktopVscode());
    if (!served) return await openDesktop(folder, order);
    const server = await startVscodeServer({
      extensions: [repositoryRoot],
      port: wishes.port === undefined ? undefined : Number(wishes.port),
      env: { RPA_TRACE_START: order },
      userSettings: { 'git.enabled': true },
      logFile: join(resultsFolder, 'start', 'server.log'),
    });
    cleanUps.push(server.stop);
    const url = server.urlOf({ folder });
    process.stdout.write(`RPA Trace is at ${url}\n`);
    if (wishes.check) return await serves(url);
    if (!wishes['no-open']) openInBrowser(url);
    say('Ctrl-C ends it');
    await interrupted();
    return 0;
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

/** A copy, so that playing with it leaves the repository as it was. */
async function copyOfSampleWorkspace(cleanUps: (() => Promise<void>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-start-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const copy = join(folder, 'sample-workspace');
  await mkdir(copy);
  const original = join(repositoryRoot, 'media', 'sample-workspace');
  if ((await stat(original).catch(() => undefined)) !== undefined) {
    await cp(original, copy, { recursive: true });
  }
  return copy;
}

async function startRobotOnKafka(cleanUps: (() => Promise<void>)[]): Promise<string> {
  const topic = 'spark-agent-builder';
  const broker = await startKafkaBroker();
  cleanUps.push(broker.stop);
  const robot = await startChild({
    command: process.execPath,
    args: [join(repositoryRoot, 'scripts', 'publishRobot.ts'), broker.brokers, topic],
    ready: /the robot publishes/,
    logFile: join(resultsFolder, 'start', 'robot.log'),
  });
  cleanUps.push(robot.kill);
  say(`the robot publishes to the topic ${topic} of Apache Kafka at ${broker.brokers}`);
  return `kafka:${broker.brokers}/${topic}`;
}

function hasDesktopVscode(): Promise<boolean> {
  const isWindows = process.platform === 'win32';
  return isWindows ? canRun('code.cmd', ['--version'], { shell: true }) : canRun('code');
}

async function openDesktop(folder: string, order: string): Promise<number> {
  say('opening VS Code; close its window, or press Ctrl-C here, to end');
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${repositoryRoot}`, folder];
  const isWindows = process.platform === 'win32';
  const window = spawn(isWindows ? 'code.cmd' : 'code', args, {
    env: { ...process.env, RPA_TRACE_START: order },
    stdio: 'inherit',
    shell: isWindows,
  });
  await Promise.race([once(window, 'exit'), interrupted()]);
  window.kill();
  return 0;
}

async function serves(url: string): Promise<number> {
  const response = await fetch(url);
  const isWorkbench = (await response.text()).includes('vscode-workbench-web-configuration');
  say(isWorkbench ? 'the page serves' : `the page answers with ${String(response.status)}`);
  return isWorkbench ? 0 : 1;
}

/** On a machine without a screen the address in the terminal has to do. */
function openInBrowser(url: string): void {
  const { platform, env } = process;
  const isLinuxDesktop = (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (platform === 'linux' && !isLinuxDesktop) return;
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer' : 'xdg-open';
  const opener = spawn(command, [url], { stdio: 'ignore', detached: true });
  opener.on('error', () =>
    say(`${command} could not be started; please open the address yourself`),
  );
  opener.unref();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
  });
}

runAsProgram(import.meta.url, start);
