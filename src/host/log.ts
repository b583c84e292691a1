import type * as vscode from 'vscode';

/** A line in the output channel "RPA Trace". */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** Writes to a log output channel; the user sets its level with VS Code's own command. */
export function createLog(channel: vscode.LogOutputChannel): Log {
  return (level, message) => {
    channel[level](message);
  };
}
