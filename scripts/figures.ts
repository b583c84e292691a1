/**
 * `npm run -s figures -- FILE… [--json]`: prints the six key figures of trace files, and the four analyses: durations,
 * error rates, resources, concurrency. `-` is standard input. Times are local; `--now TIME` says which day is today.
 * Exit code 0, or 2 with a sentence on standard error.
 */

import { concurrencyOf } from '../src/analysis/concurrency.ts';
import { durationsOf } from '../src/analysis/durations.ts';
import { errorRatesOf } from '../src/analysis/errorRates.ts';
import { resourcesOf } from '../src/analysis/resources.ts';
import { sixFigures } from '../src/analysis/sixFigures.ts';
import { formatMoment } from '../src/texts/format.ts';
import { analysisText, type Numbers } from '../src/view/analysisText.ts';
import { plainEnglish } from '../test/support/plainEnglish.ts';
import { pastOfFiles, type PastTrace } from './pastTrace.ts';
import { runAsProgram } from './program.ts';
import {
  asciiJson,
  type CommandOutcome,
  outcomeOf,
  printCommand,
  readFileArguments,
} from './traceInput.ts';

const language = 'en-GB';
const usage = 'Usage: npm run -s figures -- FILE… [--now TIME] [--json]';

/** The command, without its process; `readStdin` gives what `-` stands for. */
export function figuresCommand(
  args: readonly string[],
  readStdin: () => Uint8Array,
): Promise<CommandOutcome> {
  return outcomeOf(() => printed(args, readStdin));
}

async function printed(args: readonly string[], readStdin: () => Uint8Array): Promise<string> {
  const { files, json, nowMs = Date.now() } = readFileArguments(args, usage);
  const past = await pastOfFiles(files, readStdin);
  const numbers = numbersOf(past, nowMs);
  if (json) return asciiJson(asJson(numbers, past));
  const skipped = past.rejected > 0 ? `\n${String(past.rejected)} records can't be read.\n` : '';
  const names = new Map(numbers.durations.flows.map(({ flow, name }) => [flow, name]));
  const texts = {
    ...{ t: plainEnglish, language, kindOf: () => null },
    nameOf: (flow: string) => names.get(flow) ?? '',
    moment: (atMs: number) => formatMoment(atMs, language),
  };
  return `${analysisText(numbers, texts)}${skipped}`;
}

function numbersOf({ executions, reportsProgress }: PastTrace, nowMs: number): Numbers {
  const today = new Date(nowMs).toDateString();
  return {
    figures: sixFigures(executions, {
      isToday: (atMs) => new Date(atMs).toDateString() === today,
      reportsProgress,
      minutesByHand: () => undefined,
    }),
    durations: durationsOf(executions),
    errors: errorRatesOf(executions),
    resources: resourcesOf(executions),
    concurrency: concurrencyOf(executions, (atMs) => new Date(atMs).getHours()),
  };
}

/** For programs: the lists that are ranked stand first. */
function asJson({ figures, durations, errors, resources, concurrency }: Numbers, past: PastTrace) {
  const { inFlight: _, ...together } = concurrency;
  const { nodes, ...otherErrors } = errors;
  return {
    figures,
    durations: durations.nodes,
    flows: durations.flows,
    errors: nodes.map((row) => ({ ...row, cause: row.cause ?? row.category })),
    ...otherErrors,
    resources,
    concurrency: together,
    rejected: past.rejected,
  };
}

runAsProgram(import.meta.url, (args) => printCommand(figuresCommand, args));
