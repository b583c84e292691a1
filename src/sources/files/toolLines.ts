import { openBrace } from '../../base/jsonSigns.ts';

/** What tools print beside the records, by the tool; each is a whole line, and none can be a part of a record. */
const patterns: readonly RegExp[] = [
  // Kafka's console consumer, and what its library logs.
  /^(?:\^C)?Processed a total of \d+ messages?$/,
  /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] [A-Z]{4,5} [^"]*\((?:org\.apache\.kafka|kafka)\.[\w.$]+\)(?:\n\s[^{]*)?$/,
  /^(?:Caused by: )?org\.apache\.kafka\.[\w.$]+(?:Exception|Error)\b[^{]*$/,
  // What dumps a log of a broker.
  /^(?:Dumping \S+|(?:Log s|S)tarting offset: \d+|baseOffset: \d+ lastOffset: \d+ [^{]*)$/,
  // Kafdrop.
  /^Offset: \d+\s+Key: [^{]*$/,
  // kcat, with the format of its manual.
  /^(?:Key \(-?\d+ bytes\):[^{]*|Timestamp: -?\d+\s+Partition: \d+\s+Offset: \d+|--)$/,
  // kcat, and librdkafka below it.
  /^% ?(?:\d\|\d+\.\d+\||(?:Reached end of|Auto-selecting|Waiting for|Group |Unassigned|Delivered|ERROR: |Fatal |Warning|Headers|Error: |Current assignment)\b)/,
  // Confluent's CLI.
  /^(?:Starting Kafka Consumer\b[^{]*|Stopping Consumer\.)$/,
  // kaf, and Kafka's extension of VS Code.
  /^(?:Key:[^{\n]*\n)?Partition:\s+\d+\nOffset:\s+\d+(?:\n(?:Timestamp|Headers):[^{\n]*)*(?:\nValue:)?$/,
  // kafka-ui's answer as a stream of events: how far it is.
  /^data: ?\{"type": ?"(?:PHASE|CONSUMING|DONE)"(?!.*"sid").*\}$/,
  // journald: the other fields of an entry, as it exports and as it prints them, and what it prints between entries.
  /^(?:_{1,2}[A-Z]|SYSLOG_|PRIORITY|CODE_|MESSAGE_ID|INVOCATION_ID|UNIT|JOB_|TID)[A-Z\d_]*=(?!.*\{\s*\\*").*$/,
  /^\w{3} \d{4}-\d\d-\d\d [\d:.]+ \S+ \[s=[^{]*$/,
  /^-- (?:Journal begins|Logs begin|Boot|Reboot|No entries)\b[^{]*--$/,
  // kubectl and docker, in which a consumer runs.
  /^(?:Defaulted container "|Unable to use a TTY|If you don't see a command prompt)[^{]*$/,
  /^the input device is not a TTY$/,
  // Pulsar's and NATS' clients; `head` and `tail` of several files.
  /^-{5} got message -{5}$/,
  /^(?:\d\d:\d\d:\d\d Subscribing on \S+|\[#\d+\] Received on "[^"]*")$/,
  /^==> \S[^{]* <==$/,
  // Server-sent events.
  /^data: \[DONE\]$/,
  // Borders of tables that are drawn with signs.
  /^[+|][-+=|]{2,}$/,
  /^[┌├└╔╠╚╭╰][─━┬┼┴┐┤┘═╦╬╩╗╣╝╮╯╪╤╧]+$/,
  // Databases, around the rows.
  /^\*{10,} \d+\. row \*{10,}(?:\n[^{]*)?$/,
  /^(?:-+(?:\+-+)+|\(\d+ rows?\)|\d+ rows? (?:in set|selected)(?: \([\d.]+ sec(?:onds)?\))?|\|(?: \w+ +\|)+|\w+(?:\s+\|\s+\w+)+)$/,
  // The end of what PostgreSQL copies.
  /^\\\.$/,
  // Markdown, around a block.
  /^`{3}[\w-]*$/,
  // Comments of who saved it.
  /^(?:(?:#|\/\/)(?: [^{\n]*)?(?:\n|$))+$/,
];
/** Elasticsearch's bulk requests: what is done with the document on the next line. */
const bulkAction = /^\{\s*"(?:index|create)"\s*:\s*\{[^{}]*\}\s*\}$/;

/** None of them is longer. */
const longest = 1_000;
const utf8 = new TextDecoder();

/** Whether a piece of a file is what a tool printed beside the records, and neither a record nor a part of one. */
export function isToolLine(piece: Uint8Array): boolean {
  if (piece.length > longest) return false;
  const text = utf8.decode(piece);
  if (piece[0] === openBrace) return bulkAction.test(text) && !text.includes('"sid"');
  return patterns.some((pattern) => pattern.test(text));
}
