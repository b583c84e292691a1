import { splitBrokers } from '../base/brokers.ts';
import type { ConnectionForm, StartPosition } from '../sources/kafka/spec.ts';
import { connectionsSetting, type KeptConnection } from './connections.ts';
import { settingsSection } from './ids.ts';
import type { Vscode } from './vscode.ts';

type Kept = Omit<KeptConnection, 'color'>;

/** The settings of the default connection, by what a connection with a name calls them. */
const settings: Readonly<Record<keyof Kept, string>> = {
  brokers: 'kafka.brokers',
  topic: 'kafka.topic',
  startFrom: 'kafka.startFrom',
  lastRecords: 'kafka.lastRecords',
  startTime: 'kafka.startTime',
  tls: 'kafka.tls.enabled',
  caFile: 'kafka.tls.caFile',
  saslMechanism: 'kafka.sasl.mechanism',
  username: 'kafka.sasl.username',
};

/** Remembers what the form held, there where each setting is set already, else for the user. */
export async function rememberForm(vscode: Vscode, form: ConnectionForm): Promise<void> {
  if (form.mark !== undefined) {
    await rememberNamed(vscode, form, form.mark);
    return;
  }
  const config = vscode.workspace.getConfiguration(settingsSection);
  const { Global, Workspace } = vscode.ConfigurationTarget;
  for (const [field, value] of Object.entries(keptOf(form))) {
    const key = settings[field as keyof Kept];
    if (isSame(config.get(key), value)) continue;
    const known = config.inspect(key);
    const isOfWorkspace = known?.workspaceValue !== undefined;
    // What it would be if it were not set there: a default that is written down stays when the default changes.
    const unset = (isOfWorkspace ? known.globalValue : undefined) ?? known?.defaultValue;
    const next = isSame(value, unset) ? undefined : value;
    await config.update(key, next, isOfWorkspace ? Workspace : Global);
  }
}

/** One of many in one setting: the others stay, each where it is. */
async function rememberNamed(
  vscode: Vscode,
  form: ConnectionForm,
  { name, color }: NonNullable<ConnectionForm['mark']>,
): Promise<void> {
  const config = vscode.workspace.getConfiguration(settingsSection);
  const known = config.inspect<Readonly<Record<string, unknown>>>(connectionsSetting);
  const isOfWorkspace = Object.hasOwn(known?.workspaceValue ?? {}, name);
  const kept = { ...(isOfWorkspace ? known?.workspaceValue : known?.globalValue) };
  const value = { ...named(keptOf(form)), ...(color === null ? {} : { color }) };
  if (isSame(kept[name], value)) return;
  const target = isOfWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await config.update(connectionsSetting, { ...kept, [name]: value }, target);
}

/**
 * All of a connection with a name: what it left out would be as in the default one, which another workspace has otherwise,
 * and the next form may change. Without TLS or a login nobody asks for what belongs to them.
 */
function named({ caFile = '', username = '', ...kept }: Partial<Kept>): Partial<Kept> {
  return {
    ...kept,
    ...(kept.tls === true || caFile !== '' ? { caFile } : {}),
    ...(kept.saslMechanism !== 'none' || username !== '' ? { username } : {}),
  };
}

function keptOf(form: ConnectionForm): Partial<Kept> {
  return {
    brokers: splitBrokers(form.brokers),
    topic: form.topic.trim(),
    ...keptStart(form.start),
    tls: form.tls,
    caFile: form.caFile.trim(),
    saslMechanism: form.saslMechanism,
    username: form.username.trim(),
  };
}

function keptStart(start: StartPosition): Partial<Kept> {
  const startFrom = start.kind;
  if (start.kind === 'last') return { startFrom, lastRecords: start.count };
  if (start.kind !== 'time') return { startFrom };
  return { startFrom, startTime: new Date(start.timestampMs).toISOString() };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
