import type * as Vs from 'vscode';

/** What has a text of its own. */
interface Named {
  toString(): string;
}

interface FakeDocument {
  readonly uri: Named;
}

interface FakeDiagnostic {
  readonly range: unknown;
  readonly message: string;
  readonly code?: string;
  readonly source?: string;
  readonly relatedInformation?: readonly { readonly message: string; readonly location: unknown }[];
}

/** Something that is made with arguments that are its fields. */
function made(...names: readonly string[]) {
  // Not an arrow function: it is called with `new`.
  return function (this: object, ...values: readonly unknown[]) {
    for (const [index, name] of names.entries()) Object.assign(this, { [name]: values[index] });
  };
}

/** What extensions give VS Code for documents: lenses, hovers, fixes, symbols and problems. */
export class FakeLanguages {
  readonly problems = new Map<string, readonly FakeDiagnostic[]>();
  /** What is said beside the language of a document. */
  readonly statuses = new Set<Partial<Vs.LanguageStatusItem>>();
  metadata: unknown;
  private lenses: Vs.CodeLensProvider | undefined;
  private hovers: Vs.HoverProvider | undefined;
  private fixes: Vs.CodeActionProvider | undefined;
  private symbols: Vs.DocumentSymbolProvider | undefined;
  /** How often who lists symbols was another: only then VS Code asks again. */
  symbolProviders = 0;
  /** How often lenses were said to be old. */
  refreshes = 0;

  /** The constructors of `vscode`, as far as these need them. */
  readonly classes = {
    CodeLens: made('range', 'command'),
    Hover: made('contents', 'range'),
    CodeAction: made('title', 'kind'),
    Diagnostic: made('range', 'message', 'severity'),
    DiagnosticRelatedInformation: made('location', 'message'),
    DocumentSymbol: made('name', 'detail', 'kind', 'range', 'selectionRange'),
    Location: made('uri', 'range'),
    CodeActionKind: { QuickFix: 'quickfix' },
    DiagnosticSeverity: { Error: 0 },
    LanguageStatusSeverity: { Warning: 1 },
    SymbolKind: { Event: 23 },
  };

  readonly api = {
    registerCodeLensProvider: (_: unknown, provider: Vs.CodeLensProvider) => {
      this.lenses = provider;
      provider.onDidChangeCodeLenses?.(() => this.refreshes++);
      return gone;
    },
    registerHoverProvider: (_: unknown, provider: Vs.HoverProvider) => {
      this.hovers = provider;
      return gone;
    },
    registerCodeActionsProvider: (_: unknown, provider: Vs.CodeActionProvider) => {
      this.fixes = provider;
      return gone;
    },
    registerDocumentSymbolProvider: (
      _: unknown,
      provider: Vs.DocumentSymbolProvider,
      metadata: unknown,
    ) => {
      this.symbols = provider;
      this.metadata = metadata;
      this.symbolProviders++;
      return gone;
    },
    createLanguageStatusItem: () => {
      const item = { dispose: () => void this.statuses.delete(item) };
      this.statuses.add(item);
      return item;
    },
    createDiagnosticCollection: () => ({
      set: (uri: Named, problems: readonly FakeDiagnostic[]) =>
        void this.problems.set(uri.toString(), problems),
      delete: (uri: Named) => void this.problems.delete(uri.toString()),
      dispose: () => {
        this.problems.clear();
      },
    }),
  };

  /** The lenses of a document, each by its line, resolved as if it were seen. */
  lensesOf(document: FakeDocument): readonly (readonly [line: number, command: Vs.Command])[] {
    return this.givenLenses(document).map((lens) => {
      // It asks for those alone that have no command.
      const { command = (this.lenses?.resolveCodeLens?.(lens, none) as Vs.CodeLens).command } =
        lens;
      return [lens.range.start.line, command!] as const;
    });
  }

  /** The lines of the lenses that need not be asked for again. */
  lensesAtOnce(document: FakeDocument): readonly number[] {
    const given = this.givenLenses(document).filter(({ command }) => command !== undefined);
    return given.map(({ range }) => range.start.line);
  }

  private givenLenses(document: FakeDocument): readonly Vs.CodeLens[] {
    return (this.lenses?.provideCodeLenses(document as never, none) ?? []) as Vs.CodeLens[];
  }

  async hoverAt(document: FakeDocument, position: object): Promise<Vs.Hover | undefined> {
    return (
      (await this.hovers?.provideHover(document as never, position as never, none)) ?? undefined
    );
  }

  /** What is offered about the problems of a document. */
  fixesOf(document: FakeDocument): readonly Vs.CodeAction[] {
    const diagnostics = this.problems.get(document.uri.toString()) ?? [];
    const context = { diagnostics } as never;
    return (this.fixes?.provideCodeActions(document as never, {} as never, context, none) ??
      []) as Vs.CodeAction[];
  }

  symbolsOf(document: FakeDocument): readonly Vs.DocumentSymbol[] {
    return (this.symbols?.provideDocumentSymbols(document as never, none) ??
      []) as Vs.DocumentSymbol[];
  }
}

const gone = { dispose: () => undefined };
const none = {} as Vs.CancellationToken;
