/** Enough to see `flowMeta` and `flowData`, or the first nodes of a core protocol, whatever stands before. */
const lookAt = 64 * 1024;

/**
 * Whether a file may be a flow: cheap enough to ask of every YAML and JSON file of a workspace. Parsing
 * decides later. Loads no parser, so that the host can use it.
 */
export function looksLikeFlow(text: string, fileName: string): boolean {
  if (!/\.(?:ya?ml|json)$/i.test(fileName)) return false;
  const head = text.slice(0, lookAt);
  if (/^flowData:|"flowData"\s*:/m.test(head)) return true;
  // A node id of the family: `rpa::3f9d2b1a-…`.
  return /\bnodes["']?\s*:/.test(head) && /[\w-]+::[0-9a-f]{8}-[0-9a-f]{4}-/i.test(head);
}
