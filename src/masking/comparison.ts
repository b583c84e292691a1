import { isMadeFor } from './madeValue.ts';
import { looksMade, quoteSource, type SecretName, type SecretSpan } from './secretSpan.ts';
import { quotedValues } from './quotedText.ts';

/** So long may be what stands between an operator and the name: `os.environ["TOKEN"]`. */
const path = String.raw`[\w.$]{0,60}(?:[[(]\\*["'])?`;
/** What stands between the quote behind a value and a name, and what must stand before that value. */
const before: readonly { readonly tail: RegExp; readonly head: RegExp | undefined }[] = [
  {
    // "…" == password, "…".equals(password), '…' <> pwd
    tail: new RegExp(
      String.raw`(["'\x60])(?:\s{0,4}(?:[=!]==?|<>)\s{0,4}|\s=\s|\.(?:equals(?:IgnoreCase)?|compareTo|localeCompare)\(\s{0,4})${path}$`,
    ),
    head: undefined,
  },
  {
    // strcmp("…", password), compare_digest("…", password)
    tail: new RegExp(String.raw`(["'])\s{0,4},\s{0,4}${path}$`),
    head: /(?:strcmp|compare\w{0,20}|equals|check\w{0,20})\(\s{0,4}$/i,
  },
  {
    // typed "…" into password, Input text '…' into element '#password'
    tail: /(["'`”」])\s{0,3}(?:in|into|to|for|on|到|至|进|于|在)\s{0,3}[^\n"'`]{0,40}(?:\\*["'`“「][#.\w[\]@=*/-]{0,40})?$/i,
    head: /(?:type[ds]?|typing|input|enter(?:ed)?|fill(?:ed)?|sen[dt]|set|输入|填写|键入)(?:\s?(?:text|keys|value|文本|内容|值))?[\s:：]{0,3}$/i,
  },
];
const quoteOf = /["'`”」]/;
const openingOf: Readonly<Record<string, string>> = { '”': '“', '」': '「' };
const longestTail = 120;
const longestValue = 200;
const behind = [
  // password.equals("…")
  /["'`\])]{0,3}\.(?:equals(?:IgnoreCase)?|compareTo|localeCompare|eq|to_?equal|toBe)\(\s{0,4}/y,
  // find("password").send_keys("…"), $('#password').val('…'), getElementById('password').value = '…'
  /\\*["'`)\]]{0,3}[)\]]{0,2}\.(?:send_?keys|type_?keys|set_edit_text|val|value|fill|type|set_?(?:value|text)|input|press_?sequentially|clear_and_type)\s{0,3}[(=]\s{0,3}/iy,
  // password || '…', <<< "…"
  /["'`\])]{0,3}\s{0,4}(?:\|\||\?\?|\bor\b|<<<)\s{0,4}/y,
];
const opened = new RegExp(`[bfru]{0,2}(?:${quoteSource})`, 'y');
/** What a name is compared with to learn what it is, or whether it is there. */
const noValue =
  /^(?:string|object|number|undefined|function|boolean|null|none|nil|true|false|\W{1,3})$/i;

/** The value that a secret name is compared with, typed into, or replaced by when there is none. */
export function comparedValues(text: string, name: SecretName): readonly SecretSpan[] {
  const tail = text.slice(Math.max(0, name.start - longestTail), name.start);
  for (const notation of quoteOf.test(tail) ? before : []) {
    const found = notation.tail.exec(tail);
    if (found === null) continue;
    const span = quotedUpTo(text, name.start - tail.length + found.index, found[1] ?? '"');
    if (span === undefined || !standsBehind(text, span, notation.head)) continue;
    return isSecretValue(text, name, span) ? [span] : [];
  }
  for (const pattern of behind) {
    pattern.lastIndex = name.end;
    if (!pattern.test(text)) continue;
    opened.lastIndex = pattern.lastIndex;
    if (opened.test(text)) return quotedValues(text, pattern.lastIndex) ?? [];
  }
  return [];
}

function isSecretValue(text: string, name: SecretName, span: SecretSpan): boolean {
  const value = text.slice(span.start, span.end);
  if (noValue.test(value)) return false;
  // A parser compares tokens with words.
  return (
    !/(?:^|[^a-z])(?:token|auth|type)$/i.test(name.text) ||
    looksMade(value) ||
    isMadeFor(name, text, span)
  );
}

/** What stands in quotes that close here, on one line. */
function quotedUpTo(text: string, closing: number, quote: string): SecretSpan | undefined {
  let end = closing;
  while (end > closing - 64 && text.charAt(end - 1) === '\\') end--;
  const from = Math.max(0, end - longestValue);
  const opening = from + text.slice(from, end).lastIndexOf(openingOf[quote] ?? quote);
  if (opening < from || opening + 1 >= end) return undefined;
  const value = text.slice(opening + 1, end);
  return /[\n\\]/.test(value) ? undefined : { start: opening + 1, end };
}

function standsBehind(text: string, { start, end }: SecretSpan, head: RegExp | undefined): boolean {
  if (head === undefined) return !/\s/.test(text.slice(start, end));
  return head.test(text.slice(Math.max(0, start - 50), start - 1).replace(/\\+$/, ''));
}
