import type { ValuePlace } from '../trace/valuePlace.ts';
import type { WantedPart } from '../trace/wantedPart.ts';
import {
  anyOf,
  byKind,
  type Check,
  fields,
  flag,
  list,
  nothing,
  oneOf,
  optional,
  orNull,
  text,
  textLike,
  whole,
} from './checks.ts';
import type { CompareQuery, SideBySideQuery, SinceQuery } from './compare.ts';
import type { EngineMethods } from './engineProtocol.ts';
import type { FindQuery } from './find.ts';
import type { GraphQuery } from './graph.ts';
import { type InspectQuery, mostWanted } from './inspector.ts';
import type { LineageQuery } from './lineage.ts';
import type { ListQuery } from './list.ts';
import type { Narrowing } from '../analysis/pastNumbers.ts';
import type { NumbersQuery } from './numbers.ts';
import type { FlowMark, ProblemMark, ProblemMove } from '../problems/problemMark.ts';
import { numbersTime, ofRecord, position, scope } from './pageFields.ts';
import type { PageEngineMethods } from './pageMethods.ts';
import type { ProblemsQuery } from './problems.ts';
import type { EngineQuestions } from './questions.ts';
import type { FetchConsent } from './storedText.ts';
import type { Asked, Watch } from './subscriptions.ts';
import type { TreeQuery } from './tree.ts';

/** As far as one counts; the engine cuts what is more than there is. */
const place = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const count = whole(0, Number.MAX_SAFE_INTEGER);
/** What somebody types or pastes to be found. */
const mostSought = 10_000;
/** A page's own word for something. */
const name = text(200);

/** The longest name of a zone has 32 letters. */
const zoneName = text(100);

const listQuery = fields<ListQuery>({
  ...{ scope, filter: ofRecord, anchor: orNull(ofRecord) },
  ...{ offset: place, limit: count, earlier: optional(count), timeZone: optional(zoneName) },
});

const treeQuery = fields<TreeQuery>({
  key: ofRecord,
  // Whoever closes all rows of the largest execution that is shown names each of them.
  collapsed: list(ofRecord, 1_000_000),
  at: anyOf(
    fields<{ readonly offset: number }>({ offset: place }),
    fields<{ readonly around: 'failing' }>({ around: oneOf('failing') }),
    fields<{ readonly aroundRow: string }>({ aroundRow: ofRecord }),
    fields<{ readonly aroundNode: string }>({ aroundNode: ofRecord }),
  ),
  limit: count,
});

const numbersQuery = fields<NumbersQuery>({
  scope,
  ...numbersTime,
  only: optional(
    byKind<Narrowing>({
      flow: fields({ kind: oneOf('flow'), flow: ofRecord }),
      service: fields({
        kind: oneOf('service'),
        of: oneOf('workflow', 'build', 'rpa', 'link', 'aitools', 'agent', 'other'),
      }),
    }),
  ),
  timeZone: zoneName,
});

const problemsQuery = fields<ProblemsQuery>({
  scope,
  group: oneOf('unresolved', 'resolved', 'ignored'),
});

const compareQuery = fields<CompareQuery>({
  ...{ key: ofRecord, other: orNull(ofRecord), source: optional(count), onlyDifferences: flag },
  ...{ offset: place, limit: count, around: optional(orNull(place)) },
});

const sinceQuery = fields<SinceQuery>({
  ...{ key: ofRecord, other: orNull(ofRecord), source: optional(count) },
});

const sideBySideQuery = fields<SideBySideQuery>({
  ...{ key: ofRecord, other: ofRecord, source: optional(count), place: count },
  language: textLike(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, 100),
});

const graphQuery = fields<GraphQuery>({
  ...{ uri: orNull(ofRecord), execution: orNull(ofRecord), asRun: optional(flag) },
  comparedWith: optional(ofRecord),
});

const findQuery = fields<FindQuery>({
  row: optional(orNull(ofRecord)),
  ...{ key: ofRecord, text: text(mostSought), isPattern: flag, matchCase: flag, wholeWord: flag },
  ...{ offset: place, limit: count },
});

const lineageQuery = fields<LineageQuery>({
  ...{ key: ofRecord, row: ofRecord, section: oneOf('input', 'output'), index: count },
  ...{ path: ofRecord, direction: oneOf('from', 'to') },
});

const wantedPart = fields<WantedPart>({
  ...{ section: oneOf('input', 'output', 'config', 'other'), index: count },
  // Deeper than any value is shown.
  ...{ path: list(ofRecord, 1_000), offset: optional(count) },
});

const queries: {
  readonly [K in keyof EngineQuestions]: Check<EngineQuestions[K]['query']>;
} = {
  list: listQuery,
  tree: treeQuery,
  inspect: fields<InspectQuery>({
    ...{ key: ofRecord, row: orNull(ofRecord) },
    ...{ part: optional(oneOf('beginning')), wanted: optional(list(wantedPart, mostWanted)) },
  }),
  // As many as stand on some screens.
  ahead: fields({ key: ofRecord, rows: list(ofRecord, 100) }),
  flow: fields({ uri: ofRecord }),
  marks: fields({ uri: ofRecord, execution: orNull(ofRecord) }),
  // As many as an editor shows lines.
  shortValues: fields({ key: ofRecord, rows: list(ofRecord, 1_000) }),
  graph: graphQuery,
  graphStates: graphQuery,
  figures: fields({ scope }),
  numbers: numbersQuery,
  problems: problemsQuery,
  ownPast: fields({ key: ofRecord }),
  compare: compareQuery,
  sideBySide: sideBySideQuery,
  since: sinceQuery,
  signs: fields({ key: ofRecord }),
  find: findQuery,
  lineage: lineageQuery,
  status: nothing,
  health: nothing,
};

/** A question of any kind: its kind, its query as that kind has it, and what stands beside them. */
function ofAnyKind<T extends { readonly kind: keyof EngineQuestions }>(
  beside: Readonly<Record<string, Check<string>>>,
): Check<T> {
  const checks = Object.entries(queries).map(([kind, query]) => [
    kind,
    fields({ ...beside, kind: oneOf(kind), query: query as Check<unknown> }),
  ]);
  return byKind<T>(Object.fromEntries(checks) as Parameters<typeof byKind<T>>[0]);
}

const asked = ofAnyKind<Asked<EngineQuestions>>({});

const watcher = { watcher: name, id: name };
const watched = ofAnyKind<Watch<EngineQuestions>>(watcher);

const consent = fields<FetchConsent>({ host: ofRecord, near: orNull(name) });

const valuePlace = fields<ValuePlace>({
  section: oneOf('input', 'output', 'config', 'other', 'logs', 'message', 'name', 'id'),
  index: count,
});

/** Two numbers of 64 bits, and which version made them. */
const signature = text(100);

/** One check for each question that a page may ask of the engine: one that is missing doesn't compile. */
export const questionChecks: {
  readonly [K in keyof PageEngineMethods]: Check<EngineMethods[K]['params']>;
} = {
  ask: asked,
  watch: watched,
  unwatch: fields(watcher),
  latest: fields({ scope, failed: flag }),
  complete: fields({ scope, filter: ofRecord, cursor: count }),
  chooseFlow: fields({ key: ofRecord, uri: ofRecord }),
  markProblem: anyOf(
    fields<Omit<ProblemMark, 'atMs' | 'of'>>({
      ...{ kind: oneOf('seen', 'fixed', 'ignored'), signature, flow: ofRecord, weekly: count },
    }),
    fields<Omit<ProblemMove, 'atMs' | 'of' | 'intoOf'>>({
      ...{ kind: oneOf('moved'), signature, flow: ofRecord, into: orNull(signature) },
    }),
    fields<Omit<FlowMark, 'atMs'>>({ kind: oneOf('apart', 'together'), flow: ofRecord }),
  ),
  fetchStored: fields({
    ...{ id: name, key: ofRecord, row: orNull(ofRecord), name: ofRecord },
    ...{ address: ofRecord, consent },
  }),
  cancelFetch: fields({ id: name }),
  reveal: fields({ key: ofRecord, row: orNull(ofRecord), place: valuePlace }),
  rejected: fields({ offset: count, limit: count }),
  rejectedText: fields({ position }),
  pause: nothing,
  resume: nothing,
  endReading: nothing,
  skipDamaged: fields({ position }),
  loadOlder: nothing,
};
