import type { CompareView } from '../answers/compareView.ts';
import type { FindView } from '../answers/findView.ts';
import type { FlowRegistry } from '../answers/flowRegistry.ts';
import type { GraphView } from '../answers/graphView.ts';
import type { LineageView } from '../answers/lineageView.ts';
import type { ListView } from '../answers/listView.ts';
import type { MarksView } from '../answers/flowMarks.ts';
import type { NumbersView } from '../answers/numbersView.ts';
import type { ProblemsView } from '../answers/problemsView.ts';
import type { SavedKnowledge } from '../answers/savedKnowledge.ts';
import type { TreeView } from '../answers/treeView.ts';
import type { FlowState } from '../protocol/flows.ts';
import type { Health } from '../protocol/health.ts';
import type { EngineQuestions } from '../protocol/questions.ts';
import type { EngineStatus } from '../protocol/status.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { QuestionTable } from './subscriptions.ts';

/** Who answers what can be watched. */
export interface QuestionsWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly list: ListView;
  readonly tree: TreeView;
  readonly marks: MarksView;
  readonly graph: GraphView;
  readonly numbers: NumbersView;
  readonly problems: ProblemsView;
  readonly compare: CompareView;
  readonly find: FindView;
  readonly lineage: LineageView;
  readonly elsewhere: SavedKnowledge;
  readonly status: () => EngineStatus;
  /** Grows whenever something of the status changed. */
  readonly statusRevision: () => number;
  readonly health: () => Health;
  /** Grows once a second: more often no rate is read. */
  readonly second: () => number;
}

/** What can be watched of the engine: how each answer is made, and of what. */
export function engineQuestions(world: QuestionsWorld): QuestionTable<EngineQuestions> {
  const { store, flows, list, tree, marks, graph, numbers, problems, compare } = world;
  const { find, lineage, elsewhere } = world;
  const figuresStamp = () => `${String(store.revision)} ${String(flows.revision)}`;
  return {
    list: {
      pace: 'frame',
      stamp: (query) => list.stamp(query),
      answer: (query) => list.window(query),
      movesWithClock: ({ filter }) => list.movesWithClock(filter),
    },
    tree: {
      pace: 'frame',
      isWaitedFor: true,
      stamp: ({ key }) => tree.stamp(key),
      answer: (query) => {
        compare.lookedAt(query.key);
        return tree.window(query);
      },
    },
    inspect: {
      pace: 'frame',
      isWaitedFor: true,
      stamp: ({ key }) => tree.stamp(key),
      answer: ({ key, row, ...part }) => tree.inspect(key, row, part),
    },
    ahead: {
      pace: 'frame',
      stamp: ({ key }) => tree.stamp(key),
      answer: (query) => tree.contentsAhead(query),
    },
    flow: {
      pace: 'figures',
      stamp: figuresStamp,
      answer: ({ uri }) => flowState(uri, flows, list),
    },
    marks: {
      pace: 'figures',
      stamp: (query) => marks.stamp(query),
      answer: (query) => marks.marks(query),
    },
    shortValues: {
      pace: 'figures',
      stamp: ({ key }) => tree.stamp(key),
      answer: (query) => marks.shortValues(query),
    },
    graph: {
      pace: 'figures',
      isWaitedFor: true,
      stamp: (query) => graph.stamp(query),
      answer: (query) => graph.drawing(query),
    },
    graphStates: {
      pace: 'figures',
      stamp: (query) => graph.stateStamp(query),
      answer: (query) => graph.states(query),
    },
    figures: {
      pace: 'figures',
      stamp: figuresStamp,
      answer: ({ scope }) => list.figures(scope),
    },
    numbers: {
      pace: 'numbers',
      stamp: () => numbers.stamp(),
      answer: (query) => numbers.answer(query),
      movesWithClock: () => true,
    },
    // As often as it is worth the time that it takes, which the view knows: news are followed at once.
    problems: {
      pace: 'figures',
      stamp: () => problems.stamp(),
      answer: (query) => problems.answer(query),
    },
    ownPast: {
      pace: 'figures',
      stamp: () => problems.stamp(),
      answer: async ({ key }) => elsewhere.ownPast(await problems.ofExecution(key)),
    },
    compare: {
      pace: 'figures',
      isWaitedFor: true,
      stamp: (query) => compare.stamp(query),
      answer: (query) => compare.answer(query),
    },
    sideBySide: {
      pace: 'figures',
      isWaitedFor: true,
      stamp: (query) => compare.stamp(query),
      answer: (query) => compare.sideBySide(query),
    },
    since: {
      pace: 'figures',
      stamp: (query) => compare.stamp(query),
      answer: (query) => compare.since(query),
    },
    signs: {
      pace: 'figures',
      stamp: ({ key }) => compare.stamp({ key, other: null }),
      answer: (query) => compare.signs(query),
    },
    find: {
      pace: 'frame',
      isWaitedFor: true,
      stamp: (query) => find.stamp(query),
      answer: (query) => find.answer(query),
    },
    lineage: {
      pace: 'figures',
      stamp: (query) => lineage.stamp(query),
      answer: (query) => lineage.answer(query),
    },
    status: {
      pace: 'figures',
      stamp: () => String(world.statusRevision()),
      answer: () => world.status(),
    },
    health: {
      pace: 'figures',
      stamp: () => String(world.second()),
      answer: () => world.health(),
      movesWithClock: () => true,
    },
  };
}

function flowState(uri: string, flows: FlowRegistry, list: ListView): FlowState {
  const scope = { kind: 'flow', uri } as const;
  const latest = (failed: boolean) => {
    const stored = list.latest(scope, failed);
    return stored === undefined ? null : list.row(stored.summary);
  };
  return {
    info: flows.info(uri),
    figures: list.figures(scope),
    latest: latest(false),
    latestFailed: latest(true),
  };
}
