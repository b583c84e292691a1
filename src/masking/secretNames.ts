import { anyOf } from './anyOf.ts';
import { foldText, oddSign } from './foldedText.ts';
import { HintSieve } from './hintSieve.ts';
import type { PartsJudge } from './reading.ts';

const listed = (text: string) => text.split(' ');

/** Every beginning with every ending. */
const each = (beginnings: string, endings: string) =>
  listed(beginnings).flatMap((beginning) => listed(endings).map((ending) => beginning + ending));

/** Words that make a name secret wherever they stand in it, written without separators. */
const secretWords = [
  ...listed('password passwd passphrase userpwd dbpwd loginpwd secret authorization cookie'),
  ...listed('credential bearer jwt keymaterial jsessionid phpsessid aspsessionid keypass mnemonic'),
  ...listed('samlresponse seedphrase captcha totpseed otpseed requirepass masterauth pwdrsyst'),
  ...each(
    'api app access private signing encryption client session master shared account subscription ssh auth hmac license crypt aes rsa webhook storage secret sign des desde token product serial sec pass',
    'key',
  ),
  ...each(
    'pass recovery backup verification verify sms auth access mfa otp fa unlock pairing onetime security login activation signin',
    'code',
  ),
  ...each('access auth refresh session id api', 'token'),
  ...each('phone mobile', 'number'),
  ...each('idcard bankcard', 'no number'),
  ...each('密 秘 私', '钥 鑰'),
  ...each('账 帐 賬 帳 卡 短信 动态 序列号', '密'),
  ...each('登录 登入 访问 临时 身份 认证 安全', '凭证 憑證'),
  ...each(
    '密 pin 验证 驗證 鉴权 鑑權 动态 授权 授權 安全 激活 短信 登录 登入 兑换 付款 取款 提取 注册 恢复 备用 通行 访问 訪問 存取',
    '码 碼',
  ),
  ...listed(
    '口令 密匙 金鑰 令牌 權杖 权杖 鉴权信息 鑑權資訊 手机号 手機號 身份证号 身分證號 银行卡号',
  ),
  ...listed('助记词 通关密语 通關密語 加密因子'),
  // Of other languages, as their letters look when they are folded.
  ...listed('passwort kennwort motdepasse contrasena senha wachtwoord lozinka パスワード 暗証番号'),
  ...listed('비밀번호 암호 пароль пapoль'),
];

/** Names that are secret as a whole, or with this word at their end. */
const secretLastWords = [
  ...['pwd', 'token', 'auth', 'phone', 'mobile', 'authentication', 'passwords', 'pwds'],
  ...['apikeys', 'pswd', 'pword', 'phones', 'mobiles', 'cred', 'creds'],
];
/** The same, but `bypass` and `compass` are words of their own. */
const secretLastWordsAlone = new Set(['pass', 'pw', 'psw', 'otp', 'totp', 'cvv']);
/** What stands before `pass` where it is a result and no word to pass with. */
const passOfTests =
  /^(?:is|was|has|all|any|test|tests|case|check|checks|qc|qa|first|second|third|last|single|multi|one|two|low|high|band|render|by|boarding|not|did|can|to|auto|no|num|count|total|rate|per|visa|ski|season|mountain)$/;
/** What stands before `pw` where both are written in one word: `dbpw`. */
const beforePw =
  'db|bind|user|login|mail|ftp|ssh|admin|txt|str|my|old|new|sap|erp|app|root|sql|vpn|wifi|proxy';
const joinedPw = new RegExp(`^(?:${beforePw})pw$`);
/** Written in one word: `ftppass`, `userpass`. */
const joinedPass =
  /^(?:user|db|login|store|ftp|sftp|ssh|smtp|imap|pop3?|mail|email|root|admin|mysql|pg|sql|redis|mongo|vault|sudo|key|trust|wifi|proxy|http|ldap|vnc|rdp|app|my|old|new|auth|cert|jks|pfx|p12|zip|oracle|sap|erp|crm|robot|client|server|host|account|acct|web|net|win|os|become|remote)pass$/;
/** `appSec`, `corp_sec`; `appSecurity` and `timeout_sec` are none. */
const secOfApp =
  /(?:^| )(?:[a-z]{0,8}app|client|corp|agent|api) ?secs?(?: (?:prod|test|dev|uat|pre|staging|online|new|old|bak|\d{1,2}))?$/;
/** Names that are secret only as a whole. */
const secretWhole = new Set([
  ...['ak', 'sk', 'pw', 'pass', 'otp', 'pin', 'pincode', 'cvv', 'tel', 'telephone'],
  ...['psw', 'psk', 'mima', 'checkword', 'passe', 'pwdhex', 'totp', '手机', '电话', '联系电话'],
  ...['idcard', 'bankcard', 'cardno', 'cardnumber', 'creditcard', '身份证', '银行卡'],
]);
/** A word behind a secret one that says nothing of its own: `tokenValue`, `password_text`. */
const emptyLastWords = new Set([
  'value',
  'val',
  'text',
  'txt',
  'str',
  'string',
  'plain',
  'raw',
  '变量',
  '参数',
  '字段',
  '值',
  '内容',
]);

/**
 * Names that hold a secret only where the value looks generated: `sign in` and `tokens: 512` are ordinary.
 * `session_id` and `sid` are missing on purpose: they are ids of the services' own.
 */
const secretIfMade =
  /^(?:(?:[a-z\d]{1,20} ){0,4}sign(?:ature)?|(?:[a-z]{1,12} ){0,2}(?:salt|seed)|pat|sas|csrf|xsrf|(?:[a-z]{1,8} ){0,2}headers?|(?:[a-z]{2,12} ){0,3}tokens|(?:[a-z]{1,12} ){0,3}(?:token|key|secret|credential) id|webhook(?: url| uri| address)?|.{0,12}(?:凭证|凭据|憑據|憑證)(?:信息|資訊)?|鉴权|鑑權|(?!.{0,4}发票).{0,12}校验码)$/;
/** Any key but those by which rows, texts and buttons are found. */
const someKey = /(?:^|[a-z\d]{1,20} )[a-z\d]{1,20} ?keys?$/;
const ordinaryKey =
  /(?:public|pub|primary|prim|foreign|fk|pk|sort|order|partition|cache|hot|short|index|idx|row|group|unique|natural|surrogate|business|biz|object|obj|s3|file|message|msg|map|dict|json|i18n|locale|lang|translation|registry|reg|react|item|list|menu|tab|column|field|form|data|state|store|param|prop(?:erty)?|config|setting|feature|flag|enum|node|run|tree|flow|event|action|error|label|title|name|type|lookup|join|search|sorting|range|hash|shard|topic|record|redis|kafka|dedupe?|idempotency|mon|tur|don|jo|hoc|whis|key|arrow|enter|shift|ctrl|alt|esc|press|pressed|cmd|any|home|end|function|hotkeys?|modifier) ?keys?$/;
/** The cookie of a web framework, written in one word; `sessionId` and `session_id` are names of ids. */
const cookieOfSession = /^(?:sess(?:ion)?id|SESS(?:ION)?ID|SESSION)$/;

/** A name that speaks about a secret and doesn't hold one: `token_type`, `passwordPolicy`, `secret_name`. */
const aboutWords = new Set([
  ...listed('type name id url uri at in expires expiry expire expiration enabled required policy'),
  ...listed('length len count field path visible ttl error status valid strength algorithm'),
  ...listed('version format placeholder label title desc description endpoint scope file limit'),
  ...listed('usage selector input box button page element xpath locator ref validator recognition'),
  ...listed('image img consent notice banner domain found loaded missing expired changed rotated'),
  ...listed('attempts retries days age size bits timeout provider mode column row index dialog'),
]);
/** The same in Chinese: 密钥长度, 验证码图片大小, and the cipher text on an invoice, 密码区. */
const aboutEnding =
  /(?:长度|类型|类别|数量|[个位轮次牌]数|强度|等级|策略|规则|格式|算法|版本|有效期|[时期]间|日期|文件(?:名|路径|不存在)?|路径|目录|图[片像]|截图|名称|用途|状态|序号|大小|耗时|使用量|用量|容量|型号|地址|位置|来源|方式|模式|管理|区)$/;
/** Before `pin`, which is of a chip or a map as well. */
const beforePin =
  /^(?:card|user|sim|atm|bank|debit|credit|phone|device|token|login|account|unlock|security|ukey|usb|smart|my|your|new|old)$/;

/** A token of a language model is counted, not kept: `max_tokens`, `first_token`; a page's is no secret either. */
const countedTokens =
  /(?:max|min|total|prompt|completion|question|count|limit|input|output|reasoning|cached|first|last|per|page|next|stop|eos|bos|pad|unk|new|num|used|special|cost)token$/;

const secretWord = new RegExp(anyOf(secretWords));
/** 对账密集, 记账密度: the end of one word and the beginning of another. */
const notSecretWord = /secretar|cookiecutter|nonsecret|[账帐賬帳]密[集度切封布]/;
const beyondLatin = /[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** What a name says about what stands under it. */
export type NameKind = 'secret' | 'secretIfMade' | 'ordinary';

/** Tells secret names. */
export interface NameJudge {
  isSecret(name: string): boolean;
  kindOf(name: string): NameKind;
  /** Whether a text holds what every secret name holds. */
  mayName(text: string): boolean;
  /** What else is secret by what stands beside it, for rules that look for it. */
  readonly furtherParts: PartsJudge | undefined;
  /** How each of them begins, up to three signs. */
  readonly beginnings: readonly string[];
  /** The next of them in a text that begins at or behind `from`, and before `to`; null where there is none. */
  nextHint(text: string, from: number, to?: number): Hint | null;
}

/** A part of a text that each secret name holds. */
export interface Hint {
  readonly start: number;
  readonly end: number;
}

const codes = [
  ...['verify', 'verification', 'sms', 'access', 'mfa', 'otp', 'recovery', 'backup'],
  ...['2fa', 'unlock', 'pairing', 'time', 'security', 'login', 'activation', 'sign-in'],
];
/**
 * Every secret name holds one of these, or is a key of a query that is secret there. Looked for first, because
 * they are rare and a regular expression finds them without leaving native code.
 */
const hintWords = [
  ...listed('pass pwd psw psk pword secret token key auth cookie cred bearer jwt phone mobile'),
  ...listed(
    'sessid sessionid csrf xsrf captcha seed mnemonic mima checkword salt webhook mlresponse',
  ),
  ...listed('kennwort contrase senha wachtwoord lozinka motdepasse x-amz-signature'),
  ...listed('x-amz-credential'),
  ...codes.flatMap((word) => ['', '-', '_', ' '].map((sign) => `${word}${sign}code`)),
  ...['id', 'bank', 'credit'].flatMap((word) =>
    ['', '-', '_', ' '].map((sign) => `${word}${sign}card`),
  ),
  ...['cardno', 'card_no', 'cardnumber', 'card_number'],
  // Those of other scripts are as rare where they stand as a whole.
  ...secretWords.filter((word) => beyondLatin.test(word)),
  ...listed('动态口令 指令 凭证 憑證 凭据 憑據 鉴权 鑑權 手机 手機 电话 身份证 身分證 银行卡'),
  ...listed('校验码 验码'),
];
const anyHint = [
  anyOf(hintWords),
  String.raw`\b(?:${anyOf(['ak', 'sk', 'pat', 'sas', 'pincode', 'tel'])}\b|SESSION(?==))`,
  // `smtp_pw`, `dbPw`, `card_pin`: begun by a letter, for a place is passed by it and not by what must stand before.
  String.raw`p(?<=(?:\b|_|${beforePw})p)w(?![a-z])`,
  String.raw`\b(?:otp|totp|cvv)\b|_(?:otp|totp|cvv)\b|pin(?![a-z])`,
  String.raw`\b(?:sign(?:ature)?|headers?)\b|_(?:sign(?:ature)?|headers?)\b`,
  '[?&](?:sig|sign|signature|code|p)(?==)',
  String.raw`sec(?<=(?:app|client|corp|agent|api)[-_]?sec)(?![a-z])`,
  // A name that is drawn out.
  String.raw`密[ \u3000]{1,4}[码钥匙鑰]|口[ \u3000]{1,4}令|令[ \u3000]{1,4}牌|验[ \u3000]{1,4}证[ \u3000]{1,4}码|授[ \u3000]{1,4}权[ \u3000]{1,4}码`,
  String.raw`\bp[ .]a[ .]s[ .]s(?:[ .]?w[ .]?o?[ .]?r?[ .]?d)?\b|\bp[@4a]ss(?:w[o0]rd)?\b|\/p(?=\s{0,2}[:：=])`,
].join('|');
/** How each of them begins, so that a text is passed where none does; a third sign that may be any is left out. */
const beginnings = [
  ...hintWords.map((word) => word.slice(0, 3)),
  ...[
    'ak',
    'sk',
    'pat',
    'sas',
    'pin',
    'tel',
    'ses',
    'pw',
    'otp',
    'tot',
    'cvv',
    '_ot',
    '_to',
    '_cv',
  ],
  ...['sig', 'hea', '_si', '_he', '?si', '?co', '?p', '&si', '&co', '&p', '/p'],
  ...[
    '密 ',
    '密\u3000',
    '口 ',
    '口\u3000',
    '令 ',
    '令\u3000',
    '验 ',
    '验\u3000',
    '授 ',
    '授\u3000',
  ],
  ...['p a', 'p.a', 'pas', 'p@s', 'p4s'],
];
const longestName = 80;
/** Judged names: a topic uses a few hundred, each thousands of times. Bounded, because names are data. */
const remembered = 4_000;

/** How further names are taken. */
export interface NameOptions {
  /** They are the only ones. */
  readonly only?: boolean;
  /** A name that ends with one of them is secret as well. */
  readonly asEndings?: boolean;
  readonly furtherParts?: PartsJudge;
}

/** Makes a judge of field names: whether what stands under a name must be masked. `more` are names to mask as well. */
export function createNameJudge(
  more: readonly string[] = [],
  { only = false, asEndings = false, furtherParts }: NameOptions = {},
): NameJudge {
  const known = new Map<string, NameKind>();
  const own = new Set(more.map(compactName).filter((name) => name !== ''));
  const isOwn = (name: string): boolean => {
    if (own.size === 0) return false;
    const compact = compactName(name);
    return own.has(compact) || (asEndings && [...own].some((ending) => compact.endsWith(ending)));
  };
  const kindOf = (name: string): NameKind => {
    if (name.length > longestName) return 'ordinary';
    let kind = known.get(name);
    if (kind === undefined) {
      if (isOwn(name)) kind = 'secret';
      else if (only) kind = 'ordinary';
      else kind = judge(oddSign.test(name) ? foldText(name).text : name);
      if (known.size >= remembered) known.clear();
      known.set(name, kind);
    }
    return kind;
  };
  const here = new RegExp(hintSource(more, only), 'iy');
  const all = [...(only ? [] : beginnings), ...more.map(hintOf).filter(isSome).map(beginningOf)];
  const sieve = new HintSieve(all);
  const nextHint = (text: string, from: number, to = text.length): Hint | null => {
    for (let at = sieve.next(text, from, to); at >= 0; at = sieve.next(text, at + 1, to)) {
      here.lastIndex = at;
      if (here.test(text)) return { start: at, end: here.lastIndex };
    }
    return null;
  };
  return {
    furtherParts,
    beginnings: all,
    nextHint,
    mayName: (text) => nextHint(text, 0) !== null,
    kindOf,
    isSecret: (name) => kindOf(name) === 'secret',
  };
}

/** The expression of all hints; which of them a text holds is found without trying it everywhere. */
export function hintSource(more: readonly string[] = [], only = false): string {
  return [only ? '(?!)' : anyHint, ...more.map(hintOf).filter(isSome)].join('|');
}

function isSome(hint: string): boolean {
  return hint !== '';
}

const notInCompact = /[^a-z0-9\u0080-\uffff]+/g;

/** `Employee-No` and `employee_no` are one name. */
function compactName(name: string): string {
  return name.toLowerCase().replace(notInCompact, '');
}

function hintOf(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced
    .split(notInCompact)
    .filter((word) => word !== '')
    .join('[-_]?');
}

/** Up to the first place at which its words may be joined by a sign; what is joined is left out. */
function beginningOf(hint: string): string {
  return hint.replace(/\[.*$/, '').slice(0, 3);
}

export const whereFrom = /(?:输入|录入|获取|填写)?(?:位置|来源|方式|模式|管理)$/;
/** `p@ssw0rd` is a way to write it. */
function withoutLeet(name: string): string {
  return name.replace(/^p[@4]ss/i, 'pass').replace(/^(passw)0/i, '$1o');
}

function judge(name: string): NameKind {
  if (/^u\/p$/i.test(name)) return 'secret';
  const words = wordsOf(withoutLeet(name));
  if (holdsSecret(words)) return 'secret';
  if (isAboutWhereFrom(words)) return 'secretIfMade';
  const spaced = words.join(' ');
  return secretIfMade.test(spaced) || cookieOfSession.test(name) || isSomeKey(spaced)
    ? 'secretIfMade'
    : 'ordinary';
}

/** 密码输入方式: what stands behind it says how, or is what was typed in that way. */
function isAboutWhereFrom(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return whereFrom.test(last) && holdsSecret([last.replace(whereFrom, '')]);
}

/** `user_key` may hold a secret, `primary_key` holds none, and `key` alone has any value. */
function isSomeKey(spaced: string): boolean {
  return someKey.test(spaced) && !ordinaryKey.test(spaced);
}

function holdsSecret(all: readonly string[]): boolean {
  const words = all.length > 1 && emptyLastWords.has(all.at(-1) ?? '') ? all.slice(0, -1) : all;
  const last = words.at(-1);
  if (last === undefined) return false;
  const compact = words.join('');
  if (secretWhole.has(compact)) return true;
  if (words.length > 1 && aboutWords.has(last)) return false;
  if (aboutEnding.test(last)) return false;
  if (secOfApp.test(words.join(' '))) return true;
  // 在弹窗中输入PIN
  if (last === 'pin' && (beforePin.test(words.at(-2) ?? '') || beyondLatin.test(compact)))
    return true;
  if (secretWord.test(compact)) return !notSecretWord.test(compact);
  if (countedTokens.test(compact)) return false;
  if (secretLastWordsAlone.has(last)) return !passOfTests.test(words.at(-2) ?? '');
  if (joinedPass.test(last) || joinedPw.test(last)) return true;
  return secretLastWords.some((word) => last === word || (word.length > 4 && last.endsWith(word)));
}

/** `X-Api-Key`, `apiKey`, `API_KEY`, `apiKEY2` → api, key. */
function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    // 变量pwd
    .replace(/([\u4e00-\u9fff])(?=[a-z])|([a-z])(?=[\u4e00-\u9fff])/gi, '$& ')
    .toLowerCase();
  const words = spaced.split(beyondLatin.test(name) ? otherThanLetters : /[^a-z]+/);
  return words.filter((word) => word !== '');
}

const otherThanLetters = /[^a-z\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+/;
