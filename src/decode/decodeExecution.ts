import type { Json } from '../base/json.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { Execution, ExecutionData, NamedValue, NodeData, RunKey } from '../trace/execution.ts';
import type { RecordFacts } from '../trace/recordFacts.ts';
import type { FlowCall } from '../trace/subWorkflows.ts';
import type { WantedPart } from '../trace/wantedPart.ts';
import { bytesOfEntry, dataBytesOfEntry } from './bytes/recordView.ts';
import { decodeData as decodeExecutionFields } from './executionData.ts';
import { objectIn, textIn } from './fields.ts';
import { flowCalls, questionDigest } from './flowCalls.ts';
import { leftOutOf } from './leftOut.ts';
import { collectSecrets, secretsEchoedIn } from '../masking/knownSecrets.ts';
import { decodeData as decodeEntryData } from './nodeData.ts';
import { firstError } from './logs.ts';
import { runsOf } from './nodeRuns.ts';
import { indexRecord } from './indexRecord.ts';
import type { ReadJson } from './parseRecord.ts';
import { recordFacts } from './recordFacts.ts';
import { type MarkOfValue, marksOfValues } from './revealValue.ts';
import { RecordSecrets } from './recordSecrets.ts';
import { LazyLists } from '../masking/lazyLists.ts';
import { MaskRoom } from '../masking/maskRoom.ts';
import { createKnowingRedactor, type Redactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { storedAddresses } from './storedAddresses.ts';
import { hasError, type RunTable } from './runTable.ts';
import { readRecord, summarize, tableOf, type ReadRecord } from './summary.ts';
import { suspectTypes } from './suspectTypes.ts';
import { readValue } from './values.ts';

/** How much of large values is shown: all of them, or their beginning, or what stands around a part that is wanted. */
export interface ShownPart {
  /** `lazily`: long lists are masked item by item when somebody reads one, and keep their colours. */
  readonly part?: 'beginning' | 'lazily' | undefined;
  readonly wanted?: readonly WantedPart[] | undefined;
}

/** A record parsed once and read part by part; all of it masked. */
export interface OpenedRecord {
  /** Does what data needs before it can be shown, with pauses: for a large record it is a second's work. */
  prepare(): Generator<undefined, void>;
  /** The execution and its runs in order of completion, without their data. */
  execution(): Execution;
  /** What one node got, gave and said, or the beginning of it; undefined for a key that the record doesn't hold. */
  nodeData(runKey: RunKey, part?: ShownPart): NodeData | undefined;
  /** Where what one node got, gave and said stands, before it is decoded; undefined where that is not known. */
  bytesOf(runKey: RunKey): readonly Uint8Array[] | undefined;
  /** Of these bytes those of its values: where they are the same in two records, so are these. */
  dataBytesOf(runKey: RunKey): readonly Uint8Array[] | undefined;
  executionData(part?: ShownPart): ExecutionData;
  /** The address of a stored text by its masked form; undefined for one that the record doesn't hold. */
  storedAddress(masked: string): string | undefined;
  /** A text that was fetched from there, masked and readable like a value of the record itself. */
  fetchedValue(name: string, text: string): NamedValue;
  /** Which workflows its `flow` nodes called. */
  flowCalls(): readonly FlowCall[];
  /** What it tells beside what ran. */
  facts(): RecordFacts;
  /** Stands for a value that is masked, to compare it with another; nothing else is known of it. */
  readonly markOfValue: MarkOfValue;
  /** Stands for what it was asked, the same as the parameters of the call that asked; null when that is no object. */
  questionDigest(): string | null;
}

/** Opens a record that `decodeRecord` accepted; throws an `Error` for one that it rejects. */
export function openRecord(
  record: ConsumedRecord,
  rules: RedactionRules,
  readJson: ReadJson = indexRecord,
): OpenedRecord {
  const guard = <T>(work: () => T): T => rules.patterns.guard(work);
  const opened = guard(() => openGuarded(record, rules, readJson));
  return {
    prepare: () => opened.prepare(),
    execution: () => guard(() => opened.execution()),
    nodeData: (runKey, part) => guard(() => opened.nodeData(runKey, part)),
    bytesOf: (runKey) => opened.bytesOf(runKey),
    dataBytesOf: (runKey) => opened.dataBytesOf(runKey),
    executionData: (part) => guard(() => opened.executionData(part)),
    storedAddress: (masked) => guard(() => opened.storedAddress(masked)),
    fetchedValue: (name, text) => guard(() => opened.fetchedValue(name, text)),
    flowCalls: () => guard(() => opened.flowCalls()),
    facts: () => opened.facts(),
    markOfValue: (...place) => guard(() => opened.markOfValue(...place)),
    questionDigest: () => opened.questionDigest(),
  };
}

function openGuarded(
  record: ConsumedRecord,
  rules: RedactionRules,
  readJson: ReadJson,
): OpenedRecord {
  const parsed = readJson(record, rules);
  if (!parsed.ok) throw new Error(`Not readable as an execution: ${parsed.error.reason}`);
  const read = readRecord(parsed.value, rules);
  const { root } = parsed.value;
  // The tree shows few texts, and soon; all secrets are collected when somebody looks into a node.
  const { names } = rules;
  const secrets = new RecordSecrets(parsed.value.pieces(), names, parsed.value.gatheredSecrets);
  let knowing: Redactor | undefined;
  const knowingRedactor = () => (knowing ??= createKnowingRedactor(() => secrets.all(), rules));
  const redactorOf = ({ part, wanted }: ShownPart = {}) => {
    if (part === undefined) return knowingRedactor();
    const guard = (work: () => Json) => rules.patterns.guard(work);
    return knowingRedactor().within(
      part === 'lazily' ? new LazyLists(guard) : new MaskRoom(wanted),
    );
  };
  const ownSid = textIn(root, 'sid');
  const groupOf = (key: RunKey) => {
    const place = read.columns.placeOf(key, read.failure?.group.place);
    return place === undefined ? undefined : read.columns.groupAt(place);
  };
  return {
    *prepare() {
      yield* parsed.value.noteParts?.() ?? [];
      yield* secrets.gather();
    },
    execution: () => {
      const table = tableOf(read);
      const shown = shownTexts(read, table);
      const question = textIn(root, 'question');
      const redactor = createKnowingRedactor(
        () => secretsEchoedIn(shown.join(' '), shown, parsed.value, () => question, rules.names),
        rules,
      );
      const summary = summarize(read, redactor);
      const runs = runsOf(read.columns, table, redactor);
      const leftOut = leftOutOf(root);
      return {
        ...{ summary, runs, suspectTypes: suspectTypes(summary) },
        ...(leftOut !== undefined && { leftOut }),
      };
    },
    nodeData: (runKey, part) => {
      const group = groupOf(runKey);
      return group === undefined ? undefined : decodeEntryData(group, ownSid, redactorOf(part));
    },
    bytesOf: (runKey) => knownParts(groupOf(runKey)?.entries.map(bytesOfEntry)),
    dataBytesOf: (runKey) => knownParts(groupOf(runKey)?.entries.map(dataBytesOfEntry))?.flat(),
    executionData: (part) => decodeExecutionFields(read, redactorOf(part)),
    storedAddress: (masked) =>
      storedAddresses(root).find((address) => knowingRedactor().text(address) === masked),
    fetchedValue: (name, fetched) => {
      const { names } = rules;
      const redactor = createKnowingRedactor(
        () => [...secrets.all(), ...collectSecrets(fetched, names)],
        rules,
      );
      return readValue(name, fetched, null, redactor);
    },
    flowCalls: () => flowCalls(read),
    facts: () => recordFacts(root, read.columns.groups),
    markOfValue: marksOfValues(read, rules),
    questionDigest: () => questionDigest(root),
  };
}

/** Undefined where nothing is there, or not all of it is known. */
function knownParts<T>(parts: readonly (T | undefined)[] = []): readonly T[] | undefined {
  return parts.every((part) => part !== undefined) && parts.length > 0 ? parts : undefined;
}

/** What a tool wrote and the tree shows: where it may have echoed a secret. */
function shownTexts({ parsed, columns }: ReadRecord, { states }: RunTable): readonly string[] {
  const message = textIn(objectIn(parsed.root, 'status') ?? {}, 'message');
  const errors: string[] = [];
  states.forEach((state, place) => {
    if ((state & hasError) !== 0) errors.push(firstError(columns.lastEntryAt(place)) ?? '');
  });
  return [...new Set([message, ...errors, ...columns.tellingNames])];
}
