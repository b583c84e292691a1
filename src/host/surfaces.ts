import type * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import { blockText, logText, markdownText, plainText } from '../base/plainText.ts';
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
const mostLabel = 200;
/** The status bar holds all extensions' texts. */
const mostStatus = 80;
/** Tabs and files have short names. */
const mostName = 80;

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
  const items = choices.map((choice) => {
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
  const picked = await vscode.window.showQuickPick(items, {
    title: plainText(title, mostLabel),
    placeHolder: plainText(placeHolder, mostLabel),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.chosen?.value;
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

/** Documents that may be flow files, as VS Code tells them apart: by their names, wherever they are. */
function flowSelector(): vscode.DocumentFilter[] {
  const pattern = '**/*.{yml,yaml,json,bpmn,xaml,bpprocess,bpobject,bprelease}';
  return ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme, pattern }));
}

/** A command with what it is run with: ids alone, for whoever may run it is told by the document. */
export interface BoundCommand {
  readonly id: CommandId;
  readonly args: readonly unknown[];
}

/** A line of its own above a line of the text. */
export interface Lens {
  readonly range: vscode.Range;
  /** Made when it is seen. */
  readonly show: () => {
    readonly icon?: string;
    readonly text: string;
    readonly command: BoundCommand;
  };
}

/** Shows lenses in flow files. */
export function registerLenses(
  vscode: Vscode,
  onDidChange: Event<undefined>,
  lensesOf: (document: vscode.TextDocument) => readonly Lens[],
): Disposable {
  const shown = new WeakMap<vscode.CodeLens, Lens>();
  const refresh = new vscode.EventEmitter<undefined>();
  const listening = onDidChange(() => {
    refresh.fire(undefined);
  });
  const registration = vscode.languages.registerCodeLensProvider(flowSelector(), {
    onDidChangeCodeLenses: refresh.event,
    provideCodeLenses: (document) =>
      lensesOf(document).map((lens) => {
        const made = new vscode.CodeLens(lens.range);
        shown.set(made, lens);
        return made;
      }),
    resolveCodeLens: (made) => {
      const lens = shown.get(made)?.show();
      if (lens === undefined) return made;
      const { icon, text, command } = lens;
      made.command = {
        // A plain blank is lost between icon and text there.
        title: withIcon(icon, plainText(text, mostLabel)).replace(/^(\$\(\S+\)) /, '$1\u00a0'),
        command: command.id,
        arguments: [...command.args],
      };
      return made;
    },
  });
  return toDisposable(() => {
    registration.dispose();
    listening.dispose();
    refresh.dispose();
  });
}

/** How a mark in the margin looks. */
export interface MarkLook {
  /** A picture as SVG, for dark and for light themes. */
  readonly dark: string;
  readonly light: string;
  /** The name of a colour of the theme, for the ruler; none: it isn't there. */
  readonly ruler?: string;
}

/** Creates a mark for the margin. What is typed at its edge stays outside of it. */
export function createMark(
  vscode: Vscode,
  { dark, light, ruler }: MarkLook,
): vscode.TextEditorDecorationType {
  const icon = (svg: string) => ({
    gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`),
  });
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    gutterIconSize: 'contain',
    dark: icon(dark),
    light: icon(light),
    ...(ruler === undefined
      ? {}
      : {
          overviewRulerColor: new vscode.ThemeColor(ruler),
          overviewRulerLane: vscode.OverviewRulerLane.Left,
        }),
  });
}

/** Creates what lights up whole lines. */
export function createHighlight(vscode: Vscode, color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor(color),
  });
}

/** The end of a line holds a glance, and beyond it the reader would scroll. */
const mostLineEnd = 100;

/** Texts behind the ends of lines. */
export class LineEnds implements Disposable {
  private readonly vscode: Vscode;
  private readonly type: vscode.TextEditorDecorationType;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.type = vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      after: { margin: '0 0 0 3ch', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    });
  }

  set(
    editor: vscode.TextEditor,
    ends: readonly { readonly line: number; readonly text: string }[],
  ): void {
    editor.setDecorations(
      this.type,
      ends.map(({ line, text }) => {
        const end = editor.document.lineAt(line).range.end;
        return {
          range: new this.vscode.Range(end, end),
          renderOptions: { after: { contentText: plainText(text, mostLineEnd) } },
        };
      }),
    );
  }

  dispose(): void {
    this.type.dispose();
  }
}

/** An entry of the list of problems. */
export interface Problem {
  readonly range: vscode.Range;
  /** In lines; the first is seen in the list. */
  readonly message: string;
  readonly code: string;
  /** What else is to be seen, and where. */
  readonly related: readonly { readonly range: vscode.Range; readonly message: string }[];
}

/** Our entries in the list of problems. They outlive what they are of, unless they are taken away. */
export class ProblemList implements Disposable {
  static readonly source = 'RPA Trace';
  private readonly vscode: Vscode;
  private readonly collection: vscode.DiagnosticCollection;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.collection = vscode.languages.createDiagnosticCollection(ProblemList.source);
  }

  set(uri: vscode.Uri, problems: readonly Problem[]): void {
    const { vscode } = this;
    this.collection.set(
      uri,
      problems.map(({ range, message, code, related }) => {
        const made = new vscode.Diagnostic(
          range,
          plainLines(message),
          vscode.DiagnosticSeverity.Error,
        );
        made.source = ProblemList.source;
        if (code !== '') made.code = plainText(code, mostName);
        made.relatedInformation = related.map(
          (other) =>
            new vscode.DiagnosticRelatedInformation(
              new vscode.Location(uri, other.range),
              plainText(other.message, mostLabel),
            ),
        );
        return made;
      }),
    );
  }

  delete(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

/** An error with its stack; whoever wants all of it has the panel. */
const mostMessage = 2_000;

function plainLines(text: string): string {
  const lines = text.slice(0, mostMessage).split('\n');
  return lines.map((line) => plainText(line)).join('\n');
}

/** Something to do about a problem. */
export interface Fix {
  readonly title: string;
  readonly command: BoundCommand;
}

/** Offers what can be done about our problems. */
export function registerFixes(
  vscode: Vscode,
  fixesOf: (document: vscode.TextDocument) => readonly Fix[],
): Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    flowSelector(),
    {
      provideCodeActions: (document, _, { diagnostics }) => {
        const own = diagnostics.filter(({ source }) => source === ProblemList.source);
        if (own.length === 0) return [];
        return fixesOf(document).map(({ title, command }) => {
          const shown = plainText(title, mostLabel);
          const action = new vscode.CodeAction(shown, kind);
          action.diagnostics = own;
          action.command = { title: shown, command: command.id, arguments: [...command.args] };
          return action;
        });
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}

/** What is shown at the pointer. */
export interface HoverContent {
  readonly range: vscode.Range;
  readonly title: string;
  readonly lines: readonly string[];
  /** Texts of records, each as a block of code below its label. */
  readonly blocks: readonly {
    readonly label: string;
    readonly text: string;
    readonly language: string;
  }[];
  readonly actions: readonly (readonly [title: string, command: BoundCommand])[];
}

/** Shows something at the pointer in flow files. */
export function registerHovers(
  vscode: Vscode,
  hoverAt: (
    document: vscode.TextDocument,
    position: vscode.Position,
  ) => Promise<HoverContent | undefined>,
): Disposable {
  return vscode.languages.registerHoverProvider(flowSelector(), {
    provideHover: async (document, position) => {
      const content = await hoverAt(document, position);
      return content && new vscode.Hover(hoverText(vscode, content), content.range);
    },
  });
}

function hoverText(vscode: Vscode, content: HoverContent): vscode.MarkdownString {
  const { title, lines, blocks, actions } = content;
  const links = actions.map(([label, { id, args }]) => {
    const given = encodeURIComponent(JSON.stringify(args)).replaceAll(/[()]/g, encodeSign);
    return `[${markdownText(label)}](command:${id}?${given})`;
  });
  const markdown = new vscode.MarkdownString(
    [
      `**${markdownText(title)}**`,
      lines.map((line) => markdownText(line)).join('  \n'),
      ...blocks.map(
        ({ label, text, language }) => `${markdownText(label)}\n${fenced(text, language)}`,
      ),
      links.join(' · '),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  markdown.isTrusted = { enabledCommands: actions.map(([, { id }]) => id) };
  return markdown;
}

function encodeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}

/** Whatever it holds, it doesn't end the block that it stands in. */
function fenced(text: string, language: string): string {
  const shown = blockText(text, mostMessage);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A node in the outline. */
export interface NodeSymbol {
  readonly name: string;
  readonly detail: string;
  readonly range: vscode.Range;
  readonly selection: vscode.Range;
}

/** Lists nodes in outline and "Go to Symbol", under a label of our own beside what the language gives. */
export function registerSymbols(
  vscode: Vscode,
  symbolsOf: (document: vscode.TextDocument) => readonly NodeSymbol[],
): Disposable {
  return vscode.languages.registerDocumentSymbolProvider(
    flowSelector(),
    {
      provideDocumentSymbols: (document) =>
        symbolsOf(document).map(
          ({ name, detail, range, selection }) =>
            new vscode.DocumentSymbol(
              // VS Code throws for an empty one.
              plainText(name, mostName) || '–',
              plainText(detail, mostName),
              vscode.SymbolKind.Event,
              range,
              selection,
            ),
        ),
    },
    { label: 'RPA Trace' },
  );
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

function withIcon(icon: string | undefined, text: string): string {
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
