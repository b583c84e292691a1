import type { Category } from './finding.ts';

/** What a message tells about the cause. */
export interface Cause {
  readonly cause: string;
  readonly category: Category;
  readonly pattern: RegExp;
}

/**
 * Messages of the services and of what they wrap, most telling first: "Create task error: 403 Forbidden"
 * is a question of permission, not of the task. Patterns are linear: no nested repetition.
 */
export const causes: readonly Cause[] = [
  {
    cause: 'elementNotFound',
    category: 'robotTask',
    pattern:
      /element not found|no such element|element is not found|元素未找到|找不到元素|未找到元素/i,
  },
  {
    // The detail is empty: the platform gave the robot 60 s, and said nothing when they were over.
    cause: 'sixtySecondWall',
    category: 'timeout',
    pattern: /(?:^|\()(?:Query task error|Task exec failed|Task execution failed): ?\)?$/,
  },
  { cause: 'taskCancelled', category: 'cancelled', pattern: /Unknown task status: ?CANCELLED/i },
  { cause: 'unknownTaskStatus', category: 'robotTask', pattern: /Unknown task status/i },
  { cause: 'invalidTaskUrl', category: 'configuration', pattern: /Invalid task [\w ]{0,40}URL/i },
  { cause: 'nodeTimeout', category: 'timeout', pattern: /Node execution timeout|节点.{0,10}超时/i },
  { cause: 'timedOut', category: 'timeout', pattern: /time[d]? ?-?out|ETIMEDOUT|超时/i },
  {
    cause: 'outOfMemory',
    category: 'resource',
    pattern: /out of memory|MemoryError|\bOOM\b|内存不足/i,
  },
  {
    cause: 'diskFull',
    category: 'resource',
    pattern: /no space left|disk (?:is )?full|磁盘.{0,4}满/i,
  },
  {
    cause: 'tooManyRequests',
    category: 'quota',
    pattern: /\b429\b|too many requests|rate limit|quota|QPS|配额|限流/i,
  },
  {
    cause: 'forbidden',
    category: 'permission',
    pattern: /\b403\b|forbidden|permission denied|access denied|无权限|权限不足/i,
  },
  {
    cause: 'unauthorized',
    category: 'permission',
    pattern:
      /\b401\b|unauthori[sz]ed|invalid (?:api.?key|token|credential)|token (?:is )?(?:expired|invalid)|未授权|鉴权/i,
  },
  {
    cause: 'connectionFailed',
    category: 'network',
    pattern:
      /ConnectError|connection (?:refused|reset|aborted)|ECONN(?:REFUSED|RESET)|name or service|ENOTFOUND|getaddrinfo|network is unreachable|连接.{0,4}(?:失败|拒绝)/i,
  },
  {
    cause: 'invalidJson',
    category: 'data',
    pattern: /JSONDecodeError|(?:invalid|malformed) json|Expecting value: line/i,
  },
  {
    cause: 'codeRaised',
    category: 'codeExecution',
    pattern:
      /Traceback \(most recent call last\)|\b(?:Key|Type|Value|Index|Attribute|Name|ZeroDivision)Error\b/,
  },
  { cause: 'taskNotCreated', category: 'robotTask', pattern: /Create task error/i },
];

/** The first cause that a text tells. */
export function causeOf(text: string): Cause | undefined {
  return causes.find(({ pattern }) => pattern.test(text));
}
