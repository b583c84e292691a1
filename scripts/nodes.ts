/**
 * `npm run -s nodes -- FLOWFILE [--json]`: prints the nodes of a flow file with their places, as the editor finds them;
 * `-` is standard input. Of a table of lines that a robot's run leaves the `package.json` beside it says which steps they
 * are. Lines and columns count from 1, as VS Code shows them. Exit code 0, or 2 with a sentence on standard error, where it
 * is also said of a broken file that steps may be missing.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { terminalText } from '../src/base/plainText.ts';
import type { FlowDocument, FlowNode } from '../src/flow/flowDocument.ts';
import { parseFlow } from '../src/flow/parseFlow.ts';
import { runNames } from '../src/flow/runNames.ts';
import { placesOf, type Place } from './places.ts';
import { runAsProgram } from './program.ts';
import {
  asciiJson,
  type CommandOutcome,
  messageOf,
  outcomeOf,
  printCommand,
  readInput,
  UsageError,
} from './traceInput.ts';

const usage = 'Usage: npm run -s nodes -- FLOWFILE [--json]';

/** The command, without its process; `readStdin` gives what `-` stands for. */
export function nodesCommand(
  args: readonly string[],
  readStdin: () => Uint8Array,
): Promise<CommandOutcome> {
  let remark = '';
  const print = () => {
    const { file, json } = readArguments(args);
    // A mark at its beginning is no column of the editor.
    const text = new TextDecoder('utf-8').decode(readInput(file, readStdin));
    const flow = flowOf(file, text);
    if (flow.isPartial === true) remark = `Part of ${file} can’t be read: steps may be missing.\n`;
    return printed({ file, json, text, flow }, readStdin);
  };
  return outcomeOf(
    () => Promise.resolve(print()),
    () => remark,
  );
}

interface ReadFlow {
  readonly file: string;
  readonly json: boolean;
  readonly text: string;
  readonly flow: FlowDocument;
}

function printed({ file, json, text, flow }: ReadFlow, readStdin: () => Uint8Array): string {
  const places = placesOf(text);
  const stepOf = stepsBeside(file, flow, readStdin);
  const nodes = flow.nodes.map((node) => asRow(node, stepOf(node), places(node.idRange.start)));
  return json ? asciiJson(nodes) : asText(nodes);
}

type Named = Pick<FlowNode, 'name' | 'type'>;

/** What the table beside a file of a run says of the steps that it only numbers. */
function stepsBeside(
  file: string,
  flow: FlowDocument,
  readStdin: () => Uint8Array,
): (node: FlowNode) => Named {
  const beside = join(dirname(file), 'package.json');
  const isNumbered = flow.format === 'astronRpaRun' && file.endsWith('.map') && existsSync(beside);
  if (!isNumbered) return (node) => node;
  const table = parseFlow(new TextDecoder().decode(readInput(beside, readStdin)), 'package.json');
  if (!table.ok) return (node) => node;
  const names = runNames([flow, table.value]);
  return (node) => table.value.nodesById.get(names.get(node.id) ?? '')?.[0] ?? node;
}

interface Row extends Place {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly parent: string | null;
}

function asRow({ id, parentId }: FlowNode, { name, type }: Named, place: Place): Row {
  return { id, name, type, parent: parentId, ...place };
}

function asText(nodes: readonly Row[]): string {
  const lines = nodes.map(({ id, name, type, parent, line, column }) => {
    const place = `${String(line)}:${String(column)}`;
    const within = parent === null ? [] : [`in ${parent}`];
    return [place, id, type, name, ...within].map((part) => terminalText(part)).join('  ');
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function flowOf(file: string, text: string): FlowDocument {
  const parsed = parseFlow(text, basename(file));
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${file} is no flow file: ${parsed.error.detail}.`);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError(usage);
    return { file, json: values.json };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${messageOf(error)}\n${usage}`);
  }
}

runAsProgram(import.meta.url, (args) => printCommand(nodesCommand, args));
