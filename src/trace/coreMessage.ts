/** `RPA node request failed(…)`, as services put what another one said into their own sentence. */
const wrapped =
  /^(?:[A-Z]\w{1,20} )?(?:[Nn]ode |[Tt]ask |[Ww]orkflow )?(?:[Rr]equest|[Ee]xecution) failed\((.+)\)$/s;
/** `Task execution failed: -1-…`: the robot's platform, with its code; a date or a count is none. */
const platform =
  /^(?:Task exec(?:ution)? failed|Query task error): ?(?:(?:-\d{1,6}|\d{4,6})-(?=[^\s\d]))?(?!\s*-?\d{1,6}-\s*$)(.+)$/s;
/** A service calls a robot, which calls its platform. */
const deepest = 4;

/** What failed, without the sentences of those who handed it on; the whole where they alone say something. */
export function coreMessage(message: string): string {
  let core = message.trim();
  for (let depth = 0; depth < deepest; depth++) {
    const inner = (wrapped.exec(core) ?? platform.exec(core))?.[1]?.trim();
    if (inner === undefined || inner === '' || !closesAll(inner)) break;
    core = inner;
  }
  return core;
}

/** Whether each bracket that ends in it began in it: else the sentence around it goes on behind. */
function closesAll(inner: string): boolean {
  let open = 0;
  for (const sign of inner) {
    if (sign === '(') open++;
    else if (sign === ')' && --open < 0) return false;
  }
  return true;
}
