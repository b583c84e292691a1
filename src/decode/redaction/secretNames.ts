/** Words that make a name secret wherever they stand in it, written without separators. */
const secretWords = [
  ...['password', 'passwd', 'passphrase', 'passcode', 'userpwd', 'dbpwd', 'loginpwd'],
  ...['secret', 'authorization', 'cookie', 'credential', 'bearer', 'jwt'],
  ...['apikey', 'appkey', 'accesskey', 'privatekey', 'signingkey', 'encryptionkey', 'clientkey'],
  ...['sessionkey', 'masterkey', 'sharedkey', 'accountkey', 'subscriptionkey', 'sshkey', 'authkey'],
  ...['accesstoken', 'authtoken', 'refreshtoken', 'sessiontoken', 'idtoken', 'apitoken'],
  ...['phonenumber', 'mobilenumber'],
  ...['密码', '口令', '密钥', '令牌', '手机号'],
];

/** Names that are secret as a whole, or with this word at their end. */
const secretLastWords = ['pwd', 'token', 'auth', 'phone', 'mobile', 'authentication', 'passwords'];

/** A name that speaks about a secret and doesn't hold one: `token_type`, `passwordPolicy`, `secret_name`. */
const aboutWords = new Set([
  ...['type', 'name', 'id', 'url', 'uri', 'at', 'in', 'expires', 'expiry', 'expire', 'expiration'],
  ...['enabled', 'required', 'policy', 'length', 'len', 'count', 'field', 'path', 'visible', 'ttl'],
  ...['error', 'status', 'valid', 'strength', 'algorithm', 'version', 'format', 'placeholder'],
  ...['label', 'title', 'desc', 'description', 'endpoint', 'scope', 'file', 'limit', 'usage'],
  ...['selector', 'input', 'box', 'button', 'page', 'element', 'xpath', 'locator'],
]);

/** A token of a language model is counted, not kept: `max_tokens`, `first_token`; a page's is no secret either. */
const countedTokens =
  /(?:max|min|total|prompt|completion|question|count|limit|input|output|reasoning|cached|first|last|per|page|next|stop|eos|bos|pad|unk|new|num|used|special|cost)token$/;

const secretWord = new RegExp(secretWords.join('|'));
const notSecretWord = /secretar|cookiecutter|nonsecret/;
const cjk = /[\u4e00-\u9fff]/;

/** Judged names: a topic uses a few hundred, each thousands of times. Bounded, because names are data. */
export interface NameJudge {
  isSecret(name: string): boolean;
}

const longestName = 80;
const remembered = 4_000;

/** Makes a judge of field names: whether what stands under a name must be masked. */
export function createNameJudge(): NameJudge {
  const known = new Map<string, boolean>();
  return {
    isSecret(name) {
      if (name.length > longestName) return false;
      let answer = known.get(name);
      if (answer === undefined) {
        answer = judge(name);
        if (known.size >= remembered) known.clear();
        known.set(name, answer);
      }
      return answer;
    },
  };
}

function judge(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined) return false;
  const compact = words.join('');
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
