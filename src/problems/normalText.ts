import { withoutColours } from '../base/colours.ts';

/** Longer ones are read from their beginning: what failed stands first, traces behind it. */
const mostRead = 2_000;
const mostKept = 300;

/** A step of the normal form: what is looked for, and what stands for it. `keep` sets a piece aside as it is. */
type Step = (text: string, keep: (piece: string) => string) => string;

/**
 * An error text without what differs from run to run: secrets, addresses, paths, times, amounts, ids. What tells errors
 * apart stays: selectors, codes, names. Two texts with one normal form are the same problem.
 *
 *     未找到元素：//div[@id="save"]/tr[17]，等待 30 秒   →   未找到元素://div[@id="save"]/tr[<n>],等待<n>秒
 */
export function normalText(text: string): string {
  const kept: string[] = [];
  // Signs that no text holds stand for what was set aside.
  const keep = (piece: string) => String.fromCharCode(firstPlace + kept.push(piece) - 1);
  const read = withoutColours(text.slice(0, mostRead)).replace(places, '');
  const folded = steps.reduce((now, step) => step(now, keep), read);
  const whole = folded.replace(places, (place) => kept[place.charCodeAt(0) - firstPlace] ?? '');
  return withoutBlanks(whole).slice(0, mostKept);
}

const firstPlace = 0xe000;
const places = /[\ue000-\uf8ff]/g;

const number = '<n>';
const codeWords =
  '(?:(?:err(?:or)?|status|ret(?:urn)?|res(?:ult|ponse)?|exit|sub|biz|reason)[_ ]?)?code|sqlcode|status(?: of)?|errno|error|http(?:\\/\\d\\.\\d)?|returned|ret|rc|signal|错误码|状态码|返回码|错误代码|代码|错误|返回值?|HTTP ?状态';

/** Behind a number: it counts something, and is no code. */
const counted =
  '(?![\\d.]*\\s{0,2}(?:ms|s|秒|分|of\\s|/\\s?\\d|[行条个笔次项张份封元%]|(?:row|line|record|item|file|order|page|entr)(?:s|y|ies)?\\b))(?!\\d*\\.\\d)';

const codeBehind = new RegExp(
  `((?<![A-Za-z])(?:${codeWords})["']?\\s{0,3}[:=(\\[#]?\\s{0,3}["']?)(-?\\d{1,9})${counted}`,
  'gi',
);

/** What COM answers as a number, what drivers and mail servers name first, states of SQL, messages of SAP. */
const codeOfSystem =
  /(?<=^\()-?\d{1,6}(?=, ?b?["'])|-21[34]\d{7}\b|(?<=\b(?:(?:Operational|Programming|Integrity|Internal|Data|NotSupported|Database|Interface|SMTP[A-Za-z]{1,30}|URL|OS|IO)Error|pywintypes\.error): \()-?\d{1,6}(?=,)|(?<=\bSQLSTATE[ =:[(]{1,2})[\dA-Z]{5}\b|(?<=\b[Mm]essage no\. )[A-Z\d]{2,20} ?\d{3}\b/g;

const steps: readonly Step[] = [
  unwrapped,
  // What services answer in JSON says most by its message, which is no value of it.
  (text) => text.replace(jsonMessage, '$1$3'),
  // The visible end of a mask differs with each secret.
  (text) => text.replace(/•{2,}[\w-]{0,8}/g, '<secret>'),
  // Fullwidth signs are the same ones, wider.
  (text) =>
    text
      .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/\uffe5/g, '¥')
      .replace(/[“”„]/g, '"')
      .replace(/[‘’]/g, "'")
      .replace(/\u3000/g, ' '),
  (text, keep) =>
    text.replace(/\b(?:https?|wss?|ftp):\/\/[^\s"'<>()\u3000-\u9fff,;]+/gi, (url) =>
      keep(normalUrl(url)),
    ),
  (text, keep) =>
    text.replace(path, (_, extension: string) => keep(`<path .${extension.toLowerCase()}>`)),
  (text, keep) => text.replace(selector, (found) => keep(normalSelector(found))),
  (text) => text.replace(/\b0x[\da-f]{9,16}\b|\b(?<=\bat (?:address )?)0x[\da-f]{6,8}\b/gi, '<id>'),
  (text, keep) => text.replace(/\b0x[\da-f]{1,8}\b/gi, (code) => keep(code.toLowerCase())),
  (text, keep) =>
    text.replace(/\b(?:ORA|TNS|PLS|DPY|DPI|SQLSTATE|SQL|ERR|WinError|MSB)[-_ \[]?\d{1,6}\b/g, keep),
  (text, keep) => text.replace(codeOfSystem, keep),
  (text, keep) =>
    text.replace(codeBehind, (_, before: string, code: string) => before + keep(code)),
  (text, keep) =>
    text.replace(/(?<=\berror \[?)[A-Z]{1,4}\d{2,6}\b|^E\d{3,5}(?=:)/gi, (code) => keep(code)),
  (text, keep) => text.replace(codeOfParts, keep).replace(plate, '<id>'),
  (text) => text.replace(/\b[a-z]{3}[\da-f]{8}@[a-z\d]{8,32}\b/g, '<id>'),
  (text) => text.replace(/\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi, '<id>'),
  (text) =>
    text.replace(
      /\b\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g,
      '<time>',
    ),
  (text) => text.replace(/\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/g, '<time>'),
  (text) => text.replace(namedTime, '<time>'),
  // The half of the day, and the day of the week beside a date.
  (text) =>
    text
      .replace(/(?:凌晨|早上|上午|中午|下午|晚上)\s?\d{1,2}[点时](?:\d{1,2}分|半|整)?/g, '<time>')
      .replace(/(?:凌晨|早上|上午|中午|下午|晚上)(?=\s?\d)|(?<=\d|<time>)\s?[AP]M\b/gi, '')
      .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ?(?=<time>)/g, ''),
  (text) =>
    text.includes('@')
      ? text.replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g, '<mail>')
      : text,
  (text) => text.replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<ip>'),
  (text) => text.replace(/\b(?=[\da-f]{0,39}\d)(?=[\da-f]{0,39}[a-f])[\da-f]{8,64}\b/gi, '<id>'),
  (text) => text.replace(runId, '<id>'),
  (text) => text.replace(/([「『《])([^「」『』《》\n]{1,200})([」』》])/g, '"$2"'),
  (text) =>
    text.replace(quotedText, (found, quote: string, inner: string, at: number, whole: string) => {
      const before = whole.slice(Math.max(0, at - mostBeside), at);
      const end = at + found.length;
      const isName = isOfNamed(before, whole.slice(end, end + mostBeside));
      return quote + normalQuoted(inner, isName) + quote;
    }),
  (text) =>
    text.replace(
      /\b(?:[\da-f]{2}[:-]){5}[\da-f]{2}\b|\b[\da-f]{1,4}(?::{1,2}[\da-f]{1,4}){2,7}\b/gi,
      '<ip>',
    ),
  (text) => text.replace(cell, '<cell>'),
  (text) => text.replace(loginName, '<v>'),
  (text) =>
    text.replace(personName, (name) => (noName.test(name) || places.test(name) ? name : '<v>')),
  // Of people, and of companies.
  (text) => text.replace(/\b(?:\d{17}[\dX]|[\dA-Z]{2}\d{6}[\dA-Z]{10})\b/gi, '<id>'),
  (text) => text.replace(mixedId, (id) => (turnsOf(id) >= leastTurns ? '<id>' : id)),
  (text, keep) => text.replace(/\b(?:UTF|ISO|GB|SHA|MD|AES|TLS|CP|COM)-\d{1,5}\b/g, keep),
  (text) => text.replace(/\b[A-Z]{1,8}-\d{2,12}\b/g, '<id>'),
  // A letter or two before its digits, or digits in groups: a number of an order, an invoice, a customer.
  (text) => text.replace(/\b[A-Za-z]{1,8}[-_#]?\d{3,}(?:[-_]\d{1,12}){0,4}\b/g, '<id>'),
  (text) => text.replace(/[¥$€£]?-?\d{1,20}(?:[,.:]\d{1,20}){0,8}%?/g, number),
  // Numbers in Chinese words: of rows and pages, and of amounts.
  (text) =>
    text
      .replace(/(?<=第)[零一二两三四五六七八九十百千]{1,8}(?=[行列页条个次步张项])/g, number)
      .replace(/[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,24}(?=[元圆])/g, number)
      .replace(/(?:<n> ){1,4}(?=<n> ?[€$¥£元])/g, '')
      .replace(/(?<=<n> ?)[KMGT]i?B\b/gi, 'B'),
  // A minute and a half is as long as ninety seconds.
  (text) =>
    text.replace(
      /(?:<n>\s?(?:小?时|分钟?|hours?|min(?:ute)?s?|[hm])\s?){1,2}(?=<n>\s?(?:分|秒|m|s))/g,
      '',
    ),
];

/** The message of an answer in JSON, and of one that Python wrote down. */
const jsonMessage =
  /((["'])(?:(?:err(?:or)?|ret|sub|result)?_?(?:msg|message|description)|err(?:or)?|reason|detail|错误信息|提示)\2\s{0,2}:\s{0,2})\2((?:(?!\2)[^\\\n]|\\.){1,500})\2/gi;

/** What services call a request by, whatever it is made of; a session by its digits, or words would be some. */
const runId =
  /(?<=(?:\b(?:request|trace|session|correlation|transaction)|请求|会话|链路|流水)[ _-]?id["']?\s{0,2}[:=]\s{0,2}["']?)[\w-]{4,64}|(?<=\bsession )(?=[\da-f]{0,63}\d)[\da-f]{6,64}\b/gi;
/** A cell of a sheet, or several. */
const cell =
  /(?<=(?:单元格|\b[Cc]ells?|\b[Rr]ange)[\s:"'(]{0,3})\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?(?![A-Za-z\d])/g;

/** An account by its name, told from a word by a digit or a line in it. */
const loginName =
  /(?<=(?:用户名?|账号|账户|\buser(?: ?name)?|\baccount|\blogin)[\s:=]{0,3})(?=[A-Za-z.-]{0,30}[\d_])[A-Za-z][\w.-]{1,40}/gi;

/** What looks like a license plate is none where it is said to be a code. */
const codeOfParts =
  /(?<=(?:\bcode|\berror|错误码|错误代码|状态码|代码)[\s:=#[]{0,3})[A-Z]{1,4}-\d{1,5}-[A-Z]{1,4}\b/gi;
/** Of Chinese vehicles by their province, of others by their form, else behind a word for it. */
const plate = new RegExp(
  [
    '(?:[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]|(?<![更刷重最全])新)[A-Z][ ·•・-]?(?=[A-Z]{0,5}\\d)[A-Z\\d]{4,6}[挂学警港澳]?(?![A-Za-z\\d])',
    '\\b[A-Z]{1,3}-\\d{1,4}-[A-Z]{1,3}\\b',
    '(?<=(?:车牌(?:号码?)?|\\b[Pp]late(?: number)?)[\\s:]{0,3})(?=[A-Z]{0,4}\\d)[A-Z\\d]{2,8}(?:[ -][A-Z\\d]{1,4})?\\b',
  ].join('|'),
  'g',
);

const persons = {
  zh: '客户|用户|会员|姓名|户名|联系人|经办人|申请人|审批人|负责人|操作员|操作人|收款人|付款人|收件人|发件人|员工|供应商|业务员|患者',
  en: '[Cc]ustomer|[Cc]lient|[Uu]ser|[Ff]ull name|[Cc]ontact|[Aa]pplicant|[Aa]pprover|[Ee]mployee|[Oo]perator|[Oo]wner|[Aa]ssignee|[Pp]ayee|[Pp]ayer|[Ss]upplier|[Vv]endor|[Rr]ecipient|[Ss]ender|[Pp]atient',
};
const longSurnames = '欧阳|上官|司马|诸葛|司徒|东方';
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
/**
 * Whose name stands behind a colon, and ends where it can be seen: a Chinese sentence goes on without a blank. Of people by
 * their family names, of companies by what these are called last; in Latin letters two words at least that begin as names do.
 */
const personName = new RegExp(
  `(?<=(?:${persons.zh}|\\b(?:${persons.en})): ?)(?:` +
    `(?:${longSurnames}|[${surnames}])[一-鿿]{1,2}(?![一-鿿])|` +
    '[一-鿿]{2,20}(?:公司|集团|银行|医院|大学|商行|工厂)(?![一-鿿])|' +
    "\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}.'-]*){1,3})",
  'gu',
);
/** What is said of somebody instead of his name. */
const noName =
  /[不未无没已]|错误|异常|失败|超时|权限|缺|\b(?:Not?|Access|Denied|Invalid|Unknown|Missing|Already|Permission|Account|Login|Session|Request|Failed|Error|Time|Internal|Bad|Is|Has|Was|Could|Can|Must|Password|Found|Locked|Disabled|Expired)\b/;

/** Letters and digits that take turns: no word, no name. */
const mixedId = /\b(?=[A-Za-z]{0,12}\d)[A-Za-z\d]{6,64}\b/g;
const leastTurns = 3;

function turnsOf(id: string): number {
  return (id.match(/[A-Za-z]\d|\d[A-Za-z]/g) ?? []).length;
}

/** What an engine puts around the words of a step, each release its own, says less than the step, which is told beside it. */
function unwrapped(text: string): string {
  let inner = text.trim();
  for (let layer = 0; layer < mostLayers; layer++) {
    const found = /^[A-Za-z][A-Za-z ]{2,60} failed\(([^]*\S[^]*)\)$/.exec(inner)?.[1];
    if (found === undefined) break;
    inner = found.trim();
  }
  return inner.replace(/^(?:Query task error|Task exec(?:ution)? failed): (?:-1-)?(?=\S)/, '');
}

/** A workflow in a workflow in a workflow. */
const mostLayers = 6;

/** Months and days by their names. */
const namedTime =
  /\b(?:\d{1,2} )?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|May(?= \d))\b(?: \d{1,2}(?:st|nd|rd|th)?\b(?!:))?(?:,? \d{4}\b)?|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:十[一二]?|[一二三四五六七八九])月(?:份|[一二三四五六七八九十]{1,3}[日号])?|(?:星期|周)[一二三四五六日天]/g;

/** Host and path stay, ids in it go, and so does what stands behind a question mark. */
function normalUrl(url: string): string {
  const [, host = '', way = ''] = /^(\w+:\/\/[^/?#]*)([^?#]*)/.exec(url) ?? [];
  const named = host.replace(/(?<=\/\/)[\d.]+(?::\d+)?$/, number);
  return (
    named +
    way.replace(/(?<=\/)[^/]*\d[^/]*(?=\/|$)/g, (part) =>
      /\d{3}|[\da-f]{8}|^\d+$/i.test(part) ? number : part,
    )
  );
}

const extensions =
  'xlsx?|xlsm|xls|csv|tsv|docx?|pptx?|pdf|txt|log|jsonl?|xml|html?|ya?ml|ini|png|jpe?g|gif|bmp|zip|rar|7z|exe|dll|bat|cmd|ps1|py|jar|db|sqlite|eml|msg|tmp|dat|cfg|conf';
/** What a folder or a file may be called: some blanks in the one, one in the other, or the sentence would go on in it. */
const inName = '[^\\s"\'<>|*?:\\\\/\\ue000-\\uf8ff]';
const folders = `(?:${inName}{1,80}(?: ${inName}{1,80}){0,2}[\\\\/]{1,2}){0,24}`;
/** It ends at a known extension: a Chinese sentence goes on without a blank. `//` begins an XPath. */
const path = new RegExp(
  `(?:\\b[A-Za-z]:[\\\\/]{1,2}|\\\\{2,4}|(?<![\\w/*.\\])])~?/(?!/))${folders}(?:${inName}{1,120} )??${inName}{1,120}?\\.(${extensions})(?![\\w.])`,
  'gi',
);

/** `//div[@id="save"]/tr[17]`, `#btnSave`, `.login > button`, `[name="q"]`, `<wnd title='…' />`; up to a blank or a Chinese sign. */
const selector =
  /\/\/[\w*@.]+(?:\[[^\]\n]{1,120}\]|[\w/*@.:()-])*|(?<![\w&])#[A-Za-z_][\w-]*(?:\.[\w-]+|\[[^\]\n]{1,80}\]|:[a-z-]+(?:\(\d+\))?)*|(?<![\w.])\.[A-Za-z_][\w-]*(?:\.[\w-]+|#[\w-]+)*(?![\w(])|\[[\w-]+[*^$|~]?=[^\]\n]{1,120}\]|<[a-z]{2,8} [^<>\n]{1,300}\/?>/g;

/** Rows of a table and generated ids differ, the rest tells elements apart. */
function normalSelector(found: string): string {
  return found
    .replace(/\[\d+\]/g, `[${number}]`)
    .replace(/:nth-[a-z-]+\(\d+\)|\(\d+\)/g, (part) => part.replace(/\d+/, number))
    .replace(/\d{4,}/g, number);
}

const quotedText = /(["'`])([^"'`\n]{1,200})\1/g;
const namedThings = {
  zh: '字段|列名?|参数|变量|键|属性|表头|按钮|菜单项?|控件|元素|窗口|对话框|选项卡|标签页?|标题|[单复]选框|下拉框|输入框|文本框|链接|图[标像片]|定位器|选择器|页面|工作表|(?:子|工作)?流程|接口',
  en: '(?:title|column|field|key|parameter|property|attribute|argument|variable|button|window|menu|dialog|tab|element|control|checkbox|link|icon|image|locator|selector|page|(?:work)?sheet|table|workflow|flow)s?',
};
/** What is done to something on the screen. */
const acts = {
  zh: '点击|单击|双击|右击|按下|悬停',
  en: '(?:click|press|tap|hover)(?: (?:on|over))?',
};
/** What somebody said is what it is about, too. */
const said = {
  zh: '返回|提示|报错|弹窗|(?:错误|异常)?(?:信息|消息)',
  en: '(?:says?|said|(?:error )?message|alert text|reason)',
};
/** How Playwright, Selenium, pywinauto and uiautomation say what they look for. */
const lookedFor = [
  '\\bget_?by_?(?:text|label|placeholder|title|alt_?text|test_?id)\\(',
  '\\bhas_?text(?:=|: )',
  '["\'], (?:name=|\\{ name: )',
  "'(?:title|best_match|auto_id|class_name)': ",
  '"selector": ?',
  '\\{Name: ',
].join('|');
const named = new RegExp(
  `(?:KeyError|${namedThings.zh}|\\b${namedThings.en}(?: named)?|${said.zh}|\\b${said.en})[\\s:(\\[]{0,3}$|(?:${acts.zh}|\\b${acts.en})\\s{0,2}$|(?:${lookedFor})$`,
  'i',
);
const ofNamed = new RegExp(`^\\s?的?(?:${namedThings.zh}|${namedThings.en}\\b)`, 'i');
/** As far as the longest of these reaches. */
const mostBeside = 24;

/** Whether what stands between two texts is a name by what they say. */
function isOfNamed(before: string, after: string): boolean {
  return named.test(before) || ofNamed.test(after);
}

/** A name is what it is about, but for numbers in it, which go later; anything else is a value. */
function normalQuoted(inner: string, isName: boolean): string {
  if (isName) return inner;
  if (places.test(inner)) {
    places.lastIndex = 0;
    return inner;
  }
  return /^[A-Za-z_$][\w$.-]{0,60}$/.test(inner) && !/\d{3}/.test(inner) ? inner : '<v>';
}

/** Between Chinese signs, and between them and others, blanks are a matter of taste. */
function withoutBlanks(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\u3000-\u9fff]) | (?=[\u3000-\u9fff])/g, '')
    .replace(/(?<=[:,;]) (?=[/#<\u3000-\u9fff])/g, '')
    .trim();
}
