/**
 * `npm run -s tree -- FILE [--flow FLOWFILE] [--json]`: prints the executions of a trace file (one JSON record,
 * an array, lines; `-` is standard input) as trees. Exit code 0, or 2 with a sentence on standard error.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import type { FlowDocument } from '../src/flow/flowDocument.ts';
import { parseFlow } from '../src/flow/parseFlow.ts';
import { readRecords } from '../src/replay/readRecords.ts';
import { treeJson } from '../src/view/treeJson.ts';
import { treeText } from '../src/view/treeText.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import { printedTrace, type PrintedTrace } from '../test/support/printedTrace.ts';

/** What the user did wrong, as a sentence. */
class UsageError extends Error {}

const usage = 'Usage: npm run -s tree -- FILE [--flow FLOWFILE] [--json]';

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function run(args: readonly string[]): string {
  const { file, flowFile, json } = readArguments(args);
  const bytes = readInput(file);
  const flow = flowFile === undefined ? null : readFlow(flowFile);
  const trace = printedTrace(readRecords(bytes, file === '-' ? 'stdin' : basename(file)), flow);
  if (trace.executions.length + trace.rejected.length === 0) {
    throw new UsageError(`${file} holds no records.`);
  }
  return json ? asJson(trace) : asText(trace);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { flow: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError(usage);
    return { file, flowFile: values.flow, json: values.json };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${messageOf(error)}\n${usage}`);
  }
}

function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}.`);
  }
}

function readFlow(file: string): FlowDocument {
  const parsed = parseFlow(new TextDecoder().decode(readInput(file)), basename(file));
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${file} is no flow file: ${parsed.error.detail}.`);
}

function asText({ executions, rejected }: PrintedTrace): string {
  const trees = executions.map((execution) => treeText(execution, plainEnglish));
  const lines = rejected.map(({ offset, reason, detail }) => {
    return `rejected  record ${offset}  ${reason}${detail === '' ? '' : `  ${detail}`}\n`;
  });
  return [...trees, ...(lines.length > 0 ? [lines.join('')] : [])].join('\n');
}

function asJson({ executions, rejected }: PrintedTrace): string {
  return `${JSON.stringify({ executions: executions.map(treeJson), rejected }, null, 2)}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
