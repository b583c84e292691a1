import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is between the robot's code and the stack: everything above it is left out. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- as `captureStackTrace` has it.
export type Boundary = Function;

/**
 * Walking the stack costs as much as the rest of a node. A name is nearly always traced at one place, so after so
 * many times it is taken to be there; a name that is traced at several is looked up each time.
 */
const looksPerName = 8;
/** A robot has some hundreds of names. The bound is for one that makes them up: those beyond it have no place. */
const mostNames = 4_096;
/** No path is longer. In one with ever more brackets each would be looked at with all that is behind it. */
const longestFrame = 4_096;

interface Known {
  readonly place: string | undefined;
  looks: number;
  isOne: boolean;
}

/** Where in the robot's source nodes are traced, as `file:line` seen from the folder in which the robot was started. */
export class CallSites {
  private readonly known = new Map<string, Known>();
  private readonly folder: string;

  constructor(folder = process.cwd()) {
    this.folder = folder;
  }

  /** The place of the call of `boundary` that is under way; undefined where it can't be told. */
  of(name: string, boundary: Boundary): string | undefined {
    const known = this.known.get(name);
    if (known === undefined) {
      if (this.known.size >= mostNames) return undefined;
      const place = this.look(boundary);
      this.known.set(name, { place, looks: 1, isOne: true });
      return place;
    }
    if (known.isOne && known.looks >= looksPerName) return known.place;
    const place = this.look(boundary);
    known.looks++;
    known.isOne &&= place === known.place;
    return place;
  }

  private look(boundary: Boundary): string | undefined {
    const { stackTraceLimit } = Error;
    const holder: { stack?: unknown } = {};
    try {
      Error.stackTraceLimit = 1;
      Error.captureStackTrace(holder, boundary);
      return typeof holder.stack === 'string' ? placeIn(holder.stack, this.folder) : undefined;
    } catch {
      // A process whose `Error` is frozen, or whose `prepareStackTrace` throws.
      return undefined;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}

/** A folder may be called `robot (copy)`, or lie below `Program Files (x86)`. Code of `eval` has no place of its own. */
const behindName = /^\s*at (?!.*<anonymous>:\d).*? \((.+):(\d+):\d+\)$/;
const alone = /^\s*at (?:async )?(.+):(\d+):\d+$/;

/** The place that a stack of one frame names: `at run (file:///robot/src/main.ts:12:5)`. */
export function placeIn(stack: string, folder: string): string | undefined {
  const frame = stack.slice(stack.lastIndexOf('\n') + 1);
  if (frame.length > longestFrame) return undefined;
  const found = behindName.exec(frame) ?? alone.exec(frame);
  if (found === null) return undefined;
  const [, file = '', line = ''] = found;
  if (file.startsWith('node:')) return undefined;
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  // Never whole: it would tell whose machine it was, and means nothing on another.
  const seen = relative(folder, path).replaceAll('\\', '/');
  return seen === '' || /^(?:[a-z]:)?\//i.test(seen) ? undefined : `${seen}:${line}`;
}
