/** What has names of its own in a business: a quoted text behind it is one. */
const things = {
  zh: '客户|供应商|用户|会员|员工|部门|公司|商品|产品|物料|合同|协议|发票|凭证|项目|课程|会议|活动|歌曲|图书|书籍|文章|文档|档案|邮件|报告|报表|(?<![简菜表])单',
  en: 'customer|vendor|supplier|user|employee|department|company|product|item|material|contract|order|invoice|ticket|project|course|meeting|event|song|album|book|article|movie|report|letter|e?-?mail',
};
/** What the flow itself consists of: a state of it tells, its name does not. */
const steps = { zh: '任务|流程|步骤|节点|机器人', en: 'task|step|workflow|flow|node' };
/** A title by itself. That of a window or a page is what the robot saw. */
const titles = {
  zh: '(?<!弹窗|弹框|窗口|窗体|对话框|提示|提示框|页面|网页|错误|异常|报错)(?:标题|主题|名称|名字|[昵别]称|[店书片歌品]名)',
  en: '(?<!\\b(?:window|dialog|page|tab|alert|pop-?up|error|exception|problem) )\\b(?:title|subject|name)',
};
const before = [
  `(?:${things.zh})(?:名称?|标题|主题|编号|状态)?(?: ?\\d{1,12} ?)?(?:[为是]|(?<=[称名题态])[:：])?\\s?`,
  `(?:${steps.zh})(?:名称?|标题)?[为是]?\\s?`,
  `${titles.zh}(?:[为是:：]|包含)?\\s?`,
  `\\b(?:${things.en})s?(?: (?:name|title|subject|status|state))?(?::|(?: #?\\d{1,12})?(?: (?:is|of|from|for|named|called|titled))?) `,
  `\\b(?:${steps.en})s?(?: (?:name|title))?(?: (?:named|called|titled))? `,
  '名[为叫]\\s?',
  // What people say is what a run is about.
  '(?:客户|顾客|买家|会员|读者|患者|家长|学员)(?:说|写道|反馈|留言|来信|投诉|评价|评论|咨询)(?:[了道说])?[:：,，]?\\s?',
  '\\b(?:customer|client|buyer|guest|patient|reader|student)s? (?:wrote|writes|said|says|asked|asks|complain(?:ed|s)|comment(?:ed|s))(?: that)?[:,]? ',
  `${titles.en}s? (?:is )?`,
  '(?:(?<![队序系阵])列(?!表)|单元格)[^\\n]{0,20}(?:值|内容|包含|含有)[为是]?\\s?',
  '\\b(?:column|cell)\\b[^\\n]{0,40}\\b(?:contains|holds|has(?: the)? value) ',
].join('|');
/** A straight quote within a word ends no name. */
const quoted =
  '“[^”\\n]{1,80}”|「[^」\\n]{1,80}」|『[^』\\n]{1,80}』|【[^】\\n]{1,80}】|‘[^’\\n]{1,80}’|"[^"\\n]{1,80}"|\'[^\'\\n]{1,80}\'(?!\\w)';
const aQuoted = new RegExp(quoted, 'g');
/** One name, or several. */
const named = new RegExp(
  `(${before})((?:${quoted})(?:(?:[、和与及]|,| and| or) ?(?:${quoted})){0,8})`,
  'gi',
);

/** What stands before what was said, shown, looked for or done: any other word may be a noun. */
const saying = {
  zh: '[报示到出现回知了的在着时后因为是说称含有和与或及用]|错误|异常|错|消息|信息|内容|发生|反馈|捕获|触发|原因|结果|状态|代码|日志|响应|回应|回复|警告|告警|窗口|窗体|弹窗|弹框|对话框|页面|网页|文本|文字|标题|由于|导致|等待|点击|打开|启动|执行|调用|运行|按钮|元素|控件|选择器',
  en: 'errors?|messages?|msg|exceptions?|faults?|failures?|alerts?|responses?|reply|answer|status|state|codes?|reasons?|causes?|details?|results?|output|stderr|stdout|logs?|text|string|words?|value|type|body|description|prompt|dialog|window|pop-?up|page|banner|toast|title|notice|said|says|returns?|reports|reads|states|shown?|shows|displays|got|gets|receives?|raises?|threw|throws?|thrown|gave|gives?|tells?|told|caught|hit|saw|see|sent|found|find|fails?|with|by|as|to|via|is|was|are|were|be|like|due|from|for|in|on|at|of|and|or|but|then|than|not|because|the|an?|this|that|contains?|elements?|button|control|selector|locator|image|host',
};
/** … and what behind it. */
const said = {
  zh: '的?(?:错误|异常|提示|消息|警告|告警|弹窗|对话框|窗口|状态|限制)|等(?!待)|后|时|而|并|且|请|导致',
  en: '(?:errors?|messages?|exceptions?|occurred|responses?|status|while|when|after|before|from|for|on|in|at|by|to|of|with|during|and|or|but|because|dialog|window|pop-?up|button|element|page)\\b',
};
/** Words and nothing else: what has other signs in it may be what is looked for. */
const words = "(?:[a-z]+(?:[ '-][a-z]+){1,8}|[\\u4e00-\\u9fff]{3,40})";
/** Words between a noun and what is said of it: `规则“余额不足不付款”命中 2 笔`, `The exhibit "Disk Full" was returned`. */
const spokenOf = new RegExp(
  [
    `(?=[“"「【])(?<=[\\u4e00-\\u9fff] ?(?<!(?:${saying.zh}) ?))(?:“${words}”|"${words}"|「${words}」|【${words}】)(?= ?(?!${said.zh})[\\u4e00-\\u9fff])`,
    `(?=[“"'])(?<=[a-z] (?<!\\b(?:${saying.en}) |(?:ed|ing) ))(?:“${words}”|"${words}"|'${words}')(?= (?!${said.en})[a-z])`,
  ].join('|'),
  'gi',
);
/** What a mail is about that answers another one, or hands it on. */
const mailSubject =
  /(?<=(?:邮件(?:标题|主题)|\bsubject)[:：] ?)(?:Re|Fwd?|回复|答复|转发)[:：][^\n]{1,200}/gi;
/** The title of a work, whatever stands before it. */
const works = /《[^》\n]{1,80}》/g;
const anyQuote = /["'“‘「『【《]/;

/**
 * A text without the names in quotes: `客户“连接失败乐队”` and `Song "Too Many Requests"` only read like errors. What
 * somebody said stays: `接口返回“余额不足”`.
 */
export function withoutNames(text: string): string {
  const read = text.replace(mailSubject, 'x');
  if (!anyQuote.test(read)) return read;
  return read
    .replace(named, (_, noun: string, found: string) => noun + found.replace(aQuoted, hidden))
    .replace(spokenOf, hidden)
    .replace(works, hidden);
}

/** Quotes without what stood in them. */
function hidden(name: string): string {
  return `${name.slice(0, 1)}x${name.slice(-1)}`;
}
