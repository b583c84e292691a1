import type { Finding } from '../diagnosis/finding.ts';
import type { OwnPast } from '../protocol/problems.ts';
import type { TreeWindow } from '../protocol/tree.ts';
import { causeTitle, evidenceField, remedyText } from '../texts/findingTexts.ts';
import { formatBytes, formatCount, formatDuration, formatWhen } from '../texts/format.ts';
import { openedOutcome } from '../texts/openedOutcome.ts';
import {
  joinedTexts,
  noUsualText,
  payloadText,
  problemInBrief,
  processText,
  reliabilityText,
  slowText,
  usualFact,
} from '../texts/problemTexts.ts';
import { leftOutText } from '../texts/leftOutTexts.ts';
import { recordPlaceText } from '../texts/recordPlaceText.ts';
import { enumerated, sentences } from '../texts/sentences.ts';
import { msg, type Translate } from '../texts/translate.ts';

/** A step of a diagnosis: what was looked at, what was found, and what stays open; empty for none. */
export interface DiagnosisStep {
  readonly name: string;
  readonly looked: string;
  readonly found: string;
  readonly open: string;
}

/** What the steps are made of. */
interface Diagnosed {
  readonly window: TreeWindow;
  /** The first of its findings: why it failed. */
  readonly finding: Finding;
  readonly past: OwnPast | null;
  /** What is read goes on: its records stand on a topic, not in a file. */
  readonly isOfTopic: boolean;
}

interface Texts {
  readonly t: Translate;
  readonly language: string;
  readonly nowMs: number;
}

/** The way from a record to a fix that holds, in the order in which it is gone. */
export function diagnosisSteps(diagnosed: Diagnosed, texts: Texts): readonly DiagnosisStep[] {
  return steps.map((step) => step(diagnosed, texts));
}

const steps = [collect, status, logs, kind, metrics, cause, remedy, fix, verify] as const;

function collect({ window, isOfTopic }: Diagnosed, { t, language }: Texts): DiagnosisStep {
  const { position, recordBytes, totalRows, moreSubExecutions = 0, flow, leftOut } = window;
  return {
    name: t('Collect data'),
    looked: recordPlaceText(position, isOfTopic, t),
    found: t('{0}; rows: {1}', formatBytes(recordBytes), formatCount(totalRows, language)),
    open: sentences([
      flow === null ? t('No flow file: what should have run isn’t known.') : '',
      moreSubExecutions > 0 ? t('Calls that aren’t listed: {0}.', moreSubExecutions) : '',
      leftOutText(leftOut, t),
    ]),
  };
}

function status({ window, finding }: Diagnosed, { t }: Texts): DiagnosisStep {
  const { code } = finding;
  const name = code?.name ?? '';
  return {
    name: t('Status'),
    looked: 'status.code, status.message',
    found: t(
      '{0} (code {1})',
      openedOutcome(window, t),
      `${String(window.summary.code)} ${name}`.trim(),
    ),
    open: name === '' ? t('The code says only that it failed.') : '',
  };
}

function logs({ finding }: Diagnosed, { t }: Texts): DiagnosisStep {
  const told = finding.evidence.filter(({ source }) => source.kind === 'log');
  return {
    name: t('Logs'),
    looked: t('ERROR logs of the step that failed'),
    found: told.at(-1)?.value ?? '',
    open: told.length === 0 ? t('It logged no error.') : '',
  };
}

function kind({ finding }: Diagnosed, { t }: Texts): DiagnosisStep {
  const { category, evidence } = finding;
  return {
    name: t('Kind of error'),
    looked: evidence.map(({ source }) => evidenceField(source)).join(', '),
    found: category === 'unknown' ? '' : causeTitle(null, category, t),
    open: category === 'unknown' ? t('No known rule tells which kind it is.') : '',
  };
}

function metrics({ window, past }: Diagnosed, { t, language }: Texts): DiagnosisStep {
  const { durationMs, usage } = window.summary;
  const usual = past?.usual ?? null;
  const tokens = usage.totalTokens;
  return {
    name: t('Metrics'),
    looked:
      past?.process === undefined
        ? t('Duration and tokens, compared with earlier runs of the flow')
        : t('Duration, memory, CPU time and tokens, compared with earlier runs of the flow'),
    found: sentences([
      usual === null
        ? t('{0}.', formatDuration(durationMs))
        : t('{0}, {1}.', formatDuration(durationMs), usualFact(usual, t)),
      usual === null ? '' : slowText(usual, t),
      usual === null ? '' : payloadText(usual, t),
      processText(past?.process, t),
      past?.node == null ? '' : reliabilityText(past.node, past.problem, t),
      tokens === 0 ? '' : t('Tokens: {0}.', formatCount(tokens, language)),
    ]),
    open: past?.isOfFile === true || usual === null ? noUsualText(past?.isOfFile === true, t) : '',
  };
}

const confidences: Readonly<Record<Finding['confidence'], string>> = {
  certain: msg('Certain, based on {0}: “{1}”.'),
  likely: msg('Likely, based on {0}: “{1}”.'),
  possible: msg('Possible, based on {0}: “{1}”.'),
};

/** How sure a cause is, and on what that rests. */
function grounds({ confidence, evidence, said }: Finding, t: Translate): string {
  const [first] = evidence;
  return first === undefined
    ? ''
    : t(confidences[confidence], evidenceField(first.source), said ?? first.value);
}

/** Of the problem of which the run is one, what it failed of in other runs, where the reader put several together. */
function otherCauses({ finding, past }: Diagnosed, t: Translate): string {
  const own = causeTitle(finding.cause, finding.category, t);
  const problem = past?.problem ?? null;
  const causes = problem === null ? [] : joinedTexts(problem, t).causes;
  const others = causes.filter((one) => one !== own);
  return causes.length < 2 || others.length === 0
    ? ''
    : t(
        'For this run alone: its problem also includes failures with other causes: {0}.',
        enumerated(others, t),
      );
}

function cause(diagnosed: Diagnosed, { t }: Texts): DiagnosisStep {
  const { finding } = diagnosed;
  const isKnown = finding.cause !== null;
  return {
    name: t('Cause'),
    looked: t('The catalog of causes'),
    found: isKnown
      ? sentences([t('{0}.', causeTitle(finding.cause, finding.category, t)), grounds(finding, t)])
      : '',
    open: sentences([
      isKnown ? '' : t('No known cause: read the message and the logs.'),
      otherCauses(diagnosed, t),
    ]),
  };
}

function remedy({ finding }: Diagnosed, { t }: Texts): DiagnosisStep {
  const found = finding.remedies.map((one) => remedyText(one, finding, t));
  return {
    name: t('Remedy'),
    looked: t('What helps with this cause'),
    found: sentences(found),
    open: found.length === 0 ? t('No known remedy.') : '',
  };
}

function fix({ window }: Diagnosed, { t }: Texts): DiagnosisStep {
  const { failing, flow } = window;
  const name = failing?.name ?? '';
  return {
    name: t('Fix'),
    looked: t('Where it can be changed'),
    found: flow === null || name === '' ? name : t('“{0}” in {1}', name, flow.name),
    open: sentences([
      failing === null ? t('The record names no step.') : '',
      flow === null ? t('Its flow file isn’t in the workspace.') : '',
    ]),
  };
}

function verify({ past, isOfTopic }: Diagnosed, texts: Texts): DiagnosisStep {
  const { t, language, nowMs } = texts;
  const problem = past?.problem ?? null;
  const moment = (atMs: number) => formatWhen(atMs, language, nowMs);
  const isOver = problem?.state === 'resolved' || problem?.state === 'ignored';
  return {
    name: t('Verify'),
    looked: t('Runs that have reached the step since'),
    found: problem === null ? '' : problemInBrief(problem, { t, moment, isOfFile: !isOfTopic }),
    open:
      problem === null
        ? t('No other runs are known.')
        : isOver
          ? ''
          : t('Clean runs still needed: {0}.', problem.needed - problem.passes),
  };
}
