import type { Span } from '../analysis/spans.ts';
import type { ExecutionKind, Milliseconds, NodeId } from '../trace/execution.ts';
import { BucketRoom } from './bucketRoom.ts';
import { ByteReader } from './byteStream.ts';
import type { ExecutionRows } from './executionRows.ts';
import type { FlightRows } from './flightRows.ts';
import type { HistoryFile } from './historyFile.ts';
import { hourMs, timeZoneHere } from '../base/zone.ts';
import { dayOf, hourOf, type Level, nextDay } from './hours.ts';
import { KeptEnds, type PackedEnds } from './keptEnds.ts';
import {
  emptyRollup,
  madeIn,
  mergeRollup,
  type Names,
  type RolledUp,
  rollUp,
  type Rollup,
  rollupIn,
} from './rollup.ts';
import { addPacked, type Ends, packNodes, packRollup, unpackNodes } from './rollupBytes.ts';
import type { SharedTexts } from './sharedTexts.ts';
import { bytesOf, type SqliteRow } from './sqlite.ts';

/** What was rolled up of a flow and its nodes, as it stands in the file. */
export interface PackedRow extends PackedEnds {
  readonly nodes: Iterable<readonly [nodeId: NodeId, bytes: ByteReader]>;
}

/** Stands for the flow itself among the numbers of its nodes. */
const flowItself = -1;
/** Behind the dictionary's bound all texts are one. */
const otherTexts = 0;

const tables = { hour: 'rollup_h', day: 'rollup_d' } as const;

/** What was rolled up of executions, by hours and by days; and which hours changed since. */
export class RollupRows {
  private readonly file: HistoryFile;
  private readonly executions: ExecutionRows;
  private readonly flights: FlightRows;
  private readonly now: () => Milliseconds;
  private readonly kept: KeptEnds;

  constructor(
    file: HistoryFile,
    executions: ExecutionRows,
    flights: FlightRows,
    now: () => Milliseconds,
  ) {
    this.file = file;
    this.executions = executions;
    this.flights = flights;
    this.now = now;
    this.kept = new KeptEnds(file);
  }

  /** These hours are others now: they are made anew when there is time, or when somebody asks. */
  markDirty(hours: Iterable<Milliseconds>): void {
    const mark = this.file.sql('INSERT OR IGNORE INTO dirty VALUES (?)');
    for (const hour of hours) mark.run(hour);
  }

  dirtyHours(): readonly Milliseconds[] {
    const rows = this.file.sql('SELECT hour FROM dirty ORDER BY hour').all();
    return rows.map(({ hour }) => Number(hour));
  }

  /** As they stand in the file, of some flows or of all. */
  *packed(
    level: Level,
    fromMs: Milliseconds,
    toMs: Milliseconds,
    isWanted: (of: { readonly flow: string }) => boolean = () => true,
  ): Generator<PackedRow> {
    const { texts } = this.file;
    for (const row of this.rows(level, 'at, flow, own, nodes', fromMs, toMs)) {
      const flow = this.textOf(Number(row['flow']));
      if (!isWanted({ flow })) continue;
      const nodes = namedNodes(bytesOf(row, 'nodes'), texts);
      yield { atMs: Number(row['at']), flow, own: bytesOf(row, 'own'), nodes };
    }
  }

  /** The same without nodes, which most of the bytes are of. */
  *packedFlows(
    level: Level,
    fromMs: Milliseconds,
    toMs: Milliseconds,
    isWanted: (of: { readonly flow: string }) => boolean = () => true,
  ): Generator<PackedEnds> {
    for (const row of this.rows(level, 'at, flow, own', fromMs, toMs)) {
      const flow = this.textOf(Number(row['flow']));
      if (isWanted({ flow })) yield { atMs: Number(row['at']), flow, own: bytesOf(row, 'own') };
    }
  }

  /** Adds how executions of all flows ended in whole hours or days. */
  addEnds(into: Ends, level: Level, span: Span): void {
    this.kept.addTo(into, level, span, (...of) => this.packedFlows(...of));
  }

  /** Before an answer. */
  refresh(): void {
    this.kept.refresh();
  }

  private rows(level: Level, columns: string, fromMs: Milliseconds, toMs: Milliseconds) {
    const select = `SELECT ${columns} FROM ${tables[level]} WHERE at >= ? AND at < ?`;
    return this.file.sql(select).iterate(fromMs, toMs);
  }

  /** What flows and nodes were called last. */
  names(): Names {
    const names: Names = new Map();
    for (const row of this.file.sql('SELECT flow, node, name, type FROM named').iterate()) {
      const { flow, nodeId } = this.idsOf(row);
      const name = this.textOf(Number(row['name']));
      const type = this.textOf(Number(row['type']));
      const kind = type === '' ? null : (type as ExecutionKind);
      const known = madeIn(names, flow, () => ({ name, kind, nodes: new Map() }));
      if (nodeId === null) Object.assign(known, { name, kind });
      else known.nodes.set(nodeId, { name, type });
    }
    return names;
  }

  /** A replaced record marks its hour, which is made anew: nothing is added twice. */
  rollUpDirty(most: number): 'done' | 'more' | 'othersTurn' {
    const { zone } = this.file.state();
    const hours = this.dirtyHours();
    const zoneOfNow = timeZoneHere();
    if (hours.length === 0 && zone === zoneOfNow) return 'done';
    for (const hour of hours.slice(0, most)) {
      const turn = this.file.write(() => {
        this.makeHour(hour);
        // Only when its day is made as well it is done.
        if (!hours.some((other) => other > hour && dayOf(other) === dayOf(hour)))
          this.makeDay(dayOf(hour));
        this.file.sql('DELETE FROM dirty WHERE hour = ?').run(hour);
      });
      if (turn.kind === 'othersTurn') return 'othersTurn';
    }
    if (hours.length > most) return 'more';
    const turn = this.file.write(() => {
      if (zone !== '' && zone !== zoneOfNow) this.remakeDays();
      this.file.sql('UPDATE state SET zone = ?').run(zoneOfNow);
    });
    return turn.kind;
  }

  /** The same of what is about to be let go of, in a transaction of the caller's. */
  rollUpBefore(floorMs: Milliseconds): void {
    const dirty = 'SELECT hour FROM dirty WHERE hour < ? ORDER BY hour';
    const hours = this.file.sql(dirty).all(floorMs);
    for (const { hour } of hours) this.makeHour(Number(hour));
    for (const day of new Set(hours.map(({ hour }) => dayOf(Number(hour))))) this.makeDay(day);
    this.file.sql('DELETE FROM dirty WHERE hour < ?').run(floorMs);
  }

  /** Whether executions of a flow that began in that hour, or on that day, were counted. */
  has(flow: string, atMs: Milliseconds): boolean {
    const id = this.file.texts.knownIdOf(flow);
    const find = (level: Level, at: Milliseconds) =>
      this.file
        .sql(`SELECT 1 AS one FROM ${tables[level]} WHERE at = ? AND flow = ?`)
        .get(at, id) !== undefined;
    return find('hour', hourOf(atMs)) || find('day', dayOf(atMs));
  }

  /** All rows are gone. */
  forget(): void {
    this.kept.clear();
  }

  oldest(level: Level): Milliseconds | null {
    const at = this.file.sql(`SELECT min(at) AS at FROM ${tables[level]}`).get()?.['at'];
    return at == null ? null : Number(at);
  }

  /** Deletes some that begin before; gives how many there were. */
  deleteSome(level: Level, beforeMs: Milliseconds, most: number): number | bigint {
    const table = tables[level];
    const some = `SELECT at, flow FROM ${table} WHERE at < ? LIMIT ?`;
    this.kept.clear();
    const remove = this.file.sql(`DELETE FROM ${table} WHERE (at, flow) IN (${some})`);
    return remove.run(beforeMs, most).changes;
  }

  private makeHour(hour: Milliseconds): void {
    const names: Names = new Map();
    const executions = this.executions.executions(hour, hour + hourMs);
    this.replace('hour', hour, rollUp(executions, names));
    this.keepNames(names, hour);
    this.flights.remake(hour);
  }

  /** The reader went to another zone: what is known by hours makes the days there. Older days stay as they were. */
  private remakeDays(): void {
    const first = this.oldest('hour');
    if (first === null) return;
    const firstDay = nextDay(dayOf(first));
    this.file.sql('DELETE FROM rollup_d WHERE at >= ?').run(firstDay);
    this.kept.clear();
    for (let day = firstDay; day <= this.now(); day = nextDay(day)) this.makeDay(day);
  }

  /** Of its hours: not of its executions, which may be gone. */
  private makeDay(day: Milliseconds): void {
    const flows: RolledUp = new Map();
    const room = new BucketRoom();
    for (const { flow, own, nodes } of this.packed('hour', day, nextDay(day))) {
      const rollups = madeIn(flows, flow, () => new Map<NodeId | null, Rollup>());
      addPacked(rollupIn(rollups, null), new ByteReader(own), room);
      for (const [nodeId, bytes] of nodes) addPacked(rollupIn(rollups, nodeId), bytes, room);
    }
    this.replace('day', day, flows);
  }

  private replace(level: Level, at: Milliseconds, flows: RolledUp): void {
    const table = tables[level];
    this.kept.forget(level, at);
    this.file.sql(`DELETE FROM ${table} WHERE at = ?`).run(at);
    const byIds = new Map<number, Map<number, Rollup>>();
    const { texts } = this.file;
    for (const [flow, nodes] of flows) {
      const ofFlow = madeIn(byIds, texts.idOf(flow), () => new Map<number, Rollup>());
      for (const [nodeId, rollup] of nodes) {
        const node = nodeId === null ? flowItself : texts.idOf(nodeId);
        mergeRollup(
          madeIn(ofFlow, node, () => emptyRollup(nodeId)),
          rollup,
        );
      }
    }
    const insert = this.file.sql(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`);
    for (const [flow, nodes] of byIds) {
      const own = nodes.get(flowItself) ?? emptyRollup(null);
      nodes.delete(flowItself);
      insert.run(at, flow, packRollup(own), packNodes(nodes));
    }
  }

  /** The latest stays: hours are made anew in any order. */
  private keepNames(names: Names, atMs: Milliseconds): void {
    const { texts } = this.file;
    // Of which only a build is told, the kind stays what it was.
    const keep = this.file.sql(
      `INSERT INTO named VALUES (?, ?, ?, ?, ?) ON CONFLICT (flow, node) DO UPDATE
       SET name = excluded.name, at = excluded.at,
         type = iif(excluded.type = ${String(texts.idOf(''))}, type, excluded.type)
       WHERE excluded.at >= at AND (excluded.name <> name OR excluded.type <> type)`,
    );
    for (const [flow, { name, kind, nodes }] of names) {
      const id = texts.idOf(flow);
      keep.run(id, flowItself, texts.idOf(name), texts.idOf(kind ?? ''), atMs);
      for (const [nodeId, node] of nodes) {
        keep.run(id, texts.idOf(nodeId), texts.idOf(node.name), texts.idOf(node.type), atMs);
      }
    }
  }

  private idsOf(row: SqliteRow): { flow: string; nodeId: NodeId | null } {
    const node = Number(row['node']);
    return {
      flow: this.textOf(Number(row['flow'])),
      nodeId: node === flowItself ? null : this.textOf(node),
    };
  }

  private textOf(id: number): string {
    return textBehind(this.file.texts, id);
  }
}

function* namedNodes(bytes: Uint8Array, texts: SharedTexts) {
  for (const [id, ofNode] of unpackNodes(bytes)) yield [textBehind(texts, id), ofNode] as const;
}

function textBehind(texts: SharedTexts, id: number): string {
  return id === otherTexts ? '' : texts.textOf(id);
}
