import { readFileSync } from 'node:fs';

/** The console's export of the sample, its six nodes so many times under ids of their own. */
export function largeFlow(copies: number): string {
  const sample = new URL('../fixtures/flows/invoice-entry.yaml', import.meta.url);
  const text = readFileSync(sample, 'utf8');
  const [from, to] = [text.indexOf('  nodes:\n') + 9, text.indexOf('  edges:')];
  const nodes = Array.from({ length: copies }, (_, copy) =>
    text.slice(from, to).replaceAll('::', `::${String(copy)}-`),
  );
  return text.slice(0, from) + nodes.join('') + text.slice(to);
}
