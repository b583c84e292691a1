import type * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { Event } from '../../base/event.ts';
import { blockText, markdownText, plainText } from '../../base/plainText.ts';
import { flowPattern } from '../../flow/looksLikeFlow.ts';
import type { CommandId } from '../ids.ts';
import { mostLabel, mostName, withIcon } from '../surfaces.ts';
import type { Vscode } from '../vscode.ts';

/** What of VS Code shows a text in or beside a flow file's text: the other half of `surfaces.ts`, under the same rules. */

/** Documents that may be flow files, as VS Code tells them apart: by their names, wherever they are. */
function flowSelector(): vscode.DocumentFilter[] {
  return ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme, pattern: flowPattern }));
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

/**
 * Shows lenses in flow files. Those in sight have their text at once: VS Code asks for one that has none and, where new
 * lenses come meanwhile, keeps what it is told with them, a command that went with the lens before. A click on it fails.
 */
export function registerLenses(
  vscode: Vscode,
  onDidChange: Event<undefined>,
  lensesOf: (document: vscode.TextDocument) => readonly Lens[],
): Disposable {
  const untold = new WeakMap<vscode.CodeLens, Lens>();
  const refresh = new vscode.EventEmitter<undefined>();
  const listening = onDidChange(() => {
    refresh.fire(undefined);
  });
  const registration = vscode.languages.registerCodeLensProvider(flowSelector(), {
    onDidChangeCodeLenses: refresh.event,
    provideCodeLenses: (document) => {
      const windows = windowsOf(vscode, document);
      return lensesOf(document).map((lens) => {
        const { line } = lens.range.start;
        const isSeen = windows.some(([first, last]) => line >= first && line <= last);
        const made = new vscode.CodeLens(lens.range, isSeen ? shownAs(lens) : undefined);
        if (!isSeen) untold.set(made, lens);
        return made;
      });
    },
    resolveCodeLens: (made) => {
      const lens = untold.get(made);
      if (lens !== undefined) made.command = shownAs(lens);
      return made;
    },
  });
  return toDisposable(() => {
    registration.dispose();
    listening.dispose();
    refresh.dispose();
  });
}

/** The lines of a document that are seen, and as many around them: lenses are asked for anew after a pause alone. */
function windowsOf(
  vscode: Vscode,
  document: vscode.TextDocument,
): (readonly [first: number, last: number])[] {
  return vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges)
    .map(({ start, end }) => {
      const around = end.line - start.line + 1;
      return [start.line - around, end.line + around];
    });
}

function shownAs(lens: Lens): vscode.Command {
  const { icon, text, command } = lens.show();
  return {
    // A plain blank is lost between icon and text there.
    title: withIcon(icon, plainText(text, mostLabel)).replace(/^(\$\(\S+\)) /, '$1\u00a0'),
    command: command.id,
    arguments: [...command.args],
  };
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

/** Says something of the text in the editor that is looked at, beside its language, until it is disposed. */
export function warnOfText(vscode: Vscode, text: string): Disposable {
  const item = vscode.languages.createLanguageStatusItem('rpaTrace.text', flowSelector());
  item.name = ProblemList.source;
  item.severity = vscode.LanguageStatusSeverity.Warning;
  item.text = plainText(text, mostLabel);
  return item;
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
