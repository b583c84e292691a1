import type { CauseEntries } from './causeEntry.ts';

/** What was wrong with what a node was given, and what its code raised. */
export const dataCauses = {
  invalidJson: {
    category: 'data',
    patterns: [
      /JSONDecodeError|JsonParse|JsonReader|JSONException|(?:invalid|malformed) json|Expecting (?:value|property name|',' delimiter|':' delimiter)|Extra data: line \d|Unterminated string starting at|not valid JSON|Unexpected (?:token|end of JSON)|Expected property name|in JSON at position|\bJSON\.parse: |string literal in JSON|looking for beginning of value|Unexpected character encountered while parsing value|(?:could not|cannot|failed to|unable to) parse[^\n]{0,30}\bjson/i,
      /JSON[^\n]{0,4}(?:解析|格式|反序列化)(?:失败|错误|异常)|(?:无法|不能|未能)(?:将[^\n]{1,12})?(?:解析|转换)[^\n]{0,4}JSON|解析[^\n]{0,4}JSON[^\n]{0,6}(?:失败|错误|异常)|(?:不是|非)(?:合法|有效|标准)的? ?JSON|解析 ?JSON[^\n]{0,2}(?:出错|失败)|\bjson: cannot unmarshal/i,
    ],
    remedies: ['checkInputForm'],
  },
  requiredMissing: {
    category: 'data',
    patterns: [
      /(?:field|parameter|argument|property|input|value|request body)\b[^\n]{0,60}\b(?:is|are) (?:required|missing)|(?:missing|required) (?:\d{1,2} )?(?:required )?(?:positional )?(?:field|parameter|argument|property|input)|missing \d{1,2} required|Field required|(?:cannot|can't|must not|may not) be (?:empty|blank|null)|Required argument|\b(?:name|id|url|path) is required\b|following arguments are required|\b(?:field|parameter|argument|property|input)\b[^\n]{0,40}\bis (?:mandatory|not present)\b/i,
      /(?:^|[\s:('[])["“'][\w.-]{1,60}["”'] is required\b|\bnull value not allowed for\b/i,
      // A name such as `invoiceNo` or `body.project_id` is one of code: "approval is required" says nothing.
      /(?:^|[\s:('"“[])[a-z]{1,40}(?:[A-Z]\w{0,40}|[_.]\w{1,80})['"”\]]? is (?:a )?required\b/,
      /不(?:能|可|允许)为空|(?:参数|字段|输入)[^\n]{0,12}(?:必填|必须填写|缺失|缺少|未填写)|(?:参数|变量)(?: \w{1,40} )?为空(?!格|白|时|则|值)|缺少(?:必填|必要|必需)?的?(?:参数|字段|key ?字段)|为必填项|(?:未|没有)(?:传入|提供|填写)(?:必填|必要)?参数|入参不完整|必填(?:项|参数|字段)/i,
    ],
    remedies: ['checkInputForm', 'checkNodeSettings'],
  },
  sheetNotFound: {
    category: 'data',
    patterns: [
      /\b(?:work)?sheet\b[^\n]{0,60}\b(?:not (?:be )?found|does(?: not|n['’]t) exist|not exist)|\bworksheet index \d{1,4} is (?:invalid|out of range)|\bcolumn\b[^\n]{0,80}\bdoes not belong to table\b|\b(?:could ?n[o’']t|cannot|can ?not|unable to) find (?:the )?(?:work)?sheet\b|\bno (?:work)?sheet named\b|\bcolumn\b[^\n]{0,80}\bnot found in (?:the )?(?:work)?sheet\b/i,
      // pandas has no error of its own for a column.
      /\](?:['"]|, dtype[^\n]{0,20})? not (?:in index|found in axis)\b|\bare in the \[columns\]|\bUsecols do not match columns\b|\bColumns? not found: |\bKeyError: [^\n]{1,80} \(pandas\/|\bpandas[\\/][^\n]{0,80}, in \w{1,40}\n(?:[^\n]{0,160}\n){0,2}KeyError: /,
      /(?:工作表|表单页|Sheet ?页)[^\n]{0,30}(?:不存在|未找到|找不到)|(?:找不到|未找到|没有找到|不存在)(?:[^\n]{0,8}|[^\n，。；]{0,24}的)(?:工作表|Sheet(?: ?页|(?!\w)))|(?:没有|不含|不包含|无)(?:名[为叫]|名称[为是]|叫做?)[^\n，。；]{0,40}的?(?:工作表|表单页|Sheet ?页)|(?<![队序系阵])列[^\n]{0,40}不属于表|(?<![队序系阵下])列名? ?["“'][^"”'\n]{1,80}["”'] ?不存在|(?:找不到|未找到|没有找到|缺少)(?:列名? ?[“"':：]|名为 ?[“"'][^”"'\n]{1,80}[”"']的列(?!表))|没有 ?[“"'][^”"'\n]{1,80}[”"'](?:这一?|该|的)列(?!表)|(?:表头|表格|工作表)中?(?:没有|缺少|不存在|找不到|未找到)[^\n]{0,40}列(?!表)/i,
    ],
    remedies: ['checkSheet', 'checkInputForm'],
  },
  codeRaised: {
    category: 'codeExecution',
    patterns: [
      /Traceback \(most recent call last\)|\b(?:Key|Type|Value|Index|Attribute|Name|ZeroDivision|Syntax|Indentation|Import|ModuleNotFound|Assertion|Runtime|Reference|Range|Recursion|Overflow|UnboundLocal|Arithmetic|FileExists|Unicode(?:Decode|Encode)?)Error\b/,
      /\b(?:NullReference|NullPointer|IndexOutOfRange|ArgumentOutOfRange|ArgumentNull|InvalidCast|ClassCast|Format|NumberFormat|KeyNotFound|DivideByZero|IllegalArgument|RuntimeBinder|IllegalState|ArrayIndexOutOfBounds|StringIndexOutOfBounds)Exception\b|\b[A-Za-z_]\w{0,60} is not defined\b|\bname '\w{1,60}' is not defined\b|\bcould not convert string to (?:float|int)|\btime data '[^'\n]{0,80}' does not match format\b|\bObject reference not set to an instance\b|\bwas not recognized as a valid (?:DateTime|Date|TimeSpan|Boolean|Guid)\b|\bIndex was outside the bounds\b|\bSequence contains (?:no|more than one)\b|\bis not JSON serializable\b|\bno row at position \d|\b[Aa]ttempted to divide by zero\b|Conversion from string|Cannot (?:read|set|destructure) propert(?:y|ies) |Cannot convert undefined or null to object|\bCannot find module '|\bNo module named '|is not a constructor\b|Maximum call stack size exceeded|unexpected EOF while parsing|given key was not present in the dictionary|can only concatenate \w{2,8}|unhashable type: '|(?:too many|not enough) values to unpack|decimal\.\w{1,20}Operation\b|Assignment to constant variable|\bpanic: runtime error\b|\binvalid literal for \w{1,12}\(|[Ii]nput string was not in a correct format|index out of range \[|division by zero|(?:list|tuple|string) index out of range|object has no attribute|is not a function\b|Unable to cast object|\bMethod not found:|With block variable not set|\b[Ss]ubscript out of range|\b[Tt]ype mismatch\b|is not (?:iterable|subscriptable|callable)\b/,
      /脚本(?:执行|运行)(?:错误|异常|失败|出错)|(?:执行|运行)脚本(?:出错|失败|异常)|类型错误：|代码中必须包含|索引[^\n]{0,4}超出|未定义的(?:名称|变量)|(?:变量|函数|名称)[^\n]{0,40}未定义|未将对象引用设置|下标越界|除数(?:不能)?为零|(?:尝试|试图)除以零|无法将类型“[^”\n]{1,40}”|无法将[^\n]{1,20}转换为 ?(?:Int|Double|Decimal|Date|数字|整数|浮点|日期)|字符串[^\n]{0,6}转换[^\n]{0,6}失败|(?:^|[：:(\n]\s?)类型不匹配|With 块变量未设置/,
    ],
    remedies: ['fixCode', 'checkInputForm'],
  },
  taskNotCreated: {
    category: 'robotTask',
    patterns: [
      /Create task error/i,
      /\b(?:project|process|flow|workflow)(?: [\w."'-]{1,60})? (?:(?:does not exist or )?is|was|has) not (?:been )?published(?=[.,;)]|\s{0,3}$)|(?:机器人|流程|工程|项目|应用)(?:流程|工程|项目)?(?:尚未|没有|未)发布(?=[\s，。：:；;()（）]|$)/i,
    ],
    remedies: ['checkRobotPublished', 'checkServiceUp'],
  },
} as const satisfies CauseEntries;
