/**
 * `npm run -s tree -- FILE [--flow FLOWFILE] [--data] [--json]`: prints the executions of a trace file (one JSON record,
 * an array, lines, an export, packed or not; `-` is standard input) as trees; with `--data` what each node got, gave,
 * was set to and logged, masked as in the panel. Exit code 0, or 2 with a sentence on standard error.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import type { FlowDocument } from '../src/flow/flowDocument.ts';
import { parseFlow } from '../src/flow/parseFlow.ts';
import { maxFileBytes } from '../src/replay/fileRecordSource.ts';
import { packedFaultText, unpackedContent } from '../src/replay/packedFile.ts';
import { readRecords, type FileContent } from '../src/replay/readRecords.ts';
import { treeJson } from '../src/view/treeJson.ts';
import { treeText } from '../src/view/treeText.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import { printedTrace, type PrintedTrace } from '../test/support/printedTrace.ts';

/** What the user did wrong, as a sentence. */
class UsageError extends Error {}

const usage = 'Usage: npm run -s tree -- FILE [--flow FLOWFILE] [--data] [--json]';

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function run(args: readonly string[]): Promise<string> {
  const { file, flowFile, json, withData } = readArguments(args);
  const content = await readUnpacked(file);
  const flow = flowFile === undefined ? null : readFlow(flowFile);
  const trace = printedTrace(readRecords(content, file === '-' ? 'stdin' : basename(file)), flow);
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

function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}.`);
  }
}

async function readUnpacked(file: string): Promise<FileContent> {
  const content = await unpackedContent(readInput(file), maxFileBytes);
  if (content.ok) return content.value;
  throw new UsageError(`${file} is packed and can't be opened: ${packedFaultText(content.error)}.`);
}

function readFlow(file: string): FlowDocument {
  const parsed = parseFlow(new TextDecoder().decode(readInput(file)), basename(file));
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
  return `${JSON.stringify({ executions: trees, rejected }, null, 2)}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
