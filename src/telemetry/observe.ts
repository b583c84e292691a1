import { fieldOf } from './fieldOf.ts';
import type { NodeName } from './nodeName.ts';
import { needFunction, shownNode } from './forgotten.ts';
import { argumentsBy } from './parameterNames.ts';
import { scopes } from './traceContext.ts';
import { tracedFrom } from './traced.ts';

/** How a function is observed. */
export interface ObserveOptions<Arguments extends readonly unknown[]> {
  /**
   * What is recorded as input. Default: the arguments by the names of the function's parameters, so that one that is called
   * `password` is hidden. Where a bundler has shortened the names nothing tells that: then say here what is recorded;
   * `() => ({})` for nothing.
   */
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
  const byName = argumentsBy(target);
  const inputOf = given ?? ((...args: Arguments) => byName(args));
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
