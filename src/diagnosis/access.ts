import type { Json } from '../base/json.ts';
import type { NamedValue } from '../trace/execution.ts';
import type { Facts } from './facts.ts';
import type { Access } from './finding.ts';

/** Not the words that stand behind “file” in any sentence. */
const word = String.raw`(?!(?:this|that|the|these|those|it|an?|your|any|all|is|was|in|on|of|for|with|and|or|not|has|does|cannot|could|already|as|at|by|from|to|because|since|when|while|after|before|due|but|if|which|without|access|permission|denied|failed|fails|failure|error)\b)\w[\w.@\\/:+-]{0,119}`;
const quoted = String.raw`["'“「]([^"'”」\n]{1,120})["'”」]`;
const someName = `(?:${quoted}|(${word}))`;
/** What is not in quotes is a name where it looks like none of the words that stand behind “user”. */
const accountName = String.raw`(?:${quoted}|((?=[A-Za-z]{1,40}[\d_@\\.:/+-]+\w|\d(?!\d{0,3} (?:of|out)\b))${word}))`;
/** In a Chinese sentence a Latin word is a name, but for those of a message within it. */
const latinName = String.raw`(?:${quoted}|(?!(?:login|error|denied|failed|invalid|name|id|password|token|unauthorized)\b)(${word}))`;

const accounts: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:user|account|principal|login)(?: name)?(?: ?[:=])? ${accountName}(?=[@,.;:)\s]|$)`,
    'gi',
  ),
  new RegExp(`(?:用户|账号|帐号|账户)(?:名称?)?[:：]? ?${latinName}`, 'gi'),
];

/** Most telling first. */
const resources: readonly RegExp[] = [
  new RegExp(`\\bon resource:? ${someName}`, 'gi'),
  new RegExp(
    `\\b(?:for|to|on|run|read|write|access|open|delete) (?:the )?((?:table|schema|database|view|sequence|function|relation|bucket|topic|queue|project|folder|file|object)) ${someName}`,
    'gi',
  ),
  /\bdenied(?::|, \w{2,10}) ["']([^"'\n]{1,200})["']/gi,
  /\b[Aa]ccess to (?:the )?(?:path|file|folder|key) ["']([^"'\n]{1,200})["']/g,
  /对[^\n“"「，。]{0,8}[“"「]([^”"」\n]{1,60})[”"」](?:没有|无)[^\n，。]{0,6}权限/g,
  /(?:没有|无权|禁止)[^\n“"「，。]{0,12}[“"「]([^”"」\n]{1,60})[”"」](?=的?[^\n，。]{0,6}权限|[，。\s]|$)/g,
];

/** Who was refused what: as the messages say, else as the step called it; nothing where neither tells. */
export function accessOf({ texts, failingRun, context }: Facts): { readonly access?: Access } {
  const told = texts.map(({ text }) => accessIn(text));
  const data = failingRun === null ? undefined : context.nodeData(failingRun.key);
  if (data !== undefined) told.push(accessOfCall([...data.input, ...data.config]));
  const account = told.find((one) => one.account !== null)?.account ?? null;
  const resource = told.find((one) => one.resource !== null)?.resource ?? null;
  return account === null && resource === null ? {} : { access: { account, resource } };
}

/** Who was refused what, in the words of a message. */
export function accessIn(text: string): Access {
  return { account: firstOf(accounts, text), resource: firstOf(resources, text) };
}

function firstOf(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    for (const found of text.matchAll(pattern)) {
      const parts: readonly (string | undefined)[] = found.slice(1);
      const whole = parts.filter((part) => part !== undefined).join(' ');
      const name = whole.replace(/[.,:]+$/, '');
      if (name !== '' && !name.includes('••')) return name;
    }
  }
  return null;
}

const accountFields = /^(?:user|user_?name|account|login|login_?name|db_?user)$/i;
const resourceFields = /^(?:url|uri|endpoint|path|file_?path|project_?id|table|database|bucket)$/i;

/** The same of what was called: a robot's project, an address, the user of a database. */
export function accessOfCall(values: readonly NamedValue[]): Access {
  const field = (names: RegExp) => {
    for (const { name, value } of values) {
      const text = names.test(name) ? shortText(value) : '';
      if (text !== '') return { name, text };
    }
    return null;
  };
  const [account, resource] = [field(accountFields), field(resourceFields)];
  return {
    account: account?.text ?? null,
    resource: resource === null ? null : `${resource.name} ${resource.text}`,
  };
}

/** Empty for what was hidden, and for what nobody reads. */
function shortText(value: Json): string {
  if (typeof value === 'number') return String(value);
  const isShort = typeof value === 'string' && value.length <= 120 && !value.includes('••');
  return isShort ? value.trim() : '';
}
