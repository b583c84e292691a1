import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { panelViewType } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** What VS Code calls the tabs of our panels, also in the setting that says which groups it locks. */
const tabType = `mainThreadWebview-${panelViewType}`;

/**
 * Locks the group that a panel has for itself, as VS Code does it for terminals: a file that is opened after a click in it
 * would cover it. Once for each panel, so that who unlocks it has his way; and the group takes editors again when the
 * panel has left it. By commands, which know the active group alone: a default of VS Code's setting would take the place
 * of its own defaults.
 */
export class OwnGroup implements Disposable {
  private readonly vscode: Vscode;
  private readonly registrations = new Disposables();
  private isLocked: boolean;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    const { tabGroups } = vscode.window;
    // After a reload VS Code knows which groups were locked.
    this.isLocked = this.hasPanel;
    const update = () => {
      this.lock();
    };
    this.registrations.add(tabGroups.onDidChangeTabGroups(update));
    this.registrations.add(
      tabGroups.onDidChangeTabs(({ closed }) => {
        this.lock();
        this.unlock(closed);
      }),
    );
  }

  dispose(): void {
    this.registrations.dispose();
  }

  private get hasPanel(): boolean {
    return this.vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(this.isPanel));
  }

  private lock(): void {
    const { window, workspace } = this.vscode;
    const { all, activeTabGroup } = window.tabGroups;
    const isOwn = activeTabGroup.tabs.length > 0 && activeTabGroup.tabs.every(this.isPanel);
    if (this.isLocked || !isOwn || all.length === 1) return;
    const wishes = workspace.getConfiguration('workbench.editor').get<object>('autoLockGroups');
    if (wishes !== undefined && Reflect.get(wishes, tabType) === false) return;
    this.isLocked = true;
    this.run('lock');
  }

  private unlock(closed: readonly vscode.Tab[]): void {
    const { all, activeTabGroup } = this.vscode.window.tabGroups;
    const isLeft = closed.some(
      (tab) => this.isPanel(tab) && (tab.group.isActive || all.length === 1),
    );
    if (this.isLocked && isLeft && !activeTabGroup.tabs.some(this.isPanel)) this.run('unlock');
    if (!this.hasPanel) this.isLocked = false;
  }

  private run(what: 'lock' | 'unlock'): void {
    void this.vscode.commands.executeCommand(`workbench.action.${what}EditorGroup`);
  }

  private readonly isPanel = ({ input }: vscode.Tab): boolean =>
    input instanceof this.vscode.TabInputWebview && input.viewType === tabType;
}
