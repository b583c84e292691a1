import { decodeRaw } from '../decode/rawText.ts';
import { createRedactor } from '../masking/redact.ts';
import type { RedactionRules } from '../masking/redactionRules.ts';
import { looksMade } from '../masking/secretSpan.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { maskMark } from '../trace/masked.ts';
import { notCheckedMark } from '../trace/notChecked.ts';
import type { RejectedRecord } from '../trace/rejected.ts';

/** So many lines before one are remembered that may tell what stands in it, and so much of each: a flood must not take long. */
const mostTelling = 3;
const longestTelling = 512;
/** As much of a line as its preview shows, in signs of two bytes. */
const longestLine = 4096;

const keyBegins = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY/;
const cellAlone = /^\s{0,8}"([^"\n]{1,200})"\s{0,8}$/;
/** A line of a key, or one of those at its head. */
const lineOfKey = /^[\s"',\\\w+/=-]{0,200}$|^[\w-]{1,40}: |[\w+/=]{40}/;

/**
 * The lines of a file, or of a partition, that can't be read: the name of a secret may stand in one and the secret in
 * another, as in a table, a key or JSON that was broken over lines. What the lines before tell of one is hidden in it too.
 */
export class RejectedLines {
  private place = '';
  private telling: readonly string[] = [];
  private isInKey = false;

  /** What could be read is no part of them. */
  end(): void {
    this.telling = [];
    this.isInKey = false;
  }

  /** The next of them, with what those before it tell hidden as well. */
  next(rejected: RejectedRecord, record: ConsumedRecord, rules: RedactionRules): RejectedRecord {
    const place = `${String(record.partition)} ${record.topic}`;
    if (place !== this.place) this.end();
    this.place = place;
    if (record.value === null || rejected.form === 'hex') return rejected;
    const line = decodeRaw(record.value.subarray(0, longestLine));
    const wasInKey = this.isInKey;
    this.isInKey = goesOnAsKey(line, wasInKey);
    if ((wasInKey && this.isInKey) || this.isCellBehindName(line))
      return { ...rejected, preview: maskMark, whole: true };
    const masked = this.telling.length === 0 ? rejected : this.maskedBehind(rejected, line, rules);
    if (!keyBegins.test(line) && rules.names.mayName(line))
      this.telling = [...this.telling, line.slice(-longestTelling)].slice(-mostTelling);
    return masked;
  }

  /** A table that was read cell by cell: which column one stands in, nobody knows. */
  private isCellBehindName(line: string): boolean {
    const cell = cellAlone.exec(line)?.[1];
    return (
      cell !== undefined && looksMade(cell) && this.telling.some((text) => cellAlone.test(text))
    );
  }

  private maskedBehind(
    rejected: RejectedRecord,
    line: string,
    rules: RedactionRules,
  ): RejectedRecord {
    const before = this.telling.join('\n');
    const redactor = createRedactor([], rules);
    const masked = rules.patterns.guard(() => redactor.text(`${before}\n${line}`));
    const lines = masked.split('\n');
    const count = linesIn(line);
    const own = lines.slice(-count).join('\n');
    const isApart = lines.length === linesIn(before) + count;
    if (isApart && own.startsWith(rejected.preview)) return rejected;
    // Of one that goes on nobody may read the rest by itself.
    return isApart && rejected.whole
      ? { ...rejected, preview: own }
      : { ...rejected, preview: notCheckedMark, whole: true };
  }
}

function linesIn(text: string): number {
  return text.split('\n').length;
}

/** Whether the line behind this one may be a line of a private key. */
function goesOnAsKey(line: string, isInKey: boolean): boolean {
  const isKey = keyBegins.test(line) || (isInKey && lineOfKey.test(line));
  return isKey && !line.includes('-----END');
}
