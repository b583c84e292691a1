/**
 * Runs a program that must not outlive the one who asked for it: `node guard.ts PROGRAM ARGS...`.
 *
 * The standard input is the leash. A line `term` or `kill` sends that signal to the program and all
 * its descendants; when the input ends, because the owner closed it or died in whatever way, they
 * are killed. Exit handlers alone would not see a SIGKILL of a test worker.
 */
import { spawn, spawnSync } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
const isWindows = process.platform === 'win32';
// A process group of its own: a Ctrl-C in the terminal doesn't reach it, and all of it can be ended.
const child = spawn(program, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: !isWindows,
  windowsHide: true,
});

child.on('error', (error) => {
  process.stderr.write(`${program} does not start: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  end('SIGKILL');
  process.exit(signal === null ? (code ?? 1) : 1);
});

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  if (text.includes('kill')) end('SIGKILL');
  else if (text.includes('term')) end('SIGTERM');
});
process.stdin.on('end', () => {
  end('SIGKILL');
});
process.stdin.on('error', () => {
  end('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

function end(signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
