/** `RPA node request failed(…)`, as services put what another one said into their own sentence. */
const wrapped = /^[A-Z][\w ]{2,40} failed\((.+)\)$/s;
/** `Task execution failed: -1-…`: the robot's platform, with its code. */
const platform =
  /^(?:Task exec(?:ution)? failed|Query task error): ?(?:-?\d{1,6}-(?=\S))?(?!\s*-?\d{1,6}-\s*$)(.+)$/s;
/** A service calls a robot, which calls its platform. */
const deepest = 4;

/** What failed, without the sentences of those who handed it on; the whole where they alone say something. */
export function coreMessage(message: string): string {
  let core = message.trim();
  for (let depth = 0; depth < deepest; depth++) {
    const inner = (wrapped.exec(core) ?? platform.exec(core))?.[1]?.trim();
    if (inner === undefined || inner === '') break;
    core = inner;
  }
  return core;
}
