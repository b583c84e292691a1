import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestOf } from '../../../scripts/packageTelemetry.ts';
import { findRepository, repositoryAt, withRepository } from '../../../scripts/repositoryField.ts';
import { run } from '../../support/childProcess.ts';

test.each([
  ['https://github.com/owner/name', 'git+https://github.com/owner/name.git'],
  ['https://github.com/owner/name.git', 'git+https://github.com/owner/name.git'],
  ['https://gitlab.com/group/part/name/', 'git+https://gitlab.com/group/part/name.git'],
  ['https://bob:EXAMPLE-token@code.acme.com:8443/a/b', 'git+https://code.acme.com:8443/a/b.git'],
  ['git@github.com:owner/name.git', undefined],
  ['http://github.com/owner/name', undefined],
  ['https://github.com/owner', undefined],
  ['https://buildserver/owner/name', undefined],
  ['https://git.acme.internal/owner/name', undefined],
  ['https://10.0.0.9/owner/name', undefined],
  ['https://[fd00::1]/owner/name', undefined],
  ['/srv/git/name.git', undefined],
  ['', undefined],
])('the repository at %s', (address, url) => {
  expect(repositoryAt(address)).toEqual(url === undefined ? undefined : { type: 'git', url });
});

test('the variables of the CI count before the remote, and without either there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-remote-'));
  const urlIn = async (env: Record<string, string>) => (await findRepository(folder, env))?.url;
  try {
    await run('git', ['init', '--quiet'], { cwd: folder });
    expect(await urlIn({})).toBeUndefined();
    await run('git', ['remote', 'add', 'origin', 'https://code.acme.com/a/b.git'], { cwd: folder });
    expect(await urlIn({})).toBe('git+https://code.acme.com/a/b.git');
    const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'owner/name' };
    expect(await urlIn(github)).toBe('git+https://github.com/owner/name.git');
    const gitlab = { CI_PROJECT_URL: 'https://gitlab.com/group/name' };
    expect(await urlIn(gitlab)).toBe('git+https://gitlab.com/group/name.git');
    expect(await urlIn({ CI_PROJECT_URL: 'https://ci/group/name' })).toContain('code.acme.com');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('both manifests name it, the library’s with its folder; what stands there stays', () => {
  const repository = { type: 'git', url: 'git+https://code.acme.com/a/b.git' } as const;
  const root = { version: '1.0.0', license: 'MIT' };
  expect(manifestOf(root, repository)).toMatchObject({
    repository: { ...repository, directory: 'src/telemetry' },
  });
  expect(manifestOf(root)).not.toHaveProperty('repository');
  expect(JSON.parse(withRepository('{"name":"x"}', repository))).toEqual({ name: 'x', repository });
  expect(withRepository('{"repository":"own"}', repository)).toContain('"own"');
});
