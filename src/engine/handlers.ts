import type { CompareView } from '../answers/compareView.ts';
import type { FindView } from '../answers/findView.ts';
import type { Handlers } from '../protocol/channel.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionKey, ExecutionSummary, FailingNode, NodeId } from '../trace/execution.ts';
import type { ExecutionRecords } from '../answers/executionRecords.ts';
import { completionsAt } from '../answers/completions.ts';
import type { FlowReader } from '../answers/flowReader.ts';
import type { FlowsThen } from '../answers/flowsThen.ts';
import type { WorkspaceFlows } from '../answers/workspaceFlows.ts';
import type { KnownCauses } from '../answers/knownCauses.ts';
import type { ListView } from '../answers/listView.ts';
import type { EngineQuestions } from '../protocol/questions.ts';
import type { AppliedSettings } from './appliedSettings.ts';
import { handOnHandlers, type HandOnWorld } from './handOnHandlers.ts';
import type { EarlierExecutions } from '../answers/earlierExecutions.ts';
import type { RecalledRuns } from '../answers/recalledRuns.ts';
import type { KeptHistory } from './keptHistory.ts';
import type { KeptMarks } from './keptMarks.ts';
import type { OtherSources } from './otherSources.ts';
import type { Subscriptions } from './subscriptions.ts';
import { rejectedText } from '../answers/rejectedText.ts';
import { reveal } from '../answers/reveal.ts';
import type { SavedRecords } from '../answers/savedRecords.ts';
import type { StoredTexts } from '../answers/storedTexts.ts';
import type { TreeView } from '../answers/treeView.ts';
import { valueTextOf } from '../answers/valueTextOf.ts';

/** Who answers. */
export interface HandlersWorld extends HandOnWorld {
  readonly room: ExecutionRecords;
  readonly rejected: RejectedStore;
  readonly flowReader: FlowReader;
  readonly then: Pick<FlowsThen, 'tell' | 'of'>;
  readonly workspaceFlows: WorkspaceFlows;
  readonly list: ListView;
  readonly causes: KnownCauses;
  readonly tree: TreeView;
  readonly compare: Pick<CompareView, 'clear' | 'goodBeside'>;
  readonly find: Pick<FindView, 'clear'>;
  readonly others: Pick<OtherSources, 'read' | 'clear'>;
  readonly earlier: Pick<EarlierExecutions, 'forget'>;
  readonly recalled: Pick<RecalledRuns, 'ofFlow'>;
  readonly storedTexts: StoredTexts;
  readonly saved: SavedRecords;
  readonly subscriptions: Subscriptions<EngineQuestions>;
  readonly settings: AppliedSettings;
  readonly readerMarks: Pick<KeptMarks, 'say' | 'forgetTexts'>;
  readonly history: Pick<KeptHistory, 'clear'>;
  /** What is shown may be another now. */
  readonly changed: () => void;
}

/** As many as somebody looks through in a picker. */
const mostEarlier = 200;

/** The engine's answers, one per method of the protocol. */
export function createHandlers(world: HandlersWorld): Handlers<EngineMethods> {
  const { subscriptions } = world;
  return {
    ...sourceHandlers(world),
    ...flowHandlers(world),
    ...handOnHandlers(world),
    configure: async (settings) => {
      await world.settings.apply(settings);
      return null;
    },
    markProblem: async (says) => {
      await world.readerMarks.say(says);
      return null;
    },
    latest: ({ scope, failed }) => world.list.latest(scope, failed)?.summary.key ?? null,
    readForCompare: ({ spec }) => world.others.read(spec),
    earlierOfFlow: async ({ key }) => {
      const stored = world.store.get(key);
      const found = stored === undefined ? [] : await world.recalled.ofFlow(stored, mostEarlier);
      return { rows: found.map(({ summary }) => world.list.row(summary)) };
    },
    ask: (asked) => subscriptions.ask(asked),
    watch: (watch) => subscriptions.watch(watch),
    unwatch: (watch) => {
      subscriptions.unwatch(watch);
      return null;
    },
    setVisible: (watcher) => {
      subscriptions.setVisible(watcher);
      return null;
    },
    leave: ({ watcher }) => {
      subscriptions.leave(watcher);
      return null;
    },
    complete: ({ scope, filter, cursor }) =>
      completionsAt(filter, cursor, {
        entries: world.list.ofScope(scope),
        nameOf: (summary) => world.list.nameOf(summary),
        causeOf: (summary) => world.causes.of(summary),
        failingOf: (summary) => world.causes.failingOf(summary),
      }),
    fetchStored: (query) => world.storedTexts.fetch(query),
    cancelFetch: ({ id }) => {
      world.storedTexts.cancel(id);
      return null;
    },
    saveKeys: (target) => world.saved.keys(target),
    saveSlice: ({ keys }) => world.saved.slice(keys),
    reveal: async (query) => ({ value: await reveal(query, world.tree, world.redaction) }),
    valueText: async (ref) => ({ text: await valueTextOf(ref, world.tree) }),
    deleteHistory: async ({ folder }) => {
      const textsLeft = !(await world.readerMarks.forgetTexts());
      const failed = await world.history.clear(folder);
      world.earlier.forget();
      return { failed, textsLeft };
    },
    rejected: ({ offset, limit }) => ({
      total: world.rejected.total,
      listed: world.rejected.listed,
      rows: world.rejected.page(offset, limit),
    }),
    rejectedText: ({ position }) =>
      rejectedText(position, world.rejected, world.room, world.redaction.rules),
  };
}

type SourceMethods = Pick<
  EngineMethods,
  | 'openSource'
  | 'closeSource'
  | 'pause'
  | 'resume'
  | 'endReading'
  | 'skipDamaged'
  | 'loadOlder'
  | 'testConnection'
>;

function sourceHandlers({
  store,
  rejected,
  tree,
  compare,
  find,
  others,
  reader,
  changed,
}: HandlersWorld): Handlers<SourceMethods> {
  return {
    openSource: async ({ spec, keep }) => {
      await reader.open(spec, () => {
        if (keep) return;
        store.clear();
        rejected.clear();
        tree.clear();
        compare.clear();
        others.clear();
        find.clear();
      });
      changed();
      return null;
    },
    closeSource: async () => {
      await reader.close();
      return null;
    },
    pause: () => {
      reader.pause();
      return null;
    },
    resume: () => {
      reader.resume();
      return null;
    },
    endReading: () => {
      reader.endEarly();
      return null;
    },
    skipDamaged: ({ position }) => {
      if (reader.skip(position)) return null;
      throw new RequestError({
        reason: 'notFound',
        message: 'Reading does not stand before damaged records there any more',
      });
    },
    loadOlder: async () => {
      if (store.leftUntilMs === null) await reader.readOlder();
      return null;
    },
    testConnection: async ({ connection, topic }) => {
      const { testConnection } = await import('../sources/kafka/kafkaBundle.ts');
      const tested = await testConnection(connection, topic);
      return tested.ok ? { ok: true, ...tested.value } : { ok: false, error: tested.error };
    },
  };
}

type FlowMethods = Pick<
  EngineMethods,
  'setFlow' | 'readFlows' | 'setFlowThen' | 'removeFlow' | 'chooseFlow' | 'locate' | 'nodeAt'
>;

function flowHandlers({
  store,
  flows,
  flowReader,
  then,
  workspaceFlows,
  list,
  tree,
  changed,
}: HandlersWorld): Handlers<FlowMethods> {
  return {
    setFlow: async ({ uri, fileName, text, version, keys }) => {
      const info = await flowReader.set(uri, fileName, text, version, keys);
      changed();
      return info;
    },
    readFlows: async ({ files, folders, keys }) => {
      const found = await workspaceFlows.read(files, folders, keys);
      changed();
      return found;
    },
    setFlowThen: async (told) => {
      await then.tell(told);
      return null;
    },
    removeFlow: ({ uri }) => {
      flowReader.remove(uri);
      changed();
      return null;
    },
    chooseFlow: ({ key, uri }) => {
      flows.choose(summaryOf(store, key), uri);
      changed();
      return null;
    },
    locate: async ({ key, target, seen }) => {
      const summary = summaryOf(store, key);
      const locate = async (node: { readonly nodeId: NodeId; readonly name: string }) => {
        const answer = flows.locate(summary, node, (uri, ran) => then.of(uri, ran), seen);
        if (answer.kind !== 'noFlowFile' && answer.kind !== 'notInFlow') return answer;
        const source = await tree.sourceLineOf(key, node.nodeId);
        return source === null ? answer : ({ kind: 'source', source } as const);
      };
      if (typeof target === 'object') return locate(target);
      const failing = await tree.failingNode(key);
      if (target === 'flow') return locate(nodeToShow(summary, failing));
      if (failing === null && summary.outcome !== 'failed') return { kind: 'notFailed' };
      if (failing?.nodeId == null) return { kind: 'noNode' };
      return locate({ nodeId: failing.nodeId, name: failing.name });
    },
    nodeAt: ({ uri, offset, preferred }) => {
      const node = flows.nodeAt(uri, offset);
      if (node === undefined) return null;
      const execution = list.executionOfNode(uri, node.id, preferred)?.summary.key ?? null;
      return { nodeId: node.id, name: node.name, execution };
    },
  };
}

/** Without any node the file is found by the id of its flow, and no place in it. */
function nodeToShow({ nodeIds, nodeNames }: ExecutionSummary, failing: FailingNode | null) {
  const nodeId = failing?.nodeId ?? nodeIds[0] ?? '';
  return { nodeId, name: failing?.name ?? nodeNames[0] ?? '' };
}

function summaryOf(store: ExecutionStore, key: ExecutionKey): ExecutionSummary {
  const stored = store.get(key);
  if (stored === undefined) {
    throw new RequestError({
      reason: 'notFound',
      message: 'This execution left the window on the topic',
    });
  }
  return stored.summary;
}
