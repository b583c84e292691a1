import type { Category } from './category.ts';
import { httpStatus } from './httpStatus.ts';
import type { RemedyId } from './remedyIds.ts';

/** What is known of a cause of failures. */
export interface CauseEntry {
  readonly category: Category;
  /** Messages that tell it. Empty for what is concluded from more than words. */
  readonly patterns: readonly RegExp[];
  /** What can be done, most likely first. */
  readonly remedies: readonly RemedyId[];
}

/**
 * The causes that messages tell, most telling first: "Create task error: 403 Forbidden" is a question of permission,
 * not of the task. Patterns are linear: no nested repetition. A number or a word that only looks like a status says
 * nothing: an invoice may be number 403, and a field may be called "timeout".
 *
 * A cause needs a row here and a title in the table of texts, in both languages: without one the project does not compile.
 */
const told = {
  elementNotReady: {
    category: 'robotTask',
    patterns: [
      /element\b[^\n]{0,120}\bnot (?:be )?(?:interactable|clickable|visible|enabled|attached|editable|stable)/i,
      /element click intercepted|ElementClickIntercepted|ElementNotInteractable|ElementNot(?:Enabled|Visible)|intercepts pointer events/i,
      /stale element reference|StaleElementReference|element (?:is )?(?:detached|disabled|covered|outside of the viewport)|element[^\n]{0,40}being covered/i,
      /(?:元素|控件)[^\n]{0,6}(?:不可|无法|不能)(?:见|点击|交互|使用|操作|编辑|用)|(?:元素|控件)[^\n]{0,4}(?:被遮挡|被覆盖|已失效|已过期|未就绪|已禁用|被禁用|未激活)/,
    ],
    remedies: ['waitForElement', 'checkScreenState'],
  },
  browserPluginMissing: {
    category: 'robotTask',
    patterns: [
      /browser (?:plug-?in|extension|add-?on)\b[^\n]{0,40}\b(?:not (?:connected|installed|enabled|found|responding)|is missing|disconnected|disabled)/i,
      /(?:not connected to|failed to connect to|can(?:no|')t connect to)[^\n]{0,20}browser (?:plug-?in|extension)/i,
      /(?:浏览器)?(?:插件|扩展)(?:程序)?[^\n]{0,6}(?:未连接|未安装|未启用|没有响应|未响应|已断开|通信失败|连接失败)/,
    ],
    remedies: ['enableBrowserPlugin', 'runAgain'],
  },
  elementNotFound: {
    category: 'robotTask',
    patterns: [
      /element\b[^\n]{0,80}\bnot (?:be )?(?:found|located|exist)|no such element|NoSuchElement|SelectorNotFound|ElementNotFound|could not find the user-interface/i,
      /(?:unable to|can(?:no|'|’)t|could ?n(?:ot|'t|’t)|failed to|did not) (?:locate|find)[^\n]{0,40}(?:\belement|\bcontrol|\bselector)/i,
      /waiting for (?:selector|locator|element)|(?:looking|searching) for (?:the |an? )?(?:element|control|selector)/i,
      /(?:Find|Search) Control Timeout|control\b[^\n]{0,60}\bnot (?:be )?found|ImageNotFound|image\b[^\n]{0,40}\bnot found on (?:the )?screen|could not locate the image/i,
      /(?:元素|控件|图像|图片)[^\n]{0,4}(?:未找到|不存在|(?:查找|定位|拾取|识别|匹配)(?:失败|超时))|(?:定位|拾取|查找|等待)[^\n]{0,8}(?:元素|控件|图像)[^\n]{0,6}(?:超时|失败)/,
      /(?:找不到|未找到|无法找到|无法定位|未能定位|没有找到|没有定位到|未定位到|未能找到)[^\n]{0,20}(?:元素|控件|图像|选择器)/,
    ],
    remedies: ['checkSelector', 'waitForElement', 'checkScreenState'],
  },
  windowNotFound: {
    category: 'robotTask',
    patterns: [
      /window\b[^\n]{0,60}\bnot (?:be )?found|no such window|NoSuchWindow|WindowNotFound|no windows? (?:matching|for that process|with)|(?:can(?:no|')t|could not|unable to) find[^\n]{0,30}\bwindow/i,
      /target (?:page|window)[^\n]{0,60}closed|invalid window handle|无效的窗口句柄/i,
      /窗口[^\n]{0,3}(?:未找到|不存在|已关闭)|(?:找不到|未找到|没有找到|无法找到)[^\n]{0,20}窗口|激活窗口失败/,
    ],
    remedies: ['checkWindow', 'waitForElement', 'checkScreenState'],
  },
  officeBusy: {
    category: 'robotTask',
    patterns: [
      /RPC_E_CALL_REJECTED|call was rejected by callee|-2147418111|0x80010001|0x800AC472|-2146777998|被呼叫方拒绝接收呼叫|应用程序正忙/i,
    ],
    remedies: ['closeOfficeDialogs', 'runAgain'],
  },
  officeGone: {
    category: 'robotTask',
    patterns: [
      /RPC server is unavailable|-2147023174|0x800706BA|RPC ?服务器不可用|disconnected from its clients|-2147417848|0x80010108|被调用的对象已与其客户端断开连接/i,
    ],
    remedies: ['restartOffice', 'runAgain'],
  },
  sixtySecondWall: {
    // The detail is empty: the platform gave the robot 60 s, and said nothing when they were over.
    category: 'timeout',
    patterns: [
      /(?:^|\()(?:Query task error|Task exec failed|Task execution failed): ?(?:-?\d{0,6}-)?\)?$/,
    ],
    remedies: ['shortenRobot', 'callAsynchronously', 'checkRobotLog'],
  },
  taskCancelled: {
    category: 'cancelled',
    patterns: [/Unknown task status: ?CANCELLED/i],
    remedies: ['askWhoCancelled', 'runAgain'],
  },
  unknownTaskStatus: {
    category: 'robotTask',
    patterns: [/Unknown task status/i],
    remedies: ['updatePlatform', 'checkRobotLog'],
  },
  invalidTaskUrl: {
    category: 'configuration',
    patterns: [/Invalid task [\w ]{0,40}URL/i],
    remedies: ['checkTaskUrl'],
  },
  robotOffline: {
    category: 'resource',
    patterns: [
      /(?:robot|executor|terminal|\bagent machine|(?:robot|rpa) client)\b[^\n]{0,40}\b(?:offline|not (?:connected|online|available)|disconnected|(?:is )?busy|is occupied)|no (?:available|idle|free|online) (?:robot|executor|client)/i,
      /(?:机器人|执行器|客户端|终端|执行机)[^\n]{0,10}(?:离线|不在线|未连接|未登录|未启动|忙碌|繁忙|正忙|占用|无响应)|(?:没有|无)(?:可用|空闲|在线)的?(?:机器人|执行器|客户端)/,
    ],
    remedies: ['startRobotClient', 'runLater'],
  },
  robotTimeout: {
    // The RPA plugin's own limit for a robot; in a workflow the node wraps it.
    category: 'timeout',
    patterns: [/(?:^|\()Timeout error\)?$/i],
    remedies: ['raiseRobotTimeout', 'shortenRobotRun', 'checkRobotLog'],
  },
  nodeTimeout: {
    category: 'timeout',
    patterns: [/Node execution timeout|节点[^\n]{0,10}超时(?!时间|设置|参数|配置)/i],
    remedies: ['raiseNodeTimeout', 'findSlowStep'],
  },
  contextTooLong: {
    category: 'model',
    patterns: [
      /maximum context length|context[_ ]length[_ ]exceeded|context window|(?:prompt|input) is too long|range of input length|上下文[^\n]{0,6}(?:超|过长)|输入[^\n]{0,4}(?:过长|超过[^\n]{0,6}(?:长度|限制))/i,
    ],
    remedies: ['shortenInput', 'checkModel'],
  },
  modelParameter: {
    category: 'model',
    patterns: [
      /\b(?:max_tokens|max_completion_tokens|max_new_tokens|temperature|top_p)\b[^\n]{0,60}(?:must be|should be|is too (?:large|high)|is not supported|out of range|invalid|between|less than|greater than)/i,
      /(?:invalid|unsupported)[^\n]{0,30}\b(?:max_tokens|max_completion_tokens|temperature|top_p)\b/i,
    ],
    remedies: ['checkModelParameters', 'checkModel'],
  },
  modelNotFound: {
    category: 'model',
    patterns: [
      /\bmodel\b[^\n]{0,80}(?:does not exist|not (?:be )?found|doesn't exist|is not available|has been (?:deprecated|retired))|model_not_found|no such model|unknown model|invalid model\b/i,
      /模型[^\n]{0,20}(?:不存在|未找到|已下线|已停用|无效)/,
    ],
    remedies: ['checkModel'],
  },
  contentRefused: {
    category: 'contentAudit',
    patterns: [
      /content[_ ](?:filter|management policy|policy violation|exists risk|moderation)|data_inspection_failed|inappropriate content|sensitive (?:content|words?|information)[^\n]{0,30}(?:detected|found|refus|reject|block)|ResponsibleAIPolicy/i,
      /(?:内容|输入|输出|文本)[^\n]{0,8}(?:审核(?:未通过|不通过|失败)|涉及敏感|包含敏感|违规|安全风险)|敏感(?:词|内容|信息)[^\n]{0,6}(?:拦截|命中)|触发[^\n]{0,4}(?:风控|审核)/,
    ],
    remedies: ['rewordContent'],
  },
  balanceEmpty: {
    category: 'quota',
    patterns: [
      httpStatus('402', 'payment required|insufficient'),
      /insufficient[_ ](?:account[_ ])?(?:balance|funds|credits?)|payment required|out of credits|(?:balance|credit)[^\n]{0,20}(?:is (?:too low|insufficient|empty|not enough)|exhausted)|billing[_ ](?:hard[_ ]limit|not[_ ]active)|account[^\n]{0,20}(?:in arrears|overdue)|Arrearage/i,
      /余额(?:不足|已用完|为零)|(?:账户|账号)[^\n]{0,6}欠费|已欠费|额度(?:不足|已用完)/,
    ],
    remedies: ['topUpBalance', 'checkAccount'],
  },
  tooManyRequests: {
    category: 'quota',
    patterns: [
      httpStatus('429', 'too many requests|rate limit|resource exhausted|请求'),
      /too many requests|rate[_ -]?limit(?:ed|_exceeded| (?:exceeded|reached|error))|rate limit reached|insufficient_quota|RESOURCE_EXHAUSTED|Throttling(?:Exception)?|quota (?:is |was |has been )?(?:exceeded|exhausted|used up)|exceed\w{0,4}[^\n]{0,20}quota/i,
      /\bQPS\b|(?:超出|超过|用完)[^\n]{0,6}配额|配额[^\n]{0,6}(?:不足|用完|超)|限流|请求(?:过于|太)频繁|访问频率(?:过高|超限)|并发[^\n]{0,6}(?:超限|超过|已满)/,
    ],
    remedies: ['slowDown', 'raiseQuota'],
  },
  outOfMemory: {
    category: 'resource',
    patterns: [
      /out of memory|MemoryError|\bOOM(?:Killed)?\b|OutOfMemory|heap space|Cannot allocate memory|ENOMEM|WinError (?:8|1455)\b|paging file is too small|内存不足|内存溢出|页面文件太小/i,
    ],
    remedies: ['giveMoreMemory', 'processInBatches'],
  },
  diskFull: {
    category: 'resource',
    patterns: [
      /no space left|ENOSPC|not enough space on the disk|disk (?:is )?full|WinError (?:112|39)\b|磁盘[^\n]{0,4}(?:满|空间不足)|存储空间不足/i,
    ],
    remedies: ['freeDisk'],
  },
  fileInUse: {
    category: 'storage',
    patterns: [
      /being used by another process|sharing violation|\bEBUSY\b|\bETXTBSY\b|file is locked|locked for editing|WinError (?:32|33)\b|另一个程序(?:正在使用|已锁定)|文件[^\n]{0,10}(?:被占用|正在使用|正由|已锁定|被锁定)|文件正在使用/i,
    ],
    remedies: ['closeFile', 'runAgain'],
  },
  fileNotFound: {
    category: 'notFound',
    patterns: [
      /FileNotFound(?:Error|Exception)|no such file or directory|ENOENT|DirectoryNotFound|WinError (?:2|3|53|67|161)\b|could not find (?:a part of the path|file)|cannot find the (?:file|path)|network (?:path|name) (?:was not|cannot be) found/i,
      /(?:找不到|未找到|没有找到)[^\n]{0,12}(?:文件|路径)|(?:文件|路径)(?:不存在|未找到)/,
    ],
    remedies: ['checkPath'],
  },
  databaseBusy: {
    category: 'database',
    patterns: [
      /deadlock (?:found|detected)|was deadlocked|lock wait timeout|database (?:file )?is locked|SQLITE_BUSY|too many connections|ORA-00060|ORA-00054|死锁|锁等待超时/i,
    ],
    remedies: ['runAgain', 'checkDatabase'],
  },
  databaseConstraint: {
    category: 'database',
    patterns: [
      /duplicate (?:entry|key)|unique(?:ness)? (?:constraint|violation|index)|violates [\w-]{1,20} constraint|foreign key constraint|IntegrityError|ORA-0000[12]|ORA-0229[12]|data too long for column|cannot insert (?:the value )?null|违反[^\n]{0,20}约束|重复(?:键|条目)|主键冲突/i,
    ],
    remedies: ['checkConstraint', 'checkInputForm'],
  },
  databaseStatement: {
    category: 'database',
    patterns: [
      /error in your SQL syntax|syntax error at or near|unknown column|invalid column name|invalid object name|no such (?:table|column)|(?:relation|table|column)\b[^\n]{0,60}does(?:n't| not) exist|ORA-00(?:9\d\d)\b|SQL 语法错误|表或视图不存在/i,
    ],
    remedies: ['checkStatement', 'checkDatabase'],
  },
  unauthorized: {
    category: 'permission',
    patterns: [
      httpStatus('401', 'unauthori[sz]ed|authentication|not authori[sz]ed|invalid'),
      /unauthori[sz]ed|authentication failed|AuthenticationError|login failed for user|access denied for user|password authentication failed|logon failure|WinError 1326\b|(?:invalid|incorrect)[_ ](?:api[_ .-]?key|token|credentials?|username|password)|(?:token|api[_ -]?key|session) (?:is |has )?(?:expired|invalid|incorrect)|ORA-01017/i,
      /未授权|鉴权(?:失败|不通过|未通过|错误|异常)|认证失败|(?:用户名|账号)或密码(?:不正确|错误)|(?:令牌|token|密钥)[^\n]{0,4}(?:无效|已?过期|失效)|登录(?:失败|已过期|已失效)/i,
    ],
    remedies: ['renewToken', 'checkAccount'],
  },
  forbidden: {
    category: 'permission',
    patterns: [
      httpStatus('403', 'forbidden|access|permission|not allowed'),
      /\bforbidden\b|permission denied|PermissionError|PermissionDenied|access (?:to [^\n]{0,80} )?is denied|access denied|\bEACCES\b|\bEPERM\b|WinError 5\b|AccessDenied|UnauthorizedAccessException|insufficient (?:privileges?|permissions?)|ORA-01031/i,
      /无权限|没有[^\n]{0,8}权限|权限不足|拒绝访问|无权(?:访问|操作|限)|禁止访问/,
    ],
    remedies: ['grantPermission', 'checkAccount'],
  },
  certificateRefused: {
    category: 'network',
    patterns: [
      /certificate (?:verify failed|has expired|is not trusted|is not yet valid)|self.signed certificate|unable to (?:verify the first certificate|get local issuer certificate)|CERT_(?:HAS_EXPIRED|[A-Z_]{3,40})|ERR_CERT|SSLCertVerification|PKIX path|证书[^\n]{0,6}(?:无效|过期|失败|不受信任|不可信)/i,
    ],
    remedies: ['trustCertificate', 'checkAddress'],
  },
  connectionFailed: {
    category: 'network',
    patterns: [
      /ConnectError|ConnectionError|Connection(?:Refused|Reset|Aborted)Error|connection (?:was )?(?:refused|reset|aborted|closed unexpectedly)|could not connect to|ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|broken pipe|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|socket hang up|lost connection to (?:mysql|the) server|ERR_CONNECTION|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED/i,
      /name or service|ENOTFOUND|getaddrinfo|nodename nor servname|no address associated with hostname|network is unreachable|no route to host|connection attempts failed|actively refused|forcibly closed by the remote host|an established connection was aborted|WinError (?:1005[0-4]|1006[01]|11001|1225|1231|1236)\b/i,
      /连接[^\n]{0,4}(?:失败|拒绝|重置|中断|断开)|拒绝网络连接|积极拒绝|强迫关闭了?一个现有的连接|中止了一个已建立的连接|无法解析[^\n]{0,6}(?:主机|域名)|网络(?:不可用|不可达|异常|中断)|(?:无法|不能)连接(?:到|至)?/,
    ],
    remedies: ['checkServiceUp', 'checkAddress'],
  },
  timedOut: {
    category: 'timeout',
    patterns: [
      /timed[ -]?out|Time-?out(?:Error|Exception|Expired)|ReadTimeout|ConnectTimeout|ETIMEDOUT|ESOCKETTIMEDOUT|deadline exceeded|DeadlineExceeded/i,
      /(?:read|connect(?:ion)?|request|response|gateway|operation|query|task|job|script|navigation|page|socket|lock|execution|polling|login|call|waiting|wait)[ _-]?time-?out(?! (?:must|should|is (?:required|not|invalid|missing)|field|parameter|value|setting))/i,
      /time-?out(?: (?:of|after)?:? ?\d[\d.]{0,9} ?(?:ms|s|sec\w{0,4}|milliseconds|minutes?)?)? (?:exceeded|expired|reached|occurred|elapsed)|time-?out (?:after|of) \d|(?:^|[:(] ?|error[:,]? )time-?out(?: error)?[.)!]?\s{0,2}$/i,
      httpStatus('408|504', 'gateway|request|time'),
      /超时(?!时间|设置|参数|配置|阈值|[^\n]{0,2}不能为空)/,
    ],
    remedies: ['raiseNodeTimeout', 'findSlowStep', 'checkServiceUp'],
  },
  serviceFailed: {
    category: 'network',
    patterns: [
      httpStatus('50[0-3]|52\\d', 'internal|bad gateway|service|server|overloaded'),
      /internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable|server (?:is )?(?:overloaded|too busy)|engine is currently overloaded|model is overloaded|服务(?:器)?(?:繁忙|不可用|过载|内部错误)|系统繁忙/i,
    ],
    remedies: ['checkServiceUp', 'runLater'],
  },
  invalidJson: {
    category: 'data',
    patterns: [
      /JSONDecodeError|(?:invalid|malformed) json|Expecting value: line|not valid JSON|Unexpected (?:token|end of JSON)|JSON[^\n]{0,4}(?:解析|格式)(?:失败|错误|异常)/i,
    ],
    remedies: ['checkInputForm'],
  },
  requiredMissing: {
    category: 'data',
    patterns: [
      /(?:field|parameter|argument|property|input|value)\b[^\n]{0,60}\b(?:is|are) (?:required|missing)|(?:missing|required) (?:required )?(?:field|parameter|argument|property|input)|Field required|cannot be (?:empty|blank|null)|(?:参数|字段|输入)[^\n]{0,12}(?:不能为空|必填|缺失|缺少)|缺少(?:必填|必要)?(?:参数|字段)/i,
    ],
    remedies: ['checkInputForm', 'checkNodeSettings'],
  },
  codeRaised: {
    category: 'codeExecution',
    patterns: [
      /Traceback \(most recent call last\)|\b(?:Key|Type|Value|Index|Attribute|Name|ZeroDivision|Syntax|Indentation|Import|ModuleNotFound|Assertion|Runtime|Reference|Range|Unicode(?:Decode|Encode)?)Error\b|\b(?:NullReference|NullPointer|IndexOutOfRange|ArgumentNull|InvalidCast|ClassCast)Exception\b/,
    ],
    remedies: ['fixCode', 'checkInputForm'],
  },
  taskNotCreated: {
    category: 'robotTask',
    patterns: [/Create task error/i],
    remedies: ['checkRobotPublished', 'checkServiceUp'],
  },
} as const satisfies Readonly<Record<string, CauseEntry>>;

/** What is concluded from more than words. */
const concluded = {
  stalled: { category: 'cancelled', patterns: [], remedies: ['checkServiceUp', 'checkRobotLog'] },
  recovered: { category: 'node', patterns: [], remedies: ['watchFlakyStep'] },
  retried: { category: 'node', patterns: [], remedies: ['watchFlakyStep'] },
  roundsFailed: {
    category: 'node',
    patterns: [],
    remedies: ['findFailedRounds', 'watchFlakyStep'],
  },
  failBranchTaken: {
    category: 'node',
    patterns: [],
    remedies: ['checkFailBranch', 'watchFlakyStep'],
  },
} as const satisfies Readonly<Record<string, CauseEntry>>;

/** All causes by name. */
export const causes = { ...told, ...concluded };
/** The name of a cause. */
export type CauseId = keyof typeof causes;

const inOrder = Object.entries(told) as [keyof typeof told, CauseEntry][];

const ofCategory: Readonly<Record<Category, readonly RemedyId[]>> = {
  timeout: ['raiseNodeTimeout', 'findSlowStep'],
  resource: ['giveMoreMemory', 'runLater'],
  quota: ['slowDown', 'raiseQuota'],
  permission: ['grantPermission', 'renewToken'],
  configuration: ['checkNodeSettings'],
  network: ['checkServiceUp', 'checkAddress'],
  codeExecution: ['fixCode', 'checkInputForm'],
  data: ['checkInputForm'],
  contentAudit: ['rewordContent'],
  notFound: ['checkReference'],
  database: ['checkDatabase'],
  storage: ['checkStorage'],
  model: ['checkModel', 'runAgain'],
  engine: ['checkInputForm', 'askPlatform'],
  node: ['checkNodeSettings', 'checkInputForm'],
  tool: ['checkTool', 'checkInputForm'],
  robotTask: ['checkRobotLog', 'runAgain'],
  cancelled: ['askWhoCancelled', 'runAgain'],
  unknown: ['checkRobotLog', 'runAgain'],
};

/** What can be done about a cause, or else about its category. */
export function remediesOf(category: Category, cause: CauseId | null): readonly RemedyId[] {
  return cause === null ? ofCategory[category] : causes[cause].remedies;
}

/** The most telling cause of all, and which of the texts tells it. */
export function causeOf<Text extends { readonly text: string }>(
  texts: readonly Text[],
): { readonly cause: CauseId; readonly category: Category; readonly text: Text } | undefined {
  for (const [cause, { category, patterns }] of inOrder) {
    const text = texts.find((candidate) =>
      patterns.some((pattern) => pattern.test(candidate.text)),
    );
    if (text !== undefined) return { cause, category, text };
  }
  return undefined;
}
