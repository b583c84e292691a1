import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { recordWith } from './fixtures.ts';
import { repositoryRoot } from './paths.ts';

/** The services of an older and of the newest release, which write records differently. */
export const generations = ['g1', 'g3'] as const;
export type Generation = (typeof generations)[number];

/** What a run of the corpus is like. */
export interface CorpusRun {
  /** Tells it from all others; it begins so many seconds after the first. */
  readonly n: number;
  readonly generation: Generation;
  /** What it failed of; null: it succeeded. */
  readonly error: string | null;
  /** Which of its nodes failed, from the first. */
  readonly failedAt?: number;
  /** What the node logs as errors behind that. */
  readonly further?: readonly string[];
  /** The error is what the platform itself says, before which it puts nothing else. */
  readonly isPlatforms?: boolean;
  /** The robot failed, and the flow went on by its error branch. */
  readonly wentOn?: boolean;
  /** The robot failed first, and was tried again. */
  readonly retried?: boolean;
  /** A text that a healthy step logged, gave and answered. */
  readonly heard?: string;
  readonly revision?: string;
  readonly flow?: string;
}

interface Entry {
  id: string;
  sid: string;
  node_id: string;
  start_time: number;
  end_time: number;
  running_status: boolean;
  llm_output: string;
  logs: string[];
  next_log_ids: string[];
  data: { output: unknown; output_vars?: string[] };
}

interface Root {
  sid: string;
  flow_id: string;
  answer: string;
  start_time: number;
  end_time: number;
  srv: { workflow_version: string };
  status: { code: number; message: string };
  trace: Entry[];
}

/** The nodes of the flow in the order in which they run; the robot's is the fourth. */
export const corpusNodes = [
  'node-start::d61b0f71-87ee-475e-93ba-f1607f0ce783',
  'spark-llm::5c2a1f7e-20a4-4a6e-9a3c-0f8f6f1f8b11',
  'ifly-code::9b0c44d2-3a3d-4d5b-8d0a-6b7a3f0b2c22',
  'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33',
] as const;
export const robotNode = 3;

/** How the engine calls a failure at each node, and what it wraps the text in. */
const failures: Readonly<
  Record<
    number,
    { readonly code: number; readonly wrap: (text: string, generation: Generation) => string }
  >
> = {
  1: { code: 20_303, wrap: (text) => `LLM node request failed(${text})` },
  2: { code: 21_503, wrap: (text) => `Code node execution failed(${text})` },
  3: {
    code: 21_300,
    wrap: (text, generation) =>
      `RPA node request failed(${generation === 'g1' ? 'Query task error: ' : 'Task execution failed: -1-'}${text})`,
  },
};

const files = {
  failed: (generation: Generation) => `03-workflow-rpa-node-failed.${generation}.json`,
  succeeded: (generation: Generation) => `03c-workflow-success.${generation}.json`,
};

const texts = new Map<string, string>();

function rootOf(name: string): Root {
  const path = join(repositoryRoot, 'test', 'fixtures', 'records', name);
  const text = texts.get(name) ?? readFileSync(path, 'utf8');
  texts.set(name, text);
  return JSON.parse(text) as Root;
}

/** When the first of them begins. */
export const corpusBeginMs = Date.UTC(2026, 10, 1, 8);

/** The record of a run, as its services would write it. */
export function corpusRecord(run: CorpusRun): ConsumedRecord {
  const { n, generation, error } = run;
  const root = rootOf(error === null ? files.succeeded(generation) : files.failed(generation));
  const shiftMs = corpusBeginMs + n * 1_000 - root.start_time;
  root.sid = `spf${String(n).padStart(8, '0')}@hf1a2094e57960009782`;
  root.flow_id = run.flow ?? root.flow_id;
  root.start_time += shiftMs;
  root.end_time += shiftMs;
  root.srv = { workflow_version: run.revision ?? 'v1' };
  for (const entry of root.trace) {
    entry.sid = root.sid;
    entry.start_time += shiftMs;
    entry.end_time += shiftMs;
  }
  if (error !== null) failAt(root, run, error);
  if (run.wentOn === true) goOn(root);
  if (run.retried === true) tryAgain(root);
  if (run.heard !== undefined) hear(root, run.heard, generation);
  return recordWith(root);
}

function failAt(root: Root, run: CorpusRun, error: string): void {
  const { failedAt: at = robotNode, generation, isPlatforms, further = [] } = run;
  const failure = failures[at];
  const entry = root.trace.find(({ node_id }) => node_id === corpusNodes[at]);
  if (failure === undefined || entry === undefined)
    throw new Error(`Nothing fails at ${String(at)}`);
  const message =
    isPlatforms === true ? `RPA node request failed(${error})` : failure.wrap(error, generation);
  root.status = { code: failure.code, message };
  root.trace = root.trace.slice(0, root.trace.indexOf(entry) + 1);
  entry.running_status = false;
  entry.next_log_ids = [];
  entry.llm_output = '';
  entry.data.output = {};
  if (entry.data.output_vars !== undefined) entry.data.output_vars = [];
  entry.logs = [message, ...further].map((line) =>
    JSON.stringify({ level: 'ERROR', message: line, time: '2026-11-01 08:00:00' }),
  );
}

function goOn(root: Root): void {
  const entry = root.trace.find(({ node_id }) => node_id === corpusNodes[robotNode]);
  if (entry === undefined) throw new Error('No robot to fail');
  entry.running_status = false;
  entry.data.output = {};
  if (entry.data.output_vars !== undefined) entry.data.output_vars = [];
}

/** The entry of a run that is tried again is written once for each attempt, and never says again that it succeeded. */
function tryAgain(root: Root): void {
  const at = root.trace.findIndex(({ node_id }) => node_id === corpusNodes[robotNode]);
  const entry = root.trace[at];
  if (entry === undefined) throw new Error('No robot to try again');
  root.trace[at] = { ...entry, running_status: false };
  root.trace.splice(at, 0, { ...entry, running_status: false });
}

function hear(root: Root, text: string, generation: Generation): void {
  const entry = root.trace.find(({ node_id }) => node_id === corpusNodes[2]);
  if (entry === undefined) throw new Error('No step to hear it');
  entry.logs = [JSON.stringify({ level: 'INFO', message: text, time: '2026-11-01 08:00:00' })];
  if (generation === 'g1') entry.data.output = { output: text };
  else entry.data.output_vars = [JSON.stringify({ name: 'output', value: text })];
  root.answer = JSON.stringify({ output: text });
}
