import type { ExecutionKey } from '../trace/execution.ts';
import type {
  CompareAnswer,
  CompareQuery,
  SideBySide,
  SideBySideQuery,
  SinceAnswer,
  SinceQuery,
} from './compare.ts';
import type { FindAnswer, FindQuery } from './find.ts';
import type { FlowState } from './flows.ts';
import type { GraphAnswer, GraphQuery, GraphStates } from './graph.ts';
import type { Health } from './health.ts';
import type { AheadAnswer, AheadQuery, InspectorContent, InspectQuery } from './inspector.ts';
import type { LineageAnswer, LineageQuery } from './lineage.ts';
import type { ListQuery, ListWindow, Scope } from './list.ts';
import type { MarksQuery, SentMarks, ShortValues, ShortValuesQuery } from './marks.ts';
import type { NumbersAnswer, NumbersQuery } from './numbers.ts';
import type { OwnPast, ProblemsAnswer, ProblemsQuery } from './problems.ts';
import type { SignsAnswer, SignsQuery } from './signs.ts';
import type { EngineStatus, Figures } from './status.ts';
import type { TreeQuery, TreeWindow } from './tree.ts';

/** What can be asked of the engine once, or watched: each kind with its query and its answer. */
// A type, not an interface: only its own kinds are kinds.
// oxlint-disable-next-line typescript/consistent-type-definitions
export type EngineQuestions = {
  list: { query: ListQuery; answer: ListWindow };
  tree: { query: TreeQuery; answer: TreeWindow };
  /** A row of a tree; the execution itself with `row` null. */
  inspect: { query: InspectQuery; answer: InspectorContent };
  /** Rows of a tree that nobody has asked for yet. */
  ahead: { query: AheadQuery; answer: AheadAnswer };
  /** What is known of a flow file. */
  flow: { query: { readonly uri: string }; answer: FlowState };
  /** What happened at the nodes of a flow file. */
  marks: { query: MarksQuery; answer: SentMarks };
  /** What nodes gave, in short, for those that are seen. */
  shortValues: { query: ShortValuesQuery; answer: ShortValues };
  /** A flow as a graph. */
  graph: { query: GraphQuery; answer: GraphAnswer };
  /** What happened at the nodes of that graph. */
  graphStates: { query: GraphQuery; answer: GraphStates };
  figures: { query: { readonly scope: Scope }; answer: Figures };
  /** What ran in a time, in numbers. */
  numbers: { query: NumbersQuery; answer: NumbersAnswer };
  /** What fails, as problems. */
  problems: { query: ProblemsQuery; answer: ProblemsAnswer };
  /** An execution among the others of its flow. */
  ownPast: { query: { readonly key: ExecutionKey }; answer: OwnPast };
  /** What two executions differ in. */
  compare: { query: CompareQuery; answer: CompareAnswer };
  /** A node of two executions side by side. */
  sideBySide: { query: SideBySideQuery; answer: SideBySide };
  /** Since when two differ as they do first. */
  since: { query: SinceQuery; answer: SinceAnswer };
  /** What stands out in what its steps were given and gave. */
  signs: { query: SignsQuery; answer: SignsAnswer };
  /** Where something stands in an execution; what is found comes as it is found. */
  find: { query: FindQuery; answer: FindAnswer };
  /** Where a value came from, or who used it. */
  lineage: { query: LineageQuery; answer: LineageAnswer };
  status: { query: null; answer: EngineStatus };
  health: { query: null; answer: Health };
};
