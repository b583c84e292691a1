/**
 * An esbuild plugin for bundles that are modules: what packages of CommonJS in them `require` of Node becomes an
 * `import`, and so does what they `require` of packages that stay outside. Otherwise it is a `require` that throws
 * (“Dynamic require of "events" is not supported”), as a module has none.
 */
import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/** The packages of `outside` stay there, whoever asks for them. */
export function commonJsInModules(outside: readonly string[]): Plugin {
  return {
    name: 'commonjs-in-modules',
    setup(build) {
      for (const name of outside) {
        build.onResolve({ filter: new RegExp(`^${name}(?:/|$)`) }, ({ path, kind }) =>
          kind === 'require-call' ? { path, namespace: 'outside' } : { path, external: true },
        );
      }
      build.onLoad({ filter: /.*/, namespace: 'outside' }, ({ path }) => ({
        contents: `export * from '${path}';`,
      }));
      const ofNode = new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`);
      build.onResolve({ filter: ofNode }, ({ path, kind }) =>
        kind === 'require-call' ? { path, namespace: 'of-node' } : undefined,
      );
      // Two steps: a `require` of a module gives its names, and not what it exports as a whole.
      build.onResolve({ filter: /^whole:/ }, ({ path }) => ({
        path: path.slice('whole:'.length),
        namespace: 'whole-of-node',
      }));
      build.onLoad({ filter: /.*/, namespace: 'of-node' }, ({ path }) => ({
        contents: `module.exports = require('whole:${path}').default;`,
      }));
      build.onLoad({ filter: /.*/, namespace: 'whole-of-node' }, ({ path }) => ({
        contents: `export { default } from 'node:${path.replace(/^node:/, '')}';`,
      }));
    },
  };
}
