import { context, propagation } from '@opentelemetry/api';
import type { Environment } from './environment.ts';
import type { Scope } from './execution.ts';
import { scopes } from './traceContext.ts';

/** Where in another execution one was begun: in this process, or that of another thread or process. */
export interface ParentContext {
  /** The execution that began it. */
  readonly sid: string;
  /** The entry of the node that did; empty for the execution itself. */
  readonly logId: string;
}

/** The variable that carries it. */
const variable = 'RPA_TRACE_PARENT';

/**
 * The environment with the current execution and node in it, for a worker thread or a child process: executions that
 * run there name this one as their parent, and their spans go on in its trace.
 *
 *     new Worker(file, { env: carriedEnv() });
 *     spawn('node', ['child.js'], { env: carriedEnv() });
 */
export function carriedEnv(env: Environment = process.env): NodeJS.ProcessEnv {
  const scope = scopes().getStore();
  if (scope === undefined) return { ...env };
  const carried: Record<string, string> = {};
  // Whatever propagator the robot has set up; OpenTelemetry names the variables after the headers.
  const active = scope.span?.context() ?? context.active();
  propagation.inject(active, carried, {
    set: (carrier, name, value) => {
      carrier[name.toUpperCase().replaceAll('-', '_')] = value;
    },
  });
  const { sid, logId } = parentIn(scope);
  return { ...env, ...carried, [variable]: `${inVariable(sid)} ${inVariable(logId)}` };
}

/** The execution and node in which this code runs. */
export function parentHere(): ParentContext | undefined {
  const scope = scopes().getStore();
  return scope && parentIn(scope);
}

function parentIn({ execution, node }: Scope): ParentContext {
  return { sid: execution.log.sid, logId: node?.logId ?? '' };
}

/** An id may have blanks, and signs that no variable takes; half a sign can't be encoded. */
function inVariable(id: string): string {
  return encodeURI(Buffer.from(id).toString());
}

/** Which execution has begun this thread or process, if it said so. */
export function parentOf(env: Environment): ParentContext | undefined {
  const found = /^(\S+) (\S*)$/.exec(env[variable] ?? '');
  try {
    return found === null
      ? undefined
      : { sid: decodeURI(found[1] ?? ''), logId: decodeURI(found[2] ?? '') };
  } catch {
    // Not written by us.
    return undefined;
  }
}
