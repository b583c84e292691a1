import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/**
 * A notification that may come to be outdated. VS Code lets an extension close none but that of a progress, which has
 * neither a severity nor buttons of its own, and tells nobody that one was put aside by hand. So what is outdated leaves
 * the sight with all others, into VS Code's list of them, where the bell leads; who presses its button there is answered
 * by what is true then.
 */
export class Notice {
  private readonly vscode: Vscode;
  /** What nobody has answered, and is in sight as far as we know. */
  private told: object | null = null;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
  }

  get isInSight(): boolean {
    return this.told !== null;
  }

  /** Answers which button was pressed, undefined when it was closed. */
  async tell<B extends string>(
    severity: 'warning' | 'error',
    sentence: string,
    ...buttons: readonly B[]
  ): Promise<B | undefined> {
    const told = {};
    this.told = told;
    try {
      return await tell(this.vscode, severity, sentence, ...buttons);
    } finally {
      if (this.told === told) this.told = null;
    }
  }

  /** It is read, or no longer true. */
  putAside(): void {
    if (this.told === null) return;
    this.told = null;
    // Where VS Code has no such command, it stays where it is.
    this.vscode.commands
      .executeCommand('notifications.hideToasts')
      .then(undefined, () => undefined);
  }
}
