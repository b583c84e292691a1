import type { EngineMethods } from './engineProtocol.ts';

/** The engine as a page sees it: what a page may ask of it. All else, settings and sources for one, is the host's alone. */
export type PageEngineMethods = Pick<
  EngineMethods,
  | ('ask' | 'watch' | 'unwatch' | 'latest' | 'complete' | 'chooseFlow' | 'markProblem')
  | ('fetchStored' | 'cancelFetch' | 'reveal' | 'rejected' | 'rejectedText')
  | ('pause' | 'resume' | 'endReading' | 'skipDamaged' | 'loadOlder')
>;
