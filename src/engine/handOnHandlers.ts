import type { CompareView } from '../answers/compareView.ts';
import type { LineageView } from '../answers/lineageView.ts';
import { linkedRecord } from '../answers/linkedRecord.ts';
import type { SavedKnowledge } from '../answers/savedKnowledge.ts';
import type { FlowRegistry } from '../answers/flowRegistry.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { Handlers } from '../protocol/channel.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import type { FlowLabel } from '../protocol/flows.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { Reader } from '../sources/reader.ts';
import { traitsOf } from '../sources/table.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { notCheckedMark } from '../trace/notChecked.ts';

/** Who answers what is asked to hand an execution on. */
export interface HandOnWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly redaction: Redaction;
  readonly reader: Reader;
  readonly compare: Pick<CompareView, 'goodBeside'>;
  readonly elsewhere: Pick<SavedKnowledge, 'tell'>;
  readonly lineage: Pick<LineageView, 'linked'>;
  /** Takes records that are older than what is live. */
  readonly takeOlder: (batch: readonly ConsumedRecord[]) => Promise<void>;
}

type HandOnMethods = Pick<
  EngineMethods,
  'flowsOf' | 'goodRunsOf' | 'linkedPlace' | 'maskText' | 'openRecord' | 'tellKnown'
>;

/** What is asked to hand an execution on, and to open what was handed on. */
export function handOnHandlers(world: HandOnWorld): Handlers<HandOnMethods> {
  const { store, flows, redaction, reader, takeOlder, compare, elsewhere, lineage } = world;
  return {
    flowsOf: ({ keys }) => flowsOf(keys, store, flows),
    goodRunsOf: ({ key, other }) => compare.goodBeside(key, other),
    linkedPlace: (value) => lineage.linked(value),
    tellKnown: ({ known }) => {
      elsewhere.tell(known);
      return null;
    },
    maskText: ({ text }) => {
      const masked = redaction.textAgain(text);
      return { text: masked === notCheckedMark ? null : masked };
    },
    openRecord: ({ position, sid }) =>
      linkedRecord(
        {
          store,
          topic: () => (traitsOf(reader.label.kind)?.isCounted === true ? reader.label.name : null),
          fetch: (at) => reader.fetch(at),
          take: (record) => takeOlder([record]),
        },
        position,
        sid,
      ),
  };
}

function flowsOf(keys: readonly ExecutionKey[], store: ExecutionStore, flows: FlowRegistry) {
  const found = new Map<string, FlowLabel>();
  for (const key of keys) {
    const summary = store.get(key)?.summary;
    const label = summary === undefined ? null : flows.labelFor(summary);
    if (label !== null) found.set(label.uri, label);
  }
  return [...found.values()];
}
