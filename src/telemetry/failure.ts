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
  readonly category: FailureCategory;
  readonly message: string;
}

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
  AbortError: 'cancelled',
  SyntaxError: 'data',
};

const categories: ReadonlySet<unknown> = new Set<FailureCategory>([
  ...(['timeout', 'resource', 'quota', 'permission', 'configuration'] as const),
  ...(['network', 'notFound', 'data', 'cancelled', 'unknown'] as const),
]);

/** A chain of causes is followed this far. */
const deepestCause = 8;

/**
 * What an error is, told from its `category`, `code`, `status` and name, or those of its causes. A numeric
 * `code` is the robot's own and is kept.
 */
export function failureOf(error: unknown): Failure {
  const category = categoryOf(error, 0) ?? 'unknown';
  const own = fieldOf(error, 'code');
  const code = typeof own === 'number' && Number.isInteger(own) && own !== 0 ? own : undefined;
  return { code: code ?? codes[category] ?? 1, category, message: messageOf(error) };
}

function categoryOf(error: unknown, depth: number): FailureCategory | undefined {
  if (typeof error !== 'object' || error === null || depth > deepestCause) return undefined;
  const own = fieldOf(error, 'category');
  if (categories.has(own)) return own as FailureCategory;
  const code = fieldOf(error, 'code');
  const status = fieldOf(error, 'status') ?? fieldOf(error, 'statusCode');
  const name = fieldOf(error, 'name');
  return (
    (typeof code === 'string' ? byCode[code] : undefined) ??
    (typeof status === 'number' ? byStatus[status] : undefined) ??
    (typeof name === 'string' ? byName[name] : undefined) ??
    categoryOf(fieldOf(error, 'cause'), depth + 1)
  );
}

function messageOf(error: unknown): string {
  const message = fieldOf(error, 'message');
  if (typeof message === 'string' && message !== '') return message;
  try {
    return String(error);
  } catch {
    return 'an error without a text';
  }
}

/** An error may be anything, a getter that throws included. */
function fieldOf(error: unknown, name: string): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    return (error as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}
