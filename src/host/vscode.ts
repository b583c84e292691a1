import type * as vscode from 'vscode';

/**
 * VS Code's API as it is given to whatever needs it: `extension.ts` alone loads it, so that everything here runs
 * without a workbench as well.
 */
export type Vscode = typeof vscode;
