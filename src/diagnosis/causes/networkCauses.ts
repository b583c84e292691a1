import type { CauseEntries } from './causeEntry.ts';
import { httpStatus } from './httpStatus.ts';
import { unixErrors, windowsErrors } from './systemErrors.ts';

/** Who may do what, and what came of talking to a service. */
export const networkCauses = {
  unauthorized: {
    category: 'permission',
    patterns: [
      windowsErrors(1326, 1327, 1330, 1331, 1909),
      httpStatus('401', 'unauthori[sz]ed|authentication|not authori[sz]ed|invalid'),
      // "UnauthorizedAccessException" is .NET's word for a file that may not be opened.
      /unauthori[sz]ed(?! ?Access)|\bunauthenticated\b|\bAADSTS\d{5,7}\b|\binvalid_(?:grant|client)\b|\baccess_token missing\b|\bauthentication_error\b|\binvalid x-api-key|authenticat\w{1,4} (?:failed|fails|required|error|unsuccessful|rejected)|\b535[ -]5\.7\.\d|AuthenticationError|(?:could not|failed to|unable to) authenticate|authentication (?:to|for) [^\n]{0,120} failed|app_?id ?no ?auth|invalid authentication\b|\bauth failed|AUTHENTICATIONFAILED|login (?:failed|incorrect|fail|error or)\b|access denied for user|logon (?:failure|denied)|WRONGPASS|permission denied \((?:publickey|password|keyboard|gssapi)|username\/password|\bKDC_ERR_(?:PREAUTH_FAILED|C_PRINCIPAL_UNKNOWN|CLIENT_REVOKED|KEY_EXPIRED)|\bLDAP\b[^\n]{0,20}\bcode 49\b|\bAcceptSecurityContext error|account is (?:locked|disabled|expired)/i,
      /(?:invalid|incorrect|wrong)[_ ](?:api[_ .-]?key|(?:access[_ ]|auth[_ ])?token|(?:user )?credentials?|username|user name|password|signature)|(?:api[_ -]?key|token|password|credentials?|signature)\b[^\n]{0,12}\b(?:not valid|expired|invalid|incorrect|revoked|not match|cannot be verified)|\bapi[_ -]?key\b[^\n]{0,24}\b(?:is|was) (?:invalid|not valid|incorrect)\b|InvalidApiKey|session (?:is |has )?expired|session not found or expired|\bsecurity token\b[^\n]{0,40}\b(?:invalid|expired)|could not validate credentials|(?<!the )\bbad credentials(?! of)|missing authorization header|InvalidAccessKeyId|SignatureDoesNotMatch|jwt (?:expired|malformed)|user ?name or password|SQLSTATE ?[[(]?28(?:000|P01)\b|ORA-(?:01017|2800[01])\b|\b(?:two-factor|verification|one-time|otp|mfa) (?:code|password|token)\b[^\n]{0,12}\b(?:invalid|expired|incorrect|wrong)/i,
      /未授权|\b401\)? ?未经授权|密码已过期|登录超时[^\n]{0,4}(?:重新|再次)登录|请(?:先|重新)登录|(?<!客户|会员)(?:未|尚未)登录(?=[\s。！!，,；;\"'”)）]|$)|cookie ?已?(?:失效|过期)|(?:鉴权|认证|身份验证|身份认证|签名)(?:校验|验证)?(?:失败|不通过|未通过|错误|异常)|(?:用户名|账号|帐号|用户)[或和、/]?密码(?:不正确|错误|有误)|(?:令牌|token|密钥|api[ -]?key|凭证|凭据)[^\n]{0,4}(?:无效|错误|不正确|不合法|非法|已?过期|失效)|(?:身份|登录|会话|(?<!文件|文档|压缩包)密码)(?:认证|验证|状态|态)?已?(?:过期|失效)|(?:无效|不合法)的?[^\n]{0,4}(?:令牌|密钥|(?:access_|refresh_)?token|api ?key|app ?id|secret)|登录(?:失败|已过期|已失效)|用户[^\n]{0,40}登录失败|(?:验证|授权)码(?:错误|不正确|已?失效|已?过期)|(?<!客户|供应商|会员|银行|对方)(?:账号|帐号)(?:已被?|被)(?:锁定|停用|禁用|封禁)/i,
    ],
    remedies: ['renewToken', 'checkAccount'],
  },
  forbidden: {
    category: 'permission',
    patterns: [
      windowsErrors(5, 740),
      unixErrors('EACCES|EPERM|EROFS', 1, 13, 30),
      httpStatus('403', 'forbidden|access|permission|not allowed'),
      /\bforbidden\b(?=\s{0,2}(?:$|[^\sa-z]|by|for|to|access|error))|\b(?:no|lacks?|lacking) (?:permissions?|privileges?) (?:to|for)\b|\blacks privilege [A-Z]|permission[_ ](?:was )?denied|(?:does not|doesn't|do not|don't) have (?:the |sufficient )?(?:permission|privilege|access)|PermissionError|PermissionDenied|access (?:to [^\n]{0,80} )?is denied|access denied|command denied to user|AccessDenied|UnauthorizedAccess|operation not permitted|\bnot (?:authori[sz]ed|allow(?:ed)?|permitted) to (?:perform|access|execute|read|write|view|use|do)\b|requires elevation|read-only file system|\brpc error: code = PermissionDenied|insufficient[ _](?:privileges?|permissions?|scopes?|access rights)|\bAPI\b[^\n]{0,20}\bnot (?:been )?enabled (?:for|in)\b|\b(?:ip|address|domain|host)\b[^\n]{0,40}\bnot (?:in|on) (?:the )?(?:ip )?(?:white|allow) ?list|SQLSTATE ?[[(]?42501\b|ORA-01031/i,
      /(?<!是否|有)无权限|没有[^\n]{0,8}权限(?!变更|调整|申请|审批|记录|清单)|没有[^\n“"「【]{0,4}[“"「【][^”"」】\n]{1,30}[”"」】]的?[^\n，。]{0,6}权限|(?<!是否|有)无(?:访问|操作|读写?|写入?|执行|管理|查看|修改|删除|使用|相应|足够)的?权限|权限(?:不足|不够|被拒绝)|拒绝访问|访问被拒绝|无权(?:访问|操作|执行|查看|修改|删除|使用|调用)|禁止访问|访问受限|无(?:该|此|相应|对应)[^\n，。]{0,8}权限|(?:文件|工作簿|文档)(?:[^\n]{0,4}(?:为|是))?只读(?:[^\n]{0,3}(?:无法|不能))|(?:目录|文件夹|路径|文件)[^\n]{0,4}不可写(?!错)|需要提升|需要(?:使用)?管理员(?:权限|身份)|请(?:使用|以)管理员(?:身份|权限)|(?:IP|地址)[^\n]{0,8}(?:不在|未加入|未在|不属于)[^\n]{0,6}白名单|未开通[^\n]{0,8}(?:接口|API|权限)|(?:接口|API)[^\n]{0,6}未开通/i,
    ],
    remedies: ['grantPermission', 'checkAccount'],
  },
  certificateRefused: {
    category: 'network',
    patterns: [
      /certificate\b[^\n]{0,20}\b(?:verify failed|has expired|not trusted|not yet valid|signed by unknown|is invalid|unknown)|self.signed.certificate|SELF_SIGNED_CERT|unable to (?:verify (?:the first certificate|leaf signature)|get local issuer certificate)|CERT_(?:HAS_EXPIRED|[A-Z_]{3,40})|ERR_CERT|SEC_E_(?:UNTRUSTED_ROOT|CERT_EXPIRED|WRONG_PRINCIPAL)|SSLCertVerification|PKIX path|establish (?:a )?trust relationship|SSLHandshakeException|no subject alternative (?:dns )?names?\b|SSL connection could not be established|UNKNOWN_ISSUER|does not match certificate|SSLPeerUnverified|certificate for [^\n]{1,80} does(?: not|n't) match/i,
      /(?<!客户|资质|资格|荣誉|等级|供应商|从业|产品|检验|健康)证书[^\n]{0,10}(?:无效|过期|(?:校验|验证)(?:失败|不通过|未通过)|不受信任|不可信)|安全通道建立信任关系/,
    ],
    remedies: ['trustCertificate', 'checkAddress'],
  },
  connectionFailed: {
    category: 'network',
    patterns: [
      windowsErrors(
        53,
        64,
        67,
        1225,
        1231,
        1236,
        10_050,
        10_051,
        10_052,
        10_053,
        10_054,
        10_061,
        10_065,
        11_001,
      ),
      unixErrors(
        'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN',
        -2,
        -3,
        101,
        104,
        111,
        113,
        10_061,
        11_001,
      ),
      /ConnectError|ConnectorError|ConnectionError|ConnectException|UnknownHost|NoValidConnections|ProxyError|RemoteProtocolError|ServerDisconnected|WRONG[_ ]VERSION[_ ]NUMBER|\brpc error: code = Unavailable\b|EOF occurred in violation of protocol|connection unexpectedly closed|connection closed by (?:the )?(?:remote|foreign|peer|server)|empty reply from server|connection closed abnormally|can['’]?t assign requested address|\b(?:host|server|broker)s? (?:is |are )?(?:unreachable|not reachable)|\bkafka brokers? (?:is |are )?not available|NoBrokersAvailable|\bbroker (?:not connected|may not be available)|\bsocket error: |\bUNAVAILABLE: io exception|SQLSTATE ?[[(]?08\w{3}\b|Connection(?:Refused|Reset|Aborted)Error|connection (?:error(?!: time)|was refused|was reset|was aborted|refused|reset|aborted|closed unexpectedly|was closed)\b|closed (?:the )?connection|(?:can ?not|can't|could not|unable to|failed to) connect to\b|connect call failed|\bconnection to [^\n]{1,80} (?:failed|was lost|could not be established)\b|refused (?:the|a|our|your) connection|broken pipe|socket hang up|bad handshake|has gone away|lost connection to|server disconnected|while establishing a connection|communications link failure|failed to fetch\b|(?:unable to|cannot|could not) reach (?:the )?(?:\w{1,12} )?(?:host|server|service|api)|(?:^|[:(] ?|\b(?:redis|database|socket|server|broker) )connection lost\b|\bconnect refused|network (?:path|name) (?:was not|cannot be) found|\bproxy (?:connect|connection|tunnel)\b[^\n]{0,12}\bfailed/i,
      /ERR_(?:CONNECTION_(?!TIMED)|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|PROXY)|name or service|no such host|getaddrinfo|name resolution|nodename nor servname|no address associated with hostname|network is unreachable|no route to host|connection attempts failed|actively refused|forcibly closed by the remote host|an established connection was aborted|no listener|could not (?:be )?resolved?|\bpartner [^\n]{1,60} not reached|connection to partner|RFC_COMMUNICATION_FAILURE|\b(?:rdp|ica|citrix|remote desktop|terminal) session\b[^\n]{0,20}\bdisconnected|ORA-(?:0311[34]|12154|1251[48]|12541|12545)\b/i,
      /找不到网络(?:路径|名)|连接[到至]? ?[\w.-]{2,80}(?::\d{2,5})? ?(?:失败|被?拒绝|中断|断开)|(?:会话|远程桌面)[^\n]{0,4}(?:中断|断开)|连接(?![方器件线管]|走廊|通道|尝试失败)[^\n]{0,4}(?:失败|被?拒绝|重置|中断|断开|关闭)|拒绝网络连接|积极拒绝|拒绝了?连接|连接不上|服务器无响应|DNS[^\n]{0,6}(?:失败|错误|异常)|强迫关闭了?一个现有的连接|中止了一个已建立的连接|无法解析[^\n]{0,6}(?:主机|域名|名称)|不知道这样的主机|网络名不再可用|与网络相关的|网络(?:请求|连接|通信|通讯)?(?:不可用|不可达|异常|中断|失败|错误)|(?:关闭|断开|中断|重置)了?(?:现有的?)?连接|VPN[^\n]{0,4}(?:未连接|断开)|无法访问(?:服务器|网络|内网|外网|该?地址|此?网站)|(?:无法|不能)连接(?:到|至)?/,
    ],
    // Python's requests say so of each fault, which stands behind it.
    weakPatterns: [/\bMax retries exceeded with url\b/],
    remedies: ['checkServiceUp', 'checkAddress'],
  },
  timedOut: {
    category: 'timeout',
    patterns: [
      windowsErrors(121, 258, 1460, 10_060),
      unixErrors('ETIMEDOUT|ESOCKETTIMEDOUT', 110),
      /timed[ -_]?out|Time-?out(?:Error|Exception|Expired)|ReadTimeout|ConnectTimeout|deadline[ _]exceeded|DeadlineExceeded|\btimeout while waiting\b|maximum statement execution time|\bno response (?:with)?in \d{1,6} ?(?:ms|s|sec\w{0,4}|milliseconds|minutes?)\b|\bexceeded the time limit|time limit (?:exceeded|reached)|did not properly respond after/i,
      /(?:read|connect(?:ion)?|method|request|response|gateway|operation|query|statement|task|job|script|navigation|page|socket|lock|execution|polling|login|call|waiting|wait)[ _-]?time-?out(?! (?:must|should|is (?:required|not|invalid|missing)|field|parameter|value|setting))/i,
      /time-?out(?: (?:of|after)?:? ?\d[\d.]{0,9} ?(?:ms|s|sec\w{0,4}|milliseconds|minutes?)?)? (?:exceeded|expired|reached|occurred|elapsed)|time-?out (?:after|of) \d|(?:^|[:(] ?|error[:,]? )time-?out(?: error)?[.)!]?\s{0,2}$/i,
      httpStatus('408|504', 'gateway|request|time'),
      /执行超过最大时长|没有正确答复|(?<!审批|审核|还款|签收|打卡)超时(?![费罚赔]|补贴|加班|未(?!能|及时响|响应|返回|收到|完成|出现|找到|检测|加载|结束|建立|连接|获[取得]|应答|回应|到达|就绪|打开|启动|消失|得到|成功|读取|执行|退出|等到|通过|登录)|时间(?!已到)|设置|参数|配置|阈值|[^\n]{0,2}不能为空)/,
    ],
    remedies: ['raiseNodeTimeout', 'findSlowStep', 'checkServiceUp'],
  },
  serviceFailed: {
    category: 'network',
    patterns: [
      httpStatus('50[0-3]|52\\d', 'internal|bad gateway|service|server|overloaded'),
      /\bserver error\b|internal server error|\bInternalError\b|bad gateway|service (?:is )?(?:(?:currently|temporarily) )?unavailable|temporarily unable to handle|(?:server (?:is )?|service is )(?:overloaded|(?:too )?busy)|server had an error|(?:engine|model) is (?:currently )?overloaded|overloaded_error|due to overload|upstream connect error|no healthy upstream|\binternal error encountered\b|(?:service|server|system|site) is (?:currently |down )?(?:under|for|in) maintenance|\bnginx[^\n]{0,10} 50[0-3]\b/i,
      /服务(?:器|端)?(?:繁忙|忙碌|内部错误|内部异常|过载)|引擎内部(?:错误|异常)|服务[^\n]{0,4}不可用|系统(?:繁忙|异常|错误)[^\n]{0,3}请(?:稍后|联系)|系统繁忙|\b50[0-4]\)? ?(?:内部(?:服务器)?|服务器?|网关)错误|服务器?开小差|服务器错误[^\n]{0,3}5\d\d|服务异常|网关错误|(?:服务|系统|网站)[^\n]{0,4}(?:维护中|升级中|正在(?:维护|升级))|无可用的?[^\n]{0,6}服务|负载过高|访问量过大/,
    ],
    remedies: ['checkServiceUp', 'runLater'],
  },
} as const satisfies CauseEntries;
