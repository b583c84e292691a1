import { err, ok, type Result } from '../base/result.ts';
import { readAstronRpaFlow } from './astronRpaFlow.ts';
import { readAstronRpaMap, readAstronRpaReport, readAstronRpaRun } from './astronRpaRun.ts';
import { readBluePrismFlow } from './bluePrismFlow.ts';
import { readBpmnFlow } from './bpmnFlow.ts';
import { readConsoleExport } from './consoleExport.ts';
import { readCoreProtocol } from './coreProtocol.ts';
import type { FlowDocument, FlowReading } from './flowDocument.ts';
import { type FlowKeys, noFlowKeys, readGenericFlow } from './genericFlow.ts';
import { parseJsonTree } from './jsonTree.ts';
import { readLogicAppsFlow } from './logicAppsFlow.ts';
import { readN8nFlow } from './n8nFlow.ts';
import { readNodeRedFlow } from './nodeRedFlow.ts';
import { nodeIndex } from './nodeIndex.ts';
import { withSettings } from './nodeSettings.ts';
import { NestedTooDeeply, type ParsedText, tooDeepText } from './parsedText.ts';
import { readPythonFlow } from './pythonFlow.ts';
import { readRobotFlow } from './robotFlow.ts';
import { type SourceTree, textAt } from './sourceTree.ts';
import { flowRoots } from './wrappedJson.ts';
import { readXamlFlow } from './xamlFlow.ts';
import { parseXmlTree } from './xmlTree.ts';
import { parseYamlTree } from './yamlTree.ts';

/**
 * Why a file is not taken for a flow. `syntax`: its text is broken so that no node can be read. `tooLarge`: whoever
 * had it read gave it up.
 */
export interface FlowProblem {
  readonly reason: 'notAFlow' | 'syntax' | 'tooDeep' | 'tooLarge';
  /** For the log, in the parser's words. */
  readonly detail: string;
  /** Where the text is broken. */
  readonly offset?: number;
}

/** Readers of JSON and YAML, the surest first. */
const readers = [
  ...[readConsoleExport, readCoreProtocol, readAstronRpaFlow, readAstronRpaRun, readN8nFlow],
  ...[readNodeRedFlow, readLogicAppsFlow],
];
const xmlReaders = [readBpmnFlow, readXamlFlow, readBluePrismFlow];

const isXml = (text: string) => /^\uFEFF?\s*</.test(text);

/**
 * Reads a flow file: of a known format, else any YAML, JSON or XML whose objects carry ids, by keys that may be more than
 * the usual ones. What the text is goes before what its name says. Tolerates a text that is being edited: what can be
 * read is there. One that nests deeper than any flow is refused, at whatever place it does.
 */
export function parseFlow(
  text: string,
  fileName: string,
  keys: FlowKeys = noFlowKeys,
): Result<FlowDocument, FlowProblem> {
  if (!conflict.test(text)) return parseWhole(text, fileName, keys);
  const read = parseWhole(withBothSides(text), fileName, keys);
  return read.ok ? ok({ ...read.value, isPartial: true }) : read;
}

/** What git leaves in a file that two changed: without its marks both sides are read. */
const conflict = /^<{7} /m;
const conflictMark = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/gm;

/** Without the marks, and without what stood there before both, where git left that too. No place is another then. */
function withBothSides(text: string): string {
  const marks = [...text.matchAll(conflictMark)];
  let read = '';
  let end = 0;
  for (const [index, { 0: mark, index: start }] of marks.entries()) {
    read += text.slice(end, start);
    const next = marks[index + 1];
    const isBase = mark.startsWith('|') && next?.[0].startsWith('=') === true;
    end = isBase ? next.index : start + mark.length;
    read += text.slice(start, end).replaceAll(/[^\r\n]/g, ' ');
  }
  return read + text.slice(end);
}

function parseWhole(
  text: string,
  fileName: string,
  keys: FlowKeys,
): Result<FlowDocument, FlowProblem> {
  try {
    const written = isXml(text) ? undefined : writtenFlow(text, fileName);
    if (written !== undefined) return written;
    return flowOf(parserFor(text, fileName)(text), text, fileName, keys);
  } catch (error) {
    return err(problemOf(error));
  }
}

/** Programs in languages of their own, and what a run of the robot leaves, by their names. */
const writtenReaders: readonly (readonly [RegExp, typeof readPythonFlow])[] = [
  [/\.py$/i, readPythonFlow],
  [/\.(?:robot|resource)$/i, readRobotFlow],
  [/\.txt$/i, readAstronRpaReport],
  [/\.map$/i, readAstronRpaMap],
];

/** A text that is read line by line; undefined for a file of data. */
function writtenFlow(
  text: string,
  fileName: string,
): Result<FlowDocument, FlowProblem> | undefined {
  const read = writtenReaders.find(([name]) => name.test(fileName))?.[1];
  const flow = read?.(text, fileName);
  if (flow !== undefined && flow.nodes.length > 0) return ok(indexed(flow, null));
  return read && err(noNodes);
}

const noNodes: FlowProblem = { reason: 'notAFlow', detail: 'it holds no nodes' };

function flowOf(
  { tree, fault }: ParsedText,
  text: string,
  fileName: string,
  keys: FlowKeys,
): Result<FlowDocument, FlowProblem> {
  if (tree !== undefined) {
    const flow = isXml(text) ? xmlFlow(tree, text, fileName, keys) : dataFlow(tree, text, keys);
    if (flow !== undefined) return ok(indexed(flow, fault));
  }
  return err(fault === null ? noNodes : { reason: 'syntax', ...fault });
}

function dataFlow(tree: SourceTree, text: string, keys: FlowKeys): FlowReading | undefined {
  const roots = flowRoots(tree, text);
  for (const read of readers) {
    for (const root of roots) {
      const flow = read(root);
      if (flow !== undefined && flow.nodes.length > 0) return withSettings(flow, root, text);
    }
  }
  // What an answer wraps around a flow has no id of its own.
  const isFlow = (root: SourceTree) => root.kind === 'list' || textAt(root, 'id') !== '';
  const root = roots.find(isFlow) ?? roots[0] ?? tree;
  const flow = readGenericFlow(root, keys);
  return flow && withSettings(flow, root, text);
}

function xmlFlow(
  tree: SourceTree,
  text: string,
  fileName: string,
  keys: FlowKeys,
): FlowReading | undefined {
  for (const read of xmlReaders) {
    const flow = read(tree);
    if (flow !== undefined) {
      return flow.nodes.length > 0 ? withSettings(flow, tree, text) : undefined;
    }
  }
  // Most XAML describes windows; another tool keeps other things in `.robot`.
  return /\.(?:xaml|robot|resource)$/i.test(fileName) ? undefined : readGenericFlow(tree, keys);
}

function problemOf(error: unknown): FlowProblem {
  if (error instanceof NestedTooDeeply) {
    return { reason: 'tooDeep', detail: error.message, offset: error.offset };
  }
  // The parsers below ours walk down too: thousands of levels exhaust their stack before ours can count.
  if (error instanceof RangeError) return { reason: 'tooDeep', detail: tooDeepText };
  return { reason: 'syntax', detail: String(error) };
}

function parserFor(text: string, fileName: string): (text: string) => ParsedText {
  if (/\.ya?ml$/i.test(fileName) && !isXml(text)) return parseYamlTree;
  // `.bpmn`, `.xaml`, `.bprelease`: XML is told by how it begins, JSON has no other home.
  return isXml(text) ? parseXmlTree : parseJsonTree;
}

function indexed(flow: FlowReading, fault: ParsedText['fault']): FlowDocument {
  return {
    ...flow,
    nodesById: nodeIndex(flow.nodes),
    ...(fault === null ? {} : { isPartial: true }),
  };
}
