/**
 * `npm run -s tree -- FILE [--flow FLOWFILE] [--data] [--json]`: prints the executions of a trace file (one JSON record,
 * an array, lines, an export, packed or not; `-` is standard input) as trees; with `--data` what each node got, gave,
 * was set to and logged, and the execution itself, masked as in the panel. Exit code 0, or 2 with a sentence on standard error.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import type { FlowDocument } from '../src/flow/flowDocument.ts';
import { parseFlow } from '../src/flow/parseFlow.ts';
import { readRecords } from '../src/sources/files/readRecords.ts';
import { treeJson } from '../src/view/treeJson.ts';
import { treeText } from '../src/view/treeText.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import { printedTrace, type PrintedTrace } from './printedTrace.ts';
import { runAsProgram } from './program.ts';
import {
  asciiJson,
  type CommandOutcome,
  messageOf,
  outcomeOf,
  printCommand,
  readInput,
  unpacked,
  UsageError,
} from './traceInput.ts';

const usage = 'Usage: npm run -s tree -- FILE [--flow FLOWFILE] [--data] [--json]';

/** The command, without its process; `readStdin` gives what `-` stands for. */
export function treeCommand(
  args: readonly string[],
  readStdin: () => Uint8Array,
): Promise<CommandOutcome> {
  return outcomeOf(() => printed(args, readStdin));
}

async function printed(args: readonly string[], readStdin: () => Uint8Array): Promise<string> {
  const { file, flowFile, json, withData } = readArguments(args);
  const read = (name: string) => readInput(name, readStdin);
  const content = await unpacked(file, read(file));
  const flow = flowFile === undefined ? null : flowOf(flowFile, read(flowFile));
  const trace = await printedTrace(
    readRecords(content, file === '-' ? 'stdin' : basename(file)),
    flow,
  );
  if (trace.executions.length + trace.rejected.length === 0) {
    throw new UsageError(`${file} holds no records.`);
  }
  return json ? asJson(trace, withData) : asText(trace, withData);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        flow: { type: 'string' },
        data: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError(usage);
    return { file, flowFile: values.flow, json: values.json, withData: values.data };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${messageOf(error)}\n${usage}`);
  }
}

function flowOf(file: string, bytes: Uint8Array): FlowDocument {
  const parsed = parseFlow(new TextDecoder().decode(bytes), basename(file));
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${file} is no flow file: ${parsed.error.detail}.`);
}

function asText({ executions, rejected }: PrintedTrace, withData: boolean): string {
  const trees = executions.map((execution) => treeText(execution, plainEnglish, { withData }));
  const lines = rejected.map(({ offset, reason, detail }) => {
    return `rejected  record ${offset}  ${reason}${detail === '' ? '' : `  ${detail}`}\n`;
  });
  return [...trees, ...(lines.length > 0 ? [lines.join('')] : [])].join('\n');
}

function asJson({ executions, rejected }: PrintedTrace, withData: boolean): string {
  const trees = executions.map((execution) => treeJson(execution, { withData }));
  return asciiJson({ executions: trees, rejected });
}

runAsProgram(import.meta.url, (args) => printCommand(treeCommand, args));
