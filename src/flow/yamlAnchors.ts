import type { SourceTree } from './sourceTree.ts';

/** Values that aliases may add to those of a text. A flow of the console has thousands, and what is read walks over each. */
const mostRepeated = 1_000_000;

/**
 * What has a name in a YAML text, to be said once more by it: one tree, which its aliases share. What aliases of aliases
 * repeat is bounded: ten lines of them would be billions of values to whoever walks over the tree.
 */
export class Anchors {
  private readonly trees = new Map<string, SourceTree>();
  /** How many values each of them holds, those that aliases in it repeat included. */
  private readonly sizes = new Map<SourceTree, number>();
  private repeated = 0;

  set(name: string, tree: SourceTree): void {
    this.sizes.set(tree, this.sizeOf(tree));
    this.trees.set(name, tree);
  }

  /** Why a name that is known was not said again. */
  get fault(): string | null {
    if (this.repeated <= mostRepeated) return null;
    return `its aliases repeat more than ${String(mostRepeated)} values`;
  }

  /** Undefined for a name that nothing had before, and for what would be too much. */
  again(name: string): SourceTree | undefined {
    const tree = this.trees.get(name);
    if (tree === undefined) return undefined;
    this.repeated += this.sizeOf(tree);
    return this.repeated > mostRepeated ? undefined : tree;
  }

  private sizeOf(tree: SourceTree): number {
    const known = this.sizes.get(tree);
    if (known !== undefined) return known;
    let size = 1;
    if (tree.kind === 'list') for (const item of tree.items) size += this.sizeOf(item);
    if (tree.kind === 'map') for (const { value } of tree.entries) size += this.sizeOf(value);
    return size;
  }
}
