/**
 * An esbuild plugin for bundles that are modules: takes packages of CommonJS into them. What they `require` of Node
 * becomes an `import`. Left outside they work in Node, but whoever bundles a module that imports them gets a
 * `require` that throws (“Dynamic require of "events" is not supported”), as a module has none.
 */
import { builtinModules, createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

/** Takes in the packages of these names, which are found from `root`. */
export function commonJsInModules(names: readonly string[], root: string): Plugin {
  const { resolve } = createRequire(`${root}/`);
  return {
    name: 'commonjs-in-modules',
    setup(build) {
      const packages = new RegExp(`^(?:${names.join('|')})(?:/|$)`);
      build.onResolve({ filter: packages }, ({ path }) => ({ path: resolve(path) }));
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
