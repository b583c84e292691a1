import type * as vscode from 'vscode';
import { withoutCredentials } from '../base/shownAddress.ts';

/** A line in the output channel "RPA Trace". */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/**
 * Writes to a log output channel; the user sets its level with VS Code's own command. Logs are copied into
 * issues: whatever wrote the line, no credentials of an address in it go in.
 */
export function createLog(channel: vscode.LogOutputChannel): Log {
  return (level, message) => {
    channel[level](withoutCredentials(message));
  };
}
