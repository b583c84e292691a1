import type { SourceSpec } from '../protocol/sources.ts';
import type { ConnectionForm } from '../sources/kafka/spec.ts';
import { type KeptKind, traitsOf } from '../sources/table.ts';
import type { SourceWay } from '../sources/traits.ts';
import { type CommandId, commandIds } from './ids.ts';
import {
  type ConnectWorld,
  connectionOf,
  formAsKept,
  formToRead,
  type FormWorld,
  requireTrust,
} from './kafkaForm.ts';
import { isSame, type Remembered } from './recentSources.ts';

/** What the host does with one kind of source, beside what all may know of it. */
interface HostSource<K extends KeptKind> {
  /** The command by which the reader asks for one. */
  readonly command: CommandId;
  /** What is to be read of one, and what is remembered from then on; rejects where it may not be read. */
  begin(source: Remembered<K>, world: ConnectWorld): Promise<Begun<K>>;
  /** What is read of one to compare with one of its executions; none where there is nothing to choose from. */
  readonly toCompareWith?: (source: Remembered<K>, world: FormWorld) => Promise<SourceSpec<K>>;
  /** How the environment asks for one when VS Code starts. */
  readonly order?: SourceOrder<K>;
}

/** A source that may be opened. */
export interface Begun<K extends KeptKind = KeptKind> {
  readonly spec: SourceSpec<K>;
  readonly kept: Remembered<K>;
}

interface SourceOrder<K extends KeptKind> {
  /** As the log tells it who mistyped one. */
  readonly form: string;
  /** Undefined where the order means something else. */
  read(order: string, world: Pick<FormWorld, 'settings'>): Remembered<K> | undefined;
}

const table: { readonly [K in KeptKind]: HostSource<K> } = {
  kafka: {
    command: commandIds.connect,
    begin: async (source, world) => {
      requireTrust(world);
      const form = await formToRead(world, source.form);
      return { spec: await topicOfForm(form, world), kept: { kind: 'kafka', form } };
    },
    // Of a topic those that a picker is looked through for; what is older is in no hurry.
    toCompareWith: async (source, world) => {
      requireTrust(world);
      const spec = await topicOfForm(await formAsKept(world, source.form), world);
      return { ...spec, start: { kind: 'last', count: 200 } };
    },
    order: {
      form: 'kafka:<brokers>/<topic>',
      read: (order, { settings }) => {
        const found = /^kafka:(?<brokers>[^/]+)\/(?<topic>.+)$/.exec(order)?.groups;
        if (found === undefined) return undefined;
        const form = { ...settings().connection, hasPassword: false };
        const { brokers = form.brokers, topic = form.topic } = found;
        return { kind: 'kafka', form: { ...form, brokers, topic } };
      },
    },
  },
  files: {
    command: commandIds.openTraceFile,
    // Another object each time: what is opened again is read again.
    begin: (kept) => Promise.resolve({ spec: { ...kept }, kept }),
    toCompareWith: (kept) => Promise.resolve({ ...kept }),
  },
  sample: {
    command: commandIds.playSample,
    begin: () => Promise.resolve({ spec: { kind: 'sample' }, kept: { kind: 'sample' } }),
    order: {
      form: 'sample',
      read: (order) => (order === 'sample' ? { kind: 'sample' } : undefined),
    },
  },
};

async function topicOfForm(form: ConnectionForm, world: FormWorld): Promise<SourceSpec<'kafka'>> {
  const { topic, start, mark } = form;
  const connection = await connectionOf(world, form);
  const spec = { kind: 'kafka', connection, topic: topic.trim(), start } as const;
  return mark === undefined ? spec : { ...spec, mark };
}

/** A connection of the settings, as it is offered and opened. */
export type OfferedConnection = Remembered<'kafka'>;

/** All that the settings have, the default one first; none where no connection has a name. */
export function offeredConnections({
  settings,
}: Pick<FormWorld, 'settings'>): readonly OfferedConnection[] {
  const { connection, connections } = settings();
  if (connections.length === 0) return [];
  return [connection, ...connections].map((kept) => {
    // Whether there is a password nobody asks of what is chosen from.
    return { kind: 'kafka', form: { ...kept, hasPassword: false } };
  });
}

/** The name of the connection that was read last; undefined where it has none. */
export function lastConnection(recent: readonly Remembered[]): string | undefined {
  const last = recent.find((source): source is OfferedConnection => source.kind === 'kafka');
  return last?.form?.mark?.name;
}

/** The topic that a source reads, whose records others find at the same place; null where it reads none. */
export function topicOf(spec: SourceSpec | undefined): string | null {
  return spec?.kind === 'kafka' ? spec.topic : null;
}

/** The connections by which a topic is read: of the settings, those that were read before, and the default one. */
export function connectionsTo(
  topic: string,
  known: readonly Remembered[],
  standard: ConnectionForm,
): readonly OfferedConnection[] {
  const all = [...known, { kind: 'kafka', form: standard } as const].filter(
    (source): source is OfferedConnection =>
      source.kind === 'kafka' && source.form?.topic.trim() === topic,
  );
  return all.filter((source, index) => all.findIndex((other) => isSame(source, other)) === index);
}

const kinds = Object.keys(table) as readonly KeptKind[];

/** Makes a remembered source, or one just asked for, ready to be opened. */
export function begin<K extends KeptKind>(
  source: Remembered<K>,
  world: ConnectWorld,
): Promise<Begun> {
  return table[source.kind].begin(source, world);
}

/** Whether executions of a source may be chosen from while another one is read. */
export function isComparedWith({ kind }: Remembered): boolean {
  return table[kind].toCompareWith !== undefined;
}

/** What is read of a source to compare with one of its executions; rejects where it may not be read. */
export async function toCompareWith<K extends KeptKind>(
  source: Remembered<K>,
  world: FormWorld,
): Promise<SourceSpec | undefined> {
  const entry: HostSource<K> = table[source.kind];
  return entry.toCompareWith?.(source, world) as Promise<SourceSpec> | undefined;
}

/** The ways to open another source, with the command of each. */
export function offeredWays(): readonly (SourceWay & { readonly command: CommandId })[] {
  return kinds.flatMap((kind) => {
    const { way } = traitsOf<KeptKind>(kind);
    return way === null ? [] : [{ ...way, command: table[kind].command }];
  });
}

/** The source that an order asks for, or the forms of those that there are. */
export function orderedSource(
  order: string,
  world: Pick<FormWorld, 'settings'>,
): Remembered | readonly string[] {
  const orders = kinds.flatMap((kind) => table[kind].order ?? []);
  const source = orders.map((known) => known.read(order, world)).find((found) => found);
  return source ?? orders.map(({ form }) => form);
}
