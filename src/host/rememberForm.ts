import { splitBrokers } from '../base/brokers.ts';
import type { ConnectionForm } from '../sources/kafka/spec.ts';
import { connectionsSetting, keptConnection } from './connections.ts';
import { settingsSection } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** Remembers what the form held, there where each setting is set already, else for the user. */
export async function rememberForm(vscode: Vscode, form: ConnectionForm): Promise<void> {
  if (form.mark !== undefined) {
    await rememberNamed(vscode, form, form.mark.name);
    return;
  }
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

/** One of many in one setting: the others stay, each where it is. */
async function rememberNamed(vscode: Vscode, form: ConnectionForm, name: string): Promise<void> {
  const config = vscode.workspace.getConfiguration(settingsSection);
  const known = config.inspect<Readonly<Record<string, unknown>>>(connectionsSetting);
  const isOfWorkspace = Object.hasOwn(known?.workspaceValue ?? {}, name);
  const kept = { ...(isOfWorkspace ? known?.workspaceValue : known?.globalValue) };
  const value = keptConnection(form, splitBrokers(form.brokers));
  if (JSON.stringify(kept[name]) === JSON.stringify(value)) return;
  const target = isOfWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await config.update(connectionsSetting, { ...kept, [name]: value }, target);
}
