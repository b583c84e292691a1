import { splitBrokers } from '../base/brokers.ts';
import { shownAddresses } from '../base/shownAddress.ts';
import type { Credentials } from './credentials.ts';
import type { EngineClient } from './engineClient.ts';
import { t } from './l10n.ts';
import type { Session } from './session.ts';
import { tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

interface ForgetWorld {
  readonly vscode: Vscode;
  readonly session: Pick<Session, 'form' | 'forms'>;
  readonly credentials: Pick<Credentials, 'forget'>;
  readonly engine: Pick<EngineClient, 'isRunning'>;
  readonly panel: Pick<TracePanel, 'emit'>;
}

/** Removes the saved password of the connection that is shown, and says of which. */
export async function forgetPassword(world: ForgetWorld): Promise<void> {
  const { session, panel } = world;
  const { brokers, username } = await session.form();
  await world.credentials.forget(brokers, username);
  if (world.engine.isRunning) {
    panel.emit('connection', await session.form());
    panel.emit('connections', await session.forms());
  }
  const shown = shownAddresses(splitBrokers(brokers));
  const sentence = t('The saved Kafka password for {0} was removed.', shown);
  void tell(world.vscode, 'information', sentence);
}
