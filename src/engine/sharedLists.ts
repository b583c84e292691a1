/** Runs of a few hundred flows come by turns; what is not shared is only stored again. */
const mostLists = 2_000;

/**
 * Gives equal lists as one: all runs of a flow have the same node ids and names, and 50,000 summaries would
 * hold them 50,000 times.
 */
export class SharedLists {
  private readonly lists = new Map<string, readonly string[]>();

  share(list: readonly string[]): readonly string[] {
    const key = list.join('\n');
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    if (this.lists.size >= mostLists) this.lists.clear();
    this.lists.set(key, list);
    return list;
  }
}
