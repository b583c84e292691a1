/**
 * `npm run -s problems -- FILE… [--now TIME] [--json]`: prints what fails in trace files as problems: failures that are the
 * same, and whether they still stand; of a file that was saved for one execution, as whoever saved it saw that. `-` is standard
 * input; `--now` is the newest begin where it isn't given. Exit code 0, or 2 with a sentence on standard error.
 */

import type { PastExecution } from '../src/analysis/pastExecution.ts';
import { saidText } from '../src/answers/saidText.ts';
import { SavedKnowledge } from '../src/answers/savedKnowledge.ts';
import { terminalText } from '../src/base/plainText.ts';
import type { Problem } from '../src/problems/problems.ts';
import { problemsOf } from '../src/answers/problemsOf.ts';
import { formatMoment } from '../src/texts/format.ts';
import { type OwnHistory, ownHistoryLines } from '../src/texts/ownHistoryTexts.ts';
import { problemDetail, problemStateName, problemTitle } from '../src/texts/problemTexts.ts';
import { ownHistoryJson } from '../src/view/ownHistoryJson.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import type { HistoryOf } from './ownHistory.ts';
import { usingPastOfFiles } from './pastTrace.ts';
import { runAsProgram } from './program.ts';
import {
  asciiJson,
  type CommandOutcome,
  outcomeOf,
  printCommand,
  readFileArguments,
} from './traceInput.ts';

const usage = 'Usage: npm run -s problems -- FILE… [--now TIME] [--json]';

/** The command, without its process; `readStdin` gives what `-` stands for. */
export function problemsCommand(
  args: readonly string[],
  readStdin: () => Uint8Array,
): Promise<CommandOutcome> {
  return outcomeOf(() => printed(args, readStdin));
}

async function printed(args: readonly string[], readStdin: () => Uint8Array): Promise<string> {
  const { files, json, nowMs } = readFileArguments(args, usage);
  return usingPastOfFiles(files, readStdin, async ({ executions, known }, historyOf) => {
    const elsewhere = new SavedKnowledge();
    elsewhere.tell(known);
    const problems = problemsIn(executions, nowMs).map((problem) => elsewhere.problem(problem));
    // Text tells it behind the count of the problem, data by itself.
    const found = await told(problems, known === null ? historyOf : unusualOf(historyOf), !json);
    if (json) return asciiJson(found.map(asJson));
    const timeless = executions.filter(
      ({ beginMs, outcome }) => beginMs === null && outcome === 'failed',
    ).length;
    return asText(found, timeless);
  });
}

function problemsIn(executions: readonly PastExecution[], nowMs: number | undefined) {
  const newest = executions.reduce((last, { beginMs }) => Math.max(last, beginMs ?? 0), 0);
  return problemsOf(executions, nowMs ?? newest);
}

/** Of a file that was saved for one execution: the others are in it to compare with, and tell nothing of how often. */
function unusualOf(historyOf: HistoryOf): HistoryOf {
  return async (key) => ({ ...(await historyOf(key)), usual: null, node: null });
}

/** A problem, and what is unusual of the execution that failed of it last. */
interface Told {
  readonly problem: Problem;
  readonly last: OwnHistory | null;
}

async function told(
  problems: readonly Problem[],
  historyOf: HistoryOf,
  isSinceFirst: boolean,
): Promise<Told[]> {
  const found: Told[] = [];
  for (const problem of problems) {
    const last = problem.failures.at(-1);
    const sinceMs = isSinceFirst ? problem.firstMs : undefined;
    found.push({ problem, last: last === undefined ? null : await historyOf(last.key, sinceMs) });
  }
  return found;
}

function titleOf(problem: Problem): string {
  return problemTitle({ ...problem, ...saidText(problem.cause, problem.text) }, plainEnglish);
}

/** For programs. */
function asJson({ problem, last }: Told) {
  const { failures, cause, category, mark: _, alsoFailed = [], ...rest } = problem;
  return {
    ...rest,
    cause: cause ?? category,
    title: titleOf(problem),
    sids: failures.map(({ sid }) => sid),
    alsoFailed: alsoFailed.map(({ runs: _runs, ...flow }) => flow),
    last: last === null ? null : ownHistoryJson(last, plainEnglish),
  };
}

/** As wide as the longest state, and a gap. */
const margin = ' '.repeat(15);

/** Problems are told by when they were seen: of a failure without a time nothing more is known than that there is one. */
function asText(problems: readonly Told[], timeless: number): string {
  const unplaced =
    timeless === 0 ? '' : `Failed executions that tell no time: ${String(timeless)}.\n`;
  if (problems.length === 0) return unplaced === '' ? 'No execution failed.\n' : unplaced;
  const moment = (atMs: number) => formatMoment(atMs, 'en-GB');
  const lines = problems.flatMap(({ problem, last }) => {
    const { flow, nodeName, nodeId } = problem;
    const node = [nodeName, nodeId ?? ''].find((text) => text !== '') ?? 'unknown node';
    const detail = problemDetail(problem, { t: plainEnglish, moment, isOfFile: true });
    return [
      `${problemStateName(problem, plainEnglish, true).padEnd(margin.length)}${terminalText(titleOf(problem))}`,
      `${margin}${terminalText(node)} · ${terminalText(flow)} · ${detail.join(' · ')}`,
      ...(last === null ? [] : ownHistoryLines(last, plainEnglish, problem)).map(
        (line) => `${margin}${terminalText(line)}`,
      ),
    ];
  });
  return lines.map((line) => `${line}\n`).join('') + unplaced;
}

runAsProgram(import.meta.url, (args) => printCommand(problemsCommand, args));
