import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { repositoryRoot } from '../test/support/paths.ts';

/** An import that the table of `test/structure/imports.cjs` forbids. */
export interface ForbiddenImport {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** What would be allowed, or the files of a cycle. */
  readonly why: string;
}

interface Rules {
  readonly forbidden: IForbiddenRuleType[];
  readonly options: ICruiseOptions;
}

/** Checks the TypeScript files in `folders`, relative to `root`, against the table of the project. */
export async function forbiddenImports(
  root: string,
  folders: readonly string[],
): Promise<ForbiddenImport[]> {
  const require = createRequire(import.meta.url);
  const { forbidden, options } = require('../test/structure/imports.cjs') as Rules;
  const { tsConfig: _, ...cruiseOptions } = options;
  const { output } = await cruise(
    [...folders],
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    undefined,
    { tsConfig: extractTSConfig(join(repositoryRoot, 'test/tsconfig.json')) },
  );
  if (typeof output === 'string') throw new TypeError('dependency-cruiser reported text');
  const comments = new Map(forbidden.map(({ name, comment }) => [name, comment]));
  return output.summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to,
    why: cycle?.map(({ name }) => name).join(' → ') ?? comments.get(rule.name) ?? '',
  }));
}
