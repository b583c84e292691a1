import type { Json, JsonObject } from '../base/json.ts';
import type { NodeRun, Outcome } from '../trace/execution.ts';
import {
  hasEnded,
  hasOutput,
  lastEntry,
  neverEnded,
  nodeIdOf,
  runKeyOf,
  saysFailed,
  typeOf,
  type EntryGroup,
} from './entries.ts';
import { wentOn, type Failure } from './failure.ts';
import { numberOf, objectOf, textOf } from './fields.ts';
import { GivenUp } from './givenUp.ts';
import { mostNodes } from './keptSummary.ts';
import type { RunColumns } from './runColumns.ts';
import {
  hasContainer,
  hasError,
  hasParent,
  hasRound,
  keyWithNode,
  plainKey,
  type RunTable,
  statuses,
} from './runTable.ts';
import { isAddress, isTellingName } from './tellingNames.ts';
import { timesOfEntry } from './times.ts';

/** What is known of a record before its runs are looked at one by one. */
export interface ReadRuns {
  readonly columns: RunColumns;
  readonly outcome: Outcome;
  readonly code: number;
  readonly failure: Failure | undefined;
}

/** Notes of the runs of a record what is asked of all of them. */
export function tableOfRuns(read: ReadRuns): RunTable {
  const { columns, outcome, failure } = read;
  const { groups, names } = columns;
  const types = new Firsts();
  const named = new NamedRuns();
  const table = {
    ...emptyTable(groups.length),
    ...{ outcome, usage: columns.usage, failure: failure && placeOf(failure) },
    following: followingIn(columns),
  };
  const statusOf = statusIn(read);
  for (const group of groups) {
    const { place } = group;
    const entry = lastEntry(group);
    table.first[place] = group.first;
    table.last[place] = group.order;
    table.counts[place] = group.entries.length;
    table.keys[place] = formOfKey(group, columns);
    table.types[place] = types.of(typeOf(group.nodeId, entry), place);
    table.states[place] =
      statuses.indexOf(statusOf(group, entry)) |
      (columns.errors[place] === undefined ? 0 : hasError) |
      linksOf(entry);
    const { beginMs, endMs } = timesOfEntry(entry);
    table.begins[place] = beginMs ?? Number.NaN;
    table.ends[place] = endMs ?? Number.NaN;
    named.note(group, names[place] ?? '');
  }
  return { ...table, ...named.places() };
}

/** Where nodes and names come first. Most come once, and of those nobody looks for more than the first ones. */
class NamedRuns {
  private readonly nodes = new Firsts(mostNodes);
  private readonly names = new Firsts(mostNodes);
  private readonly addresses = new Firsts();
  private readonly telling = new Firsts();

  note(group: EntryGroup, name: string): void {
    const { nodeId, place } = group;
    if (nodeId !== '') this.nodes.of(nodeId, place);
    // One that was masked has a mark behind it.
    const mayBeAddress = nodeId.includes('://') || nodeId.includes('~');
    if (mayBeAddress && isAddress(nodeIdOf(lastEntry(group)))) this.addresses.of(nodeId, place);
    if (name !== '') this.names.of(name, place);
    if (isTellingName(name)) this.telling.of(name, place);
  }

  places(): Pick<RunTable, 'nodes' | 'names' | 'addresses' | 'telling'> {
    const [nodes, names] = [this.nodes.places(), this.names.places()];
    return { nodes, names, addresses: this.addresses.places(), telling: this.telling.places() };
  }
}

function emptyTable(runs: number) {
  return {
    first: new Int32Array(runs),
    last: new Int32Array(runs),
    counts: new Int32Array(runs),
    keys: new Int32Array(runs),
    types: new Int32Array(runs),
    states: new Uint8Array(runs),
    begins: new Float64Array(runs),
    ends: new Float64Array(runs),
  };
}

/** Where each of some texts came first, of so many at most. */
class Firsts {
  private readonly known = new Map<string, number>();
  private readonly most: number;

  constructor(most = Infinity) {
    this.most = most;
  }

  of(text: string, place: number): number {
    const known = this.known.get(text);
    if (known === undefined && this.known.size < this.most) this.known.set(text, place);
    return known ?? place;
  }

  places(): Int32Array {
    return Int32Array.from(this.known.values());
  }
}

function placeOf(failure: Failure): NonNullable<RunTable['failure']> {
  const mixesRounds = failure.kind === 'entry' && failure.mixesRounds;
  return { kind: failure.kind, place: failure.group.place, mixesRounds };
}

/** Nothing where each run has one entry, as most have. */
function followingIn({ groups, trace }: RunColumns): Int32Array | undefined {
  if (groups.every(({ entries }) => entries.length === 1)) return undefined;
  const orders = new Map(trace.map((entry, order) => [entry, order]));
  const orderOf = (entry: Json) => orders.get(entry) ?? 0;
  const following = new Int32Array(trace.length);
  for (const { entries } of groups) {
    entries.forEach((entry, at) => {
      const next = entries[at + 1];
      if (next !== undefined) following[orderOf(entry)] = orderOf(next);
    });
  }
  return following;
}

function formOfKey({ key, id, sid, nodeId }: EntryGroup, { ids, ownSid }: RunColumns): number {
  if (id === '') return Number(key.slice(`entry:${nodeId}#`.length));
  return key === ids.id(runKeyOf(id, sid, ownSid)) ? plainKey : keyWithNode;
}

function linksOf(entry: JsonObject): number {
  const config = objectOf(objectOf(entry['data'])?.['config']);
  const isRound = numberOf(config?.['iteration_index']) !== undefined;
  return (
    (textOf(entry['parent_log_id']) === '' ? 0 : hasParent) |
    (textOf(config?.['parent_iteration_node_id']) === '' ? 0 : hasContainer) |
    (isRound ? hasRound : 0)
  );
}

/** How each run ended. */
function statusIn({
  columns: { byKey, ownSid },
  outcome,
  code,
  failure,
}: ReadRuns): (group: EntryGroup, entry: JsonObject) => NodeRun['status'] {
  const running = outcome === 'running';
  const givenUp = new GivenUp(byKey, ownSid);
  return (group, entry) => {
    const isBad = group.entries.some(saysFailed);
    const isUnended = !running && !isBad && neverEnded(entry);
    if (failure?.kind === 'entry' && failure.group === group) {
      return isUnended ? 'unended' : 'failed';
    }
    if (running && !hasEnded(entry)) return 'running';
    if (!isBad) return isUnended ? 'unended' : 'succeeded';
    // In a run that goes on a failed attempt may yet be made good.
    if (!running && givenUp.has(group)) return 'failed';
    if (hasOutput(entry) || wentOn(group, byKey, ownSid)) return 'recovered';
    return code === 0 && !running ? 'recovered' : 'failed';
  };
}
