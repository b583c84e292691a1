import type { CauseEntries } from './causeEntry.ts';
import { httpStatus } from './httpStatus.ts';
import { near } from './near.ts';

/** Settings of a request to a language model. */
const setting =
  /\b(?:max_tokens|max_completion_tokens|max_new_tokens|temperature|top_[pk]|response_format|enable_thinking|(?:frequency|presence|repetition)_penalty|tool_choice|parallel_tool_calls|reasoning_effort|thinking_budget)\b/;

/** What language models and whoever sells them answer. */
export const modelCauses = {
  contextTooLong: {
    category: 'model',
    patterns: [
      /maximum context length|context[_ ]length[_ ]exceeded|context window|(?:prompt|input|request|message)s?\b[^\n]{0,12}\b(?:(?:is|are) )?too long|\btokens?[ _]too[ _]long|\btoken counts? exceeds? (?:the )?limit|range of input length|reduce the length of (?:the|your) (?:messages|prompt|input)|max(?:imum)? input (?:characters|length|tokens)|\binput tokens exceed(?:s|ed)? the (?:configured )?limit|\btokens?\b[^\n]{0,40}\bexceed(?:s|ed)? (?:the )?max(?:imum)?(?= message| input|[.)\s]{0,3}$)/i,
      /\binputs?\b[^\n]{0,6} ?tokens \+ [^\n]{0,6}\bmax_(?:new_)?tokens\b[^\n]{0,6} must be/i,
      /\b(?:tokens?|input|prompt|messages?|request)\b[^\n]{0,60}\bexceed(?:s|ed)?\b[^\n]{0,30}\b(?:maximum number|max(?:imum)? (?:allowed )?(?:length|size|tokens)|max length|context|token limit|model(?:'s)? (?:token |input )?limit)/i,
      /超[出过][^\n]{0,8}最大(?:输入|文本|上下文)?长度|上下文[^\n]{0,6}(?:超|过长)|(?:输入|文本|Prompt|提示词)[^\n]{0,4}(?:过长|超长|超过[^\n]{0,10}(?:长度|限制))|\btoken ?数?量?[^\n]{0,4}(?:超过|超出|超限)/i,
    ],
    remedies: ['shortenInput'],
  },
  modelParameter: {
    category: 'model',
    patterns: [
      near(
        setting,
        /must be|should be|exceeds|is too (?:large|high|small|low)|(?:is )?not (?:supported|permitted|allowed)|not one of the allowed|does not support|out of range|invalid|unsupported|unrecognized|unknown|between|less than|greater than|supplied|参数非法|非法|不合法|不支持|超出[^\n]{0,4}范围|取值/,
        60,
      ),
      /to use ['"`]?response_format|\bmodel\b[^\n]{0,30}\bdoes(?: not|n'?t) support|does(?: not|n'?t) support (?:image|tool|function|vision|audio)[^\n]{0,10}(?:input|call|use)|模型[^\n]{0,8}不支持/i,
    ],
    remedies: ['checkModelParameters'],
  },
  modelNotFound: {
    category: 'model',
    patterns: [
      /\bmodels?\b(?! of)[^\n]{0,80}(?:does(?: not|n'?t) exist|not (?:be )?(?:found|exist)|is not available|has been (?:deprecated|retired|decommissioned))|model_not_found|not_found_error[^\n]{0,20}\bmodel\b|no such model|no model named|unknown model|invalid model\b|not found the model|Model(?:NotFound|NotExist)|DeploymentNotFound|no endpoints found for/i,
      /模型[^\n]{0,20}(?:不存在|未找到|已下线|已停用|无效)|(?:找不到|未找到|不存在)(?:该|此|指定|对应)?的?模型|未知的?模型|模型名称?(?:错误|有误|不正确)/,
    ],
    remedies: ['checkModel'],
  },
  contentRefused: {
    category: 'contentAudit',
    patterns: [
      /content[_ ](?:filter|management[_ ]policy|policy[_ ]violation|exists[_ ]risk|moderation)|data_?inspection_?failed|inappropriate content|sensitive (?:chat )?messages|sensitive[ _]check|sensitive (?:content|words?|information)[^\n]{0,30}(?:detected|found|refus|reject|block)|contains? sensitive|SensitiveContent|ResponsibleAIPolicy|PROHIBITED_CONTENT|block_?reason|\bprompt_blocked\b|finish_?reason\W{1,4}(?:SAFETY|content_filter|RECITATION|BLOCKLIST)\b|considered high risk|\bsuspected of (?:violat|illegal)|(?:rejected|blocked|flagged)[^\n]{0,40}\b(?:safety|moderation)/i,
      /(?:内容|输入|输出|文本)[^\n]{0,8}(?:审核(?:未通过|不通过|失败)|未通过[^\n]{0,4}审核|违规|不合规|安全风险)|(?:包含|含有|涉及|命中)[^\n]{0,12}敏感|敏感(?:词|内容|信息)[^\n]{0,6}(?:拦截|命中|审核(?:不|未)通过)|触发[^\n]{0,4}(?:风控|审核|安全策略)|内容安全[^\n]{0,6}(?:不通过|未通过|失败|拦截)|认为是高风险|违禁词|违反[^\n]{0,4}内容(?:安全|规范|政策|策略)|因违规|违规(?:内容|信息|词)|不当内容/,
    ],
    remedies: ['rewordContent'],
  },
  balanceEmpty: {
    category: 'quota',
    patterns: [
      httpStatus('402', 'payment required|insufficient'),
      /not[_ ]enough[_ ]balance|your plan and billing|insufficient[_ ](?:account[_ ])?(?:balance|funds|credits?|quota)|exceeded your current quota|payment required|(?:out|run out) of credits|(?:balance|credits?)[^\n]{0,20}(?:(?:is|are) (?:too low|insufficient|empty|not enough)|exhausted)|billing[_ ](?:hard[_ ]limit|not[_ ]active)|account[^\n]{0,20}(?:in arrears|overdue)|Arrearage|FreeTierOnly|free (?:tier|quota)[^\n]{0,40}(?:exhausted|used up)/i,
      /(?<!(?:转账|付款|支付|扣款|提现)[^\n]{0,8})余额(?:不足(?!时|以(?:支付|付款|抵扣|还款)|的?(?:客户|会员|提醒|通知))|已用完|为零|为 ?0[，,]无法调用)|(?<!客户|会员|供应商)套餐已?(?:用完|用尽|到期|过期)|欠费|(?<!信用|授信|信贷|贷款|预算|报销|采购|审批|客户|会员|供应商)额度(?:不足|已用完|已用尽|已耗尽)|(?:授权|免费|调用)(?:用量|额度)[^\n]{0,4}(?:不足|用完|用尽)|(?:次数|点数|积分|字符数|资源包|流量包)[^\n]{0,4}(?:用完|用尽|耗尽|不足)|请[^\n]{0,6}(?:续费|充值)/,
    ],
    remedies: ['topUpBalance'],
  },
  tooManyRequests: {
    category: 'quota',
    patterns: [
      httpStatus('429', 'too many requests|rate limit|resource exhausted|请求'),
      /too many requests|\b[RT]P[MD] limit (?:reached|exceeded)|rate[_ -]?limit(?:ed|[_ ](?:exceeded|reached|error))|rate limit (?:reached|has been exceeded)|(?:hit|reached|exceeded) (?:\w{1,12} ){0,3}rate limit|too many concurrent|experiencing a rate limit|slow down your requests|RESOURCE_?EXHAUSTED|\bapi freq(?:uency)? out of limit|Throttl(?:ing|ed)|(?<!disk )quota (?:is |was |has been )?(?:exceeded|exhausted|used up)|exceed\w{0,4}[^\n]{0,20}quota|concurrency limit|\blimit_(?:requests|burst_rate)\b|\blicc limit\b|\breach(?:ed)? (?:the )?max[^\n]{0,30}\bquota|max(?:imum)?[^\n]{0,20}\bconcurrency|(?:tokens|requests) per (?:second|minute|min|day)\b[^\n]{0,20}(?:limit|exceed)|QpsOverFlow/i,
      /\bQPS\b|负载已饱和|(?:超出|超过|用完)[^\n]{0,6}配额|配额[^\n]{0,6}(?:不足|用完|超)|速率[^\n]{0,4}(?:超限|超过|上限)|(?:达到|超[过出])[^\n]{0,6}(?:速率|频率)(?:限制|上限)|限流(?![阀器管])|流控[^\n]{0,4}超限|超过?流控|(?:超过|超出|达到)[^\n]{0,6}并发|并发[^\n]{0,4}限制|(?:请求|调用|访问)[^\n]{0,4}(?:过于|太)频繁|(?:请求|调用|访问)(?:速度)?过快|(?:请求|调用)量[^\n]{0,2}(?:过[高大多]|超限)|频率[^\n]{0,4}(?:过高|超限|上限|超[过出]限制)|触发[^\n]{0,4}(?:流量控制|流控)|并发[^\n]{0,6}(?:超限|超过|已满|过高|上限)|(?:调用|请求|访问)次数[^\n]{0,6}(?:超|上限)|(?:接口|API)(?:调用|请求|访问)超[过出](?:限[额制]|上限)/,
    ],
    remedies: ['slowDown', 'raiseQuota'],
  },
} as const satisfies CauseEntries;
