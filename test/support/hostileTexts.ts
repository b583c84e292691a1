/** Texts that an expression could go back over again and again: the piece that fills them, what begins and what ends them. */
const pieces: readonly (readonly [name: string, piece: string, head?: string, tail?: string])[] = [
  ['letters', 'a'],
  ['separators', ':'],
  ['quotes', '"'],
  ['backslashes', '\\', '"password": "'],
  ['open values', 'password="'],
  ['names', 'password: '],
  ['base64', 'eyJ'],
  ['addresses', '://a:'],
  ['blanks', ' ', 'password:', 'x'],
  ['dashes', '--a'],
  ['open lists', '"password": ['],
  ['open lists in JSON', '\\"password\\": [', '{"a": "', '"}'],
  ['Incomplete JSON', '\\"b\\" ', '{"a": "'],
  ['statements', 'insert into t (password) values ('],
  ['calls', 'password('],
  ['joined texts', '"a" + ', 'password = '],
  ['elements', '<password '],
  ['begin', '-----BEGIN PRIVATE KEY-----'],
];

/** A text by what it consists of, in any length. */
export interface HostileText {
  readonly name: string;
  ofLength(length: number): string;
}

/** What masking must go through once, however long it is. */
export const hostileTexts: readonly HostileText[] = pieces.map(
  ([name, piece, head = '', tail = '']) => ({
    name,
    ofLength: (length) => head + piece.repeat(length / piece.length) + tail,
  }),
);

/** Words of which some cause speaks, none of which is one. */
export const wordsOfCauses = [
  ...['Invalid task ', 'element ', 'window robot ', 'exceed', 'error ', '找不到', '机器人'],
  ...['chrome extension for ', 'with locator ', 'input exceeds the ', 'max_tokens ', 'aB_c.d '],
  ...['元素', '浏览器插件', '文件“', '窗口获取', '调用', 'A_B_', 'AbCdEf', 'file a.b ', "column '"],
  ...[
    'sheet ',
    'column ',
    'screen is ',
    "time data '",
    'communicate with ',
    '屏幕',
    '工作表',
    '列',
  ],
  // Of names in quotes, and of what says more behind an error.
  ...['客户“x', 'customer name is of "', "name '", '单 1 名称：', '《'],
  ...['pandas/, in a\n', '未找到名为“', '没有名为“', 'SetCursorPos '],
];

/** Half of what a flow file is told by. */
export const piecesOfFlows = ['a', '"nodes": ', '\n', '"z": "wires" ', '{'];
