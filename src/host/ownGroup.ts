import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { panelViewType } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** What VS Code calls the tabs of our panels, also in the setting that says which groups it locks. */
const tabType = `mainThreadWebview-${panelViewType}`;

/**
 * Locks the group that a panel has for itself, as VS Code does it for terminals: a file that is opened after a click in it
 * would cover it. Once for each group, so that who unlocks it has his way until a reload; what we locked takes editors
 * again when no panel is left in it. By commands, which know the active group alone, so that another waits until it is
 * active: a default of VS Code's setting would take the place of its own defaults.
 */
export class OwnGroup implements Disposable {
  private readonly vscode: Vscode;
  private readonly registrations = new Disposables();
  /** In VS Code's order, which is that of their age: what it was when we last heard of it. */
  private groups: readonly vscode.TabGroup[];
  /** Those of them that we locked. */
  private locked = new Set<vscode.TabGroup>();
  /** `again`: something happened since VS Code was asked whether all was told. */
  private settling: 'no' | 'once' | 'again' = 'no';
  private isDisposed = false;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    const { tabGroups } = vscode.window;
    this.groups = tabGroups.all;
    this.registrations.add(
      tabGroups.onDidChangeTabGroups((change) => {
        this.follow(change);
        void this.settle();
      }),
    );
    this.registrations.add(
      tabGroups.onDidChangeTabs(() => {
        void this.settle();
      }),
    );
    // At the next event somebody may be on the way to another group, which the command would lock instead.
    if (this.groups.length > 0) this.update();
  }

  dispose(): void {
    this.isDisposed = true;
    this.registrations.dispose();
  }

  /**
   * What VS Code does at once it tells piece by piece: a file that is opened beside the panel has a group before that is the
   * active one, and the command would lock it. When it has answered a question, all was told that there was before.
   */
  private async settle(): Promise<void> {
    if (this.settling !== 'no') {
      this.settling = 'again';
      return;
    }
    do {
      this.settling = 'once';
      await this.vscode.commands.executeCommand('vscode.getEditorLayout');
    } while (this.isToldMore());
    this.settling = 'no';
    if (!this.isDisposed) this.update();
  }

  private isToldMore(): boolean {
    return this.settling === 'again';
  }

  /** VS Code 1.96 makes all objects anew when groups change, and an object doesn't say which group it is: its place does. */
  private follow({ opened, closed }: vscode.TabGroupChangeEvent): void {
    const before = this.groups.filter((group) => !closed.includes(group));
    this.groups = this.vscode.window.tabGroups.all;
    const kept = this.groups.filter((group) => !opened.includes(group));
    const isLocked = before.map((group) => this.locked.has(group));
    this.locked = new Set(kept.filter((_group, index) => isLocked[index]));
  }

  private update(): void {
    const { all, activeTabGroup: active } = this.vscode.window.tabGroups;
    const hasPanel = active.tabs.some(this.isPanel);
    if (this.locked.has(active)) {
      if (hasPanel) return;
      this.locked.delete(active);
      this.run('unlock');
    } else if (hasPanel && active.tabs.every(this.isPanel) && all.length > 1 && this.isWished) {
      this.locked.add(active);
      this.run('lock');
    }
  }

  private get isWished(): boolean {
    const editors = this.vscode.workspace.getConfiguration('workbench.editor');
    const wishes = editors.get<object>('autoLockGroups');
    return wishes === undefined || Reflect.get(wishes, tabType) !== false;
  }

  private run(what: 'lock' | 'unlock'): void {
    void this.vscode.commands.executeCommand(`workbench.action.${what}EditorGroup`);
  }

  private readonly isPanel = ({ input }: vscode.Tab): boolean =>
    input instanceof this.vscode.TabInputWebview && input.viewType === tabType;
}
