import { err, ok, type Result } from '../base/result.ts';
import { readConsoleExport } from './consoleExport.ts';
import { readCoreProtocol } from './coreProtocol.ts';
import type { FlowDocument } from './flowDocument.ts';
import { readGenericFlow } from './genericFlow.ts';
import { parseJsonTree } from './jsonTree.ts';
import type { SourceTree } from './sourceTree.ts';
import { parseYamlTree } from './yamlTree.ts';

/** Why a file is not taken for a flow. */
export interface FlowProblem {
  readonly reason: 'notAFlow' | 'unreadable';
  readonly detail: string;
}

/**
 * Reads a flow file: the console's export or the core protocol, in YAML or JSON, else any file whose
 * objects carry ids. Tolerates a text that is being edited: what can be read is there.
 */
export function parseFlow(text: string, fileName: string): Result<FlowDocument, FlowProblem> {
  let root: SourceTree | undefined;
  try {
    root = /\.ya?ml$/i.test(fileName) ? parseYamlTree(text) : parseJsonTree(text);
  } catch (error) {
    return err({ reason: 'unreadable', detail: String(error) });
  }
  if (root === undefined) return err({ reason: 'notAFlow', detail: 'the file is empty' });
  const flow = readConsoleExport(root) ?? readCoreProtocol(root) ?? readGenericFlow(root);
  if (flow === undefined || flow.nodes.length === 0) {
    return err({ reason: 'notAFlow', detail: 'it holds no nodes' });
  }
  return ok(flow);
}
