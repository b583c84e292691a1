import type * as vscode from 'vscode';
import { shownAddress } from '../base/shownAddress.ts';

const secretKey = 'rpaTrace.kafka.password';
const headersKey = 'rpaTrace.otlp.headers';

/** What is secret, in VS Code's secret storage: passwords per brokers and user, headers per endpoint, so that no other gets them. */
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

  /** What is sent to an OTLP endpoint, as it was typed. */
  async otlpHeaders(endpoint: string): Promise<string | undefined> {
    return this.secrets.get(headersOf(endpoint));
  }

  /** Empty: forgets them. */
  async rememberOtlpHeaders(endpoint: string, headers: string): Promise<void> {
    const key = headersOf(endpoint);
    await (headers === '' ? this.secrets.delete(key) : this.secrets.store(key, headers));
  }
}

/** A key is no secret: what an address holds of one doesn't go in. */
function headersOf(endpoint: string): string {
  return `${headersKey}:${shownAddress(endpoint)}`;
}

function keyOf(brokers: string, username: string): string {
  return `${secretKey}:${username}@${brokers.replaceAll(/\s+/g, '')}`;
}
