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
  /** Of 50,000 executions nearly each is alone, and one alone needs no set. */
  private members: Set<M> | readonly M[] = [];
  private workflows = 0;
  private builds = 0;

  get size(): number {
    return this.members instanceof Set ? this.members.size : this.members.length;
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
    return this.members;
  }

  /** Those that stand under a workflow, as they came. */
  *subExecutions(): Generator<M> {
    for (const member of this.members) if (member.isSubExecution) yield member;
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
    return [...this.members].flatMap(({ summary }) =>
      summary.kind === 'workflow' && summary !== workflow ? summary : [],
    );
  }

  private take(member: M): void {
    if (this.members instanceof Set) this.members.add(member);
    else this.members = this.size === 0 ? [member] : new Set([...this.members, member]);
  }

  private drop(member: M): boolean {
    if (this.members instanceof Set) return this.members.delete(member);
    if (this.members[0] !== member) return false;
    this.members = [];
    return true;
  }

  private count({ summary: { kind } }: M, by: 1 | -1): boolean {
    if (kind === 'build') this.builds += by;
    if (kind !== 'workflow') return false;
    this.workflows += by;
    const isChange = this.workflows === (by === 1 ? 1 : 0);
    if (!isChange) return false;
    for (const member of this.members) member.isSubExecution = by === 1 && isCalled(member);
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
