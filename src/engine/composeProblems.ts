import { FailureNews } from '../answers/failureNews.ts';
import type { FlowChanges } from '../answers/flowChanges.ts';
import type { FlowRegistry } from '../answers/flowRegistry.ts';
import { isSmall } from '../answers/goodRuns.ts';
import type { KnownCauses } from '../answers/knownCauses.ts';
import type { KnownGaps } from '../answers/knownGaps.ts';
import type { ListView } from '../answers/listView.ts';
import { pastOfRecord } from '../answers/pastOfRecord.ts';
import { ProblemsView, type ProblemsViewWorld } from '../answers/problemsView.ts';
import { ResolvedNews, type ResolvedNewsWorld } from '../answers/resolvedNews.ts';
import type { ExecutionRecords } from '../answers/executionRecords.ts';
import type { Log } from '../base/log.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionSummary, FailingNode } from '../trace/execution.ts';
import { KeptMarks } from './keptMarks.ts';
import type { Pace } from './subscriptions.ts';

/** What the problems of executions are found in, and who is told of them. */
export interface ProblemParts extends Pick<
  ProblemsViewWorld,
  'past' | 'pending' | 'clock' | 'turn' | 'elsewhere'
> {
  readonly store: ExecutionStore;
  readonly room: ExecutionRecords;
  readonly list: ListView;
  readonly flows: FlowRegistry;
  readonly flowChanges: FlowChanges;
  readonly causes: KnownCauses;
  readonly gaps: KnownGaps;
  readonly redaction: Redaction;
  readonly log: Log;
  readonly changed: (pace: Pace) => void;
  readonly onResolved: ResolvedNewsWorld['onResolved'];
  readonly onReturned: ResolvedNewsWorld['onReturned'];
}

/** The problems of executions, what is news among them, and what the reader said of them. */
export function composeProblems({ changed, onResolved, onReturned, ...parts }: ProblemParts) {
  const { past, pending, store, room, list, flows, flowChanges, causes, redaction } = parts;
  const { gaps, clock, turn, log, elsewhere } = parts;
  const changedMs = (summary: ExecutionSummary) => {
    const file = flows.labelFor(summary);
    return file === null ? null : flowChanges.changedMs(file.uri);
  };
  // A list that is filtered by one asks again when there are others, and not any more when it is gone.
  let areWanted = false;
  const problems = new ProblemsView({
    ...{ past, pending, store, list, clock, turn, elsewhere },
    flows: { revision: () => flows.revision, changedMs },
    onFound: (problemOf) => {
      causes.learnProblems(problemOf);
      if (areWanted) changed('frame');
    },
    onDue: () => {
      changed('figures');
      if (areWanted) look();
    },
  });
  const look = () => {
    areWanted = false;
    void problems.look();
  };
  causes.onProblemsWanted = () => {
    look();
    areWanted = true;
  };
  const pastOf = (summary: ExecutionSummary) => {
    const stored = store.get(summary.key);
    const record = stored === undefined ? undefined : room.held(stored);
    if (stored === undefined || record === undefined) return null;
    try {
      return pastOfRecord(stored, record, { store, flows, list, redaction, gaps });
    } catch (error) {
      // It was decoded when it arrived: a fault of ours, and what its summary says still holds.
      log('warn', `A failure is told by its summary alone: ${String(error)}`);
      return null;
    }
  };
  /** Where it failed; of a node that left no entry as its flow file or a good run tells. */
  const failingOf = (summary: ExecutionSummary): FailingNode | null => {
    const { failing } = summary;
    if (failing?.inferred !== true || failing.nodeId !== null) return failing;
    const stored = store.get(summary.key);
    // News wait for no large record.
    if (stored === undefined || !isSmall(stored)) return failing;
    const { nodeId = null, name = '' } = pastOf(summary)?.failure ?? {};
    return nodeId === null ? failing : { ...failing, nodeId, name };
  };
  const news = new FailureNews({
    pastOf,
    hasFile: (summary) => flows.documentFor(summary) !== null,
  });
  const resolved = new ResolvedNews({ news, problems, clock, onResolved, onReturned });
  const readerMarks = new KeptMarks({
    ...{ clock, log },
    wordsOf: (signature) => problems.wordsOf(signature),
    masked: (text) => redaction.textAgain(text),
    onChange: (marks) => {
      problems.setMarks(marks);
      news.setMarks(marks);
    },
  });
  return { problems, news, resolved, readerMarks, failingOf };
}
