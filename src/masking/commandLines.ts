import { maskSecret } from './maskSecret.ts';

/** What stands between a tool and its option, in the same command: written as `~`, which no option has. */
const between = String.raw`[^\n|;&]{0,200}?\s`;
/** Written as a blank. */
const blanks = String.raw`\s{1,4}`;
/** A tool, what stands between, and the option in which it takes its secret. */
const options: readonly RegExp[] = [
  // -p joined: mysql -pX, -p'X'
  /\b(?:mysql|mysqldump|mysqladmin|mariadb|7z\w?)\b~-p(?=\S)/,
  /\b(?:win)?(?:rar|unrar)\b~-(?:hp|p)(?=\S)/i,
  /\b(?:sshpass|(?:docker|podman|helm registry|oc|az|skopeo) login|mongo|mongosh|mongodump|mongorestore|rabbitmqadmin|beeline|impala-shell|evil-winrm|crackmapexec|netexec|nxc|rdesktop|twine upload|sftp-cli|xrdp|vncdo)\b~-p\s{0,4}/,
  /\b(?:ps(?:exec(?:64)?|info|(?:log)?list|kill|service)|paexec|remcom)\b~-p /i,
  /\b(?:unzip|zip|sqlcmd|bcp|isql|osql|tsql|ipmitool|dtexec|freebcp)\b~-P\s{0,4}/,
  /\b(?:redis-cli|sentinel)\b~-a /,
  /\b(?:ldap(?:search|add|modify|whoami|delete)|sshpass)\b~-w\s{0,4}/,
  /\b(?:signtool|certutil|importpfx)\b~[-/]p /i,
  /\b(?:uirobot|uipath[\w.]{0,40})\b~[-/]{1,2}key /i,
  /\buipcli\b~-S /,
  // By its place: behind an address and a user, or alone.
  /\bmc(?:\.exe)? (?:alias set|config host add) \S{1,60} \S{1,120} \S{1,60} /,
  /\bhdbuserstore(?:\.exe)? (?:-\w{1,12} ){0,3}set \S{1,60} \S{1,120} \S{1,60} /i,
  /\b(?:setx(?:\.exe)?|set\s-\w{0,3}x) (?:\/m )?\w{0,30}(?:passw|pass|pwd|token|secret|key)\w{0,12} /i,
  /\b(?:keyvault secret set|put-parameter\b(?=[^\n]{0,200}SecureString)|(?:create-|update-)secret|put-secret-value|gh secret set)\b~(?:--(?:value|secret-string|body)|-b)[\s=]{1,4}(?!\\{0,8}['"]?[{$])/,
  /\bvault (?:kv put|write) \S{1,80} \w{1,40}=/,
  /\b(?:vault login|rclone obscure|qshell account \S{1,60}) (?!-)(?=\S{0,60}\d)/,
  /\bautomatec\b~\/user \S{1,60} /i,
  /[\s"']\/u(?:ser)?:\S{1,80}[\s"',]{1,6}\/p:/i,
  /\b(?:gsql|vsql|ksql)\b~-[Ww]\s{0,4}/,
  /\bnircmdc?(?:\.exe)? runas \S{1,60} /i,
  /\breg(?:\.exe)? add\b~\/v \\?"?\w{0,30}(?:password|passwd|pwd|secret|token)\w{0,10}\\?"?[^\n|;&]{0,60}?\s\/d /i,
  /\b(?:input|user|owner)_pw /i,
  /\b(?:plink|pscp|psftp|putty)\b~-pw /i,
  /\b(?:curl|wget|http|https|xh)\b~(?:-u|-a|-U|--(?:proxy-)?user|--auth)[\s=]{0,4}\\?["']?(?:[^\s:"'\\]|\\{1,4}(?=\w)){1,60}:(?!\/\/)/,
  // User and secret in one, of whatever speaks with Samba.
  /\s-U\s{0,4}\\?["']?[A-Za-z][^\s%"']{0,59}%/,
  /\blftp\b~(?:-u|user) \\?["']?[^\s,"']{1,60}[,\s]/,
  /\b(?:xfreerdp|wfreerdp|sdl-freerdp|freerdp|wlfreerdp)\d?\b~\/(?:p|gp):/i,
  /\b(?:schtasks|runas)\b~\/r?p /i,
  /\b(?:sc|sc\.exe) (?:create|config)\b~obj=[^\n|;&]{0,80}?\spassword=\s{0,4}/i,
  /\b(?:sqlplus|expdp|impdp|sqlldr|disql|dexp|dimp|rman|(?:exp|imp)(?= (?:userid=)?[\w$#]{1,40}\/[^\s"'@]{3,60}@)) (?:target |userid=)?(?:-\w{1,8} ){0,3}\\{0,4}["']?[\w$#]{1,40}\//,
  /\bwinrs\b~[-/]p(?:assword)?:/i,
  /\bssh-keygen\b~-[NP] /,
  /\bs?ftp\b(?:[^|;&]{0,200}?\n|>)\s{0,8}user \S{1,60} /,
  /\bisql (?:-\w{1,8} ){0,4}[\w.]{1,40} [\w.]{1,40} (?!-)/,
  /\bcurl\b~(?:-b|--cookie)[\s=]{1,4}(?=\\{0,8}["']?[\w.-]{1,60}=)/,
  /\bsp_add(?:remote)?login N?'[^'\n]{1,80}'\s{0,4},\s{0,4}N?(?=')/i,
  /\bsp_addlinkedsrvlogin (?:N?'[^'\n]{0,80}'|NULL)(?:\s{0,4},\s{0,4}(?:N?'[^'\n]{0,80}'|NULL)){3}\s{0,4},\s{0,4}N?(?=')/i,
  /\bsp_password (?:NULL|N?'[^'\n]{0,80}')\s{0,4},\s{0,4}N?(?=')/i,
  /\bhtpasswd -\w{0,4}b\w{0,4} \S{1,120} \S{1,60} /,
  /\bnet(?:\.exe)?\s{1,2}use (?:[\w*]:? )?(?:\\{2,8}\S{1,120}|\\{0,8}"\\{2,8}[^"\n]{1,120}") (?:\/user:\S{1,80} )?(?!\/)/i,
  /\bnet\s{1,2}user \w{1,40} (?![/-])/i,
  /\bkeytool\b~-(?:store|key)pass /,
  ...['', 'in', 'out'].map((side) => new RegExp(`\\bopenssl\\b~-pass${side} pass:`)),
  // Each by itself: one command may have all of them.
  ...['A', 'X', 'c'].map((option) => new RegExp(`\\bsnmp(?:walk|get|set|bulkwalk)\\b~-${option} `)),
  /\bCONNECT TO\s[^\n;]{0,160}?\sUSING (?=\\{0,8}')/i,
  /\b(?:expect|autoexpect)\b[^\n]{0,200}?(?:\b|(?:\n|\\n)\s{0,20})send(?:_user|\s--)? \\*["'{]/,
  /\bkubectl create secret\b[^\n|;&]{0,200}?--from-literal[=\s]\\?["']?[\w.-]{1,60}=/,
  // An option that is called so, of whatever tool: --db-password …, -storepass …, -upw …
  /(?:--|(?<=\s)-)(?!\w{0,20}(?:bypass|compass))(?:[a-z]{1,20}[-_]){0,3}[a-z]{0,16}(?:password|passwd|passphrase|pass|pwd|pw|token|secret|api-?key|access-?key)\s{1,8}/i,
  // The user in one option and the password in another; a port is a number.
  // mysql -p rpa asks for it, and the word is a database.
  /\s(?:-u|-U|--user(?:name)?|--login)[\s=]{0,2}\S{1,80}\s[^\n|;&]{0,120}?(?<=\s)-p (?!\d{1,5}(?:\s|$)|(?<=\b(?:mysql|mysqldump|mariadb)\b[^\n|;&]{0,240})[a-z_]{2,30}(?:[\s;|<>]|$))/,
  /\bopenssl enc\b~-k /,
  // What is given to a tool's standard input.
  /\b(?:kinit|ssh-add|openconnect|sudo -S|su|passwd|cryptsetup|--pass\w{0,8}-(?:on-)?stdin)\b[^\n|;&<]{0,120}<<<\s{0,4}/,
  /ConvertTo-SecureString[^\S\n]{1,4}(?:-AsPlainText[^\S\n]{1,4}|-Force[^\S\n]{1,4}|-String[^\S\n]{1,4}){0,3}(?![-$(])/i,
];
const value =
  /(\\*["'])((?:(?!\1)(?:[^\n\\]|\\(?![\\"'nrt]))){1,200})(?=\1)|([^\s"'\\;|&$<>(){}[\],•-](?:[^\s"'\\|&<>]|\\(?![\\"'nrt])){0,200})/;
const patterns = options.map(
  (option) =>
    new RegExp(
      `(${option.source.replaceAll(' ', blanks).replaceAll('~', between)})(?:${value.source.replaceAll('\\1', '\\2')})`,
      option.ignoreCase ? 'gi' : 'g',
    ),
);
/** What is piped into a tool that asks for a secret. */
const piped =
  /(\becho\s{1,4}(?:-n\s{1,4})?\\*["']?|(?<!\\)\\*["'])([^\s"'\\|]{1,200})(?=\\*["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4}-S\b|ConvertTo-SecureString|docker login|passwd\b|chpasswd\b|kinit\b|cryptsetup\b|su\b|[^\n|]{1,80}--pass\w{0,8}-(?:on-)?stdin\b))/gi;
/** -u "bob:two words": up to the quote that stands before the user. */
const quotedLogin =
  /(\b(?:curl|wget|https?|xh|smbclient|rpcclient|smbget)\b[^\n|;&]{0,200}?\s(?:-[uUa]|--(?:proxy-)?user|--auth)[\s=]{0,4}\\{0,8}(["'])[^\n"':%]{1,60}[:%])([^\n"'\\]{1,200})(?=\\{0,8}\2)/g;
/** ['mysql', '-pX'] */
const listed =
  /(["'](?:mysql|mysqldump|sshpass|7z)["'](?:\s{0,4},\s{0,4}["'][^"'\n]{0,60}["']){0,8}?\s{0,4},\s{0,4}["']-p)([^"'\n]{1,200})(?=["'])/g;

const sieve =
  /\/p:|(?:my|[gikotv])sql|sql(?:plus|ldr|cmd)|win(?:exe|r[ms])|dexp|dimp|rman|\b[ei][xm]p\s|nircmd|reg(?:\.exe)?\sadd|signtool|certutil|importpfx|uirobot|uipcli|\bmc(?:\.exe)?\s|vault\s|rclone\s|qshell\s|setx|set -|secret|put-|uipath|automatec|mariadb|7z|rar\b|login|mongo|zip|rabbitmqadmin|beeline|impala|crackmap|netexec|nxc|rdesktop|vncdo|ps(?:info|(?:log)?list|kill|service)|p[as]exec|remcom|bcp|ipmitool|dtexec|redis-cli|sentinel|ldap|plink|pscp|putty|curl|wget|http|xh\b|smb|rpcclient|wmic|freerdp|schtasks|runas|\bsc(?:\.exe)?\s|expdp|impdp|net(?:\.exe)?\s{1,2}user?\s|keytool|openssl|snmp|expect|kubectl|hdbuser|\s-u\s{0,4}\S{1,60}%|sp_|ssh-keygen|twine|ftp| USING |--|SecureString|sudo|pass|pw\b|pwd|token|secret|kinit|ssh-add|\s-p\s/i;

/** Masks secrets in the options of command lines. */
export function maskCommandLines(text: string): string {
  if (!mayBeCommand(text) || !sieve.test(text)) return text;
  let masked = text.replace(
    quotedLogin,
    (_found, head: string, _quote: string, secret: string) => head + maskSecret(secret),
  );
  for (const pattern of patterns) {
    masked = masked.replace(
      pattern,
      (
        found: string,
        head: string,
        quote: string | undefined,
        quoted: string | undefined,
        bare: string | undefined,
      ) =>
        quote === undefined
          ? head + maskSecret(bare ?? '')
          : found.slice(0, head.length) + quote + maskSecret(quoted ?? ''),
    );
  }
  for (const pattern of [piped, listed])
    masked = masked.replace(
      pattern,
      (_found, head: string, secret: string) => head + maskSecret(secret),
    );
  return masked;
}

/** An option, a pipe, or one of the few tools that take their secret without either. */
function mayBeCommand(text: string): boolean {
  return (
    text.includes(' -') ||
    text.includes('|') ||
    text.includes('<<<') ||
    text.includes('--') ||
    text.includes('-p') ||
    text.includes(' /') ||
    text.includes('_pw ') ||
    text.includes('/p:') ||
    text.includes('ftp>') ||
    /sqlplus|mc (?:al|co)|vault |setx|set -|rclone obs|qshell|hdbuser|sqlldr|disql|rman|[ei][mx]p(?:dp)?\s|nircmd|sp_(?:add|pass)|net {1,2}use|SecureString|obj=| USING |expect /i.test(
      text,
    )
  );
}
