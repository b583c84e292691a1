import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, absolute. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where failing tests leave pictures and logs; git ignores it. */
export const resultsFolder = resolve(repositoryRoot, 'test-results');
