import type { Category } from './finding.ts';

/** What a message tells about the cause. */
export interface Cause {
  readonly cause: string;
  readonly category: Category;
  readonly pattern: RegExp;
}

/**
 * Messages of the services and of what they wrap, most telling first: "Create task error: 403 Forbidden"
 * is a question of permission, not of the task. Patterns are linear: no nested repetition. Status numbers
 * count only where the words around them say that they are one: an invoice may be number 403.
 */
export const causes: readonly Cause[] = [
  {
    cause: 'elementNotReady',
    category: 'robotTask',
    pattern:
      /element (?:is )?not (?:interactable|clickable|visible|enabled|attached)|ElementClickIntercepted|StaleElementReference|元素(?:不可|无法|不能)(?:见|点击|交互|使用|操作)|元素被遮挡|元素已失效/i,
  },
  {
    cause: 'elementNotFound',
    category: 'robotTask',
    pattern:
      /element\b[^\n]{0,80}\bnot (?:be )?(?:found|located|exist)|no such element|NoSuchElement|unable to (?:locate|find) [\w ]{0,20}element|waiting for (?:selector|locator)|SelectorNotFound|ElementNotFound|元素(?:未找到|不存在|查找失败|定位失败)|(?:找不到|未找到|无法找到|无法定位|未能定位|没有找到)[^\n]{0,20}元素|定位元素(?:超时|失败)/i,
  },
  {
    cause: 'windowNotFound',
    category: 'robotTask',
    pattern:
      /window\b[^\n]{0,60}\bnot found|no such window|NoSuchWindow|target (?:page|window)[^\n]{0,60}closed|窗口(?:未找到|不存在|已关闭)|(?:找不到|未找到)[^\n]{0,20}窗口/i,
  },
  {
    // The detail is empty: the platform gave the robot 60 s, and said nothing when they were over.
    cause: 'sixtySecondWall',
    category: 'timeout',
    pattern:
      /(?:^|\()(?:Query task error|Task exec failed|Task execution failed): ?(?:-?\d{0,6}-)?\)?$/,
  },
  { cause: 'taskCancelled', category: 'cancelled', pattern: /Unknown task status: ?CANCELLED/i },
  { cause: 'unknownTaskStatus', category: 'robotTask', pattern: /Unknown task status/i },
  { cause: 'invalidTaskUrl', category: 'configuration', pattern: /Invalid task [\w ]{0,40}URL/i },
  {
    cause: 'robotOffline',
    category: 'resource',
    pattern:
      /(?:robot|executor|client|terminal)\b[^\n]{0,40}\b(?:offline|not (?:connected|online)|disconnected|is busy)|no (?:available|idle|free) (?:robot|executor|client)|(?:机器人|执行器|客户端|终端)[^\n]{0,10}(?:离线|不在线|未连接|未登录|忙碌|占用)/i,
  },
  // The RPA plugin's own limit for a robot; in a workflow the node wraps it.
  { cause: 'robotTimeout', category: 'timeout', pattern: /(?:^|\()Timeout error\)?$/i },
  { cause: 'nodeTimeout', category: 'timeout', pattern: /Node execution timeout|节点.{0,10}超时/i },
  {
    cause: 'contextTooLong',
    category: 'model',
    pattern:
      /maximum context length|context[_ ]length[_ ]exceeded|(?:prompt|input) is too long|上下文.{0,6}(?:超|过长)/i,
  },
  { cause: 'timedOut', category: 'timeout', pattern: /time[d]? ?-?out|ETIMEDOUT|超时/i },
  {
    cause: 'outOfMemory',
    category: 'resource',
    pattern: /out of memory|MemoryError|\bOOM\b|OutOfMemory|内存不足/i,
  },
  {
    cause: 'diskFull',
    category: 'resource',
    pattern: /no space left|ENOSPC|disk (?:is )?full|磁盘.{0,4}满/i,
  },
  {
    cause: 'fileInUse',
    category: 'storage',
    pattern:
      /being used by another process|sharing violation|\bEBUSY\b|file is locked|文件.{0,10}(?:被占用|正在使用|已锁定)/i,
  },
  {
    cause: 'fileNotFound',
    category: 'notFound',
    pattern:
      /FileNotFoundError|no such file or directory|ENOENT|(?:找不到|未找到)[^\n]{0,10}文件|文件不存在/i,
  },
  {
    cause: 'tooManyRequests',
    category: 'quota',
    pattern:
      /(?:http|status|code|error)\D{0,12}429\b|too many requests|rate limit|insufficient_quota|quota (?:is |was )?(?:exceeded|exhausted|used up)|exceed\w{0,4}[^\n]{0,20}quota|\bQPS\b|(?:超出|超过|用完)[^\n]{0,6}配额|配额.{0,6}(?:不足|用完|超)|限流/i,
  },
  {
    cause: 'forbidden',
    category: 'permission',
    pattern:
      /(?:http|status|code|error)\D{0,12}403\b|forbidden|permission denied|PermissionError|access (?:is )?denied|无权限|没有权限|权限不足|拒绝访问/i,
  },
  {
    cause: 'unauthorized',
    category: 'permission',
    pattern:
      /(?:http|status|code|error)\D{0,12}401\b|unauthori[sz]ed|authentication failed|invalid (?:api.?key|token|credential)|token (?:is |has )?(?:expired|invalid)|未授权|鉴权|认证失败/i,
  },
  {
    cause: 'certificateRefused',
    category: 'network',
    pattern:
      /certificate (?:verify failed|has expired|is not trusted)|self.signed certificate|unable to verify the first certificate|CERT_|证书.{0,6}(?:无效|过期|失败|不受信任)/i,
  },
  {
    cause: 'connectionFailed',
    category: 'network',
    pattern:
      /ConnectError|ConnectionError|connection (?:was )?(?:refused|reset|aborted)|ECONN(?:REFUSED|RESET)|name or service|ENOTFOUND|getaddrinfo|network is unreachable|connection attempts failed|连接.{0,4}(?:失败|拒绝|重置)/i,
  },
  {
    cause: 'invalidJson',
    category: 'data',
    pattern: /JSONDecodeError|(?:invalid|malformed) json|Expecting value: line|not valid JSON/i,
  },
  {
    cause: 'codeRaised',
    category: 'codeExecution',
    pattern:
      /Traceback \(most recent call last\)|\b(?:Key|Type|Value|Index|Attribute|Name|ZeroDivision|Syntax|Import|ModuleNotFound|Assertion|Runtime)Error\b/,
  },
  { cause: 'taskNotCreated', category: 'robotTask', pattern: /Create task error/i },
];

/** The most telling cause of all, and which of the texts tells it. */
export function causeOf<Text extends { readonly text: string }>(
  texts: readonly Text[],
): { readonly cause: Cause; readonly text: Text } | undefined {
  for (const cause of causes) {
    const text = texts.find((candidate) => cause.pattern.test(candidate.text));
    if (text !== undefined) return { cause, text };
  }
  return undefined;
}
