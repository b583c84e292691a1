import { splitBrokers } from '../base/brokers.ts';
import type { ConnectionForm, ConnectionSettings, KafkaConnection } from '../sources/kafka/spec.ts';
import type { Credentials } from './credentials.ts';
import { t } from './l10n.ts';
import type { Settings } from './settings.ts';
import type { Vscode } from './vscode.ts';

/** What the connect form is filled from, and where it is kept. */
export interface FormWorld {
  readonly vscode: Vscode;
  readonly credentials: Credentials;
  readonly settings: () => Settings;
}

/** The same for one who connects. */
export interface ConnectWorld extends FormWorld {
  /** Remembers what the form held. */
  readonly rememberForm: (form: ConnectionForm) => Promise<void>;
}

/** The connect form as the settings have it: of the connection with a name where there is one, else of the default. */
export function rememberedForm(world: FormWorld, name?: string): Promise<ConnectionForm> {
  return filledIn(world, namedConnection(world, name) ?? world.settings().connection);
}

/** The forms of all connections: the default one first. */
export function rememberedForms(world: FormWorld): Promise<readonly ConnectionForm[]> {
  const { connection, connections } = world.settings();
  return Promise.all([connection, ...connections].map((kept) => filledIn(world, kept)));
}

/**
 * What is read for a form that was remembered: by its name as the settings have it by now. The default connection is
 * what is read without one.
 */
export async function formToRead(
  world: ConnectWorld,
  form: ConnectionForm | undefined,
): Promise<ConnectionForm> {
  if (form !== undefined && form.mark === undefined) await world.rememberForm(form);
  return formAsKept(world, form);
}

/** The same for what is looked into beside it: what is read otherwise stays as it is. */
export async function formAsKept(
  world: FormWorld,
  form: ConnectionForm | undefined,
): Promise<ConnectionForm> {
  if (form === undefined) return rememberedForm(world);
  if (form.mark === undefined) return form;
  const named = namedConnection(world, form.mark.name);
  return named === undefined ? form : filledIn(world, named);
}

function namedConnection(
  { settings }: FormWorld,
  name: string | undefined,
): ConnectionSettings | undefined {
  if (name === undefined) return undefined;
  return settings().connections.find(({ mark }) => mark?.name === name);
}

async function filledIn(
  { credentials }: FormWorld,
  connection: ConnectionSettings,
): Promise<ConnectionForm> {
  const password = await credentials.password(connection.brokers, connection.username);
  return { ...connection, hasPassword: password !== undefined };
}

/** The cluster that a form names; `password` undefined: the one that is remembered. */
export async function connectionOf(
  { credentials, settings }: FormWorld,
  form: ConnectionForm,
  password?: string,
): Promise<KafkaConnection> {
  const base = {
    brokers: splitBrokers(form.brokers),
    clientId: 'rpa-trace',
    tls: {
      enabled: form.tls,
      rejectUnauthorized: settings().verifyCertificate,
      ...(form.caFile === '' ? {} : { caFile: form.caFile }),
    },
  };
  if (form.saslMechanism === 'none') return base;
  const known = password ?? (await credentials.password(form.brokers, form.username)) ?? '';
  return {
    ...base,
    sasl: { mechanism: form.saslMechanism, username: form.username, password: known },
  };
}

/** An untrusted workspace could name any address, and be sent the password. */
export function requireTrust({ vscode }: FormWorld): void {
  if (vscode.workspace.isTrusted) return;
  throw new Error(t('Trust this workspace before you connect to Kafka from it.'));
}
