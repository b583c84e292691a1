import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { hasCode } from '../../src/base/hasCode.ts';
import { repositoryRoot } from './paths.ts';

/** What to run, where, and by which line of its output one knows that it is ready. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly ready: RegExp;
  readonly readyTimeoutMs?: number;
  readonly onLine?: ((line: string) => void) | undefined;
  /** Where all of the output is kept, absolute. */
  readonly logFile?: string | undefined;
}

/** A running program; it never outlives this process, however this process ends. */
export interface Child {
  /** The line that matched `ready`. */
  readonly readyLine: string;
  /** Asks it to end and waits for that; after `patienceMs` it is killed. */
  stop(patienceMs?: number): Promise<void>;
  /** Ends it at once, as a crash would, and waits for that. */
  kill(): Promise<void>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number>;
}

/** Starts a program and resolves when it is ready; rejects with its last lines when it is not. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const guard = join(repositoryRoot, 'test', 'support', 'guard.ts');
  const child = spawn(process.execPath, [guard, options.command, ...options.args], {
    cwd: options.cwd,
    env: definedOnly({ ...process.env, ...options.env }),
    stdio: 'pipe',
    windowsHide: true,
  });
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  const end = (word: 'term' | 'kill') => {
    // The pipe is gone when the program has just ended by itself.
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${word}\n`);
  };
  const kill = async () => {
    end('kill');
    await exited;
  };
  try {
    const readyLine = await readiness(child, exited, options);
    const stop = async (patienceMs = 5000) => {
      end('term');
      const timer = setTimeout(() => {
        end('kill');
      }, patienceMs);
      await exited;
      clearTimeout(timer);
    };
    return { readyLine, stop, kill, exited };
  } catch (error) {
    await kill();
    throw error;
  }
}

function readiness(
  child: ChildProcessWithoutNullStreams,
  exited: Promise<number>,
  options: ChildOptions,
): Promise<string> {
  const { command, ready, readyTimeoutMs = 60_000, onLine, logFile } = options;
  if (logFile !== undefined) mkdirSync(dirname(logFile), { recursive: true });
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  const last: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error([`${command} ${reason}; its last lines:`, ...last].join('\n  ')));
    };
    const timer = setTimeout(() => {
      fail(`is not ready after ${String(readyTimeoutMs)} ms`);
    }, readyTimeoutMs);
    const onOutput = (line: string) => {
      last.push(line);
      if (last.length > 30) last.shift();
      log?.write(`${line}\n`);
      onLine?.(line);
      if (!ready.test(line)) return;
      clearTimeout(timer);
      resolve(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', onOutput);
    }
    child.once('error', (error) => {
      fail(error.message);
    });
    // 'close' comes after the last line was read, 'exit' may come before it.
    child.once('close', () => {
      log?.end();
      void exited.then((code) => {
        fail(`ended with code ${String(code)}`);
      });
    });
  });
}

/** What a program that runs to its end wrote, and its exit code. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; a non-zero exit code is an error unless `mayFail`. */
export async function run(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly input?: string | Uint8Array;
    readonly mayFail?: boolean;
    /** Needed for npm and other scripts on Windows. */
    readonly shell?: boolean;
  } = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: definedOnly({ ...process.env, ...options.env }),
    stdio: 'pipe',
    shell: options.shell ?? false,
    windowsHide: true,
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    const finished = { code: code ?? 1, ...output };
    if (finished.code === 0 || options.mayFail === true) return finished;
    const words = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-20).join('\n');
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} failed: ${words}`);
  } finally {
    process.off('exit', kill);
  }
}

/** Whether a program can be started at all, by name or path. */
export async function canRun(
  command: string,
  args: readonly string[] = ['--version'],
  options: { readonly shell?: boolean } = {},
): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}

/**
 * As many free ports of the loopback interface, all different. They lie below the range from which
 * systems give ports to outgoing connections: otherwise, while a broker is down, a connection
 * could take its port, or a client that tries to come back could even meet itself. They are this process's until it
 * ends: what one was given and has not opened yet, no other process that asks here can get.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (isReserved(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

/** A file for each port, with the process that has it. */
const portsFolder = join(tmpdir(), 'rpa-trace-ports');
/** Those of this process. */
const reserved = new Set<string>();

function isReserved(port: number): boolean {
  const file = join(portsFolder, String(port));
  mkdirSync(portsFolder, { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    // Its owner may have been killed, and then lets go of nothing; the next one that wants it has it.
    if (!isAlive(file)) rmSync(file, { force: true });
    return false;
  }
  if (reserved.size === 0) {
    process.once('exit', () => {
      for (const mine of reserved) rmSync(mine, { force: true });
    });
  }
  reserved.add(file);
  return true;
}

function isAlive(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // It is about to write its number.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    await once(server.close(), 'close');
    return true;
  } catch {
    return false;
  }
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
