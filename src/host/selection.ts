import type { SourceSpec } from '../protocol/sources.ts';
import type { ChosenStep } from '../protocol/hostProtocol.ts';
import type { ExecutionKey, NodeId } from '../trace/execution.ts';
import { Emitter } from '../base/event.ts';
import { holdsTheSame } from './recentSources.ts';

/** Which execution the panel shows, as the panel tells it; none once another source is read. */
export class Selection {
  private readonly sourceOf: () => SourceSpec | undefined;
  private readonly changed = new Emitter<undefined>(() => undefined);
  private readonly chosen = new Emitter<ChosenStep>(() => undefined);
  private readonly wayChanged = new Emitter<undefined>(() => undefined);
  /** Of each panel that shows one, the one told last behind the others. */
  private readonly ways = new Map<object, ReadonlySet<NodeId>>();
  private selected: { readonly key: ExecutionKey; readonly source: SourceSpec | undefined } | null =
    null;

  /** `sourceOf` tells whose executions there are now. */
  constructor(sourceOf: () => SourceSpec | undefined) {
    this.sourceOf = sourceOf;
  }

  /** The reader chose a step; not when one is shown because something else is opened. */
  get onDidChooseStep() {
    return this.chosen.event;
  }

  chooseStep(step: ChosenStep): void {
    this.chosen.fire(step);
  }

  /** The nodes on the way of a value that a panel shows; none where none shows one. */
  get way(): ReadonlySet<NodeId> {
    return [...this.ways.values()].at(-1) ?? new Set();
  }

  /** What the panel `of` shows; nothing once its page ends. */
  showWay(of: object, nodes: ReadonlySet<NodeId>): void {
    this.ways.delete(of);
    if (nodes.size > 0) this.ways.set(of, nodes);
    this.wayChanged.fire(undefined);
  }

  get onDidChangeWay() {
    return this.wayChanged.event;
  }

  get onDidChange() {
    return this.changed.event;
  }

  get key(): ExecutionKey | null {
    // Another source may have an execution under the same key.
    const { selected } = this;
    return selected !== null && holdsTheSame(selected.source, this.sourceOf())
      ? selected.key
      : null;
  }

  set key(key: ExecutionKey | null) {
    this.selected = key === null ? null : { key, source: this.sourceOf() };
    this.changed.fire(undefined);
  }
}
