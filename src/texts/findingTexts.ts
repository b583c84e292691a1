import { assertNever } from '../base/assertNever.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { Category } from '../diagnosis/category.ts';
import type { Evidence, EvidenceSource, Finding } from '../diagnosis/finding.ts';
import type { RemedyId } from '../diagnosis/remedyIds.ts';
import { failedItemsText, whichItemsText } from './failedItemTexts.ts';
import { formatClock, formatDuration } from './format.ts';
import { sentences } from './sentences.ts';
import { nameOfNode } from './titles.ts';
import type { Translate } from './translate.ts';
// The translations themselves, so that a text that has none does not compile.
import type chinese from '../../l10n/parts/diagnosis.zh-cn.json';

/** A text that exists in both languages. */
type Translated = keyof typeof chinese;

/** Marks a text for the tests that look for translations. */
const msg = (text: Translated): Translated => text;

/** What happened, in a few words, by cause. */
const causeTitles: Readonly<Record<CauseId, Translated>> = {
  browserPluginMissing: msg('The browser extension of the robot wasn’t connected'),
  browserNotStarted: msg('The browser could not be started'),
  elementAmbiguous: msg('The selector fits more than one element'),
  programMissing: msg('A program is missing on the machine'),
  officeBusy: msg('Excel or another Office program was busy'),
  officeGone: msg('Excel or another Office program was closed'),
  modelParameter: msg('The language model refused a parameter'),
  modelNotFound: msg('The language model doesn’t exist'),
  contentRefused: msg('The language model refused the content'),
  balanceEmpty: msg('The account has no balance left'),
  databaseBusy: msg('The database was busy'),
  databaseConstraint: msg('The database refused a value'),
  databaseStatement: msg('The database couldn’t run the statement'),
  serviceFailed: msg('A service responded with an error of its own'),
  requiredMissing: msg('A required value is missing'),
  elementNotReady: msg('The robot found an element but could not use it'),
  elementNotFound: msg('The robot didn’t find an element'),
  sixtySecondWall: msg('The robot was cut off after 60 seconds'),
  screenLocked: msg('The robot’s screen was locked'),
  sheetNotFound: msg('A sheet or a column wasn’t found'),
  windowNotFound: msg('The robot didn’t find a window'),
  taskCancelled: msg('The robot task was cancelled'),
  unknownTaskStatus: msg('The robot platform responded with an unknown status'),
  invalidTaskUrl: msg('The address of the robot platform is wrong'),
  robotOffline: msg('No robot was available for the task'),
  robotTimeout: msg('The robot took longer than the RPA plugin waits'),
  contextTooLong: msg('The text was too long for the language model'),
  nodeTimeout: msg('The node exceeded its time limit'),
  timedOut: msg('Waiting for an answer took too long'),
  outOfMemory: msg('Out of memory'),
  diskFull: msg('The disk is full'),
  fileInUse: msg('A file was in use by another program'),
  fileUnusable: msg('A file is damaged, protected or in another format'),
  fileNotFound: msg('A file wasn’t found'),
  tooManyRequests: msg('Too many requests'),
  forbidden: msg('The account lacks a permission'),
  unauthorized: msg('The sign-in was refused'),
  certificateRefused: msg('The certificate of a service wasn’t trusted'),
  connectionFailed: msg('The connection to a service failed'),
  invalidJson: msg('A text wasn’t the expected JSON'),
  codeRaised: msg('The code raised an error'),
  taskNotCreated: msg('The robot task could not be started'),
  stalled: msg('No updates since it started, and no end'),
  recovered: msg('A node failed, and the flow went on'),
  retried: msg('Failed first, then succeeded'),
  roundsFailed: msg('At least one round failed, and the flow went on'),
  failBranchTaken: msg('A node failed, and the flow took its error branch'),
};

/** The same by category, where the cause is not told. */
const categoryTitles: Readonly<Record<Category, Translated>> = {
  timeout: msg('An operation took too long'),
  resource: msg('Insufficient resources'),
  quota: msg('A quota is used up'),
  permission: msg('A permission is missing'),
  configuration: msg('The configuration is wrong'),
  network: msg('A service could not be reached'),
  codeExecution: msg('A code node failed'),
  data: msg('The data wasn’t as expected'),
  contentAudit: msg('The content check rejected a text'),
  notFound: msg('A referenced object doesn’t exist'),
  database: msg('A database request failed'),
  storage: msg('Reading or writing a file failed'),
  model: msg('The language model failed'),
  engine: msg('The workflow engine failed'),
  node: msg('A node failed'),
  tool: msg('A tool failed'),
  robotTask: msg('The robot failed'),
  cancelled: msg('Cancelled or cut off before its end'),
  unknown: msg('The execution failed'),
};

/** What can be done. */
const remedyTexts: Readonly<Record<RemedyId, Translated>> = {
  enableBrowserPlugin: msg(
    'Install and enable the robot’s extension in that browser, then restart the browser.',
  ),
  checkBrowser: msg('Check that the browser is installed and that its driver fits its version.'),
  makeSelectorUnique: msg('Add to the selector what tells the element from the others.'),
  installProgram: msg('Install the program on the machine of the robot and restart the robot.'),
  closeOfficeDialogs: msg(
    'Close dialogs and stop editing cells in Office, and let the robot wait before it continues.',
  ),
  restartOffice: msg(
    'Let the robot restart the Office program, and keep other programs from closing it.',
  ),
  topUpBalance: msg('Top up the account of the model, or use another one.'),
  checkModelParameters: msg('Set the parameter to a value that this model accepts.'),
  checkConstraint: msg('Check whether the row already exists, or a value is empty or too long.'),
  checkStatement: msg('Check the names of tables and columns, and run the statement on its own.'),

  checkSelector: msg(
    'Open the element in the robot and record its selector again: the page may have changed.',
  ),
  waitForElement: msg('Let the robot wait until the element is there before it acts on it.'),
  checkFileForm: msg(
    'Open the file manually: it may be incomplete, have a password, or have another format than its name says.',
  ),
  unlockScreen: msg('Keep the robot’s machine unlocked and its remote session open while it runs.'),
  checkSheet: msg('Check the names of sheets and columns in the file that the robot opened.'),
  checkScreenState: msg('Check whether a dialog, a login or another page was in front.'),
  shortenRobot: msg('Split the robot so that each call ends within 60 seconds.'),
  callAsynchronously: msg('Start the robot asynchronously, and query its result later.'),
  checkRobotLog: msg('Read the robot’s own run report: it names the step.'),
  askWhoCancelled: msg('Find out whether somebody stopped it or the caller closed the connection.'),
  runAgain: msg('Run it again and compare.'),
  updatePlatform: msg('Update the RPA plugin and the robot platform to compatible versions.'),
  checkTaskUrl: msg('Check the RPA plugin’s addresses for creating and querying tasks.'),
  raiseNodeTimeout: msg(
    'Increase the time limit of the node, or of the RPA plugin for long-running robots.',
  ),
  findSlowStep: msg('Look in the tree for the step that took the time, and make it faster.'),
  splitTask: msg('Split the task into several steps, or process fewer items at a time.'),
  readMessage: msg('Read the message and the logs of the step that failed.'),
  checkServiceUp: msg('Check that the service is running and responds.'),
  checkAddress: msg('Check its address, and that this network can reach it.'),
  giveMoreMemory: msg('Give the machine or the container more memory.'),
  processInBatches: msg('Process fewer items at a time.'),
  freeDisk: msg('Free space on the disk of the service.'),
  slowDown: msg('Send fewer requests at a time.'),
  raiseQuota: msg('Ask for a higher quota.'),
  grantPermission: msg('Give the account the permission that the message names.'),
  checkAccount: msg('Check that the node uses the account you expect, or let it use another one.'),
  renewToken: msg('Renew the API key or token of the node.'),
  checkInputForm: msg('Compare the node’s input with what it expects.'),
  fixCode: msg('Run the code with the input shown here and fix it.'),
  checkRobotPublished: msg('Check that the robot is published and its project ID is right.'),
  runLater: msg('Run it when the machine is less busy, and not at the same time as other tasks.'),
  checkNodeSettings: msg('Check the node’s settings against the message.'),
  rewordContent: msg('Reword the text that was refused.'),
  checkReference: msg('Check the ID that the node refers to: it may have been deleted or renamed.'),
  checkDatabase: msg('Check the statement, and that the database is running.'),
  checkStorage: msg('Check that the file store is running and the address is right.'),
  checkModel: msg('Check the model’s name, address and key.'),
  askPlatform: msg('Send the sid to the administrator of the platform.'),
  checkTool: msg('Call the tool on its own with the input shown here.'),
  checkWindow: msg(
    'Check the title of the window in the robot: it may contain a number or a date.',
  ),
  startRobotClient: msg('Start the robot client on its machine and sign in.'),
  raiseRobotTimeout: msg(
    'Increase the time that the RPA plugin waits for a robot (XIAOWU_RPA_TIMEOUT).',
  ),
  shortenRobotRun: msg('Find the slow step of the robot, or split it into several robots.'),
  shortenInput: msg('Give the node less text, split it first, or use a model that takes more.'),
  closeFile: msg(
    'Close the file in Excel or wherever it is open, and let the robot close what it opened.',
  ),
  checkPath: msg('Check the path on the machine of the robot: it may differ from yours.'),
  trustCertificate: msg(
    'Renew the certificate of the service, or trust the authority that issued it.',
  ),
  findFailedRounds: msg('Compare the inputs with the outputs: the items without an output failed.'),
  checkFailBranch: msg('Check that the error branch does what you want, and why the node failed.'),
  explainFailedItem: msg('Find out why this item failed; others may follow.'),
  explainFailedItems: msg('Find out why these items failed; others may follow.'),
  watchFlakyStep: msg('Find out why it failed before it fails for good.'),
};

/** What a cause is called, or where only that is known, its category. */
export function causeTitle(cause: CauseId | null, category: Category, t: Translate): string {
  return t(cause === null ? categoryTitles[category] : causeTitles[cause]);
}

/** The same of what the filter calls it; empty for what is none. */
export function writtenCauseTitle(written: string, t: Translate): string {
  const titles: Readonly<Record<string, Translated>> = { ...categoryTitles, ...causeTitles };
  const title = Object.hasOwn(titles, written) ? titles[written] : undefined;
  return title === undefined ? '' : t(title);
}

/** What happened, in a few words. */
export function findingTitle(finding: Finding, t: Translate): string {
  const { cause, failedItems } = finding;
  if (cause === 'roundsFailed' && failedItems !== undefined) {
    return t('{0}, and the flow went on', failedItemsText(failedItems, t));
  }
  return causeTitle(cause, finding.category, t);
}

/** How the reader writes a moment, and when it is for him. */
export interface ReadersClock {
  readonly language: string;
  readonly nowMs: number;
}

/** One sentence: where, by which code, and how sure it is. */
export function findingDetail(finding: Finding, t: Translate, clock: ReadersClock): string {
  return sentences([
    silence(finding, t, clock),
    place(finding, t),
    failedItems(finding, t),
    access(finding, t),
    attempts(finding, t),
    limit(finding, t),
    code(finding, t),
    doubt(finding, t),
  ]);
}

/** What can be done, as one sentence; of what the flow file has by now, that it has. */
export function remedyText(
  remedy: RemedyId,
  { evidence }: Pick<Finding, 'evidence'>,
  t: Translate,
): string {
  const raised = remedy === 'raiseNodeTimeout' ? raisedLimit(evidence) : '';
  return raised === ''
    ? t(remedyTexts[remedy])
    : t(
        'The time limit has been increased in the flow file since, to {0}: later runs of this step tell whether that is enough.',
        raised,
      );
}

/** The limit that the flow file has today, where that is more than the run had; empty where it isn't, or nobody knows. */
function raisedLimit(evidence: readonly Evidence[]): string {
  const [now, before] = [timeLimitAsOf('today', evidence), timeLimitAsOf('run', evidence)];
  const [limit, had] = [now?.limit ?? null, before?.limit ?? null];
  const isMore =
    limit !== null && had !== null && limit.unit === had.unit && limit.count > had.count;
  return isMore ? (now?.value ?? '') : '';
}

function timeLimitAsOf(asOf: 'today' | 'run', evidence: readonly Evidence[]) {
  return evidence.flatMap(({ source, value }) =>
    source.kind === 'setting' && source.part === 'timeout' && source.asOf === asOf
      ? { limit: source.limit, value }
      : [],
  )[0];
}

/** What a piece of evidence is called: the field, as the record names it. */
export function evidenceField(source: EvidenceSource): string {
  switch (source.kind) {
    case 'code':
      return 'status.code';
    case 'message':
      return 'status.message';
    case 'answer':
    case 'duration':
    case 'count':
    case 'attempts':
      return source.kind;
    case 'executionState':
      return 'srv.execution_state';
    case 'log':
      return `logs[${source.index}].message`;
    case 'setting':
      // Beside what the flow file has.
      return source.asOf === 'run' ? `config.${source.part}` : source.part;
    case 'poll':
      return 'poll';
    case 'runningStatus':
      return 'running_status';
    case 'next':
      return 'next_log_ids';
    case 'snapshot':
      return 'timestamp';
    case 'runningNode':
      return 'node_name';
    default:
      return assertNever(source);
  }
}

/** When the last snapshot of an execution came that stopped reporting, and what ran then. */
function silence({ cause, evidence }: Finding, t: Translate, clock: ReadersClock): string {
  if (cause !== 'stalled') return '';
  const cameAt = evidence.flatMap(({ source }) =>
    source.kind === 'snapshot' ? source.atMs : [],
  )[0];
  const names = evidence
    .filter(({ source }) => source.kind === 'runningNode')
    .map(({ value }) => value);
  const running = [...new Set(names)].map((name) => t('“{0}”', name)).join(t(', '));
  return sentences([
    cameAt === undefined
      ? ''
      : t('Last snapshot: {0}.', formatClock(cameAt, clock.language, clock.nowMs)),
    running === '' ? '' : t('Running then: {0}.', running),
  ]);
}

function place({ node, rule, cause, evidence }: Finding, t: Translate): string {
  if (node === null) return '';
  // Named as running.
  if (cause === 'stalled' && evidence.some(({ runKey }) => runKey !== null)) return '';
  const name = nameOfNode(node, t);
  if (name === '') return t('The record doesn’t name the failing node.');
  if (rule === 'cutOff' && node.runKey !== null) return t('Last seen at “{0}”.', name);
  return node.runKey === null
    ? t(
        'Most likely at “{0}”, which left no entry: it is the step that should have come next.',
        name,
      )
    : t('At “{0}”.', name);
}

function failedItems({ failedItems: failed, cause }: Finding, t: Translate): string {
  if (failed === undefined) return '';
  const items = failed.items?.map(({ item }) => item) ?? null;
  const which = whichItemsText(items, t);
  return cause === 'roundsFailed'
    ? which
    : sentences([t('{0}.', failedItemsText(failed, t)), which]);
}

/** Who was refused what: what to ask for, and for whom. */
function access({ access: told }: Finding, t: Translate): string {
  const { account = null, resource = null } = told ?? {};
  return sentences([
    account === null ? '' : t('Account: “{0}”.', account),
    resource === null ? '' : t('Denied: “{0}”.', resource),
  ]);
}

function attempts({ evidence }: Finding, t: Translate): string {
  const [count = 1] = evidence.flatMap(({ source }) =>
    source.kind === 'attempts' ? source.count : [],
  );
  return count > 1 ? t('It was tried {0} times; this is the last attempt.', count) : '';
}

/** How long the node ran beside what it is granted, and how exactly that is known. */
function limit({ category, node, evidence }: Finding, t: Translate): string {
  if (category !== 'timeout') return '';
  const ranMs = evidence.flatMap(({ source, runKey }) =>
    source.kind === 'duration' && runKey !== null && runKey === node?.runKey ? source.ms : [],
  )[0];
  const poll = evidence.flatMap(({ source }) => (source.kind === 'poll' ? source.everyMs : []))[0];
  const ran = ranMs === undefined ? '' : formatDuration(ranMs);
  return sentences([
    ran === '' ? '' : t('It ran for {0}.', ran),
    ...evidence.map((one) => timeLimit(one, evidence, t)),
    poll === undefined
      ? ''
      : t('Robots are polled about every {0}, so this time isn’t exact.', formatDuration(poll)),
  ]);
}

/** What it ran with wins; what the flow file says since then is told as such. */
function timeLimit({ source, value }: Evidence, all: readonly Evidence[], t: Translate): string {
  if (source.kind !== 'setting' || source.part !== 'timeout') return '';
  const told = source.limit?.unit === null ? t('{0}, without a unit', value) : value;
  if (source.asOf === 'run') return t('The time limit in that run: {0}.', told);
  if (source.asOf !== 'today') return t('The time limit in its flow file: {0}.', told);
  const hasOwn = all.some((one) => one.source.kind === 'setting' && one.source.asOf === 'run');
  return hasOwn
    ? t('The flow file now says {0}.', told)
    : t(
        'The time limit in its flow file is now {0}; the file has changed since this run began.',
        told,
      );
}

function code(finding: Finding, t: Translate): string {
  if (finding.code === null) return '';
  const { code: number, name, service } = finding.code;
  return name === ''
    ? t('Code {0}.', number)
    : t('Code {0}, {1} of the service “{2}”.', number, name, service);
}

function doubt({ confidence }: Finding, t: Translate): string {
  switch (confidence) {
    case 'certain':
    case 'likely':
      return '';
    case 'possible':
      return t('The code alone says little; look at the evidence.');
  }
}
