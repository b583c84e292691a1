/** The technical type of a node: the prefix of its id (`rpa::3f9d…` → `rpa`); empty without one. */
export function nodeType(id: string): string {
  const end = id.indexOf('::');
  return end === -1 ? '' : id.slice(0, end);
}
