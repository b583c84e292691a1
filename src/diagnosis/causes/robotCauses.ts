import type { CauseEntries } from './causeEntry.ts';
import { near } from './near.ts';

/** What Chinese engines call what they act on. An element of a list or of XML is none. */
const elementZh =
  /(?<!列表|数组|集合|列表中的|数组中的|xml ?)(?:元素|控件|(?:图像|图片)(?![中里内上]))(?!格式|类型|模糊|不清|过大)|选择器|(?:网页|界面)对象/;
/** … and that there was none. */
const notFoundZh =
  /找不到|找图失败|获取不到|查?找不到|定位不到|识别不到|匹配不到|(?:未能?|没[有能]?|无法|不能)(?:成功)?(?:在[^\n]{1,8}|(?:根据|通过)[^\n]{1,12})?(?:查找|搜索|定位|识别|匹配|检测|捕获|拾取|获取|发现(?=可|任何|匹配|目标|指定|符合)|找)到?(?!唯一)|(?:查找|搜索|定位|拾取|识别|匹配|获取|捕获)(?:对象)?(?:失败|超时|异常)|(?:对象|句柄)失败|匹配(?:数量|个数)为 ?0|匹配到 ?0 ?个|列表为空|不存在|未出现|没有出现|未等到|等不到/;
const windowZh = /窗口|窗体|对话框|弹窗/;
const windowLostZh =
  /找不到|(?:未能?|没[有能]?|无法|不能)(?:根据[^\n]{1,12})?(?:查找|搜索|定位|匹配|检测|获取|激活|找|弹出)到?|不存在|未打开|未出现|未等到|等不到|已关闭|已被关闭|是否已关闭|(?:查找|获取|激活|等待)(?:失败|超时)/;
/** What else people call by what it is, and how they say that it was not there. */
const visiblePartZh =
  /\biframe\b|按钮|输入框|文本框|下拉框|复选框|单选框|链接|菜单项|图标|选项卡|标签页/;
const partNotFoundZh =
  /找不到|获取不到|未找到|没[有能]?(?:找|定位|搜索|识别)到|未能找到|(?<!文件|记录|编号)不存在|(?:没有|未)出现|定位(?:失败|不到)|(?:无法|不能|未能)(?:定位|识别)/;
/** Things of a page that people see. */
const partZh = /元素|控件|按钮|输入框|文本框|下拉框|复选框|单选框/;
const pluginZh = /(?:插件|扩展)(?:程序)?(?!获取)/;

/** What the robot saw, or did not see, on the screen. */
export const screenCauses = {
  screenLocked: {
    category: 'robotTask',
    patterns: [
      /(?<!account (?:on|of) (?:the|this) )\b(?:desktop|screen|workstation|(?:windows|interactive|user) session)\b[^\n]{0,12}\b(?:is|was|has been|got) locked\b(?! out)|\bno interactive (?:desktop|session)|\binteractive (?:desktop|session)\b[^\n]{0,12}\bnot (?:available|found|active)|\bcannot (?:click|type|send input)[^\n]{0,40}\blocked (?:screen|desktop|session)|\bcannot perform [^\n]{0,40}\bsession is (?:locked|disconnected)/i,
      /(?:屏幕|桌面|电脑|计算机|工作站)[^\n]{0,4}(?:被锁定|已锁定|锁屏|被锁(?:住|屏)|处于锁定)|检测到系统已?锁定|系统[^\n]{0,2}锁屏|会话(?:已被?|被)锁[定屏]|锁屏状态[^\n]{0,6}(?:无法|不能|失败)|(?:无法|不能)[^\n]{0,12}锁屏|处于锁屏/,
      /\b(?:OpenInputDesktop|SetCursorPos|SendInput|BitBlt)\b[^\n]{0,20}(?:\b(?:failed|denied|error)|拒绝访问|失败)|\bSetForegroundWindow\b[^\n]{0,8}(?:access is denied|拒绝访问)|\bscreen grab failed|\b(?:input|mouse|keyboard|clicks?) (?:events? )?(?:can ?not|can['’]t|could not) be (?:simulated|sent)\b|(?:没有|无)(?:可用的?)?交互式?(?:桌面|会话)|远程桌面[^\n]{0,12}(?:最小化|(?:无法|不能)[^\n]{0,6}(?:鼠标|键盘|键鼠|截图|截屏))|(?:会话|远程桌面)[^\n]{0,4}断开[^\n]{0,4}(?:(?:无法|不能)(?:操作|截图|点击)|界面(?:无法|不能))/i,
    ],
    remedies: ['unlockScreen', 'runAgain'],
  },
  elementAmbiguous: {
    category: 'robotTask',
    patterns: [
      /strict mode violation|(?:Element|Window|Node|Selector)Ambiguous|ambiguous (?:element|selector|locator)|(?:selector|locator)\b[^\n]{0,40}\b(?:matche[sd]|resolved to|found) (?:more than one|multiple|several|[2-9]|[1-9]\d{1,4}) |multiple (?:similar |ui )?(?:matches|elements|controls)[^\n]{0,20}(?:found|match)/i,
      /there are (?:[2-9]|[1-9]\d{1,4}) (?:elements|windows|controls) that match/i,
      /(?:元素|控件|选择器)[^\n]{0,6}不唯一|(?<!共)(?:匹配|定位|查找|找)到了? ?(?:多个|不止一个|(?:[2-9]|[1-9]\d{1,3}) ?个)[^\n]{0,6}(?:元素|控件|窗口)/,
    ],
    remedies: ['makeSelectorUnique', 'checkScreenState'],
  },
  elementNotReady: {
    category: 'robotTask',
    patterns: [
      /element\b[^\n]{0,120}\bnot (?:be |currently )?(?:interactable|clickable|visible|enabled|attached|editable|stable)/i,
      /\bnode is (?:detached|either not|not clickable)|\bnode with given id does not belong|\b(?:element|control)\b[^\n]{0,60}\b(?:detached|stale|no longer (?:valid|attached|exists)|obscured|covered|read-?only|disabled|hidden from view|not clickable)|\b(?:element|control) is (?:invalid|hidden)|\bobscured by another element|\b(?:button|link|check ?box) is disabled and (?:cannot|can['’]t) be|\bcontrol is not (?:enabled|visible|clickable|editable)|\b(?:into|on) (?:a |the )?(?:disabled|read-?only) (?:field|input|element|control|button)|\belement is read[- ]only/i,
      /element click intercepted|ElementClickIntercepted|Element(?:Not|Isn'?t)(?:Interactable|Enabled|Visible|Clickable|Editable)|ElementLost|CanNotClick|intercepts pointer events|unexpected ?alert ?open|move target out of bounds|\belement is not an? <|stale ?element|invalid ?element ?state/i,
      /element\b[^\n]{0,40}\boutside of (?:the )?(?:viewport|screen)|(?:element|control) has no (?:location|size|clickable)|element has zero size/i,
      near(partZh, /不可点击|无法点击|被[^\n]{0,8}遮[挡住]/, 16),
      /目标窗口被[^\n]{0,8}遮[挡住]/,
      near(
        partZh,
        /(?:不可|无法|不能|无法被|不允许)(?:见|被?点击|点选|交互|使用|操作|编辑|输入|用)|(?:被|遭)[^\n]{0,8}(?:遮挡|覆盖|遮住)|已(?:失效|过期|禁用)|未就绪|(?:处于|被|为)(?:禁用|置灰|灰色|不可用|只读|隐藏)|未激活|为?只读|不支持[^\n]{0,12}(?:点击|输入|操作)|对象已失效|未展开/,
        4,
      ),
    ],
    remedies: ['waitForElement', 'checkScreenState'],
  },
  browserPluginMissing: {
    category: 'robotTask',
    patterns: [
      near(
        /\b(?:browser|web|chrome|edge|firefox|uipath)\b[^\n]{0,12}\b(?:plug-?in|extension|add-?on)|\b(?:plug-?in|extension|add-?on) (?:for|of|in) (?:google )?(?:chrome|edge|firefox|the browser)/,
        /\b(?:not (?:be )?(?:connected|installed|enabled|found|responding|available|reachable|reached)|missing|disconnected|disabled|failed|unavailable|not respond|out of date|connect to|receiving end does not exist)/,
        40,
      ),
      /native messaging host|communicat\w{1,4} with the (?:browser\b|[^\n]{0,20}\bextension\b)|\bcheck the [^\n]{0,20}\bextension\b|failed to assume control of (?:chrome|edge|microsoft|firefox|the browser)/i,
      near(
        /(?:浏览器|谷歌|Chrome|Edge|火狐|Firefox|网页)[^\n]{0,6}(?:插件|扩展)(?:程序)?(?!获取)/,
        /未(?!找到元素)|没有|无法|不能|失败|超时|出错|异常|错误|断开|禁用|无响应|停用|过低|请(?:先|重新)?(?:安装|启用)|是否已?(?:安装|启用|开启)/,
        8,
      ),
      /(?:插件|扩展)(?:程序)?[^\n]{0,6}(?:未连接|未安装|未启用|没有响应|未响应|已断开|通信失败|连接失败)/,
      near(
        /(?:未检测到|未找到|找不到|未安装|未启用|无法连接|连接不上|没有安装)[^\n]{0,6}浏览器/,
        pluginZh,
        2,
      ),
    ],
    remedies: ['enableBrowserPlugin', 'runAgain'],
  },
  elementNotFound: {
    category: 'robotTask',
    patterns: [
      /element\b[^\n]{0,80}\b(?:not (?:be )?(?:found|located|exist|present|appear)|never (?:found|appeared))|no such element|\bno (?:ui ?)?(?:element|node)s? (?:was |were )?(?:found|matche[sd])|\bno match(?:es)? (?:was |were )?(?:found )?for\b[^\n]{0,10}(?:image|locator|selector|element)|\bno matching (?:image|element|control)\b(?! number)|\bis null for (?:the )?(?:selector|locator)|locator\b[^\n]{0,60}(?:did not match any|resolved to 0)|ELEMENT_NOT_(?:FOUND|EXIST)/i,
      /NoSuch(?:Element|Node)|(?:Element|Selector|UiObject|Image|Control|PictureTarget|TargetElement)Not(?:Found|Exist)|\b(?:Node|Target)NotFound(?:Error|Exception)|\bFindFailed\b|NoSuchFrame|no such frame|unable to locate frame|findbestmatch\.MatchError|could not find the user-interface/i,
      /(?:unable to|can ?(?:no|'|’)t|could ?n(?:ot|'t|’t)|failed to|did not|does not) (?:locate|find|detect|match)[^\n]{0,40}(?:\b(?:ui ?)?element|\bthe object ['\"]|\bcontrol|\bselector|\bvisible node|\.(?:png|jpe?g|bmp)\b|\bimage\b|["']?\/\/[\w*]|["']?(?:#|css=|xpath=|id=)\w)/i,
      /(?:difficulty|trouble|problem|error|fail\w{0,4})\b[^\n]{0,10}\b(?:locating|finding)\b[^\n]{0,60}\belement|Failed locating \d{1,5} item/i,
      /waiting failed: (?:selector|locator|element)|\bwaitFor(?:Selector|XPath): Timeout|waiting for (?:selector|locator|element|the element|getBy\w{2,20}\(|(?:visibility|presence) of)|(?:looking|searching) for (?:the |an? )?(?:element|control|selector)|expected to find (?:element|content)|should have contained (?:element|button|link|image)|Wait(?:ing)? for element\b[^\n]{0,60}time/i,
      /(?:Find|Search) Control Timeout|(?<!\bwindow (?:matching|with) (?:the )?)\b(?:locator|selector|xpath)\b[^\n]{0,60}\b(?:was|were|is|could) not (?:be )?found\b|control\b[^\n]{0,60}\bnot (?:be )?found|(?<!window )\bwith (?:the )?(?:locator|selector)\b[^\n]{0,80}\bnot (?:be )?found|(?:image|picture|template)\b[^\n]{0,40}\bnot found (?:on|in) (?:the )?screen|could not locate the image/i,
      near(elementZh, notFoundZh, 20),
      /(?:目标未找到|(?:未找到|找不到)目标)[，, ]{1,2}(?:已?超过|超时|等待)/,
      near(visiblePartZh, partNotFoundZh, 12),
      /\bElement\w{0,12} not found\b|\bobject was not found within \d|\bno (?:ui ?)?(?:element|control)s?\b[^\n]{0,60}\b(?:was|were|be) (?:found|matched|located)\b|\b(?:element|control|ui object|button|link)\b[^\n]{0,60}\b(?:could not|couldn[’']t|cannot|can[’']t) be (?:located|found|matched|identified|recogni[sz]ed)\b|\bno (?:matching )?image\b[^\n]{0,20}\bfound\b|\btext\b[^\n]{0,60}\bnot be found on (?:the )?(?:screen|page)\b|\b(?:button|link|check ?box|drop-?down|icon|menu item)\b[^\n]{0,60}\bnot (?:be )?found\b|\bselector\b[^\n]{0,20}\bdid(?: not|n[’']t) match any\b|\bnot found for (?:the )?selector\b|\b(?:element|control)\b[^\n]{0,40}\bnot (?:on|in) the (?:page|screen|dom|window|document)\b|\b(?:element|control)\b[^\n]{0,40}\b(?:was|were)n['’]t found\b|\b(?:could not|cannot|can['’]t) find (?:the )?target(?=[.,;)]|$| element| object| control)|\bfailed to (?:retrieve|get) (?:the )?(?:ui )?element\b|\b(?:element|control) (?:lookup|search) (?:failed|timed out)/i,
      /(?:等待|查找|定位|拾取|抓取|捕获)[^\n]{0,20}(?:元素|控件|图像|图片)[^\n]{0,20}(?:超时|失败)|OCR[^\n]{0,10}(?:未|没有|无法)(?:识别|找|匹配)|找图失败|(?:(?:未|没[有能]?|无法|未能)在(?:当前|目标)?(?:页面|屏幕|界面)[^\n]{0,4}|(?:当前|目标)(?:页面|屏幕|界面)[上中]?(?:未能?|没[有能]?|无法))(?:找|识别|匹配|定位)到(?![^\n]{0,8}(?:数据|记录|结果|订单|单据|发票))|\bXPath\b[^\n]{0,20}(?:未命中|没有命中|无匹配|未匹配|匹配不到)/i,
    ],
    remedies: ['checkSelector', 'waitForElement', 'checkScreenState'],
  },
  browserNotStarted: {
    category: 'robotTask',
    patterns: [
      /session not created|SessionNotCreated|(?:chrome|edge|firefox|chromium|browser) failed to start|DevToolsActivePort|BrowserConnectError|failed to (?:launch|start|open) [^\n]{0,20}\b(?:browser|chromium|chrome|firefox|webkit|edge)\b|(?:can(?:no|')t|could not|unable to) (?:start|launch|open) (?:the )?(?:google |microsoft )?(?:browser|chrome|edge|firefox)|browser (?:could not|can(?:no|')t) be (?:launched|started|opened)|unable to find a matching set of capabilities|connect to (?:the )?browser via CDP|unable to (?:locate or )?obtain driver|chrome not reachable|browser closed unexpectedly|(?:could not|can(?:no|')t|unable to) (?:start|launch|open) (?:chromium|webkit)/i,
      /(?:chrome|edge|gecko|web)driver\b[^\n]{0,80}(?:only supports|(?:not |in)compatible|in PATH|not (?:be )?found|unexpectedly exited|permissions)|(?:cannot|could not|unable to) find (?:the )?(?:chrome|chromium|firefox|edge|msedge)\b|browserType\.launch|executable doesn'?t exist at|cannot connect to (?:chrome|microsoft edge|chromium) at/i,
      near(
        /浏览器|谷歌|火狐|Chrome|Firefox|\b(?:ms)?edge\b/,
        /(?:打开|启动|连接)(?:失败|超时|异常|出错)|(?:暂|尚)?未(?:安装|启动)|没有安装|不匹配|不兼容|(?:Driver)? ?版本[^\n]{0,8}不(?:一致|匹配|符)/,
        6,
      ),
      /(?:打开|启动)[^\n]{0,6}浏览器[^\n]{0,4}(?:失败|超时|异常|出错)|(?:无法|不能|未能)(?:打开|启动|连接)[^\n]{0,4}浏览器(?!插件|扩展)|(?:找不到|未找到|没有)[^\n]{0,6}浏览器驱动|(?:未检测到|未找到|找不到)[^\n]{0,10}浏览器(?=$|[\s，,。；;)）!！])|浏览器(?:进程)?(?:异常退出|意外退出|崩溃)|(?:无法|不能|未能)(?:打开|启动) ?(?:谷歌|火狐|Chrome|Edge|Firefox)/i,
    ],
    remedies: ['checkBrowser', 'runAgain'],
  },
  windowNotFound: {
    category: 'robotTask',
    patterns: [
      /(?<!(?:delivery|time|booking|pick-?up|maintenance|posting|service) )window\b[^\n]{0,60}\b(?:not (?:be )?found|does(?: not|n['’]t) exist)|\bwindow (?:\"[^\"\n]{1,80}\"|'[^'\n]{1,80}') was closed(?! by (?:the )?(?:robot|flow|step)\b)|no such window|NoSuchWindow|waiting for (?:the )?window\b|WindowNotFound|ProcessNotFoundError|ApplicationNotFoundException|window is not open|(?:locate|find) the target application|no windows? (?:matching|for that process|with|titled|named)|(?:not a valid|invalid) window handle|window handle (?:0x[\da-f]{1,16} )?(?:is )?(?:invalid|not valid)|no process(?:es)? found matching|(?:can(?:no|')t|could not|unable to|failed to) (?:find|get|locate|activate|attach to)[^\n]{0,30}\bwindow/i,
      /target (?:page|window)[^\n]{0,60}closed|\bTarget closed|browsing context has been discarded|web view not found|not connected to DevTools|InvalidSessionId|Message: invalid session id|session deleted (?:because|as)\b|frame was detached|(?:tab|page|target) crashed(?=[\s).]{0,3}$)|execution context was destroyed|unable to connect to renderer|无效的窗口句柄|窗口句柄(?:已)?(?:无效|失效)/i,
      near(windowZh, windowLostZh, 20),
      /(?:等待|查找|激活|获取|绑定|附加)(?:窗口|窗体|对话框|弹窗)[^\n]{0,20}(?:超时|失败)|(?:无法|不能|未能)(?:附加|绑定|切换)到?(?:窗口|窗体)/,
    ],
    remedies: ['checkWindow', 'waitForElement', 'checkScreenState'],
  },
} as const satisfies CauseEntries;

/** What Office and other programs of the machine answered. */
export const programCauses = {
  officeBusy: {
    category: 'robotTask',
    patterns: [
      /RPC_E_CALL_REJECTED|RPC_E_SERVERCALL_RETRYLATER|call was rejected by callee|message filter indicated|waiting for another application to complete an OLE|-2147418111|-2147417846|-2146777998|0x80010001|0x8001010A|0x800AC472|(?:Excel|Word|PowerPoint|Outlook|WPS)[^\n]{0,12}(?:is busy|in (?:cell )?edit(?:ing)? mode)/i,
      /被呼叫方拒绝接收呼叫|消息筛选器|应用程序正忙|等待其他应用程序以?完成|(?:Excel|Word|PowerPoint|Outlook|WPS)[^\n]{0,6}(?:正忙|繁忙|忙碌|进程[^\n]{0,3}被占用|处于编辑(?:模式|状态))/i,
    ],
    remedies: ['closeOfficeDialogs', 'runAgain'],
  },
  officeGone: {
    category: 'robotTask',
    patterns: [
      /RPC_E_SERVERFAULT|RPC_E_DISCONNECTED|RPC server is unavailable|remote procedure call failed|disconnected from its clients|-2147023174|-2147023170|-2147417848|-2147417851|-2146827864|0x800706B[AE]|0x80010105|0x80010108|0x800A01A8/i,
      /RPC ?服务器不可用|远程过程调用失败|被调用的对象已与其客户端断开连接|服务器出现意外情况|(?:Excel|Word|PowerPoint|Outlook|WPS)[^\n]{0,8}(?:已退出|已崩溃|已被关闭|意外退出|已停止工作)/i,
    ],
    remedies: ['restartOffice', 'runAgain'],
  },
  programMissing: {
    category: 'configuration',
    patterns: [
      /invalid class string|class not registered|-2147221005|-2147221164|(?<!\w)(?:0x)?80040154\b|DllNotFound|cannot locate a \d\d-bit [^\n]{0,20}\blibrary|data source name not found|DLL load failed|unable to load (?:dll|shared library)|provider is not registered|TesseractNotFound|\bWinError (?:126|193)\b|\bcould not load file or assembly|\bODBC driver not found|未发现数据源名称|\bspawn \S{1,200} ENOENT|Cannot run program|ClassNotFoundException: [\w.$]{0,120}Driver\b|no suitable driver found|error while loading shared libraries|cannot open shared object file|cannot load library/i,
      // Of the programs that flows call: any other bare name may be a folder.
      /\b(?:WinError|Errno) 2\][^\n]{0,60}: ?'(?:tesseract|soffice|libreoffice|ffmpeg|ffprobe|pdfto\w{2,5}|pdfinfo|java|wkhtmltopdf|(?:chrome|gecko|msedge)driver|pandoc|magick|gswin64c|7z|adb|curl|powershell)(?:\.exe)?'/i,
      /\b[\w.-]{2,40} not found in PATH\b/,
      /is not recognized as (?:an internal or external command|the name of a cmdlet)|\b(?:ba|z|da|k)?sh: [^\n]{0,80}: (?:command )?not found|: command not found|\bcommand not found: \w|is not installed (?:or |on (?:this|the|your) )|\b(?:Office|Excel|Word|Outlook|WPS|SAP ?GUI|Java|Python)(?: \w{1,12})? is(?: not|n['’]t) installed\b|\bnot found\. Please install\b/i,
      near(
        /找不到|未找到|缺少|未检测到|没有安装|尚?未安装/,
        /[\w.-]{1,40}\.(?:exe|dll|so)(?![\w.]| ?的)|运行库|(?:Excel|Word|Office|WPS|SAP|Outlook)[^\n]{0,2}(?:应用程序|程序|软件|客户端)/,
        8,
      ),
      /无效的类字符串|没有注册类|不是内部或外部命令|无法加载 ?DLL|未在本地计算机上注册|(?:Excel|Word|PowerPoint|Outlook|Office|WPS)[^\n]{0,8}(?:(?:尚|暂)?未安装|没有安装|是否安装正确)|(?:未检测到|未安装)[^\n]{0,12}(?:Excel|Word|Outlook|Office|WPS|SAP|客户端|Java|JRE|JDK|Python|Node\.?js|\.NET|运行(?:环境|库|时))/i,
    ],
    remedies: ['installProgram', 'runAgain'],
  },
} as const satisfies CauseEntries;

/** What the robot platform answered. */
export const platformCauses = {
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
    patterns: [
      /Unknown task status: ?CANCELLED|\bCancelledError\b|\bFailSafeException\b|\b(?:task|job|execution|run|process|flow|workflow)\b[^\n]{0,30}\b(?:cancell?ed|stopped|aborted|terminated|killed) by (?:the |an? )?(?:user|operator|admin)|\b(?:job|task|execution) (?:was|has been) (?:cancell?ed|aborted)(?![^\n]{0,60}time-?out)|\bKeyboardInterrupt\b|\bcontext cancell?ed\b|\bcancell?ed by (?:the )?user\b/i,
      /(?:执行|任务|流程|作业|运行)[^\n]{0,8}用户[^\n]{0,4}(?:关闭|停止|终止|取消|中断)|用户[^\n]{0,4}(?:关闭|停止|终止|取消|中断|中止)了?(?:本次|当前|该)?(?:任务|流程|执行|运行|机器人|作业)|(?:任务|作业)(?:已|被|已被)取消|(?<!审批|业务|合同|订单)(?:任务|流程|作业|执行|运行)(?:已被|被|已)(?:手动|人工)(?:终止|停止|取消|中止|中断)|(?:任务|流程|执行|运行)[^\n]{0,4}手动(?:停止|终止|取消|中断)|(?<!审批|业务|合同|订单)(?:任务|流程|作业)(?:已被|被)(?:系统)?(?:管理|运维|操作)(?:人?员)?[^\n]{0,4}(?:终止|停止|取消|中止|中断)|用户[^\n]{0,4}(?:点击|按下?)了?[“"「]?(?:停止|终止)|\b(?:run|execution|task|job) cancell?ed by\b/i,
    ],
    weakPatterns: [
      /(?:^|[:(] ?)(?:execution|job|task|run|workflow) (?:(?:was|has been) )?(?:cancell?ed|aborted)[.)\s]{0,4}$/i,
      /(?:^|[:：(（] ?)(?:(?:任务|流程|作业|执行|运行)(?:已被|被|已)(?:强制|强行)?|人工|手动)(?:终止|停止|取消|中止|中断)[。！)）\s]{0,4}$/,
    ],
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
      /\b(?:robot|executor|runner|terminal|agent machine|(?:robot|rpa) client|machine)s?\b[^\n]{0,40}\b(?:offline|not (?:connected|online|available)|disconnected|unavailable|(?:is |are )?busy|is occupied)/i,
      /\bno (?:available |idle |free |online |(?:un)?attended )?(?:robot|executor|machine|runtime)s?\b[^\n]{0,20}\b(?:available|online|idle|free|configured|connected)|\bno (?:available|idle|free|online) (?:robot|executor|client|machine|runtime)|not have any robots|NoCapable(?:Machines|Robots)|no machine group targets|could not start executor|a job is already running|SessionExistsForTheUser|\bagent is (?:not connected|offline|disconnected)(?! with)|\b(?:robot|executor|agent|worker)\b[^\n]{0,12}\bheartbeat\b[^\n]{0,8}\b(?:lost|missed|expired)/i,
      /(?:机器人|执行器|客户端|终端|执行机)[^\n]{0,10}(?:离线(?!课程|培训|教程|会议|学习|编程)|[不未]在线|未上线|未注册|未连接|未登录|未启动|忙碌|繁忙|正忙|占用|无响应|正在执行其他|正在运行其他|掉线|心跳(?:丢失|超时|中断))|(?:没有|暂?无)(?:可用|空闲|在线)的?(?:机器人|执行器|客户端|执行机)|(?:机器人|执行[器机])[^\n]{0,20}(?:处于断开|已断开|[不未]在线|状态[为是:：]? ?离线)|(?:^|[:：(（] ?)当前状态为离线(?=$|[\s，,。；;)）])|是否已安装机器人|(?:机器|设备|主机)(?:未上线|离线|不在线)[，, ]{0,2}(?:无法|不能)(?:执行|运行|下发|启动)/,
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
    remedies: ['raiseNodeTimeout', 'findSlowStep', 'splitTask'],
  },
} as const satisfies CauseEntries;
