/** What begins each secret that the fixtures hold: nothing that is shown, saved or logged may have one in it. */
export const plantedSecret = /(?:EXAMPLE-[A-Z]+-|PLANTED-)[\w-]*/;

/**
 * The same without the one that is known by a single field alone: where a mutant lost that field, its echo is just
 * a word.
 */
export const plantedInMutant = /(?:EXAMPLE-[A-Z]+-|PLANTED-(?!iv))[\w-]*/;
