import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from './execution.ts';

const key = Symbol.for('rpa-trace-telemetry.scope');

/**
 * The scope of the code that runs now. It stands on the global object: a robot may load the library twice,
 * as a module and through `require`, and an execution of one is the other's as well.
 */
export function scopes(): AsyncLocalStorage<Scope> {
  const shared = globalThis as { [key]?: AsyncLocalStorage<Scope> | undefined };
  return (shared[key] ??= new AsyncLocalStorage<Scope>());
}
