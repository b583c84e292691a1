/**
 * What is told of a file whose text is broken by now: `partly` what can be read of it, so that steps may be missing; `before`
 * what could be read before it broke.
 */
export type BrokenFlow = 'partly' | 'before';
