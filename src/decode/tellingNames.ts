/** Whether a name of a node holds letters and digits in one word: others repeat no secret. */
export function isTellingName(name: string): boolean {
  if (!/\d/.test(name)) return false;
  const words = name.match(/[!-~]{6,}/g) ?? [];
  return words.some((word) => /\d/.test(word) && /[a-z]/i.test(word));
}

/** Whether the id of a node is an address, of an MCP server, which may hold a token. */
export function isAddress(id: string): boolean {
  return id.includes('://');
}
