import { join } from 'node:path';
import { cached } from './cacheFolder.ts';
import { canRun, run } from './childProcess.ts';
import { Unavailable } from './unavailable.ts';

/** The newest Node of each line that the telemetry library is for; they come as npm packages. */
const versions = { 20: '20.20.2', 22: '22.22.3', 24: '24.21.0' } as const;

/** A line of Node. */
export type NodeLine = keyof typeof versions;

/** The path of a Node of that line; throws `Unavailable` where npm has none for this machine. */
export function nodeOfLine(line: NodeLine): Promise<string> {
  return nodeOfVersion(versions[line]);
}

/** The Node of VS Code 1.101, the first that has SQLite: 3.49.1, which may use no write-ahead log. */
export const oldestWithSqlite = '22.15.1';

/** The path of that Node; throws `Unavailable` where npm has none for this machine. */
export async function nodeOfVersion(version: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await cached(`node-${version}-v1`, `Node ${version}`, async (draft) => {
    const args = ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--force'];
    const shell = process.platform === 'win32';
    try {
      await run('npm', [...args, '--prefix', draft, `${name}@${version}`], { cwd: draft, shell });
    } catch (cause) {
      throw new Unavailable(`npm gave no ${name}@${version}: ${String(cause)}`);
    }
  });
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const program = join(folder, 'node_modules', name, 'bin', file);
  if (await canRun(program)) return program;
  throw new Unavailable(`${name}@${version} does not run here.`);
}
