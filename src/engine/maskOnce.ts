/** More than these are no names of flows and nodes, and no errors that they fail with. */
const mostMasked = 20_000;

/** Masks each text once: executions share the names of flows and nodes. */
export function maskOnce(
  known: Map<string, string>,
  text: string,
  mask: (text: string) => string,
): string {
  let masked = known.get(text);
  if (masked === undefined) {
    masked = mask(text);
    if (known.size >= mostMasked) known.clear();
    known.set(text, masked);
  }
  return masked;
}
