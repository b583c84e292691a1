import { foldText, oddSign } from './foldedText.ts';

/** Words that make a name secret wherever they stand in it, written without separators. */
const secretWords = [
  ...['password', 'passwd', 'passphrase', 'passcode', 'userpwd', 'dbpwd', 'loginpwd'],
  ...['secret', 'authorization', 'cookie', 'credential', 'bearer', 'jwt'],
  ...['apikey', 'appkey', 'accesskey', 'privatekey', 'signingkey', 'encryptionkey', 'clientkey'],
  ...['sessionkey', 'masterkey', 'sharedkey', 'accountkey', 'subscriptionkey', 'sshkey', 'authkey'],
  ...[
    'hmackey',
    'licensekey',
    'cryptkey',
    'aeskey',
    'rsakey',
    'webhookkey',
    'storagekey',
    'secretkey',
  ],
  ...['jsessionid', 'phpsessid', 'aspsessionid', 'userpass', 'dbpass', 'loginpass', 'storepass'],
  ...['passwort', 'keypass', 'mnemonic', 'seedphrase', 'captcha', 'seckey', 'appsec', 'passkey'],
  ...['verificationcode', 'verifycode', 'smscode', 'authcode', 'accesscode', 'mfacode', 'otpcode'],
  ...['accesstoken', 'authtoken', 'refreshtoken', 'sessiontoken', 'idtoken', 'apitoken'],
  ...['phonenumber', 'mobilenumber'],
  ...[
    '密码',
    '密碼',
    '口令',
    '密钥',
    '秘钥',
    '令牌',
    '手机号',
    '验证码',
    '校验码',
    '动态码',
    '授权码',
  ],
];

/** Names that are secret as a whole, or with this word at their end. */
const secretLastWords = [
  ...['pwd', 'token', 'auth', 'phone', 'mobile', 'authentication', 'passwords', 'pwds'],
  ...['apikeys', 'pswd', 'pword'],
];
/** Names that are secret only as a whole. */
const secretWhole = new Set([
  ...['ak', 'sk', 'pw', 'pass', 'otp', 'pin', 'pincode', 'cvv', 'tel', 'telephone'],
  ...['psw', 'psk', 'mima', 'passe', 'pwdhex', 'totp', '手机', '电话', '联系电话'],
]);

/**
 * Names that hold a secret only where the value looks generated: `sign in` and `tokens: 512` are ordinary.
 * `session_id` and `sid` are missing on purpose: they are ids of the services' own.
 */
const secretIfMade =
  /^(?:(?:x[-_])?(?:[a-z]{2,8}[-_])?sign(?:ature)?|(?:[a-z]{2,8}[-_])?salt|pat|csrf|xsrf|(?:[a-z]{2,8}[-_])?headers?|(?:[a-z]{2,12}[-_])?tokens)$/;
/** The cookie of a web framework, written in one word; `sessionId` and `session_id` are names of ids. */
const cookieOfSession = /^(?:sess(?:ion)?id|SESS(?:ION)?ID)$/;

/** A name that speaks about a secret and doesn't hold one: `token_type`, `passwordPolicy`, `secret_name`. */
const aboutWords = new Set([
  ...['type', 'name', 'id', 'url', 'uri', 'at', 'in', 'expires', 'expiry', 'expire', 'expiration'],
  ...['enabled', 'required', 'policy', 'length', 'len', 'count', 'field', 'path', 'visible', 'ttl'],
  ...['error', 'status', 'valid', 'strength', 'algorithm', 'version', 'format', 'placeholder'],
  ...['label', 'title', 'desc', 'description', 'endpoint', 'scope', 'file', 'limit', 'usage'],
  ...['selector', 'input', 'box', 'button', 'page', 'element', 'xpath', 'locator', 'ref'],
  ...['validator', 'recognition', 'image', 'img'],
]);

/** A token of a language model is counted, not kept: `max_tokens`, `first_token`; a page's is no secret either. */
const countedTokens =
  /(?:max|min|total|prompt|completion|question|count|limit|input|output|reasoning|cached|first|last|per|page|next|stop|eos|bos|pad|unk|new|num|used|special|cost)token$/;

const secretWord = new RegExp(secretWords.join('|'));
const notSecretWord = /secretar|cookiecutter|nonsecret/;
const cjk = /[\u4e00-\u9fff]/;

/** What a name says about what stands under it. */
export type NameKind = 'secret' | 'secretIfMade' | 'ordinary';

/** Tells secret names. */
export interface NameJudge {
  isSecret(name: string): boolean;
  kindOf(name: string): NameKind;
  /** Finds what every secret name holds, one after the other: set its `lastIndex` before. */
  readonly hint: RegExp;
}

/**
 * Every secret name holds one of these, or is a key of a query that is secret there. Looked for first, because
 * they are rare and a regular expression finds them without leaving native code.
 */
const usualHint =
  'pass|pwd|ps[wk]|secret|token|key|auth|cookie|credential|bearer|jwt|phone|mobile|sess(?:ion)?id|[cx]srf|captcha|mnemonic|seedphrase|mima|pword|salt|(?:\\b|_)(?:sign(?:ature)?|headers?)\\b|(?:verif(?:y|ication)|sms|access|mfa|otp)[-_ ]?code|密[ \\u3000]?[码碼]|[口动指]令|[密秘]钥|令牌|手机|电话|[验校]证?验?码|动态码|授权码|\\b(?:[as]k|pw|otp|totp|pat|cvv|pin|pincode|tel)\\b|[?&](?:sig|sign|signature|code)(?==)|x-amz-(?:signature|credential)';

const longestName = 80;
/** Judged names: a topic uses a few hundred, each thousands of times. Bounded, because names are data. */
const remembered = 4_000;

/** Makes a judge of field names: whether what stands under a name must be masked. `more` are names to mask as well. */
export function createNameJudge(more: readonly string[] = []): NameJudge {
  const known = new Map<string, NameKind>();
  const own = new Set(more.map(compactName).filter((name) => name !== ''));
  const kindOf = (name: string): NameKind => {
    if (name.length > longestName) return 'ordinary';
    let kind = known.get(name);
    if (kind === undefined) {
      const isOwn = own.size > 0 && own.has(compactName(name));
      kind = isOwn ? 'secret' : judge(oddSign.test(name) ? foldText(name).text : name);
      if (known.size >= remembered) known.clear();
      known.set(name, kind);
    }
    return kind;
  };
  return {
    hint: new RegExp(
      [usualHint, ...more.map(hintOf)].filter((part) => part !== '').join('|'),
      'gi',
    ),
    kindOf,
    isSecret: (name) => kindOf(name) === 'secret',
  };
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

function judge(name: string): NameKind {
  if (holdsSecret(name)) return 'secret';
  return secretIfMade.test(name.toLowerCase()) || cookieOfSession.test(name)
    ? 'secretIfMade'
    : 'ordinary';
}

function holdsSecret(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined) return false;
  const compact = words.join('');
  if (secretWhole.has(compact)) return true;
  if (words.length > 1 && aboutWords.has(last)) return false;
  if (secretWord.test(compact)) return !notSecretWord.test(compact);
  if (countedTokens.test(compact)) return false;
  return secretLastWords.some((word) => last === word || (word.length > 4 && last.endsWith(word)));
}

/** `X-Api-Key`, `apiKey`, `API_KEY`, `apiKEY2` → api, key. */
function wordsOf(name: string): string[] {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  const words = spaced.split(cjk.test(name) ? /[^a-z\u4e00-\u9fff]+/ : /[^a-z]+/);
  return words.filter((word) => word !== '');
}
