/** Names of an object; beside one the names of the object below it. */
export type PlannedNames = readonly (string | readonly [string, PlannedNames])[];

/** The fields that are looked for in an object, and in the objects below it: each has its column in a row of places. */
export class FieldPlan {
  readonly names: readonly string[];
  /** The column of its first name; the others follow, and behind them those of the objects below. */
  readonly first: number;
  /** Behind the last column of all that is below it too. */
  readonly end: number;
  /** What is looked for in the object under a name. */
  readonly parts: readonly (FieldPlan | undefined)[];

  constructor(names: PlannedNames, first = 0) {
    this.names = names.map((name) => (typeof name === 'string' ? name : name[0]));
    this.first = first;
    let end = first + names.length;
    this.parts = names.map((name) => {
      if (typeof name === 'string') return undefined;
      const part = new FieldPlan(name[1], end);
      end = part.end;
      return part;
    });
    this.end = end;
  }
}
