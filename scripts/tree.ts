/**
 * `npm run -s tree -- FILE [--flow FLOWFILE] [--compare OTHER] [--data] [--json]`: prints the executions of a trace file (one JSON record,
 * an array, lines, an export, packed or not; `-` is standard input) as trees; with `--data` what each node got, gave,
 * was set to and logged, and the execution itself, masked as in the panel; with `--compare` what differs between an execution of the file and the last
 * good one of the other file. Exit code 0, or 2 with a sentence on standard error.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { comparedPair } from '../src/compare/comparedPair.ts';
import { compareRuns } from '../src/compare/compareRuns.ts';
import type { FlowDocument } from '../src/flow/flowDocument.ts';
import { parseFlow } from '../src/flow/parseFlow.ts';
import { readRecords } from '../src/sources/files/readRecords.ts';
import { compareJson, compareText } from '../src/view/compareText.ts';
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

const usage =
  'Usage: npm run -s tree -- FILE [--flow FLOWFILE] [--compare OTHER] [--data] [--json]';

/** The command, without its process; `readStdin` gives what `-` stands for. */
export function treeCommand(
  args: readonly string[],
  readStdin: () => Uint8Array,
): Promise<CommandOutcome> {
  return outcomeOf(() => printed(args, readStdin));
}

async function printed(args: readonly string[], readStdin: () => Uint8Array): Promise<string> {
  const { file, flowFile, other, json, withData } = readArguments(args);
  const read = (name: string) => readInput(name, readStdin);
  const flow = flowFile === undefined ? null : flowOf(flowFile, read(flowFile));
  const traceOf = async (name: string) => {
    const records = readRecords(
      await unpacked(name, read(name)),
      name === '-' ? 'stdin' : basename(name),
    );
    const found = await printedTrace(records, flow, { withHistory: other === undefined });
    if (found.executions.length + found.rejected.length > 0) return found;
    throw new UsageError(`${name} holds no records.`);
  };
  const trace = await traceOf(file);
  if (other !== undefined) return compared(trace, await traceOf(other), [file, other], json);
  return json ? asJson(trace, withData) : asText(trace, withData);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        flow: { type: 'string' },
        compare: { type: 'string' },
        data: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError(usage);
    const { flow: flowFile, compare: other, json, data: withData } = values;
    return { file, flowFile, other, json, withData };
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

/** What differs, as text or JSON. */
function compared(
  { executions }: PrintedTrace,
  other: PrintedTrace,
  [file, otherFile]: readonly [string, string],
  json: boolean,
): string {
  const runs = executions.map((execution) => execution.compared);
  const pair = comparedPair(
    runs,
    other.executions.map((execution) => execution.compared),
  );
  if (pair === undefined) {
    throw new UsageError(`${runs.length === 0 ? file : otherFile} holds no execution to compare.`);
  }
  const { before, after, good } = pair;
  const difference = {
    comparison: compareRuns(before, after, good),
    ...{ before: before.summary, after: after.summary },
  };
  return json
    ? asciiJson(compareJson(difference, plainEnglish))
    : compareText(difference, plainEnglish);
}

function asText({ executions, rejected }: PrintedTrace, withData: boolean): string {
  const trees = executions.map((execution) => treeText(execution, plainEnglish, { withData }));
  const lines = rejected.map(({ offset, reason, detail }) => {
    return `rejected  record ${offset}  ${reason}${detail === '' ? '' : `  ${detail}`}\n`;
  });
  return [...trees, ...(lines.length > 0 ? [lines.join('')] : [])].join('\n');
}

function asJson({ executions, rejected }: PrintedTrace, withData: boolean): string {
  const trees = executions.map((execution) => treeJson(execution, plainEnglish, { withData }));
  return asciiJson({ executions: trees, rejected });
}

runAsProgram(import.meta.url, (args) => printCommand(treeCommand, args));
