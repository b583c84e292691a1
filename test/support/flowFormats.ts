import { expect } from 'vitest';
import type { FlowDocument, FlowFormat } from '../../src/flow/flowDocument.ts';
import type { FlowKeys } from '../../src/flow/genericFlow.ts';
import { looksLikeFlow } from '../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../src/flow/parseFlow.ts';

/** A text that the host passes on and that is read as a format, with its places checked. */
export function flowAs(
  format: FlowFormat,
  text: string,
  fileName: string,
  keys?: FlowKeys,
): FlowDocument {
  expect(looksLikeFlow(text, fileName, keys?.identity)).toBe(true);
  const parsed = parseFlow(text, fileName, keys);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const flow = parsed.value;
  expect(flow.format).toBe(format);
  const lines = text.split(/\r\n|\r|\n/);
  for (const { id, idRange, range, lines: ownLines } of flow.nodes) {
    expect(range.start).toBeLessThanOrEqual(idRange.start);
    expect(range.end).toBeGreaterThanOrEqual(idRange.end);
    if (ownLines === undefined) expect(text.slice(idRange.start, idRange.end)).toBe(id);
    else {
      const at = text.slice(0, range.start).split(/\r\n|\r|\n/).length;
      expect([id, ownLines[0]]).toEqual([id, at]);
      expect(lines.slice(ownLines[0] - 1, ownLines[1]).join('\n')).toContain(
        text.slice(idRange.start, idRange.end),
      );
    }
  }
  return flow;
}

/** The nodes of a flow, each as `id type “name” in parent`. */
export function nodesOf({ nodes }: FlowDocument): string[] {
  return nodes.map(({ id, type, name, parentId }) =>
    [
      id,
      type,
      ...(name === '' ? [] : [`“${name}”`]),
      ...(parentId === null ? [] : [`in ${parentId}`]),
    ].join(' '),
  );
}

/** The edges of a flow, each as `source → target kind`. */
export function edgesOf({ edges }: FlowDocument): string[] {
  return edges.map(({ source, target, kind }) => `${source} → ${target} ${kind}`);
}
