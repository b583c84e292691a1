/**
 * As much of VS Code as the host uses, without a workbench: documents, editors in groups of tabs, panels whose page
 * ends when it is hidden, files and settings. A test plays the reader: it opens, types, saves, clicks and presses.
 */
import type * as Vs from 'vscode';
import type { Vscode } from '../../src/host/vscode.ts';
import { FakeLanguages } from './fakeLanguages.ts';

type Listener<T> = (value: T) => unknown;

/** An event of VS Code, and the way to let it happen. */
class FakeEvent<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>) => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  get isHeard(): boolean {
    return this.listeners.size > 0;
  }
}

/** A uri by its parts. */
export class FakeUri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  constructor(scheme: string, path: string, query = '') {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static file(path: string): FakeUri {
    return new FakeUri('file', path);
  }

  static parse(text: string): FakeUri {
    const [, scheme = '', path = '', query = ''] =
      /^([\w-]+):(?:\/\/)?([^?]*)\??(.*)$/.exec(text) ?? [];
    return new FakeUri(scheme, path, query);
  }

  static from(parts: { scheme: string; path: string; query?: string }): FakeUri {
    return new FakeUri(parts.scheme, parts.path, parts.query);
  }

  static joinPath(base: FakeUri, ...parts: string[]): FakeUri {
    return new FakeUri(base.scheme, [base.path, ...parts].join('/'));
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

/** A list to choose from that stays until it is hidden. */
class FakeQuickPick {
  items: readonly { readonly label: string }[] = [];
  selectedItems: readonly { readonly label: string }[] = [];
  ignoreFocusOut = false;
  isShown = false;
  private readonly accepted = new FakeEvent<undefined>();
  private readonly hidden = new FakeEvent<undefined>();
  private readonly pick: FakeVscode['pick'];

  constructor(pick: FakeVscode['pick']) {
    this.pick = pick;
  }

  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;

  show(): void {
    this.isShown = true;
    void Promise.resolve(this.pick(this.items)).then((index) => {
      const chosen = index === undefined ? undefined : this.items[index];
      if (chosen === undefined) this.hide();
      else {
        this.selectedItems = [chosen];
        this.accepted.fire(undefined);
      }
    });
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.hidden.fire(undefined);
  }

  dispose(): void {
    this.hide();
  }
}

class FakeRelativePattern {
  readonly baseUri: FakeUri;
  readonly pattern: string;

  constructor(baseUri: FakeUri, pattern: string) {
    this.baseUri = baseUri;
    this.pattern = pattern;
  }
}

/** A line and a character in it. */
export class FakePosition {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  with(line = this.line, character = this.character): FakePosition {
    return new FakePosition(line, character);
  }
}

class FakeRange {
  readonly start: FakePosition;
  readonly end: FakePosition;

  constructor(start: FakePosition, end: FakePosition) {
    this.start = start;
    this.end = end;
  }
}

class FakeSelection extends FakeRange {
  get anchor(): FakePosition {
    return this.start;
  }

  get active(): FakePosition {
    return this.end;
  }
}

/** A document as it is open. */
export class FakeDocument {
  readonly uri: FakeUri;
  version = 1;
  isDirty = false;
  isClosed = false;
  languageId = 'plaintext';
  private text: string;

  constructor(uri: FakeUri, text: string) {
    this.uri = uri;
    this.text = text;
  }

  getText(): string {
    return this.text;
  }

  change(text: string): void {
    this.text = text;
    this.version++;
    this.isDirty = true;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  /** Throws beyond the last line, as VS Code does. */
  lineAt(line: number) {
    const text = this.text.split('\n')[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    return {
      range: new FakeRange(new FakePosition(line, 0), new FakePosition(line, text.length)),
      firstNonWhitespaceCharacterIndex: text.length - text.trimStart().length,
    };
  }

  positionAt(offset: number): FakePosition {
    const lines = this.text.slice(0, offset).split('\n');
    return new FakePosition(lines.length - 1, lines.at(-1)?.length ?? 0);
  }

  offsetAt({ line, character }: FakePosition): number {
    const before = this.text.split('\n').slice(0, line);
    return before.reduce((sum, { length }) => sum + length + 1, 0) + character;
  }
}

/** A kind of decoration, as it was asked for. */
export class FakeDecorationType {
  readonly options: Vs.DecorationRenderOptions;
  isDisposed = false;

  constructor(options: Vs.DecorationRenderOptions) {
    this.options = options;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

/** A text editor in a group. */
export class FakeEditor {
  readonly document: FakeDocument;
  readonly viewColumn: number;
  selection = new FakeSelection(new FakePosition(0, 0), new FakePosition(0, 0));
  readonly revealed: FakeRange[] = [];
  /** The lines that are seen: all, unless a test says otherwise. */
  visibleRanges = [new FakeRange(new FakePosition(0, 0), new FakePosition(1_000_000, 0))];
  /** What was set last of each type. */
  readonly decorations = new Map<FakeDecorationType, readonly unknown[]>();

  constructor(document: FakeDocument, viewColumn: number) {
    this.document = document;
    this.viewColumn = viewColumn;
  }

  setDecorations(type: FakeDecorationType, ranges: readonly unknown[]): void {
    this.decorations.set(type, ranges);
  }

  revealRange(range: FakeRange): void {
    this.revealed.push(range);
  }

  /** Puts the cursor before the first `text`. */
  putCursorAt(text: string): void {
    const at = this.document.positionAt(this.document.getText().indexOf(text));
    this.selection = new FakeSelection(at, at);
  }

  /** What stands behind the cursor. */
  get textAtCursor(): string {
    const text = this.document.getText();
    return text.slice(this.document.offsetAt(this.selection.active)).split('\n')[0] ?? '';
  }
}

class TabInputWebview {
  readonly viewType = 'mainThreadWebview-rpaTrace.panel';
}

/** An editor of ours for files of one kind. */
class TabInputCustom {
  readonly viewType: string;

  constructor(viewType: string) {
    this.viewType = viewType;
  }
}

class TabInputText {
  readonly uri: FakeUri;

  constructor(uri: FakeUri) {
    this.uri = uri;
  }
}

type TabInput = TabInputWebview | TabInputText | TabInputCustom;

interface Tab {
  readonly content: FakeEditor | FakePanel;
  readonly input: TabInput;
  isPreview: boolean;
}

interface Group {
  readonly viewColumn: number;
  tabs: Tab[];
  active: Tab | undefined;
}

/** A webview panel. Its page lives while it is seen; what is posted to it meanwhile is lost, as in VS Code. */
export class FakePanel {
  readonly title: string;
  iconPath: unknown;
  viewColumn: number | undefined;
  visible = false;
  active = false;
  /** What the page that lives now has been sent; null while none does. */
  page: unknown[] | null = null;
  private isClosed = false;
  private readonly world: FakeVscode;
  private readonly message = new FakeEvent<unknown>();
  private readonly disposed = new FakeEvent<undefined>();
  readonly viewState = new FakeEvent<unknown>();
  private readonly view;
  readonly onDidDispose = this.disposed.event;
  readonly onDidChangeViewState = this.viewState.event;

  constructor(world: FakeVscode, title: string) {
    this.world = world;
    this.title = title;
    this.view = {
      html: '',
      options: {},
      cspSource: 'csp',
      asWebviewUri: (uri: FakeUri) => uri,
      onDidReceiveMessage: this.message.event,
      postMessage: (sent: unknown) => {
        this.page?.push(structuredClone(sent));
        return Promise.resolve(this.page !== null);
      },
    };
  }

  /** As in VS Code, nobody may ask a closed panel for it. */
  get webview() {
    if (this.isClosed) throw new Error('Webview is disposed');
    return this.view;
  }

  /** The page says something. */
  post(message: unknown): void {
    this.message.fire(message);
  }

  reveal(viewColumn: number | undefined, preserveFocus = false): void {
    this.world.showPanel(this, viewColumn, preserveFocus);
  }

  dispose(): void {
    if (!this.world.remove(this)) return;
    this.isClosed = true;
    this.page = null;
    this.disposed.fire(undefined);
  }
}

/** Something that VS Code told or asked at the lower right or in a list. */
export interface Shown {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

const fileTypes = { File: 1, Directory: 2 } as const;
const active = -1;
const beside = -2;

/** VS Code as a test plays it. */
export class FakeVscode {
  /** What the code under test is given. */
  readonly api: Vscode;
  readonly documents: FakeDocument[] = [];
  readonly groups: Group[] = [{ viewColumn: 1, tabs: [], active: undefined }];
  activeGroup = 0;
  /** What VS Code tells of each group: it lasts as long as the group. */
  private readonly tabGroups = new WeakMap<Group, object>();
  /** Files by their uri. */
  readonly disk = new Map<string, string>();
  /** Where the workspace is; what lies elsewhere is not watched. */
  readonly folder = '/w';
  isTrusted = true;
  private readonly mtimes = new Map<string, number>();
  /** Settings by their whole name. */
  readonly settings = new Map<string, unknown>();
  /** Those of the manifest, where a test goes by them. */
  readonly defaults = new Map<string, unknown>();
  readonly workspaceSettings = new Map<string, unknown>();
  readonly updated: (readonly [name: string, value: unknown, target: unknown])[] = [];
  /** Commands of VS Code that were run. */
  readonly executed: (readonly unknown[])[] = [];
  readonly contexts = new Map<string, unknown>();
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  readonly shown: Shown[] = [];
  readonly statusItems: Record<string, unknown>[] = [];
  readonly progress: { readonly title: string; readonly steps: unknown[]; cancel(): void }[] = [];
  readonly providers = new Map<string, Vs.TextDocumentContentProvider>();
  readonly panels: FakePanel[] = [];
  readonly languages = new FakeLanguages();
  readonly decorationTypes: FakeDecorationType[] = [];
  serializer: Vs.WebviewPanelSerializer | undefined;
  /** Who opens files in an editor of its own, by the editor's type. */
  readonly customEditors = new Map<string, Vs.CustomReadonlyEditorProvider>();
  uriHandler: Vs.UriHandler | undefined;
  /** Files that are no text, by their uri. */
  readonly bytes = new Map<string, Uint8Array>();
  clipboard = '';
  /** What the reader presses, by its text; undefined closes the message. */
  press: (shown: Shown) => string | undefined | Promise<string | undefined> = () => undefined;
  /** Which row of a list is chosen. */
  pick: (rows: readonly { readonly label: string }[]) => number | undefined | Promise<number> =
    () => undefined;
  /** Lists to choose from that stay until they are hidden. */
  readonly quickPicks: FakeQuickPick[] = [];
  /** What is chosen in the next dialog for opening or saving. */
  dialog: (kind: 'open' | 'save', options: unknown) => FakeUri | undefined = () => undefined;
  /** Called before a file is read, to hold it up. */
  beforeRead: (uri: FakeUri) => Promise<void> = () => Promise.resolve();
  copy: (from: FakeUri, to: FakeUri) => void = () => undefined;

  private readonly events = {
    activeEditor: new FakeEvent<FakeEditor | undefined>(),
    visibleEditors: new FakeEvent<readonly FakeEditor[]>(),
    tabs: new FakeEvent<undefined>(),
    visibleRanges: new FakeEvent<{ textEditor: FakeEditor }>(),
    cursor: new FakeEvent<{ textEditor: FakeEditor; kind: number | undefined }>(),
    opened: new FakeEvent<FakeDocument>(),
    closed: new FakeEvent<FakeDocument>(),
    changed: new FakeEvent<{ document: FakeDocument; contentChanges: unknown[] }>(),
    fileCreated: new FakeEvent<FakeUri>(),
    fileChanged: new FakeEvent<FakeUri>(),
    fileDeleted: new FakeEvent<FakeUri>(),
    trusted: new FakeEvent<undefined>(),
    configuration: new FakeEvent<{ affectsConfiguration: (name: string) => boolean }>(),
  };

  constructor() {
    this.api = this.createApi() as unknown as Vscode;
  }

  get activeEditor(): FakeEditor | undefined {
    const content = this.groups[this.activeGroup]?.active?.content;
    return content instanceof FakeEditor ? content : undefined;
  }

  get visibleEditors(): FakeEditor[] {
    return this.groups.flatMap(({ active: tab }) =>
      tab?.content instanceof FakeEditor ? [tab.content] : [],
    );
  }

  /** Whether anything still listens to something. */
  get isHeard(): boolean {
    return Object.values(this.events).some(({ isHeard }) => isHeard);
  }

  /** The one panel that is open. */
  get panel(): FakePanel {
    const [panel, ...others] = this.panels;
    if (panel === undefined || others.length > 0) throw new Error('not one panel');
    return panel;
  }

  /** The tab of a panel. */
  tabOf(panel: FakePanel): { readonly column: number; readonly isPreview: boolean } {
    for (const { viewColumn, tabs } of this.groups) {
      const tab = tabs.find(({ content }) => content === panel);
      if (tab !== undefined) return { column: viewColumn, isPreview: tab.isPreview };
    }
    throw new Error('it has no tab');
  }

  /** A file that is written by somebody else. */
  write(path: string, text: string, writtenMs = 0): void {
    const uri = FakeUri.file(path);
    this.mtimes.set(String(uri), writtenMs);
    const isNew = !this.disk.has(String(uri));
    this.disk.set(String(uri), text);
    if (!path.startsWith(`${this.folder}/`)) return;
    (isNew ? this.events.fileCreated : this.events.fileChanged).fire(uri);
  }

  delete(path: string): void {
    const uri = FakeUri.file(path);
    this.disk.delete(String(uri));
    this.bytes.delete(String(uri));
    if (path.startsWith(`${this.folder}/`)) this.events.fileDeleted.fire(uri);
  }

  /** A folder goes with all that is in it; nothing is told of its files. */
  deleteFolder(path: string): void {
    for (const uri of this.disk.keys()) {
      if (uri.startsWith(`${String(FakeUri.file(path))}/`)) this.disk.delete(uri);
    }
    this.events.fileDeleted.fire(FakeUri.file(path));
  }

  /** A file or a folder came from elsewhere; nothing is told of what is in it. */
  comes(path: string): void {
    this.events.fileCreated.fire(FakeUri.file(path));
  }

  /** Opens a file in an editor, or goes to it. */
  /** By the path of a file on this machine, or by an address. */
  open(file: string | FakeUri, column?: number): FakeEditor {
    const uri = typeof file === 'string' ? FakeUri.file(file) : file;
    return this.showDocument(this.documentOf(uri), column, false);
  }

  openUntitled(name: string, text: string): FakeEditor {
    const document = new FakeDocument(new FakeUri('untitled', name), text);
    this.documents.push(document);
    this.events.opened.fire(document);
    return this.showDocument(document, undefined, false);
  }

  type(editor: FakeEditor, text: string): void {
    const before = editor.document.getText();
    editor.document.change(text);
    const contentChanges = [changeOf(before, text)];
    this.events.changed.fire({ document: editor.document, contentChanges });
  }

  /** Scrolls so that lines from `first` to `last` are seen. */
  scroll(editor: FakeEditor, first: number, last: number): void {
    editor.visibleRanges = [new FakeRange(new FakePosition(first, 0), new FakePosition(last, 0))];
    this.events.visibleRanges.fire({ textEditor: editor });
  }

  /** Puts the cursor before the first `text`, by the keyboard. */
  moveCursor(editor: FakeEditor, text: string): void {
    editor.putCursorAt(text);
    this.events.cursor.fire({ textEditor: editor, kind: 1 });
  }

  /** As `autoSave: onFocusChange` does as well. */
  save({ document }: FakeEditor): void {
    document.isDirty = false;
    this.events.changed.fire({ document, contentChanges: [] });
    this.write(document.uri.path, document.getText());
  }

  /** A click into an editor or a panel, or on its tab. */
  focus(content: FakeEditor | FakePanel): void {
    this.change(() => {
      this.activate(content, true);
    });
  }

  closeEditor(editor: FakeEditor): void {
    this.remove(editor);
    const { document } = editor;
    if (this.groups.some(({ tabs }) => tabs.some((tab) => isOf(tab, document)))) return;
    this.documents.splice(this.documents.indexOf(document), 1);
    document.isClosed = true;
    this.events.closed.fire(document);
  }

  trust(): void {
    this.isTrusted = true;
    this.events.trusted.fire(undefined);
  }

  set(name: string, value: unknown): void {
    this.settings.set(name, value);
    this.events.configuration.fire({
      affectsConfiguration: (section) => name.startsWith(`${section}.`) || name === section,
    });
  }

  /** Runs a command that the code under test registered. */
  run(id: string, ...args: unknown[]): Promise<unknown> {
    const command = this.commands.get(id);
    if (command === undefined) throw new Error(`${id} is not registered`);
    return Promise.resolve(command(...args));
  }

  showPanel(panel: FakePanel, wanted: number | undefined, preserveFocus: boolean): void {
    this.change(() => {
      const own = this.groups.find(({ tabs }) => tabs.some(({ content }) => content === panel));
      // Without a column it is shown where it is.
      const column = wanted === undefined ? own?.viewColumn : this.columnOf(wanted);
      if (own !== undefined && own.viewColumn !== column) this.take(panel);
      // What is brought to another group by this is a preview there.
      if (own?.viewColumn !== column) this.add(panel, new TabInputWebview(), column, true);
      this.activate(panel, !preserveFocus);
    });
  }

  remove(content: FakeEditor | FakePanel): boolean {
    const was = this.groups.some(({ tabs }) => tabs.some((tab) => tab.content === content));
    this.change(() => {
      this.take(content);
    });
    if (content instanceof FakePanel && was) this.panels.splice(this.panels.indexOf(content), 1);
    return was;
  }

  private documentOf(uri: FakeUri): FakeDocument {
    const known = this.documents.find((document) => String(document.uri) === String(uri));
    if (known !== undefined) return known;
    const provided = this.providers
      .get(uri.scheme)
      ?.provideTextDocumentContent(uri as never, {} as never);
    const untitled = uri.scheme === 'untitled' ? '' : undefined;
    const text = this.disk.get(String(uri)) ?? (provided as string | undefined) ?? untitled;
    if (text === undefined) throw fileNotFound(uri);
    const document = new FakeDocument(uri, text);
    this.documents.push(document);
    this.events.opened.fire(document);
    return document;
  }

  private showDocument(
    document: FakeDocument,
    wanted: number | undefined,
    preserveFocus: boolean,
    isPreview = false,
  ): FakeEditor {
    const column = this.columnOf(wanted ?? active);
    const group = this.groups.find(({ viewColumn }) => viewColumn === column);
    const open = group?.tabs.find((tab) => isOf(tab, document))?.content as FakeEditor | undefined;
    const editor = open ?? new FakeEditor(document, column);
    this.change(() => {
      if (open === undefined) this.add(editor, new TabInputText(document.uri), column, isPreview);
      this.activate(editor, !preserveFocus);
    });
    return editor;
  }

  /** Opens a panel as the code under test does. */
  openPanel(viewColumn: number, preserveFocus = false, title = 'RPA Trace'): FakePanel {
    return this.openPage(new TabInputWebview(), viewColumn, preserveFocus, title);
  }

  /** Opens a file in an editor of ours. */
  openCustom(viewType: string, viewColumn: number): FakePanel {
    return this.openPage(new TabInputCustom(viewType), viewColumn, false, viewType);
  }

  private openPage(
    input: TabInput,
    viewColumn: number,
    preserveFocus: boolean,
    title: string,
  ): FakePanel {
    const panel = new FakePanel(this, title);
    this.panels.push(panel);
    const column = this.columnOf(viewColumn);
    this.change(() => {
      this.add(panel, input, column, false);
      this.activate(panel, !preserveFocus);
    });
    return panel;
  }

  private columnOf(wanted: number): number {
    const own = this.groups[this.activeGroup]?.viewColumn ?? 1;
    return wanted === active ? own : wanted === beside ? own + 1 : wanted;
  }

  private add(
    content: FakeEditor | FakePanel,
    input: TabInput,
    column: number | undefined,
    isPreview: boolean,
  ): void {
    const viewColumn = column ?? 1;
    let group = this.groups.find((other) => other.viewColumn === viewColumn);
    if (group === undefined) {
      group = { viewColumn, tabs: [], active: undefined };
      this.groups.push(group);
      this.groups.sort((a, b) => a.viewColumn - b.viewColumn);
    }
    group.tabs.push({ content, input, isPreview });
    if (content instanceof FakePanel) content.viewColumn = viewColumn;
  }

  private take(content: FakeEditor | FakePanel): void {
    const group = this.groups.find(({ tabs }) => tabs.some((tab) => tab.content === content));
    if (group === undefined) return;
    group.tabs = group.tabs.filter((tab) => tab.content !== content);
    if (group.active?.content === content) group.active = group.tabs.at(-1);
  }

  private activate(content: FakeEditor | FakePanel, takesFocus: boolean): void {
    const index = this.groups.findIndex(({ tabs }) => tabs.some((tab) => tab.content === content));
    const group = this.groups[index];
    if (group === undefined) throw new Error('it is not open');
    group.active = group.tabs.find((tab) => tab.content === content);
    if (takesFocus) this.activeGroup = index;
  }

  /** Does something to the groups, and lets happen what follows from it. */
  private change(work: () => void): void {
    const before = { active: this.activeEditor, visible: this.visibleEditors };
    work();
    for (const panel of this.panels) this.updatePanel(panel);
    if (before.active !== this.activeEditor) this.events.activeEditor.fire(this.activeEditor);
    const { visibleEditors } = this;
    const isSame =
      visibleEditors.length === before.visible.length &&
      visibleEditors.every((editor, index) => editor === before.visible[index]);
    if (!isSame) this.events.visibleEditors.fire(visibleEditors);
    this.events.tabs.fire(undefined);
  }

  private updatePanel(panel: FakePanel): void {
    const group = this.groups.find(({ active: tab }) => tab?.content === panel);
    const visible = group !== undefined;
    const isActive = visible && this.groups[this.activeGroup] === group;
    if (panel.visible === visible && panel.active === isActive) return;
    if (panel.visible !== visible) panel.page = visible ? [] : null;
    panel.visible = visible;
    panel.active = isActive;
    panel.viewState.fire({ webviewPanel: panel });
  }

  private async message(
    severity: Shown['severity'],
    text: string,
    items: readonly { title: string }[],
  ): Promise<unknown> {
    const shown = { severity, text, buttons: items.map(({ title }) => title) };
    this.shown.push(shown);
    const pressed = await this.press(shown);
    return items.find(({ title }) => title === pressed);
  }

  private configuration(section: string) {
    const value = (key: string) =>
      this.workspaceSettings.get(`${section}.${key}`) ??
      this.settings.get(`${section}.${key}`) ??
      this.defaults.get(`${section}.${key}`);
    return {
      get: (key: string, otherwise?: unknown) => value(key) ?? otherwise,
      inspect: (key: string) => ({
        defaultValue: this.defaults.get(`${section}.${key}`),
        globalValue: this.settings.get(`${section}.${key}`),
        workspaceValue: this.workspaceSettings.get(`${section}.${key}`),
      }),
      update: (key: string, set: unknown, target: unknown) => {
        this.updated.push([key, set, target]);
        if (target === 2) this.workspaceSettings.set(`${section}.${key}`, set);
        else this.set(`${section}.${key}`, set);
        return Promise.resolve();
      },
    };
  }

  private createApi() {
    return {
      ...{ Uri: FakeUri, Position: FakePosition, Range: FakeRange, Selection: FakeSelection },
      ...{ TabInputWebview, TabInputText, ThemeColor: Object },
      MarkdownString: class {
        readonly value: string;
        constructor(value: string) {
          this.value = value;
        }
      },
      ThemeIcon: Object,
      EventEmitter: class<T> {
        private readonly made = new FakeEvent<T>();
        readonly event = this.made.event;
        fire(value: T): void {
          this.made.fire(value);
        }
        dispose(): void {
          // Nothing to let go.
        }
      },
      WorkspaceEdit: class {
        readonly edits: (readonly [FakeUri, FakeRange, string])[] = [];
        replace(...edit: readonly [FakeUri, FakeRange, string]): void {
          this.edits.push(edit);
        }
      },
      ...this.languages.classes,
      DecorationRangeBehavior: { ClosedClosed: 1 },
      OverviewRulerLane: { Left: 1 },
      TextEditorSelectionChangeKind: { Keyboard: 1, Mouse: 2, Command: 3 },
      FileType: fileTypes,
      UIKind: { Desktop: 1, Web: 2 },
      RelativePattern: FakeRelativePattern,
      ViewColumn: { Active: active, Beside: beside, One: 1, Two: 2 },
      ConfigurationTarget: { Global: 1, Workspace: 2 },
      TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
      ProgressLocation: { Notification: 15 },
      QuickPickItemKind: { Separator: -1 },
      StatusBarAlignment: { Left: 1 },
      env: {
        language: 'en',
        uriScheme: 'vscode',
        uiKind: 1,
        clipboard: { writeText: (text: string) => Promise.resolve(void (this.clipboard = text)) },
      },
      languages: {
        ...this.languages.api,
        setTextDocumentLanguage: (document: FakeDocument, language: string) => {
          document.languageId = language;
          return Promise.resolve(document);
        },
      },
      commands: this.commandsApi(),
      workspace: this.workspaceApi(),
      window: this.windowApi(),
    };
  }

  private commandsApi() {
    return {
      registerCommand: (id: string, run: (...args: unknown[]) => unknown) => {
        this.commands.set(id, run);
        return { dispose: () => void this.commands.delete(id) };
      },
      executeCommand: (id: string, ...args: unknown[]) => {
        if (id === 'setContext') this.contexts.set(String(args[0]), args[1]);
        // A question, which changes nothing.
        else if (id !== 'vscode.getEditorLayout') this.executed.push([id, ...args]);
        return Promise.resolve(this.commands.get(id)?.(...args));
      },
    };
  }

  private workspaceApi() {
    const { events, disk, folder } = this;
    const isTrusted = () => this.isTrusted;
    return {
      get isTrusted() {
        return isTrusted();
      },
      workspaceFolders: [{ uri: FakeUri.file(folder) }],
      getWorkspaceFolder: ({ path }: FakeUri) => (path.startsWith(`${folder}/`) ? {} : undefined),
      textDocuments: this.documents,
      fs: {
        stat: (uri: FakeUri) => {
          const text = disk.get(String(uri)) ?? this.bytes.get(String(uri));
          const mtime = this.mtimes.get(String(uri)) ?? 0;
          if (text !== undefined) {
            return Promise.resolve({ type: fileTypes.File, size: text.length, mtime });
          }
          const isFolder = [...disk.keys()].some((key) => key.startsWith(`${String(uri)}/`));
          return isFolder
            ? Promise.resolve({ type: fileTypes.Directory, size: 0, mtime })
            : Promise.reject(fileNotFound(uri));
        },
        readFile: async (uri: FakeUri) => {
          const text = disk.get(String(uri)) ?? '';
          await this.beforeRead(uri);
          const bytes = this.bytes.get(String(uri));
          if (bytes !== undefined) return bytes;
          return new TextEncoder().encode(text);
        },
        isWritableFileSystem: (scheme: string) => scheme === 'file' || undefined,
        copy: (from: FakeUri, to: FakeUri) => {
          this.copy(from, to);
          disk.set(`${String(to)}/copied`, '');
          return Promise.resolve();
        },
        writeFile: (uri: FakeUri, bytes: Uint8Array) => {
          this.bytes.set(String(uri), bytes);
          return Promise.resolve(void disk.set(String(uri), new TextDecoder().decode(bytes)));
        },
      },
      asRelativePath: (uri: FakeUri | string) =>
        (uri instanceof FakeUri ? uri.path : uri).replace(`${folder}/`, ''),
      findFiles: () =>
        Promise.resolve(
          [...disk.keys()].filter((key) => key.startsWith(`file://${folder}/`)).map(FakeUri.parse),
        ),
      applyEdit: ({ edits }: { edits: readonly (readonly [FakeUri, FakeRange, string])[] }) => {
        for (const [uri, , text] of edits) this.documentOf(uri).change(text);
        return Promise.resolve(true);
      },
      openTextDocument: async (uri: FakeUri) => Promise.resolve(this.documentOf(uri)),
      createFileSystemWatcher: () => ({
        onDidChange: events.fileChanged.event,
        onDidCreate: events.fileCreated.event,
        onDidDelete: events.fileDeleted.event,
        dispose: () => undefined,
      }),
      registerTextDocumentContentProvider: (
        scheme: string,
        provider: Vs.TextDocumentContentProvider,
      ) => {
        this.providers.set(scheme, provider);
        return { dispose: () => void this.providers.delete(scheme) };
      },
      getConfiguration: (section: string) => this.configuration(section),
      onDidOpenTextDocument: events.opened.event,
      onDidCloseTextDocument: events.closed.event,
      onDidChangeTextDocument: events.changed.event,
      onDidGrantWorkspaceTrust: events.trusted.event,
      onDidChangeConfiguration: events.configuration.event,
    };
  }

  private windowApi() {
    const { events } = this;
    const activeEditor = () => this.activeEditor;
    const visibleEditors = () => this.visibleEditors;
    const groups = () =>
      this.groups.map((group, index) => {
        const now = asTabGroup(group, index === this.activeGroup);
        const last = Object.assign(this.tabGroups.get(group) ?? {}, now);
        this.tabGroups.set(group, last);
        return last;
      });
    const activeGroup = () => groups()[this.activeGroup];
    const tell =
      (severity: Shown['severity']) =>
      (text: string, ...items: ({ title: string } | { modal: boolean; detail: string })[]) => {
        // In the middle, with what follows from it.
        const [first] = items;
        const detail = first !== undefined && 'modal' in first ? `\n${first.detail}` : '';
        const buttons = items.flatMap((item) => ('title' in item ? [item] : []));
        return this.message(severity, text + detail, buttons);
      };
    return {
      get activeTextEditor() {
        return activeEditor();
      },
      get visibleTextEditors() {
        return visibleEditors();
      },
      tabGroups: {
        get all() {
          return groups();
        },
        get activeTabGroup() {
          return activeGroup();
        },
        close: ({ content }: Tab) => Promise.resolve(this.remove(content)),
        onDidChangeTabs: events.tabs.event,
        // It tells of both at once.
        onDidChangeTabGroups: new FakeEvent<undefined>().event,
      },
      onDidChangeActiveTextEditor: events.activeEditor.event,
      createTextEditorDecorationType: (options: Vs.DecorationRenderOptions) => {
        const type = new FakeDecorationType(options);
        this.decorationTypes.push(type);
        return type;
      },
      onDidChangeTextEditorVisibleRanges: events.visibleRanges.event,
      onDidChangeTextEditorSelection: events.cursor.event,
      onDidChangeVisibleTextEditors: events.visibleEditors.event,
      showTextDocument: async (
        shown: FakeDocument | FakeUri,
        options: { viewColumn?: number; preserveFocus?: boolean; preview?: boolean } = {},
      ) => {
        const document = shown instanceof FakeUri ? this.documentOf(shown) : shown;
        const { viewColumn, preserveFocus = false, preview } = options;
        return Promise.resolve(this.showDocument(document, viewColumn, preserveFocus, preview));
      },
      showInformationMessage: tell('information'),
      showWarningMessage: tell('warning'),
      showErrorMessage: tell('error'),
      showQuickPick: async (rows: readonly { label: string }[]) => {
        const index = await this.pick(rows);
        return index === undefined ? undefined : rows[index];
      },
      createQuickPick: () => {
        const quickPick = new FakeQuickPick((rows) => this.pick(rows));
        this.quickPicks.push(quickPick);
        return quickPick;
      },
      showOpenDialog: (options: unknown) => {
        const uri = this.dialog('open', options);
        return Promise.resolve(uri === undefined ? undefined : [uri]);
      },
      showSaveDialog: (options: unknown) => Promise.resolve(this.dialog('save', options)),
      withProgress: (
        { title }: { title: string },
        task: (progress: unknown, token: unknown) => Promise<unknown>,
      ) => {
        const steps: unknown[] = [];
        const cancelled = new FakeEvent<undefined>();
        const token = {
          isCancellationRequested: false,
          onCancellationRequested: cancelled.event,
        };
        const cancel = () => {
          token.isCancellationRequested = true;
          cancelled.fire(undefined);
        };
        this.progress.push({ title, steps, cancel });
        return task({ report: (step: unknown) => steps.push(step) }, token);
      },
      createStatusBarItem: () => {
        const item = {
          isShown: false,
          show: () => (item.isShown = true),
          hide: () => (item.isShown = false),
          dispose: () => (item.isShown = false),
        };
        this.statusItems.push(item);
        return item;
      },
      createWebviewPanel: (
        _: string,
        title: string,
        at: { viewColumn: number; preserveFocus: boolean },
      ) => this.openPanel(at.viewColumn, at.preserveFocus, title),
      registerCustomEditorProvider: (type: string, provider: Vs.CustomReadonlyEditorProvider) => {
        this.customEditors.set(type, provider);
        return { dispose: () => void this.customEditors.delete(type) };
      },
      registerUriHandler: (handler: Vs.UriHandler) => {
        this.uriHandler = handler;
        return { dispose: () => (this.uriHandler = undefined) };
      },
      registerWebviewPanelSerializer: (_: string, serializer: Vs.WebviewPanelSerializer) => {
        this.serializer = serializer;
        return { dispose: () => void (this.serializer = undefined) };
      },
    };
  }
}

/** As an editor tells it: what was replaced between the same beginning and the same end. */
function changeOf(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return {
    rangeOffset: start,
    rangeLength: before.length - end - start,
    text: after.slice(start, after.length - end),
  };
}

function asTabGroup({ viewColumn, tabs: open, active: shown }: Group, isActive: boolean) {
  const group = { viewColumn };
  const tabs = open.map((tab) => ({
    ...{ ...tab, group, isActive: tab === shown },
    label: tab.content instanceof FakePanel ? tab.content.title : '',
  }));
  return { viewColumn, isActive, tabs, activeTab: tabs.find((tab) => tab.isActive) };
}

function isOf({ content }: Tab, document: FakeDocument): boolean {
  return content instanceof FakeEditor && content.document === document;
}

function fileNotFound(uri: FakeUri): Error {
  return Object.assign(new Error(`${String(uri)} is not there`), { code: 'FileNotFound' });
}
