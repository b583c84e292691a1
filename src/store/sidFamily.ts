import type { ExecutionKind } from '../trace/execution.ts';

interface Member {
  readonly summary: { readonly kind: ExecutionKind };
}

/**
 * The executions of one sid: a workflow's, its builds, and those of the services it called with its own sid. Counted
 * as they come and go: one workflow may call its robot tens of thousands of times, and each list asks for each row.
 */
export class SidFamily<M extends Member> {
  /** Another number after each change of any of them. */
  revision = 0;
  private readonly members = new Set<M>();
  private workflows = 0;
  private builds = 0;

  get isEmpty(): boolean {
    return this.members.size === 0;
  }

  /** How many of them stand under a workflow. */
  get partCount(): number {
    return this.workflows === 0 ? 0 : this.members.size - this.workflows - this.builds;
  }

  /** Whether a member stands under a workflow. */
  isPart({ summary: { kind } }: M): boolean {
    return this.workflows > 0 && kind !== 'workflow' && kind !== 'build';
  }

  add(member: M): void {
    this.members.add(member);
    this.count(member, 1);
  }

  remove(member: M): void {
    if (this.members.delete(member)) this.count(member, -1);
  }

  /** Those that stand under a workflow, as they came. */
  *parts(): Generator<M> {
    for (const member of this.members) if (this.isPart(member)) yield member;
  }

  private count({ summary: { kind } }: M, by: number): void {
    if (kind === 'workflow') this.workflows += by;
    else if (kind === 'build') this.builds += by;
  }
}
