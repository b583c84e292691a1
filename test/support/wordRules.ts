import ts from 'typescript';

/** Sentences about what an editor would send back, as far as a program can tell. */
export type Faults = readonly string[];

const han = String.raw`\p{Script=Han}`;
/** Half-width signs where Chinese goes on: beside a Chinese sign, or with the blank that English sets behind them. */
const halfWidth = new RegExp(
  [
    String.raw`(?<=[${han}”』」}])\s*[,;:!?](?=\s|${han}|\{|$)`,
    String.raw`[,;:!?](?=${han})`,
    String.raw`[,;!?:] `,
    String.raw`[(](?=[^()]*${han})|(?<=${han})\s*[(]|[)](?=${han})`,
    String.raw`(?<=${han})\.(?=\s|$|${han})`,
    `["']`,
  ].join('|'),
  'u',
);
/** What is the same in every language: code, links, and words as they are written into the filter. */
const notations = /`[^`]*`|\(\?[=!]…\)|\]\(command:[^)]*\)|\*\*/g;

/** Words that another one stands for: in Kafka's, OpenTelemetry's and VS Code's Chinese, and in ours. */
const chineseTerms: readonly (readonly [RegExp, string])[] = [
  [/消费组/, '消费者组'],
  [/子流程/, '子工作流'],
  [/工作流 ?ID/, '流程 ID'],
  [/认证机制/, '登录方式'],
  [/证据/, '依据'],
  [/机密信息/, '敏感信息'],
  [/停滞/, '不再上报'],
  [/忘记/, '清除'],
  [/用量与计时/, '用量与耗时'],
  [/偏移(?!量)/, '偏移量'],
  [/代理(?!服务器)/, 'broker'],
  [/话题/, '主题'],
  [/\{\d\} 条新?执行(?!记录)/, '{0} 次执行'],
  [/(?<![\w.-])(?:id|Id)(?![\w-])/, 'ID'],
  [/(?<![\w-])tokens?(?![\w-])/, 'Token'],
  [/越过/, '继续执行'],
  [/滞后/, '积压'],
  [/遮盖/, '脱敏'],
  [/(?<!超)大值/, '超大值'],
  [/来源/, '数据源'],
  [/\} ?(?:毫秒|小时)/, 'ms, h'],
  [/掩码/, '脱敏'],
  [/此计算机/, '本机'],
  [/持续时间/, '耗时'],
  [/留下记录/, '留下条目'],
  [/历史记录/, '历史数据'],
  [/全部流程/, '所有流程'],
  [/(?<!状态)代码[为：]? ?\{/, '状态码'],
  [/流程继续运行/, '流程继续执行'],
  [/上次成功/, '最近一次成功'],
  [/点击/, '单击'],
  [/[本该]次/, '此次'],
  [/用时/, '耗时'],
  [/(?<=\p{Script=Han}) “|” (?=\p{Script=Han})/u, '“…” without blanks'],
];

/** The same in English. */
const englishTerms: readonly (readonly [RegExp, string])[] = [
  [/\d\}? %/, 'no blank before %'],
  [/\(s\)/, 'a singular of its own'],
  [/(?<![\w.-])(?:id|Id)(?![\w-])/, 'ID'],
  [/(?<=\p{L})'(?=\p{L})/u, '’'],
  [/"/, '“ and ”'],
  [
    /\bis no (?:status|duration|time|code|host)\b|\b(?<!There )is no [a-z]+(?:\.|$)|\bThis is no (?!longer)/,
    'isn’t a …',
  ],
  [/\bparted\b/, 'separated'],
  [/\b(?:is|are|was|were|do|does|did) not\b/, '’t'],
  [/\bcan not\b|\bcannot\b/, 'can’t'],
  [
    /\b(?:\w*[cC]olour|[lL]abour|[bB]ehaviour|[fF]avour|[cC]entre|[cC]atalogue|[gG]rey)/,
    'English of the US',
  ],
  [
    /\b(?:anew|mend(?:ed)?|whoever|got over|stands?|nobody knows|lets go|to be believed)\b|\bbehind (?:it|another|“)/,
    'a plainer word',
  ],
  [/\bby itself\b(?! with)/, 'automatically'],
  [/\bgot(?: and|,) gave\b/, 'input and output'],
  [/\b(?:gave|got) (?:another|no|as|\{)|\bgave\b.*\border\b/, 'returned, received'],
  [
    /\bmade good\b|\bc[oa]me to (?:its|their) end\b|\bWho opens\b|\b[Nn]othing differs\b|\bWay taken\b/,
    'a plainer word',
  ],
  [/\bconcluded\b/, 'inferred'],
  [/\bChoose\b/, 'Select'],
  [/\bcalls of tools\b/i, 'tool calls'],
  [/\.\.\.(?!\d)/, '…'],
  [/\bconsumer-group\b|\bback-?off\b/i, 'consumer group'],
];

/** What reads wrong in a Chinese text. */
export function chineseFaults(text: string): Faults {
  const plain = text.replaceAll(notations, '');
  return [
    ...(halfWidth.test(plain) ? [`half-width signs: ${text}`] : []),
    ...unwanted(plain, chineseTerms).map((wanted) => `write ${wanted}: ${text}`),
  ];
}

/** What reads wrong in an English text. */
export function englishFaults(text: string): Faults {
  const plain = text.replaceAll(notations, '');
  return unwanted(plain, englishTerms).map((wanted) => `write ${wanted}: ${text}`);
}

function unwanted(text: string, terms: readonly (readonly [RegExp, string])[]): string[] {
  return terms.filter(([word]) => word.test(text)).map(([, wanted]) => wanted);
}

/** What stays small within a title: articles, and conjunctions and prepositions of up to four letters. */
const smallWords = new Set(
  [
    'a',
    'an',
    'the',
    'and',
    'or',
    'nor',
    'but',
    'as',
    'at',
    'by',
    'for',
    'from',
    'in',
    'into',
  ].concat(['of', 'off', 'on', 'onto', 'per', 'to', 'via', 'with']),
);

/** Whether a command or a button is written as VS Code writes them: `Go to Step in Flow`. */
export function isTitleCase(text: string): boolean {
  // A question, or what is said in a sentence, is none.
  if (/[?.:]$|: /.test(text)) return true;
  const words = text.replaceAll(/\{\d\}|“[^”]*”/g, 'X').match(/[\p{L}’]+/gu) ?? [];
  return words.every((word, index) => {
    const isEdge = index === 0 || index === words.length - 1;
    return /^\p{Lu}/u.test(word) || (!isEdge && smallWords.has(word));
  });
}

/** A text with the place where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly place: string;
}

const countedNouns =
  /\{(\d)\} (?:(?:more|older|earlier|newer|other|last|failed|such|successful) )*(?<noun>\p{L}+s)\b/iu;
/** Plural by its form alone. */
const uncounted = new Set([
  'is',
  'has',
  'was',
  'as',
  'this',
  'its',
  'redirects',
  'refuses',
  'contains',
]);
const uncountedToo = new Set([
  'holds',
  'lists',
  'aborts',
  'gives',
  'does',
  'responds',
  'panels',
  'ms',
]);

/** The noun that a text counts, in its plural; null without one. */
export function countedNoun(text: string): string | null {
  const noun = countedNouns.exec(text)?.groups?.['noun']?.toLowerCase();
  return noun === undefined || uncounted.has(noun) || uncountedToo.has(noun) ? null : noun;
}

/** Texts that count without a form for 1 in the same function: `1 record` beside `{0} records`. */
export function withoutSingular(path: string, source: string): PlacedText[] {
  const file = parse(path, source);
  const found: PlacedText[] = [];
  visit(file, (node) => {
    const text = translated(node);
    const noun = text === null ? null : countedNoun(text);
    if (text === null || noun === null) return;
    const texts = textsWithin(functionAround(node) ?? file);
    const one = new RegExp(
      String.raw`\b(?:1|One|the last) (?:\p{L}+ )*${singularOf(noun)}\b${noun === 'times' ? String.raw`|\bonce\b` : ''}`,
      'iu',
    );
    if (!texts.some((other) => one.test(other)))
      found.push({ text, place: place(path, file, node) });
  });
  return found;
}

/** Labels of buttons and menus that aren't in title case. */
export function smallLabels(path: string, source: string): PlacedText[] {
  const file = parse(path, source);
  const found: PlacedText[] = [];
  visit(file, (node) => {
    const text = translated(node);
    if (text === null || !isLabel(node) || isTitleCase(text)) return;
    found.push({ text, place: place(path, file, node) });
  });
  return found;
}

/**
 * Places where code puts texts together with signs of its own: blanks and colons of English, which Chinese
 * doesn't set. `sentences`, `enumerated`, `labelled` and texts with places do.
 */
export function joinedInCode(path: string, source: string): string[] {
  const file = parse(path, source);
  const found: string[] = [];
  visit(file, (node) => {
    const isJoined =
      (ts.isTemplateExpression(node) && (joinsTexts(node) || joinsWords(node))) ||
      (ts.isJsxElement(node) && joinsInMarkup(node)) ||
      (ts.isCallExpression(node) && joinsByMethod(node));
    if (isJoined) found.push(`${place(path, file, node)} ${node.getText(file).slice(0, 80)}`);
  });
  return found;
}

/** Signs between two texts that a language sets its own way. */
const ownSigns = /^(?:[,;:.] ?| )$|^ \($/;
const saysText = /^(?:t|sentences|labelled|\w+Text)$/;

function joinsTexts({ head, templateSpans }: ts.TemplateExpression): boolean {
  const before = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return templateSpans.some(({ expression }, index) => {
    if (!isTextCall(expression)) return false;
    const isLast = index === templateSpans.length - 1;
    return (
      ownSigns.test(before[index] ?? '') || (!isLast && ownSigns.test(before[index + 1] ?? ''))
    );
  });
}

/** Whatever stands there: a comma and a colon between two of them belong to a sentence. */
function joinsWords({ templateSpans, parent }: ts.TemplateExpression): boolean {
  const isShown = parent.getSourceFile().fileName.startsWith('webview/');
  return (
    isShown && templateSpans.slice(0, -1).some(({ literal: { text } }) => /^[,:;] $/.test(text))
  );
}

function joinsInMarkup({ children }: ts.JsxElement): boolean {
  return children.some((child, index) => {
    const [between, next] = [children[index + 1], children[index + 2]];
    if (between === undefined || next === undefined || !ts.isJsxText(between)) return false;
    return isTextChild(child) && isTextChild(next) && ownSigns.test(between.text);
  });
}

function joinsByMethod({ expression, arguments: [sign] }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'join') return false;
  if (sign === undefined || !ts.isStringLiteral(sign) || !/^[,;:] ?$|^ $/.test(sign.text))
    return false;
  let saysOne = false;
  visit(expression.expression, (node) => {
    saysOne ||= ts.isCallExpression(node) && isTextCall(node);
  });
  return saysOne;
}

const isTextChild = (node: ts.JsxChild): boolean =>
  ts.isJsxExpression(node) && node.expression !== undefined && isTextCall(node.expression);

function isTextCall(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    saysText.test(node.expression.text)
  );
}

/** The literal text of `t('…')` or `msg('…')`. */
function translated(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  if (node.expression.text !== 't' && node.expression.text !== 'msg') return null;
  const [text] = node.arguments;
  return text !== undefined && ts.isStringLiteralLike(text) ? text.text : null;
}

/** A label is what stands on a button, or the name of one that is an icon; its tooltip may be a sentence. */
function isLabel(call: ts.Node): boolean {
  let node = call.parent;
  while (ts.isConditionalExpression(node) || ts.isJsxExpression(node)) {
    node = node.parent;
  }
  if (ts.isJsxAttribute(node))
    return node.name.getText() === 'label' && isButton(node.parent.parent);
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'label';
  return ts.isJsxElement(node) && isButton(node.openingElement);
}

function isButton(node: ts.Node): boolean {
  if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return false;
  const name = node.tagName.getText();
  // What opens or chooses something is named as a row is: by its class.
  const isRow = /class="(?:way|picker|scope|inspector-tab|inspector-level|others)/.test(
    node.getText(),
  );
  return /button$/i.test(name) && !isRow;
}

function singularOf(noun: string): string {
  return noun.replace(/(?<=ch|ss)es$|s$/, '');
}

function textsWithin(scope: ts.Node): string[] {
  const texts: string[] = [];
  visit(scope, (node) => {
    const text = translated(node);
    if (text !== null) texts.push(text);
  });
  return texts;
}

function functionAround(node: ts.Node): ts.Node | null {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at)) return at;
  }
  return null;
}

function parse(path: string, source: string): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true, kind);
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => {
    visit(child, each);
  });
}

function place(path: string, file: ts.SourceFile, node: ts.Node): string {
  return `${path}:${String(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1)}`;
}
