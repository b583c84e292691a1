import type { Finding } from './finding.ts';

/** What one rule contributes to why an execution failed. */
export type Clue = Pick<
  Finding,
  'rule' | 'category' | 'cause' | 'said' | 'code' | 'evidence' | 'confidence'
>;
