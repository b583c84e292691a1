import ignore, { type Ignore } from 'ignore';

/** The text of a file by its path; null where there is none. */
export type ReadText = (path: string) => Promise<string | null>;

/**
 * What leaves open where it ends: a rule with several of them tries each end of one with each of the others, and with a
 * dozen it would not come to an end. Whoever wrote a rule need not be the reader.
 */
const openEnds = /\*\*|\*(?=[?[\\])/g;
/** Rules that people write have one or two. */
const mostOpenEnds = 3;
/** Each of the rules is tried with each file. */
const mostRules = 5_000;
/** What stands deeper is not judged: the time for a rule grows with its path. */
const mostParts = 128;

/**
 * Which files git ignores, by the `.gitignore` of their folders and `.git/info/exclude`, read once each. What a reader's
 * own configuration of git ignores everywhere is not known here. Paths have `/` or `\` between their parts.
 *
 * Lives as long as one look at a workspace: it keeps an entry for each folder on the way to a file, of which there are
 * no more than files.
 */
export class GitIgnored {
  private readonly read: ReadText;
  private readonly tops: readonly string[];
  private readonly rules = new Map<string, Promise<Ignore | null>>();
  private readonly folders = new Map<string, Promise<boolean>>();
  private readonly heads = new Map<string, Promise<string | null>>();

  /** `tops`: the folders of the workspace. Above them only what belongs to the same repository counts. */
  constructor(tops: readonly string[], read: ReadText) {
    this.read = read;
    this.tops = tops.map(normal);
  }

  /** Whether git ignores the file: itself, or a folder that it stands in. */
  async has(file: string): Promise<boolean> {
    const path = normal(file);
    const top = this.tops.find((folder) => path.startsWith(`${folder}/`));
    if (top === undefined || path.split('/').length > mostParts) return false;
    return this.isIgnored(path, await this.rootOf(top), false);
  }

  private async isIgnored(path: string, root: string, isFolder: boolean): Promise<boolean> {
    const parent = parentOf(path);
    if (parent.length < root.length) return false;
    // What stands in an ignored folder can't be taken out of it again.
    if (parent !== root && (await this.isFolderIgnored(parent, root))) return true;
    // The nearest rules have the last word.
    for (let at = parent; at.length >= root.length; at = parentOf(at)) {
      const rules = await this.rulesOf(at, at === root);
      const verdict = rules?.test(`${path.slice(at.length + 1)}${isFolder ? '/' : ''}`);
      if (verdict?.ignored === true) return true;
      if (verdict?.unignored === true) return false;
      if (at === root) break;
    }
    return false;
  }

  private isFolderIgnored(folder: string, root: string): Promise<boolean> {
    const known = this.folders.get(folder);
    if (known !== undefined) return known;
    const found = this.isIgnored(folder, root, true);
    this.folders.set(folder, found);
    return found;
  }

  private rulesOf(folder: string, isRoot: boolean): Promise<Ignore | null> {
    const known = this.rules.get(folder);
    if (known !== undefined) return known;
    const found = this.readRules(folder, isRoot);
    this.rules.set(folder, found);
    return found;
  }

  private async readRules(folder: string, isRoot: boolean): Promise<Ignore | null> {
    const own = await this.read(`${folder}/.gitignore`);
    const exclude = isRoot ? await this.read(`${folder}/.git/info/exclude`) : null;
    if (own === null && exclude === null) return null;
    // In this order: a `.gitignore` may take back what the repository's own list ignores.
    return ignore()
      .add(rulesIn(exclude ?? ''))
      .add(rulesIn(own ?? ''));
  }

  /** Where the repository begins that a folder of the workspace stands in; the folder itself where there is none. */
  private async rootOf(top: string): Promise<string> {
    for (let at = top; at !== ''; at = parentOf(at)) {
      if ((await this.head(at)) !== null) return at;
    }
    return top;
  }

  private head(folder: string): Promise<string | null> {
    const known = this.heads.get(folder);
    if (known !== undefined) return known;
    // A work tree has a file in place of the folder.
    const found = this.read(`${folder}/.git/HEAD`).then(
      (text) => text ?? this.read(`${folder}/.git`),
    );
    this.heads.set(folder, found);
    return found;
  }
}

function rulesIn(text: string): string[] {
  const rules = text.split(/\r?\n/, mostRules);
  return rules.filter((rule) => (rule.match(openEnds)?.length ?? 0) <= mostOpenEnds);
}

const normal = (path: string) => path.replaceAll('\\', '/').replace(/\/+$/, '');
/** Empty for what stands at the top of a disk. */
const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
