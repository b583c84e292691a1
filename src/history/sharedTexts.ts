import { between, type Dictionary } from './packing.ts';
import type { SqliteDatabase, SqliteStatement } from './sqlite.ts';

/** Nodes and flows of a large installation. Beyond, texts stand in each execution: a file of 25 MB of texts at most. */
const mostTexts = 50_000;
/** A longer one is rarely the same twice. */
const longestText = 256;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts of a file that many executions share. */
export class SharedTexts implements Dictionary {
  private readonly find: SqliteStatement;
  private readonly read: SqliteStatement;
  private readonly add: SqliteStatement;
  private readonly count: SqliteStatement;
  private readonly ids = new Map<string, number>();
  private readonly texts = new Map<number, string>();
  private readonly parts = new Map<number, readonly string[]>();
  private isFull = false;

  constructor(db: SqliteDatabase) {
    this.find = db.prepare('SELECT id FROM dim WHERE text = ?');
    // As bytes: Node 22 gives of a text what stands before its first NUL.
    this.read = db.prepare('SELECT CAST(text AS BLOB) AS text FROM dim WHERE id = ?');
    this.add = db.prepare('INSERT INTO dim (text) VALUES (?) RETURNING id');
    this.count = db.prepare('SELECT count(*) AS count FROM dim');
  }

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    if (text.length > longestText) return 0;
    let row = this.find.get(text);
    if (row === undefined) {
      this.isFull ||= Number(this.count.get()?.['count']) >= mostTexts;
      if (this.isFull) return 0;
      row = this.add.get(text);
    }
    const id = Number(row?.['id'] ?? 0);
    this.remember(id, text);
    return id;
  }

  /** 0 where the file has none. */
  knownIdOf(text: string): number {
    return this.ids.get(text) ?? Number(this.find.get(text)?.['id'] ?? 0);
  }

  textOf(id: number): string {
    const known = this.texts.get(id);
    if (known !== undefined) return known;
    const bytes = this.read.get(id)?.['text'];
    if (!(bytes instanceof Uint8Array)) throw new RangeError(`There is no text ${String(id)}`);
    const text = utf8.decode(bytes);
    this.remember(id, text);
    return text;
  }

  partsOf(id: number): readonly string[] {
    let parts = this.parts.get(id);
    if (parts === undefined) {
      parts = this.textOf(id).split(between);
      this.parts.set(id, parts);
    }
    return parts;
  }

  /** What was remembered is not in the file: it was rolled back, or deleted. */
  forget(): void {
    this.ids.clear();
    this.texts.clear();
    this.parts.clear();
    this.isFull = false;
  }

  private remember(id: number, text: string): void {
    this.ids.set(text, id);
    this.texts.set(id, text);
  }
}
