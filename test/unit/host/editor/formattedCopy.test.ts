import { expect, test } from 'vitest';
import { parseFlow } from '../../../../src/flow/parseFlow.ts';
import { indented, indentedXml } from '../../../../src/host/editor/formattedCopy.ts';
import { flowFile } from '../../engine/world.ts';
import { oneLineRelease } from './world.ts';

test.each([
  ['{"a":1,"b":[1,2],"c":{}}', '{\n  "a": 1,\n  "b": [\n    1,\n    2\n  ],\n  "c": {}\n}\n'],
  ['[ ]', '[]\n'],
  // What a parser would write another way stays as it is.
  [
    '{"n":1.10,"big":12345678901234567890,"n":1}',
    '{\n  "n": 1.10,\n  "big": 12345678901234567890,\n  "n": 1\n}\n',
  ],
  [String.raw`{"a":"{\"x\":[1,2]}\\"}`, `{\n  "a": ${String.raw`"{\"x\":[1,2]}\\"`}\n}\n`],
  ['{"open":[1,', '{\n  "open": [\n    1,\n'],
])('%s', (text, expected) => {
  expect(indented(text)).toBe(expected);
});

test('a flow on one line is the same as one that was written in lines', () => {
  const { text } = flowFile('invoice-entry.core.json');
  const oneLine = JSON.stringify(JSON.parse(text));
  expect(indented(oneLine)).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
});

test.each([
  ['<a><b/><c>t</c></a>', '<a>\n  <b/>\n  <c>t</c>\n</a>\n'],
  [
    '<?xml version="1.0"?><a>\n\n<b></b> <c> </c></a>\n',
    '<?xml version="1.0"?>\n<a>\n  <b></b>\n  <c> </c>\n</a>\n',
  ],
  // What looks like a tag within another sign is none.
  [
    '<a x="<b>>"><!-- <c> --><![CDATA[<d></d>]]></a>',
    '<a x="<b>>">\n  <!-- <c> --><![CDATA[<d></d>]]></a>\n',
  ],
  ['<a><b>1 &lt; 2</b><c', '<a>\n  <b>1 &lt; 2</b><c\n'],
  ['</a><!-- <b><c>', '</a>\n<!-- <b><c>\n'],
])('%s', (text, expected) => {
  expect(indentedXml(text)).toBe(expected);
});

test('a release of one line for each process has the same steps, each on lines of its own', () => {
  const parsed = parseFlow(indentedXml(oneLineRelease), 'r.bprelease');
  const before = parseFlow(oneLineRelease, 'r.bprelease');
  const told = (flow: typeof parsed) =>
    flow.ok ? flow.value.nodes.map(({ id, name }) => [id, name]) : [];
  expect(told(parsed)).toHaveLength(6);
  expect(told(parsed)).toEqual(told(before));
});

test.each([
  ['JSON', indented, '['],
  ['XML', indentedXml, '<a>'],
])('%s that is nested without an end makes no endless text', (_, format, part) => {
  expect(format(part.repeat(40_000)).length).toBeLessThan(220 * 40_000);
});

test('elements beside text stay beside it', () => {
  const text = '<r><p>Hello <b>a</b> <i>b</i></p></r>';
  expect(indentedXml(text)).toBe('<r>\n  <p>Hello <b>a</b> <i>b</i></p>\n</r>\n');
});
