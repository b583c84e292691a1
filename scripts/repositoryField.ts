/** The `repository` of the packages: the address that is public, which no file of the project knows. */
import { run } from '../test/support/childProcess.ts';

/** As npm has it. */
export interface Repository {
  readonly type: 'git';
  readonly url: string;
}

/** What is said of a package that is made where no public address is known. */
export const withoutRepository = 'without “repository”: no public address is known';

/** The text of a manifest with the field in it; one that has its own keeps that. */
export function withRepository(manifest: string, repository: Repository): string {
  const fields = JSON.parse(manifest) as Readonly<Record<string, unknown>>;
  return `${JSON.stringify({ repository, ...fields }, null, 2)}\n`;
}

/** The address by the variables of the CI, else by the remote that the folder was cloned from. */
export async function findRepository(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Repository | undefined> {
  return repositoryAt(addressOfCi(env)) ?? repositoryAt(await remoteOf(folder));
}

/** GitHub's and GitLab's own variables. */
function addressOfCi(env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, CI_PROJECT_URL: project } = env;
  return server && name ? `${server}/${name}` : (project ?? '');
}

async function remoteOf(folder: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['remote', 'get-url', 'origin'], { cwd: folder });
    return stdout.trim();
  } catch {
    // No git, or no remote.
    return '';
  }
}

/** Undefined for what nobody else can open: a path, a machine's own name, another scheme. A login is left out. */
export function repositoryAt(address: string): Repository | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, pathname, port } = new URL(address);
  if (protocol !== 'https:' || !isPublic(hostname)) return undefined;
  const path = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (path.split('/').filter((part) => part !== '').length < 2) return undefined;
  return {
    type: 'git',
    url: `git+https://${hostname}${port === '' ? '' : `:${port}`}${path}.git`,
  };
}

const ownNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|test|example|invalid)$/;
const number = /^[\d.]+$|^\[/;

function isPublic(host: string): boolean {
  return host.includes('.') && !ownNames.test(host) && !number.test(host);
}
