import type { Category } from './finding.ts';

/** What the user can do, by cause; most likely first. Sentences in view/findingTexts.ts. */
const byCause: Readonly<Record<string, readonly string[]>> = {
  elementNotReady: ['waitForElement', 'checkScreenState'],
  elementNotFound: ['checkSelector', 'waitForElement', 'checkScreenState'],
  sixtySecondWall: ['shortenRobot', 'callAsynchronously', 'checkRobotLog'],
  windowNotFound: ['checkWindow', 'waitForElement', 'checkScreenState'],
  taskCancelled: ['askWhoCancelled', 'runAgain'],
  unknownTaskStatus: ['updatePlatform', 'checkRobotLog'],
  invalidTaskUrl: ['checkTaskUrl'],
  robotOffline: ['startRobotClient', 'runLater'],
  robotTimeout: ['raiseRobotTimeout', 'shortenRobotRun', 'checkRobotLog'],
  contextTooLong: ['shortenInput', 'checkModel'],
  nodeTimeout: ['raiseNodeTimeout', 'findSlowStep'],
  timedOut: ['raiseNodeTimeout', 'findSlowStep', 'checkServiceUp'],
  outOfMemory: ['giveMoreMemory', 'processInBatches'],
  diskFull: ['freeDisk'],
  fileInUse: ['closeFile', 'runAgain'],
  fileNotFound: ['checkPath'],
  tooManyRequests: ['slowDown', 'raiseQuota'],
  forbidden: ['grantPermission', 'checkAccount'],
  unauthorized: ['renewToken', 'checkAccount'],
  certificateRefused: ['trustCertificate', 'checkAddress'],
  connectionFailed: ['checkServiceUp', 'checkAddress'],
  invalidJson: ['checkInputForm'],
  codeRaised: ['fixCode', 'checkInputForm'],
  taskNotCreated: ['checkRobotPublished', 'checkServiceUp'],
  stalled: ['checkServiceUp', 'checkRobotLog'],
  recovered: ['watchFlakyStep'],
  retried: ['watchFlakyStep'],
  roundsFailed: ['findFailedRounds', 'watchFlakyStep'],
  failBranchTaken: ['checkFailBranch', 'watchFlakyStep'],
};

const byCategory: Readonly<Record<Category, readonly string[]>> = {
  timeout: ['raiseNodeTimeout', 'findSlowStep'],
  resource: ['giveMoreMemory', 'runLater'],
  quota: ['slowDown', 'raiseQuota'],
  permission: ['grantPermission', 'renewToken'],
  configuration: ['checkNodeSettings'],
  network: ['checkServiceUp', 'checkAddress'],
  codeExecution: ['fixCode', 'checkInputForm'],
  data: ['checkInputForm'],
  contentAudit: ['rewordContent'],
  notFound: ['checkReference'],
  database: ['checkDatabase'],
  storage: ['checkStorage'],
  model: ['checkModel', 'runAgain'],
  engine: ['checkInputForm', 'askPlatform'],
  node: ['checkNodeSettings', 'checkInputForm'],
  tool: ['checkTool', 'checkInputForm'],
  robotTask: ['checkRobotLog', 'runAgain'],
  cancelled: ['askWhoCancelled', 'runAgain'],
  unknown: ['checkRobotLog', 'runAgain'],
};

/** Keys of what can be done about a cause, or else about its category. */
export function remediesOf(category: Category, cause: string | null): readonly string[] {
  return (cause === null ? undefined : byCause[cause]) ?? byCategory[category];
}
