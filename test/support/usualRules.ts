import { createRedactionRules } from '../../src/masking/createRedactionRules.ts';

/** The rules of masking where no setting changes them; all that they remember is which texts are harmless. */
export const usualRules = createRedactionRules();
