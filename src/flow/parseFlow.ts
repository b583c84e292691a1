import { err, ok, type Result } from '../base/result.ts';
import type { NodeId } from '../trace/execution.ts';
import { readConsoleExport } from './consoleExport.ts';
import { readCoreProtocol } from './coreProtocol.ts';
import type { FlowDocument, FlowNode, FlowReading } from './flowDocument.ts';
import { readGenericFlow } from './genericFlow.ts';
import { parseJsonTree } from './jsonTree.ts';
import { readN8nFlow } from './n8nFlow.ts';
import { NestedTooDeeply, type ParsedText } from './parsedText.ts';
import { type SourceTree, textAt } from './sourceTree.ts';
import { flowRoots } from './wrappedJson.ts';
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

/**
 * Reads a flow file: the console's export or the core protocol, in YAML or JSON, a workflow of n8n, else any YAML, JSON or
 * XML whose objects carry ids. Tolerates a text that is being edited: what can be read is there.
 * One that nests deeper than any flow is refused, at whatever place it does.
 */
export function parseFlow(text: string, fileName: string): Result<FlowDocument, FlowProblem> {
  try {
    return flowOf(parserFor(text, fileName)(text), text);
  } catch (error) {
    return err(problemOf(error));
  }
}

function flowOf({ tree, fault }: ParsedText, text: string): Result<FlowDocument, FlowProblem> {
  if (tree !== undefined) {
    const roots = flowRoots(tree, text);
    for (const read of [readConsoleExport, readCoreProtocol, readN8nFlow]) {
      for (const root of roots) {
        const flow = read(root);
        if (flow !== undefined && flow.nodes.length > 0) return ok(indexed(flow, fault));
      }
    }
    // What an answer wraps around a flow has no id of its own.
    const isFlow = (root: SourceTree) => root.kind === 'list' || textAt(root, 'id') !== '';
    const flow = readGenericFlow(roots.find(isFlow) ?? roots[0] ?? tree);
    if (flow !== undefined) return ok(indexed(flow, fault));
  }
  return err(
    fault === null
      ? { reason: 'notAFlow', detail: 'it holds no nodes' }
      : { reason: 'syntax', ...fault },
  );
}

function problemOf(error: unknown): FlowProblem {
  if (error instanceof NestedTooDeeply) {
    return { reason: 'tooDeep', detail: error.message, offset: error.offset };
  }
  // The parsers below ours walk down too: thousands of levels exhaust their stack before ours can count.
  return { reason: error instanceof RangeError ? 'tooDeep' : 'syntax', detail: String(error) };
}

function parserFor(text: string, fileName: string): (text: string) => ParsedText {
  if (/\.ya?ml$/i.test(fileName)) return parseYamlTree;
  // `.bpmn`, `.xaml`, `.bprelease`: XML is told by how it begins, JSON has no other home.
  return /^\uFEFF?\s*</.test(text) ? parseXmlTree : parseJsonTree;
}

function indexed(flow: FlowReading, fault: ParsedText['fault']): FlowDocument {
  const nodesById = new Map<NodeId, FlowNode[]>();
  for (const node of flow.nodes) {
    const same = nodesById.get(node.id);
    if (same === undefined) nodesById.set(node.id, [node]);
    else same.push(node);
  }
  return { ...flow, nodesById, ...(fault === null ? {} : { isPartial: true }) };
}
