/** What has names of its own in a business, and may say of a name that it is one. */
const things = {
  zh: '客户|供应商|用户|会员|员工|部门|公司|商品|产品|物料|合同|协议|发票|凭证|项目|课程|会议|活动|歌曲|图书|书籍|文章|文档|档案|邮件|报告|报表|学校|医院|(?<![简菜表])单',
  en: 'customer|vendor|supplier|user|employee|department|company|product|item|material|contract|order|invoice|ticket|project|course|meeting|event|song|album|book|article|movie|report|letter|e?-?mail',
};
/** What the flow itself consists of: a state of it tells, its name does not. */
const steps = { zh: '任务|流程|步骤|节点|机器人', en: 'task|step|workflow|flow|node' };
/** A title by itself. That of a window or a page is what the robot saw. */
const titles = {
  zh: '(?<!弹窗|弹框|窗口|窗体|对话框|提示|提示框|页面|网页|错误|异常|报错)(?:标题|主题|名称|名字)',
  en: '(?<!\\b(?:window|dialog|page|tab|alert|pop-?up|error|exception|problem) )\\b(?:title|subject|name)',
};

const before = [
  `(?:${things.zh})(?:名称?|标题|主题|编号|状态)?(?: ?\\d{1,12} ?)?(?:[为是]|(?<=[称名题态])[:：])?\\s?`,
  `(?:${steps.zh})(?:名称?|标题)?[为是]?\\s?`,
  `${titles.zh}(?:[为是:：]|包含)?\\s?`,
  `\\b(?:${things.en})s?(?: (?:name|title|subject|status|state))?(?: #?\\d{1,12})?(?: (?:is|of|from|for|named|called|titled)|:)? `,
  `\\b(?:${steps.en})s?(?: (?:name|title))?(?: (?:named|called|titled))? `,
  `${titles.en}s? (?:is )?`,
].join('|');
/** A straight quote within a word ends no name. */
const quoted =
  '“[^”\\n]{1,80}”|「[^」\\n]{1,80}」|『[^』\\n]{1,80}』|【[^】\\n]{1,80}】|‘[^’\\n]{1,80}’|"[^"\\n]{1,80}"|\'[^\'\\n]{1,80}\'(?!\\w)';

const names = new RegExp(`(${before})(${quoted})`, 'gi');
/** These are the title of something, whatever stands before them. */
const works = /《[^》\n]{1,80}》/g;
const anyQuote = /["'“‘「『【《]/;

/**
 * A text without the names in quotes: `客户“连接失败乐队”` and `Song "Too Many Requests"` only read like errors. What
 * somebody said stays: `接口返回“余额不足”`.
 */
export function withoutNames(text: string): string {
  if (!anyQuote.test(text)) return text;
  return text
    .replace(
      names,
      (_, telling: string, name: string) => `${telling}${name.slice(0, 1)}x${name.slice(-1)}`,
    )
    .replace(works, '《x》');
}
