/** What a column of a table of records holds. */
export type ColumnUse = 'value' | 'key' | 'time' | 'partition' | 'offset' | 'other';

/** Names of columns as topic browsers and log stores export them, the telling ones of each use first. */
const names: Readonly<Record<ColumnUse, readonly string[]>> = {
  value: [
    ...['value', 'content', 'payload', 'message', '_source', '_raw', 'log', 'line', 'body'],
    ...['messagevalue', 'messagebody', 'msg', 'data', '消息内容', '消息体', '消息', '内容', '值'],
  ],
  key: ['key', 'messagekey', '消息键', '键', 'key值'],
  time: [
    ...['timestamp', '@timestamp', '_time', 'time', 'ts', 'date', 'messagetimestamp'],
    ...['时间戳', '时间', '日期'],
  ],
  partition: ['partition', 'partitionid', 'messagepartition', '分区'],
  offset: ['offset', 'messageoffset', '偏移量', '位移'],
  other: [
    ...['headers', 'topic', '_id', '_index', '_score', 'labels', 'stream', 'tsns'],
    ...['timestamptype', 'id', 'sid', '消息头', '主题', '序号'],
    ...['starttime', 'endtime', 'status.code', 'status.message'],
  ],
};
const uses = new Map(
  (Object.keys(names) as ColumnUse[]).flatMap((use) => names[use].map((name) => [name, use])),
);

/** A header has some columns; what is longer is a line of something else. */
const longestHeader = 1_000;

/** What the column of this name holds; undefined for one that is not known. */
export function columnUse(name: string): ColumnUse | undefined {
  return uses.get(plainName(name));
}

/** The place of the column with the most telling name for a use; undefined without one. */
export function columnFor(header: readonly string[], use: ColumnUse): number | undefined {
  const plain = header.map(plainName);
  return names[use].map((name) => plain.indexOf(name)).find((column) => column >= 0);
}

/** Each tool writes them in its own way: `Message Value`, `kafka_value`, `"partitionID"`. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/^"|"$/g, '')
    .toLowerCase()
    .replace(/^(?:kafka|record)[_ .]/, '')
    .replace(/(?<=[a-z])[ _](?=[a-z])/g, '');
}

/** The line in which a table names its columns, two of them at least known; undefined in anything else. */
export function tableHeader(text: string): string | undefined {
  const end = text.slice(0, longestHeader).search(/\r?\n/);
  const line = end < 0 ? '' : text.slice(0, end).trim();
  if (/[{}[\]:]/.test(line)) return undefined;
  // A bar with blanks around it is one of a table that is drawn.
  return line.split(/[,;\t]|(?<=\S)\|(?=\S)/).filter((name) => columnUse(name) !== undefined)
    .length >= 2
    ? line
    : undefined;
}

/** Whether a text is a table of records, by the names in its first line. */
export function isRecordTable(text: string): boolean {
  return tableHeader(text) !== undefined;
}
