/** Calls `hide` for all that a pattern finds in a text, and puts what it gives in place. */
export type Replace = (text: string, hide: (found: string) => string) => string;

/** The same pattern for an automaton that reads each character once; undefined for one that has no such form. */
export type LinearForm = (expression: RegExp) => Replace | undefined;

/** Where no automaton is at hand: a pattern that takes too long is given up then. */
export const noLinearForm: LinearForm = () => undefined;
