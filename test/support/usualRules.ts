import { createRedactionRules } from '../../src/masking/redactionRules.ts';

/** The rules of masking where no setting changes them; all that they remember is which texts are harmless. */
export const usualRules = createRedactionRules();
