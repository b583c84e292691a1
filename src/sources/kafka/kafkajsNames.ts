import * as namespace from 'kafkajs';

/**
 * kafkajs with all its names. Node finds only some of them when it loads this CommonJS package as it is
 * (in tests and scripts); there they stand on the default export, which the bundler fills in as well.
 */
export const kafkajs = 'default' in namespace ? (namespace.default as typeof namespace) : namespace;
