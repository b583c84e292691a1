/**
 * Which masked text of what is inspected: its section, and its place in it from 0. `message`: the status message of
 * the record; `name` and `id`: those of the node, or what ran and its sid; they are at 0.
 */
export interface ValuePlace {
  readonly section: 'input' | 'output' | 'config' | 'other' | 'logs' | 'message' | 'name' | 'id';
  readonly index: number;
}
