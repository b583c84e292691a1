import type { EngineMethods } from './engineProtocol.ts';

/** What a page may ask of the engine. All else, settings and sources for one, is the host's alone. */
export const pageMethods = [
  ...(['ask', 'watch', 'unwatch', 'latest', 'complete', 'chooseFlow'] as const),
  ...(['fetchStored', 'cancelFetch', 'reveal', 'rejected', 'rejectedText'] as const),
  ...(['pause', 'resume', 'endReading', 'skipDamaged', 'loadOlder'] as const),
] satisfies readonly (keyof EngineMethods)[];

/** The engine as a page sees it. */
export type PageEngineMethods = Pick<EngineMethods, (typeof pageMethods)[number]>;
