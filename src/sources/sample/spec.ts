/** The sample robot: there is but one, and nothing to set. */
export type SampleSpec = object;
