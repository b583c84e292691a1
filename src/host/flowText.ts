import type * as vscode from 'vscode';
import { hasCode } from '../base/hasCode.ts';
import { maxFlowBytes } from '../flow/looksLikeFlow.ts';
import type { FlowOnDisk } from '../protocol/flows.ts';
import type { Vscode } from './vscode.ts';

/** The text of a file that may be a flow, or why there is none. */
export type FlowText =
  | { readonly kind: 'text'; readonly text: string }
  | Extract<FlowOnDisk, { kind: 'missing' | 'tooLarge' | 'unreadable' }>;

/** Reads a file that the engine can't reach, such as one in a virtual file system. */
export async function readFlowText(vscode: Vscode, file: vscode.Uri): Promise<FlowText> {
  const { fs } = vscode.workspace;
  const uri = file.toString();
  try {
    const { size: bytes } = await fs.stat(file);
    if (bytes > maxFlowBytes) return { kind: 'tooLarge', uri, bytes };
    return { kind: 'text', text: new TextDecoder().decode(await fs.readFile(file)) };
  } catch (error) {
    if (hasCode(error, 'FileNotFound')) return { kind: 'missing', uri };
    return { kind: 'unreadable', uri, detail: String(error) };
  }
}
