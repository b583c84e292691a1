import { messageOf, partsOf } from './errorText.ts';
import { fieldOf } from './fieldOf.ts';

/** What kind of trouble an error is, in the words of the panel. */
export type FailureCategory =
  | 'timeout'
  | 'resource'
  | 'quota'
  | 'permission'
  | 'configuration'
  | 'network'
  | 'notFound'
  | 'data'
  | 'cancelled'
  | 'unknown';

/** An error as it stands in the record of an execution. */
export interface Failure {
  /** The product's own table: 1 failed, 2 time-out, 3 resource, 4 permission, 5 configuration; or one's own. */
  readonly code: number;
  /** What kind of trouble it is. */
  readonly category: FailureCategory;
  /** What the error says, its causes included. */
  readonly message: string;
}

/** Causes and parts that are asked what went wrong: nobody reads further. */
const mostErrors = 100;

const codes: Readonly<Partial<Record<FailureCategory, number>>> = {
  timeout: 2,
  resource: 3,
  quota: 3,
  permission: 4,
  configuration: 5,
};

/** What the system, Node and the libraries that robots use call their errors. */
const byCode: Readonly<Record<string, FailureCategory>> = {
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ERR_SOCKET_CONNECTION_TIMEOUT: 'timeout',
  ABORT_ERR: 'cancelled',
  UND_ERR_ABORTED: 'cancelled',
  ERR_CANCELED: 'cancelled',
  ENOSPC: 'resource',
  ENOMEM: 'resource',
  EMFILE: 'resource',
  ENFILE: 'resource',
  EDQUOT: 'quota',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
  ENOENT: 'notFound',
  ENOTDIR: 'notFound',
  ECONNREFUSED: 'network',
  ECONNRESET: 'network',
  EHOSTUNREACH: 'network',
  ENETUNREACH: 'network',
  ENOTFOUND: 'network',
  EAI_AGAIN: 'network',
  EPIPE: 'network',
  UND_ERR_SOCKET: 'network',
  ERR_NETWORK: 'network',
  ERR_INVALID_URL: 'configuration',
  ERR_INVALID_ARG_TYPE: 'configuration',
  MODULE_NOT_FOUND: 'configuration',
  ERR_MODULE_NOT_FOUND: 'configuration',
};

const byStatus: Readonly<Record<number, FailureCategory>> = {
  401: 'permission',
  403: 'permission',
  404: 'notFound',
  408: 'timeout',
  429: 'quota',
  502: 'network',
  503: 'resource',
  504: 'timeout',
  507: 'resource',
};

const byName: Readonly<Record<string, FailureCategory>> = {
  TimeoutError: 'timeout',
  ConnectTimeoutError: 'timeout',
  AbortError: 'cancelled',
  SyntaxError: 'data',
};

const categories: ReadonlySet<unknown> = new Set<FailureCategory>([
  ...(['timeout', 'resource', 'quota', 'permission', 'configuration'] as const),
  ...(['network', 'notFound', 'data', 'cancelled', 'unknown'] as const),
]);

/**
 * What an error is, told from its `category`, `code`, `status` and name, or those of its causes. A numeric
 * `code` is the robot's own and is kept. `hide` takes what is secret out of its message, before that is cut.
 */
export function failureOf(error: unknown, hide?: (text: string) => string): Failure {
  const category = categoryOf(error, new Set()) ?? 'unknown';
  const own = fieldOf(error, 'code');
  // A DOMException has a number of its own from the days before names: 23 for a time-out, 20 for an abort.
  const isOwn =
    typeof own === 'number' && Number.isInteger(own) && own !== 0 && !isDomException(error);
  const code = isOwn ? own : undefined;
  return { code: code ?? codes[category] ?? 1, category, message: messageOf(error, hide) };
}

/** `seen` are those that were asked: errors may name each other. */
function categoryOf(error: unknown, seen: Set<object>): FailureCategory | undefined {
  if (typeof error !== 'object' || error === null || seen.has(error)) return undefined;
  if (seen.size >= mostErrors) return undefined;
  seen.add(error);
  const own = fieldOf(error, 'category');
  if (categories.has(own)) return own as FailureCategory;
  const found = ownCategory(error);
  // What was aborted because it took too long has that for its cause.
  if (found !== undefined && found !== 'cancelled') return found;
  return categoryOf(fieldOf(error, 'cause'), seen) ?? found ?? categoryOfParts(error, seen);
}

function ownCategory(error: object): FailureCategory | undefined {
  const code = fieldOf(error, 'code');
  const name = fieldOf(error, 'name');
  // axios calls both so.
  if (code === 'ECONNABORTED') {
    return /timeout/i.test(String(fieldOf(error, 'message'))) ? 'timeout' : 'network';
  }
  const status = statusOf(error) ?? statusOf(fieldOf(error, 'response'));
  return (
    (typeof code === 'string' ? byCode[code] : undefined) ??
    (status === undefined ? undefined : byStatus[status]) ??
    (typeof name === 'string' ? byName[name] : undefined)
  );
}

/** HTTP clients put it on the error, or on the response that they hang on it. */
function statusOf(holder: unknown): number | undefined {
  const status = fieldOf(holder, 'status') ?? fieldOf(holder, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

/** Of several errors the first that tells something. */
function categoryOfParts(error: object, seen: Set<object>): FailureCategory | undefined {
  for (const part of partsOf(error)) {
    const category = categoryOf(part, seen);
    if (category !== undefined) return category;
  }
  return undefined;
}

function isDomException(error: unknown): boolean {
  try {
    return typeof DOMException === 'function' && error instanceof DOMException;
  } catch {
    // A proxy that has no prototype to ask for.
    return false;
  }
}
