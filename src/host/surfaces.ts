import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { logText, markdownText, plainText } from '../base/plainText.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import type { MarkColor } from '../sources/traits.ts';
import type { CommandId } from './ids.ts';
import type { Log } from '../base/log.ts';
import { labelled } from '../texts/sentences.ts';
import { t } from './l10n.ts';
import type { Vscode } from './vscode.ts';

/**
 * The one way to whatever of VS Code shows a text that is not the panel's page: VS Code makes links of
 * `[…](command:…)` in notifications and icons of `$(…)` in labels, and the texts come from records. Lint lets
 * no other file call it.
 */

/** A label is a line in a list of many. */
export const mostLabel = 200;
/** The status bar holds all extensions' texts. */
const mostStatus = 80;
/** Tabs and files have short names. */
export const mostName = 80;

type Severity = 'information' | 'warning' | 'error';

/** Tells something at the lower right; answers which button was pressed, undefined when it was closed. */
export async function tell<B extends string>(
  vscode: Vscode,
  severity: Severity,
  sentence: string,
  ...buttons: readonly B[]
): Promise<B | undefined> {
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const items = buttons.map((button) => ({ title: plainText(button, mostLabel), button }));
  return (await show(plainText(sentence), ...items))?.button;
}

/** Asks before something that can't be taken back: in the middle, with all that follows from it; whether it may go on. */
export async function confirm(
  vscode: Vscode,
  question: string,
  detail: string,
  button: string,
): Promise<boolean> {
  const item = { title: plainText(button, mostLabel) };
  const options = { modal: true, detail: plainText(detail) };
  const picked = await vscode.window.showWarningMessage(plainText(question), options, item);
  return picked !== undefined;
}

/** A row of a list to choose from, or the title of the rows below. */
export type Choice<T> =
  | { readonly separator: string }
  | {
      /** The name of a codicon. */
      readonly icon?: string;
      readonly label: string;
      readonly description?: string;
      readonly detail?: string;
      readonly value: T;
    };

/** Lets the reader choose one; undefined when dismissed. */
export async function choose<T>(
  vscode: Vscode,
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(itemsOf(vscode, choices), {
    title: plainText(title, mostLabel),
    placeHolder: plainText(placeHolder, mostLabel),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.chosen?.value;
}

/** What was chosen; the list is there until it is disposed of, or something else is asked in its place. */
export interface ChosenFirst<T> extends Disposable {
  readonly value: T;
}

/**
 * The same where files may be asked for behind it. An input of VS Code that closes gives the focus back to the page below,
 * which has it some time later, and takes it from the one that is open by then: the list stays until that takes its place.
 * `staysOpen`: also where the focus goes elsewhere, as for a list that comes by itself after something else was answered.
 */
export function chooseFirst<T>(
  vscode: Vscode,
  title: string,
  placeHolder: string,
  choices: readonly Choice<T>[],
  { staysOpen = false }: { readonly staysOpen?: boolean } = {},
): Promise<ChosenFirst<T> | undefined> {
  const pick = vscode.window.createQuickPick<ReturnType<typeof itemsOf<T>>[number]>();
  pick.items = itemsOf(vscode, choices);
  pick.title = plainText(title, mostLabel);
  pick.placeholder = plainText(placeHolder, mostLabel);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = staysOpen;
  return new Promise((resolve) => {
    let isTaken = false;
    pick.onDidAccept(() => {
      const [picked] = pick.selectedItems;
      if (picked?.chosen === undefined || isTaken) return;
      isTaken = true;
      pick.enabled = false;
      pick.busy = true;
      // A window of the system has the focus whatever is below it.
      if (!asksInAnInput(vscode)) pick.hide();
      resolve({
        value: picked.chosen.value,
        dispose: () => {
          pick.dispose();
        },
      });
    });
    pick.onDidHide(() => {
      if (isTaken) return;
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

/** Whether VS Code asks for files in an input of its own, and not in a window of the system. */
function asksInAnInput({ env, UIKind, workspace }: Vscode): boolean {
  const isFar = env.uiKind === UIKind.Web || env.remoteName !== undefined;
  return isFar || workspace.getConfiguration('files.simpleDialog').get('enable') === true;
}

function itemsOf<T>(vscode: Vscode, choices: readonly Choice<T>[]) {
  return choices.map((choice) => {
    if ('separator' in choice) {
      const label = plainText(choice.separator, mostLabel);
      return { label, kind: vscode.QuickPickItemKind.Separator, chosen: undefined };
    }
    const { icon, label, description = '', detail } = choice;
    return {
      label: withIcon(icon, plainText(label, mostLabel)),
      description: plainText(description, mostLabel),
      ...(detail === undefined ? {} : { detail: plainText(detail, mostLabel) }),
      chosen: { value: choice.value },
    };
  });
}

/** What the reader is asked to type. */
export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder: string;
  /** Nobody reads along. */
  readonly isSecret: boolean;
  /** What is wrong with what was typed; null: nothing. */
  readonly fault: (typed: string) => string | null;
}

/** Asks for a line of text; undefined when dismissed. */
export async function askForText(
  vscode: Vscode,
  { title, prompt, placeHolder, isSecret, fault }: TextQuestion,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: plainText(title, mostLabel),
    prompt: plainText(prompt),
    placeHolder: plainText(placeHolder, mostLabel),
    password: isSecret,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const wrong = fault(typed);
      return wrong === null ? null : plainText(wrong);
    },
  });
}

/** How far something is. */
export type Report = (step: { readonly increment: number; readonly message: string }) => void;

/** Shows how far something is, at the lower right, until it is done. */
export function withProgress<T>(
  vscode: Vscode,
  title: string,
  task: (report: Report, cancelled: vscode.CancellationToken) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: plainText(title),
      cancellable: true,
    },
    (progress, cancelled) =>
      task(({ increment, message }) => {
        progress.report({ increment, message: plainText(message) });
      }, cancelled),
  );
}

/** Says in the status bar what goes on until it is done; `report` takes how much of it is done, 0 to 1. */
export function withQuietProgress<T>(
  vscode: Vscode,
  title: string,
  task: (report: (share: number) => void) => Promise<T>,
): Thenable<T> {
  const text = plainText(title);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: text },
    (progress) =>
      task((share) => {
        progress.report({ message: `${String(Math.floor(share * 100))}%` });
      }),
  );
}

/** What an item of the status bar shows. */
export interface StatusContent {
  /** The name of a codicon, `~spin` behind it for one that turns. */
  readonly icon: string;
  readonly text: string;
  /** Below the name of the item, each in a line of its own. */
  readonly tooltip: readonly string[];
  /** Links below that. */
  readonly actions: readonly (readonly [title: string, command: CommandId])[];
  readonly command: CommandId;
  readonly background?: 'error' | 'warning' | undefined;
  /** Of the text; a background has one of its own. */
  readonly color?: MarkColor | undefined;
}

/** An item of the status bar, hidden at first. */
export class StatusItem implements Disposable {
  private readonly vscode: Vscode;
  private readonly item: vscode.StatusBarItem;
  private readonly name: string;

  constructor(vscode: Vscode, id: string, name: string) {
    this.vscode = vscode;
    this.name = name;
    this.item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, 0);
    this.item.name = name;
  }

  show(content: StatusContent): void {
    const { vscode, item, name } = this;
    const { background, color } = content;
    item.text = withIcon(content.icon, plainText(content.text, mostStatus));
    item.tooltip = tooltip(vscode, name, content);
    item.accessibilityInformation = {
      label: labelled(name, plainText(content.tooltip[0] ?? ''), t),
    };
    item.command = content.command;
    item.backgroundColor =
      background === undefined
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${background}Background`);
    const isMarked = color !== undefined && background === undefined;
    item.color = isMarked ? new vscode.ThemeColor(`charts.${color}`) : undefined;
    item.show();
  }

  hide(): void {
    this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** Creates a panel; its title stays. */
export function createPanel(
  vscode: Vscode,
  viewType: string,
  title: string,
  at: { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus: boolean },
): vscode.WebviewPanel {
  const shown = plainText(title, mostName);
  return vscode.window.createWebviewPanel(viewType, shown, at, { enableFindWidget: false });
}

/** Asks for files to open; none when dismissed. */
export async function askForFiles(
  vscode: Vscode,
  options: vscode.OpenDialogOptions,
): Promise<vscode.Uri[]> {
  return (await vscode.window.showOpenDialog({ ...options, ...titled(options) })) ?? [];
}

/** Asks where to save; undefined when dismissed. */
export function askWhereToSave(
  vscode: Vscode,
  options: vscode.SaveDialogOptions,
): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({ ...options, ...titled(options) });
}

/** The name of a document, which its tab shows: no part of a path, whatever it is made of. */
export function documentName(title: string): string {
  return plainText(title.replaceAll(/[\\/:*?"<>|\r\n]+/g, ' '), mostName);
}

/** Opens two documents in the editor that shows their differences; `title` stands on its tab. */
export async function showDifference(
  vscode: Vscode,
  { title, isLater }: { readonly title: string; readonly isLater: boolean },
  before: vscode.Uri,
  after: vscode.Uri,
): Promise<void> {
  const options = { preview: true, viewColumn: vscode.ViewColumn.One };
  const shown = documentName(title);
  const name = isLater ? t('{0} (Later Run ↔ This Run)', shown) : t('{0} (Before ↔ After)', shown);
  await vscode.commands.executeCommand('vscode.diff', before, after, name, options);
}

/** The log of the extension, in the output view. */
export interface LogChannel extends Disposable {
  readonly log: Log;
  show(preserveFocus?: boolean): void;
}

/**
 * Creates the log; the user sets its level with VS Code's own command. Logs are copied into issues: whoever
 * wrote the line, no credentials of an address in it go in.
 */
export function createLogChannel(vscode: Vscode, name: string): LogChannel {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  return {
    log: (level, message) => {
      channel[level](logText(withoutCredentials(message)));
    },
    show: (preserveFocus) => {
      channel.show(preserveFocus);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}

/** A label with an icon of ours before it. */
export function withIcon(icon: string | undefined, text: string): string {
  return icon === undefined ? text : `$(${icon}) ${text}`;
}

function titled({ title }: { readonly title?: string }): { title?: string } {
  return title === undefined ? {} : { title: plainText(title, mostLabel) };
}

function tooltip(vscode: Vscode, name: string, content: StatusContent): vscode.MarkdownString {
  const { actions } = content;
  const links = actions.map(([title, command]) => `[${markdownText(title)}](command:${command})`);
  const lines = content.tooltip.map((line) => markdownText(line)).filter((line) => line !== '');
  const markdown = new vscode.MarkdownString(
    [`**${markdownText(name)}**`, lines.join('  \n'), links.join(' · ')]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  markdown.isTrusted = { enabledCommands: actions.map(([, command]) => command) };
  return markdown;
}
