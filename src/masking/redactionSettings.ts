/** How secrets are masked beyond what always is. */
export interface RedactionSettings {
  /** Regular expressions of further secrets, each bare or as `/…/flags`. */
  readonly patterns: readonly string[];
  /** Where each of them is written; the user's list, in this order, where nothing is said. */
  readonly origins?: readonly PatternOrigin[];
  /** Further field names whose values are masked. */
  readonly names: readonly string[];
  /** Whether the reader may have a masked value shown. Never in an untrusted workspace. */
  readonly allowReveal: boolean;
}

/** On which level of the settings a pattern is written, and its place in that list from 0. */
export interface PatternOrigin {
  readonly level: 'user' | 'workspace';
  readonly index: number;
}

/**
 * A pattern of the settings that is not applied: where it is written, and why. `givenUp`: it was applied
 * until it took too long on some text; since then all texts are hidden, for it may have found something in them.
 */
export interface RedactionProblem extends PatternOrigin {
  readonly fault:
    | { readonly kind: 'invalid' | 'unknownFlag'; readonly detail: string }
    | { readonly kind: 'matchesEmpty' | 'tooLong' | 'tooSlow' | 'givenUp' };
}
