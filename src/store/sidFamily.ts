import type { ExecutionSummary } from '../trace/execution.ts';

interface Member {
  readonly summary: Pick<ExecutionSummary, 'kind' | 'beginMs' | 'endMs'>;
  /** Whether it stands under a workflow. */
  isSubExecution: boolean;
}

/**
 * The executions of one sid: a workflow's, its builds, and those of the services it called with its own sid. Counted
 * as they come and go: one workflow may call its robot tens of thousands of times, and each list asks for each row.
 */
export class SidFamily<M extends Member> {
  /** Another number after each change of any of them. */
  revision = 0;
  /** Of 50,000 executions nearly each is alone, and one alone needs neither set nor list. */
  private alone: M | undefined;
  private several: Set<M> | undefined;
  private workflows = 0;
  private builds = 0;

  get size(): number {
    return this.several?.size ?? (this.alone === undefined ? 0 : 1);
  }

  /** How many of them stand under a workflow. */
  get subExecutionCount(): number {
    return this.workflows === 0 ? 0 : this.size - this.workflows - this.builds;
  }

  /** Answers whether what the others are has changed: the first workflow came. */
  add(member: M): boolean {
    this.take(member);
    member.isSubExecution = this.workflows > 0 && isCalled(member);
    return this.count(member, 1);
  }

  /** Answers whether what the others are has changed: the last workflow left. */
  remove(member: M): boolean {
    return this.drop(member) && this.count(member, -1);
  }

  /** A later record of the same execution: nothing changes for the others. */
  replace(old: M, member: M): void {
    this.drop(old);
    this.take(member);
    member.isSubExecution = old.isSubExecution;
  }

  all(): Iterable<M> {
    return this.several ?? (this.alone === undefined ? [] : [this.alone]);
  }

  /** Those that stand under a workflow, as they came. */
  *subExecutions(): Generator<M> {
    for (const member of this.all()) if (member.isSubExecution) yield member;
  }

  /** Those under one of the workflows: of several that share the sid each has what ran while it did, the later one first. */
  *under(workflow: M['summary']): Generator<M> {
    const others = this.workflows < 2 ? [] : this.workflowsBeside(workflow);
    for (const member of this.subExecutions()) {
      const distanceMs = distance(member.summary, workflow);
      const isNearest = others.every((other) => {
        const othersMs = distance(member.summary, other);
        return othersMs > distanceMs || (othersMs === distanceMs && !isLater(other, workflow));
      });
      if (isNearest) yield member;
    }
  }

  /** How many those are. */
  countUnder(workflow: M['summary']): number {
    if (this.workflows < 2) return this.subExecutionCount;
    let count = 0;
    for (const _ of this.under(workflow)) count++;
    return count;
  }

  private workflowsBeside(workflow: M['summary']): readonly M['summary'][] {
    return [...this.all()].flatMap(({ summary }) =>
      summary.kind === 'workflow' && summary !== workflow ? summary : [],
    );
  }

  private take(member: M): void {
    if (this.several !== undefined) this.several.add(member);
    else if (this.alone === undefined) this.alone = member;
    else {
      this.several = new Set([this.alone, member]);
      this.alone = undefined;
    }
  }

  private drop(member: M): boolean {
    if (this.several !== undefined) return this.several.delete(member);
    if (this.alone !== member) return false;
    this.alone = undefined;
    return true;
  }

  private count({ summary: { kind } }: M, by: 1 | -1): boolean {
    if (kind === 'build') this.builds += by;
    if (kind !== 'workflow') return false;
    this.workflows += by;
    const isChange = this.workflows === (by === 1 ? 1 : 0);
    if (!isChange) return false;
    for (const member of this.all()) member.isSubExecution = by === 1 && isCalled(member);
    return true;
  }
}

function isCalled({ summary: { kind } }: Member): boolean {
  return kind !== 'workflow' && kind !== 'build';
}

/** Whether one workflow began later than another; what tells no time began before all others. */
function isLater(one: Member['summary'], other: Member['summary']): boolean {
  return (one.beginMs ?? -Infinity) > (other.beginMs ?? -Infinity);
}

/** How far what was called lies from who may have called it; 0 within its time, and where either tells none. */
function distance(called: Member['summary'], { beginMs, endMs }: Member['summary']): number {
  if (called.beginMs === null || beginMs === null) return 0;
  return Math.max(0, beginMs - called.beginMs, called.beginMs - (endMs ?? Infinity));
}
