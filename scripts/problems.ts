/**
 * `npm run -s problems -- FILE… [--now TIME] [--json]`: prints what fails in trace files as problems: failures that are the
 * same, and whether they still stand. `-` is standard input; `--now` is the newest begin where it isn't given. Exit code 0,
 * or 2 with a sentence on standard error.
 */

import { terminalText } from '../src/base/plainText.ts';
import type { Problem } from '../src/problems/problems.ts';
import { problemsOf } from '../src/problems/problemsOf.ts';
import { formatMoment } from '../src/texts/format.ts';
import { problemDetail, problemStateName, problemTitle } from '../src/texts/problemTexts.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import { pastOfFiles } from './pastTrace.ts';
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
  const { executions } = await pastOfFiles(files, readStdin);
  const newest = executions.reduce((last, { beginMs }) => Math.max(last, beginMs ?? 0), 0);
  const problems = problemsOf(executions, nowMs ?? newest);
  const timeless = executions.filter(
    ({ beginMs, outcome }) => beginMs === null && outcome === 'failed',
  ).length;
  return json ? asciiJson(problems.map(asJson)) : asText(problems, timeless);
}

/** For programs. */
function asJson(problem: Problem) {
  const { failures, cause, category, mark: _, ...rest } = problem;
  return {
    ...rest,
    cause: cause ?? category,
    title: problemTitle(problem, plainEnglish),
    sids: failures.map(({ sid }) => sid),
  };
}

/** Problems are told by when they were seen: of a failure without a time nothing more is known than that there is one. */
function asText(problems: readonly Problem[], timeless: number): string {
  const unplaced =
    timeless === 0 ? '' : `Failed executions that tell no time: ${String(timeless)}.\n`;
  if (problems.length === 0) return unplaced === '' ? 'No execution failed.\n' : unplaced;
  const moment = (atMs: number) => formatMoment(atMs, 'en-GB');
  const lines = problems.flatMap((problem) => {
    const { flow, nodeName, nodeId } = problem;
    const node = [nodeName, nodeId ?? ''].find((text) => text !== '') ?? 'unknown node';
    const detail = problemDetail(problem, { t: plainEnglish, moment });
    return [
      `${problemStateName(problem.state, plainEnglish).padEnd(10)}${terminalText(problemTitle(problem, plainEnglish))}`,
      `${' '.repeat(10)}${terminalText(node)} · ${terminalText(flow)} · ${detail.join(' · ')}`,
    ];
  });
  return lines.map((line) => `${line}\n`).join('') + unplaced;
}

runAsProgram(import.meta.url, (args) => printCommand(problemsCommand, args));
