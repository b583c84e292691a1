import { splitBrokers } from '../base/brokers.ts';
import type { ConnectionForm, KafkaConnection } from '../sources/kafka/spec.ts';
import type { Credentials } from './credentials.ts';
import { settingsSection } from './ids.ts';
import { t } from './l10n.ts';
import type { Settings } from './settings.ts';
import type { Vscode } from './vscode.ts';

/** What the connect form is filled from, and where it is kept. */
export interface FormWorld {
  readonly vscode: Vscode;
  readonly credentials: Credentials;
  readonly settings: () => Settings;
}

/** The connect form as remembered. */
export async function rememberedForm({
  credentials,
  settings,
}: FormWorld): Promise<ConnectionForm> {
  const { connection } = settings();
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

/** Remembers what the form held, there where each setting is set already, else for the user. */
export async function rememberForm({ vscode }: FormWorld, form: ConnectionForm): Promise<void> {
  const config = vscode.workspace.getConfiguration(settingsSection);
  const values: Readonly<Record<string, unknown>> = {
    'kafka.brokers': splitBrokers(form.brokers),
    'kafka.topic': form.topic.trim(),
    'kafka.startFrom': form.start.kind,
    ...(form.start.kind === 'last' ? { 'kafka.lastRecords': form.start.count } : {}),
    ...(form.start.kind === 'time'
      ? { 'kafka.startTime': new Date(form.start.timestampMs).toISOString() }
      : {}),
    'kafka.tls.enabled': form.tls,
    'kafka.tls.caFile': form.caFile.trim(),
    'kafka.sasl.mechanism': form.saslMechanism,
    'kafka.sasl.username': form.username.trim(),
  };
  for (const [key, value] of Object.entries(values)) {
    const known = config.inspect(key);
    if (JSON.stringify(config.get(key)) === JSON.stringify(value)) continue;
    const target =
      known?.workspaceValue === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    await config.update(key, value, target);
  }
}
