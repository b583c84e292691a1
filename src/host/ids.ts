/** Every command of the manifest; a structure test compares both. */
export const commandIds = {
  openPanel: 'rpaTrace.openPanel',
  openDashboard: 'rpaTrace.openDashboard',
  openFlowView: 'rpaTrace.openFlowView',
  connect: 'rpaTrace.connect',
  disconnect: 'rpaTrace.disconnect',
  pause: 'rpaTrace.pause',
  resume: 'rpaTrace.resume',
  playSample: 'rpaTrace.playSample',
  openTraceFile: 'rpaTrace.openTraceFile',
  openAsTrace: 'rpaTrace.openAsTrace',
  jumpToFailingStep: 'rpaTrace.jumpToFailingStep',
  showInPanel: 'rpaTrace.showInPanel',
  showLog: 'rpaTrace.showLog',
  startEngine: 'rpaTrace.startEngine',
  openSampleWorkspace: 'rpaTrace.openSampleWorkspace',
  saveExecutions: 'rpaTrace.saveExecutions',
  saveExecution: 'rpaTrace.saveExecution',
  saveTraceFile: 'rpaTrace.saveTraceFile',
  forgetPassword: 'rpaTrace.forgetPassword',
  deleteHistory: 'rpaTrace.deleteHistory',
  setOtlpHeaders: 'rpaTrace.setOtlpHeaders',
  switchSource: 'rpaTrace.switchSource',
  endReading: 'rpaTrace.endReading',
  readAgain: 'rpaTrace.readAgain',
  openExecution: 'rpaTrace.openExecution',
  openInNewPanel: 'rpaTrace.openInNewPanel',
  copyExecutionId: 'rpaTrace.copyExecutionId',
  copySummary: 'rpaTrace.copySummary',
  goToFlow: 'rpaTrace.goToFlow',
  goToStep: 'rpaTrace.goToStep',
  copyStepId: 'rpaTrace.copyStepId',
  copyStepName: 'rpaTrace.copyStepName',
  copyInput: 'rpaTrace.copyInput',
  copyOutput: 'rpaTrace.copyOutput',
  copyValue: 'rpaTrace.copyValue',
  copyPath: 'rpaTrace.copyPath',
  whereItCameFrom: 'rpaTrace.whereItCameFrom',
  whoUsedIt: 'rpaTrace.whoUsedIt',
  selectNode: 'rpaTrace.selectNode',
  copyProblem: 'rpaTrace.copyProblem',
  openFormattedCopy: 'rpaTrace.openFormattedCopy',
  openFlowThen: 'rpaTrace.openFlowThen',
  nextFailingNode: 'rpaTrace.nextFailingNode',
  previousFailingNode: 'rpaTrace.previousFailingNode',
  compareWithLastGood: 'rpaTrace.compareWithLastGood',
  compareWith: 'rpaTrace.compareWith',
  selectForCompare: 'rpaTrace.selectForCompare',
  compareWithSelected: 'rpaTrace.compareWithSelected',
  copyLink: 'rpaTrace.copyLink',
  openLink: 'rpaTrace.openLink',
  copyReport: 'rpaTrace.copyReport',
  saveFixture: 'rpaTrace.saveFixture',
  showFailedRuns: 'rpaTrace.showFailedRuns',
  openLastFailedRun: 'rpaTrace.openLastFailedRun',
  openFirstFailedRun: 'rpaTrace.openFirstFailedRun',
  openLastGoodRun: 'rpaTrace.openLastGoodRun',
  goToProblemStep: 'rpaTrace.goToProblemStep',
  markProblemFixed: 'rpaTrace.markProblemFixed',
  markProblemNotFixed: 'rpaTrace.markProblemNotFixed',
  ignoreProblem: 'rpaTrace.ignoreProblem',
  stopIgnoringProblem: 'rpaTrace.stopIgnoringProblem',
  selectForMerge: 'rpaTrace.selectForMerge',
  mergeSelected: 'rpaTrace.mergeSelected',
  copyProblemText: 'rpaTrace.copyProblemText',
} as const;

/** The id of a command of ours. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** The prefix of all settings. */
export const settingsSection = 'rpaTrace';
/** The type of the panel, by which VS Code restores it. */
export const panelViewType = 'rpaTrace.panel';
/** The type of the editor of trace files, as the manifest names it. */
export const traceFileViewType = 'rpaTrace.traceFile';
/** The scheme of read-only documents made from trace data. */
export const documentScheme = 'rpa-trace';

/** Context keys for `when` clauses. */
export const contextKeys = {
  /** An execution was selected to be compared with another. */
  hasCompareSelection: 'rpaTrace.hasCompareSelection',
  /**
   * Paths of the known flow files, for `resourcePath in rpaTrace.flowFiles`. Not uris: in a remote window
   * the workbench has another one for the same file than the extension host.
   */
  flowFiles: 'rpaTrace.flowFiles',
  /** `idle`, `live`, `paused`, …: the kind of the source's state; `engineRestarts` and `engineLost` without an engine to have one. */
  state: 'rpaTrace.state',
  /** `sample`, `kafka`, …: the kind of what is read; a step of the walkthrough is done however it came to be. */
  source: 'rpaTrace.source',
  /** While we open the walkthrough: its end is the change by which VS Code ticks what was done before. */
  opensGuide: 'rpaTrace.opensGuide',
  /** The failing step of an execution was shown in its flow file. */
  hasJumped: 'rpaTrace.hasJumped',
} as const;

/** What trace files are called, as dialogs and menus offer them; what they hold is told from their content. */
export const traceFileExtensions = [
  ...['json', 'jsonl', 'ndjson', 'log', 'txt', 'csv', 'tsv'],
  ...['gz', 'zip', 'zst', 'rpatrace'],
] as const;
