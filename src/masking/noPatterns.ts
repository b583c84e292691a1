import type { UserPatterns } from './userPatterns.ts';

/** What nobody asked for finds nothing. */
export const noPatterns: UserPatterns = {
  any: false,
  mask: (text) => text,
  guard: (work) => work(),
};
