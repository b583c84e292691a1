import type * as vscode from 'vscode';

const secretKey = 'rpaTrace.kafka.password';

/** The Kafka password in VS Code's secret storage, per brokers and user: another cluster gets another password. */
export class Credentials {
  private readonly secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.secrets = secrets;
  }

  async password(brokers: string, username: string): Promise<string | undefined> {
    return this.secrets.get(keyOf(brokers, username));
  }

  async remember(brokers: string, username: string, password: string): Promise<void> {
    await this.secrets.store(keyOf(brokers, username), password);
  }

  async forget(brokers: string, username: string): Promise<void> {
    await this.secrets.delete(keyOf(brokers, username));
  }
}

function keyOf(brokers: string, username: string): string {
  return `${secretKey}:${username}@${brokers.replaceAll(/\s+/g, '')}`;
}
