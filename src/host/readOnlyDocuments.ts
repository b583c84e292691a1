import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { documentScheme } from './ids.ts';
import { t } from './l10n.ts';
import { documentName, showDifference } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Documents someone may still have open; beyond this the oldest says that it has to be opened again. */
const maxDocuments = 50;

/** Shows trace data as read-only documents, with all of the editor's search and folding. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly vscode: Vscode;
  private readonly texts = new Map<string, string>();
  /** As many as there are holders. */
  private readonly held = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private opened = 0;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(documentScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.held.get(uri.toString()) ??
      this.texts.get(uri.toString()) ??
      t('This value is no longer kept. Open it again from the trace panel.')
    );
  }

  /** Opens `text` beside what is there; `title` becomes the tab's name. */
  async open(title: string, text: string, language: 'json' | 'plaintext' | 'log'): Promise<void> {
    const { vscode } = this;
    const uri = this.keep(title, text, language);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, {
      preview: true,
      viewColumn: vscode.ViewColumn.One,
    });
  }

  /** Opens two texts in the editor that shows their differences. */
  async openDiff(
    { title, isLater }: { readonly title: string; readonly isLater: boolean },
    [before, after]: readonly [string, string],
    language: 'yaml' | 'log',
  ): Promise<void> {
    const [old, now] = [this.keep(title, before, language), this.keep(title, after, language)];
    await showDifference(this.vscode, { title, isLater }, old, now);
  }

  /** Opens what became of a file's text, as it was and as another text or the file is now; `name` is the file's. */
  async openChanges(
    title: string,
    name: string,
    before: string,
    after: string | vscode.Uri,
  ): Promise<void> {
    const old = this.keepAs(documentName(name), before);
    const now = typeof after === 'string' ? this.keepAs(documentName(name), after) : after;
    await showDifference(this.vscode, { title, isLater: false }, old, now);
  }

  /** Keeps a text as long as its holder wants, under an address that is told to others before it is opened. */
  hold(title: string, text: string): Disposable & { readonly uri: vscode.Uri } {
    const { Uri } = this.vscode;
    const path = `/${documentName(title)}`;
    const uri = Uri.from({ scheme: documentScheme, path, query: String(this.opened++) });
    const key = uri.toString();
    this.held.set(key, text);
    return { uri, dispose: () => void this.held.delete(key) };
  }

  private keep(
    title: string,
    text: string,
    language: 'json' | 'yaml' | 'plaintext' | 'log',
  ): vscode.Uri {
    const extension = language === 'plaintext' ? 'txt' : language;
    return this.keepAs(`${documentName(title)}.${extension}`, text);
  }

  private keepAs(name: string, text: string): vscode.Uri {
    const { Uri } = this.vscode;
    const query = String(this.opened++);
    const uri = Uri.from({ scheme: documentScheme, path: `/${name}`, query });
    this.texts.set(uri.toString(), text);
    for (const oldest of this.texts.keys()) {
      if (this.texts.size <= maxDocuments) break;
      this.texts.delete(oldest);
    }
    return uri;
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}
