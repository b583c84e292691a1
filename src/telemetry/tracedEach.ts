import { saidBy } from './errorText.ts';
import { isNodeName, needFunction, shownNode } from './forgotten.ts';
import type { NodeName } from './nodeName.ts';
import { NodeOrder } from './nodeOrder.ts';
import { scopes } from './traceContext.ts';
import { tracedFrom } from './traced.ts';
import type { TracedNode } from './tracedNode.ts';

/** How the rounds of an iteration go. */
export interface EachOptions {
  /** So many rounds run at a time. Default: 1, one after the other. */
  readonly concurrency?: number | undefined;
  /**
   * What happens when a round throws. `stop`, the default: no further round begins, and the error goes to the
   * caller. `continue`: the others go on, and the answer says of each what became of it.
   */
  readonly onError?: 'stop' | 'continue' | undefined;
}

/** Options with which an iteration goes on after errors. */
export interface ContinueOptions extends EachOptions {
  /** The other rounds go on. */
  readonly onError: 'continue';
}

type Body<Item, T> = (item: Item, round: number) => T | Promise<T>;
type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** So many failed rounds have a line in the log of the iteration; the output names all of them. */
const mostLines = 100;

/**
 * Runs the code once for each item as an iteration node: what is traced within knows its round. Answers what the
 * rounds answer; with `onError: 'continue'` what became of each, as `Promise.allSettled` has it.
 *
 *     await tracedEach('each-order', orders, (order) => enter(order), { concurrency: 4 });
 */
export function tracedEach<Item, T>(
  node: NodeName,
  items: Items<Item>,
  body: Body<Item, T>,
  options: ContinueOptions,
): Promise<PromiseSettledResult<T>[]>;
export function tracedEach<Item, T>(
  node: NodeName,
  items: Items<Item>,
  body: Body<Item, T>,
  options?: EachOptions & { readonly onError?: 'stop' | undefined },
): Promise<T[]>;
export async function tracedEach<Item, T>(
  node: NodeName,
  items: Items<Item>,
  body: Body<Item, T>,
  options: EachOptions = {},
): Promise<T[] | PromiseSettledResult<T>[]> {
  needFunction(body, `tracedEach(${shownNode(node)}, …)`);
  if (!isIterable(items)) {
    throw new TypeError(
      `tracedEach(${shownNode(node)}, …) lacks the items that it shall go through.`,
    );
  }
  // In JavaScript they may be null.
  const { onError, concurrency: asksFor } = (options as EachOptions | null) ?? {};
  const goesOn = onError === 'continue';
  const asked = Math.floor(asksFor ?? 1);
  // What is no number would leave all of the rounds out.
  const concurrency = asked > 1 ? asked : 1;
  const input = Array.isArray(items) ? { items: items as readonly unknown[] } : {};
  let results: PromiseSettledResult<T>[] = [];
  const values = await tracedFrom(tracedEach, iterationNamed(node), input, async (traced) => {
    // In the words of the services: a round that failed gives nothing.
    if (goesOn) traced.config({ errorStrategy: 'continue' });
    const rounds = new Rounds(items, body, goesOn);
    await rounds.workAll(concurrency);
    results = rounds.results;
    if (!goesOn) rounds.throwFirst();
    if (rounds.failed.length > 0) tellFailed(traced, results, rounds.failed);
    return results.map((result) => (result.status === 'fulfilled' ? result.value : null));
  });
  return goesOn ? results : (values as T[]);
}

/** Takes the items one by one; several may work at it. */
class Rounds<Item, T> {
  readonly results: PromiseSettledResult<T>[] = [];
  /** In the order in which they failed. */
  readonly failed: number[] = [];
  private readonly items: AsyncIterator<Item> | Iterator<Item>;
  private readonly body: Body<Item, T>;
  private readonly goesOn: boolean;
  private next = 0;
  private isOver = false;
  /** An async iterator is asked by one at a time. */
  private asking: Promise<unknown> = Promise.resolve();

  constructor(items: Items<Item>, body: Body<Item, T>, goesOn: boolean) {
    this.items =
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    this.body = body;
    this.goesOn = goesOn;
  }

  /** So many work at a time, and never more than there are items. */
  async workAll(concurrency: number): Promise<void> {
    const faults: unknown[] = [];
    const workers: Promise<void>[] = [];
    const addWorker = () => {
      if (workers.length >= concurrency) return;
      workers.push(this.work(addWorker).catch((fault: unknown) => void faults.push(fault)));
    };
    addWorker();
    // More may come while one is awaited.
    for (const worker of workers) await worker;
    // What gives the items has thrown.
    if (faults.length > 0) throw faults[0];
  }

  private async work(onTaken: () => void): Promise<void> {
    for (let taken = await this.take(); taken !== undefined; taken = await this.take()) {
      onTaken();
      const { item, round } = taken;
      try {
        this.results[round] = { status: 'fulfilled', value: await this.play(item, round) };
      } catch (reason) {
        this.results[round] = { status: 'rejected', reason };
        this.failed.push(round);
        if (!this.goesOn) await this.stop();
      }
    }
  }

  throwFirst(): void {
    const [first] = this.failed;
    const result = first === undefined ? undefined : this.results[first];
    if (result?.status === 'rejected') throw result.reason;
  }

  private async play(item: Item, round: number): Promise<T> {
    const storage = scopes();
    const scope = storage.getStore();
    const run = () => this.body(item, round);
    if (scope === undefined) return run();
    return storage.run({ ...scope, round, order: new NodeOrder() }, run);
  }

  private take(): Promise<{ readonly item: Item; readonly round: number } | undefined> {
    const taken = this.asking.then(async () => {
      if (this.isOver) return undefined;
      const taken: IteratorResult<Item, unknown> = await this.items.next();
      if (taken.done !== true) return { item: taken.value, round: this.next++ };
      this.isOver = true;
      return undefined;
    });
    this.asking = taken.catch(() => {
      this.isOver = true;
    });
    return taken;
  }

  /** As a loop that is left tells the iterator. */
  private async stop(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    try {
      await this.items.return?.(undefined);
    } catch {
      // As with a loop that is left by an error: that one counts.
    }
  }
}

function isIterable(items: unknown): boolean {
  if (items === null || items === undefined) return false;
  return Symbol.iterator in Object(items) || Symbol.asyncIterator in Object(items);
}

/** The panel knows an iteration by its type: what stands before `::`, or else the category. */
function iterationNamed(node: NodeName): NodeName {
  if (!isNodeName(node)) return node;
  const named = typeof node === 'string' ? { id: node } : node;
  return named.id.includes('::') || named.category !== undefined
    ? node
    : { ...named, category: 'iteration' };
}

function tellFailed<T>(
  node: TracedNode,
  results: readonly PromiseSettledResult<T>[],
  failed: readonly number[],
): void {
  const rounds = [...failed].sort((a, b) => a - b);
  node.output('failed_rounds', rounds);
  for (const round of rounds.slice(0, mostLines)) {
    const result = results[round];
    if (result?.status !== 'rejected') continue;
    node.error(`round ${String(round)} failed: ${saidBy(result.reason)}`);
  }
}
