import { fieldOf } from './fieldOf.ts';
import type { NodeName } from './nodeName.ts';
import { needFunction, shownNode } from './forgotten.ts';
import { scopes } from './traceContext.ts';
import { tracedFrom } from './traced.ts';

/** How a function is observed. */
export interface ObserveOptions<Arguments extends readonly unknown[]> {
  /** What is recorded as input. Default: the arguments as `arguments`; `() => ({})` for none. */
  readonly input?: ((...args: Arguments) => object) | undefined;
}

/**
 * A function that does the same, each call of it traced as a node.
 *
 *     const enter = observe('enter', (order: Order) => erp.enter(order));
 */
export function observe<This, Arguments extends unknown[], T>(
  node: NodeName,
  target: (this: This, ...args: Arguments) => T,
  options: ObserveOptions<Arguments> = {},
): (this: This, ...args: Arguments) => T {
  needFunction(target, `observe(${shownNode(node)}, …)`);
  const given = fieldOf(options, 'input') as ObserveOptions<Arguments>['input'];
  const inputOf = given ?? ((...args: Arguments) => ({ arguments: args }));
  return function observed(this: This, ...args: Arguments): T {
    return tracedFrom(observed, node, written(inputOf, args), () => target.apply(this, args));
  };
}

/** What goes wrong in saying what the input was must not reach the robot. */
function written<Arguments extends unknown[]>(
  inputOf: (...args: Arguments) => object,
  args: Arguments,
): object {
  try {
    return inputOf(...args);
  } catch (error) {
    scopes().getStore()?.execution.fault('input of observe', error);
    return {};
  }
}
