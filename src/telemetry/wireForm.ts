/**
 * How the data of a node is written. All of them call themselves `v2.0.0`:
 * - `common`: the shared library of the tool services; values as JSON.
 * - `g1`: the workflow engine of 2025; each value a text, the last one of a name counts.
 * - `g3`: the workflow engine of 2026; lists that grow by one `{"name", "value"}` text for each value.
 */
export type WireForm = 'common' | 'g1' | 'g3';
