import { findJsonFault, type JsonFault } from '../base/jsonFault.ts';
import { isRecordTable } from '../base/tableColumns.ts';
import type { RejectReason } from '../trace/rejected.ts';

/** What content is that is no JSON, by how it begins. */
const kinds: readonly (readonly [kind: string, begins: RegExp])[] = [
  ['Node’s Buffer', /^<Buffer [\da-f]{2} /],
  ['HTML', /^<(?:!doctype html|html|head|body)\b/i],
  ['XML', /^<[?!a-z]/i],
  ['typographic quotes', /^\[?\s*\{\s*[“”„‟]/],
  ['a private key or certificate', /^-----BEGIN /],
  ['Java’s Struct', /^Struct\{/],
  ['SQL', /^(?:INSERT\s+(?:\w+\s+)?INTO|COPY\s+\S+[^\n]*\sFROM\s+stdin)\b/i],
  ['PDF', /^%PDF-/],
  ['gzip in base64', /^"?H4sI[\w+/]{20}/],
  ['a hexadecimal dump', /^[\da-f]{7,8}:? {1,3}(?:[\da-f]{2,8} {1,2}){4}/i],
  ['YAML', /^(?:#[^\n]*\n)*(?:---\s|%YAML |(?:- )?[\w.-]+:(?:[ \t][^\n]*)?\n\s*(?:- )?[\w.-]+:\s)/],
];
/** Enough to see how it begins. */
const lookedAt = 4_096;
/** An object in a line of something else. */
const objectBehind = /\{\s*"/;

/** Why a text is no JSON: what it is instead, or where it stops being JSON and what stands there. */
export function whyNoJson(text: string, fault: JsonFault): [RejectReason, string] {
  const head = text.slice(0, lookedAt).trimStart();
  if (isRecordTable(head)) return ['notJson', 'CSV without a value column'];
  const kind = kinds.find(([, begins]) => begins.test(head))?.[0];
  if (kind !== undefined) return ['notJson', kind];
  const { position, kind: form, what } = faultBehind(text) ?? fault;
  const reason = form === 'truncated' ? 'truncatedJson' : 'notJson';
  return [reason, `position ${position}${what === undefined ? '' : `: ${what}`}`];
}

/** In a line of a log the fault is that of the object in it, not that the line begins with something else. */
function faultBehind(text: string): JsonFault | undefined {
  const start = objectBehind.exec(text)?.index ?? 0;
  if (start === 0 || /^\s*[[{"]/.test(text)) return undefined;
  const fault = findJsonFault(text.slice(start));
  return fault && { ...fault, position: start + fault.position };
}
