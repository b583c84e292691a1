import { maskJsonWebTokens } from './jsonWebTokens.ts';
import { maskLoginShapes } from './loginShapes.ts';
import { maskSecret } from './maskSecret.ts';
import { keyBeginnings, knownKey, webhookAddress } from './keyShapes.ts';
import { maskPrivateKeys } from './privateKeys.ts';
import { maskUserInfo } from './userInfo.ts';
import { looksMade, looksMixed } from './secretSpan.ts';

/** A secret that is known by its own shape, wherever it stands. Each expression is linear: bounded or without nested repetition. */
type TokenShape = readonly [pattern: RegExp, mask: MaskFound];
type MaskFound = (found: string, ...groups: string[]) => string;

const maskBehind: MaskFound = (_found, head = '', secret = '') => head + maskSecret(secret);
const maskQuoted: MaskFound = (_found, head = '', quote = '', secret = '') =>
  head + quote + maskSecret(secret);
const maskBehindIf =
  (isSecret: (secret: string) => boolean): MaskFound =>
  (found, head = '', secret = '') =>
    isSecret(secret) ? head + maskSecret(secret) : found;
const hasDigit = (secret: string) => /\d/.test(secret);

const shapes: readonly TokenShape[] = [
  [
    // Authorization scheme.
    /\b(Bearer|Basic)(\s+|%20)([\w.+/=:~-]{6,})/gi,
    (found, scheme = '', space = '', secret = '') =>
      looksSecret(secret) ? scheme + space + maskSecret(secret) : found,
  ],
  [
    // Key in place of a user in an address.
    /(:(?:\\{0,8}\/){2})([\w.~-]{16,200})(?=@)/g,
    maskBehindIf(looksMade),
  ],
  [
    // Address of a bot or of a flow, which is its key.
    webhookAddress,
    maskBehind,
  ],
  [
    // Address of a bot, which is its key.
    /(api\.telegram\.org\/(?:file\/)?bot\d{1,20}(?::|%3A)|\b\d{8,10}:(?=AA))([\w-]{28,120})/gi,
    maskBehind,
  ],
  [
    // Keys of well-known services.
    knownKey,
    maskSecret,
  ],
  [
    // Id and secret of a key, parted by a dot.
    /\b([a-f\d]{32}\.)([A-Za-z\d]{16})(?![\w.])/g,
    (found, _id = '', secret = '') => (looksMixed(secret) ? maskSecret(found) : found),
  ],
  [
    // Private key in base64.
    // "-----BEGIN " and what is no certificate or public key.
    /\bLS0tLS1CRUdJTi(?!BDRVJU|BQVUJM|BSU0EgUFVC)[\w+/=]{16,}/g,
    maskSecret,
  ],
  [
    // The line of a browser's jar: domain, for subdomains, path, secure, expires, name, value.
    // Cookie in a file of them.
    /((?:^|[\s"n])[\w.-]{3,80}\t(?:TRUE|FALSE)\t\/\S{0,80}\t(?:TRUE|FALSE)\t\d{1,12}\t[^\t\n]{1,80}\t)([^\t\r\n"\\]{4,400})/g,
    maskBehind,
  ],
  [
    // Seed of one-time passwords.
    /(\b(?:totp|otp|2fa|mfa)\b[^\n]{0,24}?[\s:=]|otpauth:\/\/[^\s"']{0,120}?secret=)([A-Z2-7]{16,64})(?![\w])/gi,
    maskBehindIf((secret) => /^[A-Z2-7]+$/.test(secret) && hasDigit(secret)),
  ],
  [
    // Hash of a password.
    /\$(?:2[abxy]?|argon2(?:i|d|id)|scrypt|apr1|g?y|[1567])\$[\w$+/=.,-]{20,200}/g,
    maskSecret,
  ],
  [
    // An application's key and secret, joined as the platform's own header wants them.
    // Key:secret.
    /(?<![\w:+/-])(\w{16,64}):([\w+/=-]{24,128})(?![\w:+/=-])/g,
    (_found, key = '', secret = '') => `${maskSecret(key)}:${maskSecret(secret)}`,
  ],
  [
    // SQL and shell.
    /\b(identified\s{1,8}(?:with\s{1,8}\w{1,40}\s{1,8})?by\s{1,8}|(?:password|passwd|passphrase|requirepass|masterauth)\s{1,8}|(?:AES|DES)_(?:EN|DE)CRYPT\([^,()]{1,200},\s{0,8})(\\*["'])([^"'\\\n]{1,200})(?=\\*["'])/gi,
    maskQuoted,
  ],
  [
    // Password of a database user.
    /(\bset\s{1,4}password\s{1,4}for\s{1,4}[^\s=]{1,80}\s{0,4}(?:=|to)\s{0,4}(?:password\()?|jdbc:oracle:\w{1,8}:[\w$#]{1,40}\/)(\\*["']?)([^\s"'\\@]{1,200})/gi,
    maskQuoted,
  ],
  [
    // A word that is mixed as passwords are, where a password stands.
    /(\blog(?:in|on)\s{1,4}(?:as\s|for\s|user\s)?[\w.@-]{1,40}\/|\/(?:access_?)?token\/)([^\s"'\\@/;:?&<>]{8,200})/gi,
    maskBehindIf(looksMixed),
  ],
  [
    // Password of a database user, without quotes.
    /(\bidentified\s{1,4}by\s{1,4})([^\s"'\\@/;:?&<>]{6,200})/gi,
    maskBehindIf(looksMade),
  ],
  [
    // Network in a QR code, up to a semicolon without a backslash before it.
    /(\bWIFI:(?:[A-Z\d]{1,3}:(?:[^;\\\n]|\\{1,8}[^\\\n]){0,80};){0,5}P:)((?:[^;\\\n]|\\{1,8}[^\\\n]){1,100})(?=;)/g,
    maskBehind,
  ],
  [
    // Network that Windows shows with its key.
    /((?:key content|关键内容)\s{2,24}[:：]\s)(\S[^\r\n\\"]{0,62})/gi,
    maskBehind,
  ],
  [
    // Secret of an application in Azure, token of Terraform: what tells them stands within.
    /(?<![\w.~-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~-])|\b[A-Za-z\d]{14}\.atlasv1\.[\w=-]{60,80}/g,
    maskSecret,
  ],
  [
    // Key in a file of PuTTY.
    /(\bPrivate-Lines:\s\d{1,4}\s{1,4})((?:(?!Private)[\w+/=]{1,80}(?:\s(?!\w[\w-]{2,20}:))?){1,80}|[^;\n]{1,100})/g,
    maskBehind,
  ],
];

/** What has a digit beside or in it: a word that follows a level, a number that was sent. */
const besideDigits: readonly TokenShape[] = [
  [
    // Secret of a switch or a router.
    /(\bsnmp-server\s{1,4}community\s{1,4}|\b(?:password|secret|key(?=\s{1,4}\d\s{1,4}[\da-f]{8}))\s{1,4}\d\s{1,4})([^\s"'\\]{4,120})/gi,
    maskBehindIf(hasDigit),
  ],
  [
    // Code that was sent to somebody.
    /(\byour (?:(?:[a-z-]{2,14} ){0,2}(?:verif|secur|authe|conf|(?:log|sign)-?in|access|one-t|sms|[2m]fa|activ|unlock|reset|temp)[a-z]{0,9} (?:[a-z-]{2,14} ){0,2}code|code|(?:[a-z-]{2,14} ){0,3}(?:otp|pin))(?: is)?[ :：]{1,3}|\buse (?=\d{4,8} (?:to (?:verify|confirm (?:your|it)|log ?in|sign ?in)|as your)\b)|(?<![\w.-])(?:[A-Z]-)?(?=\d{4,8}(?: is your [^\n]{0,40}\b(?:code|otp|pin|pass(?:word|code))\b|[是为]您?的?[^\n，。]{0,6}(?:验证|动态|校验)码|\s?[（(][^）)\n]{0,6}验证码[)）])))(\d{4,8})(?!\d)/gi,
    maskBehind,
  ],
];
const digits = /\d{4}|\d\s/;
const besideSieve =
  /community|(?:password|secret|key)\s{1,4}\d\s|\d is your|\byour [^\n]{0,60}\d{4}|\buse \d|\d[^\n]{0,20}码/i;

/** Quick sieve: without one of these no shape can match. */
const sieve =
  /eyJ|LS0tLS1CRUdJTi|bearer|basic|:\/\/|jdbc:oracle|WIFI:|Private-Lines|(?<=ke)y content|关键内容|\dQ~|\.atlasv1\.|log(?:in|on)\s|\/(?:access_?)?token\/|(?<=\w{16}):[\w+/=-]{24}|:\\+\/|identified|(?:pass(?:wd|word|phrase)?|masterauth)\s|_encrypt|_decrypt|hook|ftqq|day\.app|ifttt|:AA|\t(?:TRUE|FALSE)\t|\b(?:totp|otp|2fa|mfa)\b|otpauth|\.[A-Za-z\d]{16}|\$(?:2|argon|scrypt|apr1|g?y\$|[1567]\$)/i;
/** Their own letters tell keys: `SK` is not `sk`. */
const keySieve = new RegExp(`\\b(?:${keyBeginnings}|eyJ)`);

/** Whether a word may be a key or a token by its shape. */
export function mayBeKey(word: string): boolean {
  return keySieve.test(word);
}

/** Masks every secret in a text that its own shape gives away. */
export function maskTokenShapes(text: string): string {
  let masked = maskLoginShapes(maskPrivateKeys(maskUserInfo(text)));
  if (digits.test(text) && besideSieve.test(text))
    for (const [pattern, mask] of besideDigits) masked = masked.replace(pattern, mask);
  if (!sieve.test(text) && !keySieve.test(text)) return masked;
  if (masked.includes('eyJ')) masked = maskJsonWebTokens(masked);
  for (const [pattern, mask] of shapes) masked = masked.replace(pattern, mask);
  return masked;
}

/** `Basic plan` and `bearer authentication` are words, and `Basic realm="ERP"` is asked for. */
function looksSecret(text: string): boolean {
  if (/^[a-z_]{2,24}=$/.test(text)) return false;
  return /[\d=+/_]|:./.test(text) || /[a-z][A-Z]/.test(text) || text.length >= 20;
}
