import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { maxFileBytes } from '../src/sources/files/fileRecordSource.ts';
import { packedFaultText, unpackedContent } from '../src/sources/files/packedFile.ts';
import type { FileContent } from '../src/sources/files/readRecords.ts';

/** What the user did wrong, as a sentence. */
export class UsageError extends Error {}

/** What a command prints, and its exit code. */
export interface CommandOutcome {
  readonly status: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Prints, or says what the user did wrong; with `remark` something beside what is printed. */
export async function outcomeOf(
  printed: () => Promise<string>,
  remark: () => string = () => '',
): Promise<CommandOutcome> {
  try {
    return { status: 0, stdout: await printed(), stderr: remark() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: 2, stdout: '', stderr: `${error.message}\n` };
  }
}

/** The bytes of a file; `-` is standard input. */
export function readInput(file: string, readStdin: () => Uint8Array): Uint8Array {
  try {
    return file === '-' ? readStdin() : readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}.`);
  }
}

/** Its content, of a packed one too. */
export async function unpacked(file: string, bytes: Uint8Array): Promise<FileContent> {
  const content = await unpackedContent(bytes, maxFileBytes);
  if (content.ok) return content.value;
  throw new UsageError(`${file} is packed and can't be opened: ${packedFaultText(content.error)}.`);
}

/** As JSON; what a terminal obeys, or turns a line around with, is the same in JSON as an escape. */
export function asciiJson(value: unknown): string {
  // A number that is larger than any would be written as `null`.
  const word = (_: string, part: unknown) =>
    part === Infinity || part === -Infinity ? String(part) : part;
  const text = JSON.stringify(value, word, 2);
  return `${text.replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

const unseen = /[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the commands are told that read files of executions: `FILE… [--now TIME] [--json]`. */
export interface FileArguments {
  readonly files: readonly string[];
  readonly json: boolean;
  /** Undefined where it isn't told. */
  readonly nowMs: number | undefined;
}

/** Reads them; throws a `UsageError` that ends with `usage`. */
export function readFileArguments(args: readonly string[], usage: string): FileArguments {
  const { values, positionals: files } = parsedArguments(args, usage);
  if (files.length === 0) throw new UsageError(usage);
  const nowMs = values.now === undefined ? undefined : Date.parse(values.now);
  if (Number.isNaN(nowMs)) throw new UsageError(`${values.now ?? ''} is no time.\n${usage}`);
  return { files, json: values.json, nowMs };
}

function parsedArguments(args: readonly string[], usage: string) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, now: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(`${messageOf(error)}\n${usage}`);
  }
}

/** Runs a command with the streams of this process; resolves to the exit code. */
export async function printCommand(
  command: (args: readonly string[], readStdin: () => Uint8Array) => Promise<CommandOutcome>,
  args: readonly string[],
): Promise<number> {
  const { status, stdout, stderr } = await command(args, () => readFileSync(0));
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return status;
}
