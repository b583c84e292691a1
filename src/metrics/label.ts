import { maskMark } from '../trace/masked.ts';

/** Names and ids are shorter; what is longer would be kept for each series of its own. */
const longestLabel = 128;

/** None for what is empty, or holds something masked: a token as an id would also make a series of each execution. */
export function label(name: string, text: string): Readonly<Record<string, string>> {
  return text === '' || text.length > longestLabel || text.includes(maskMark)
    ? {}
    : { [name]: text };
}
