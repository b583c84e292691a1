import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import { dumpedPosition, orNull, timestampIn } from './dumpLine.ts';

/** Enough to see how it begins. */
const lookedAt = 200;
const position = /^partition: (\d+)\r?\noffset: (\d+)/;
const starts = /^partition: \d+\r?\noffset: \d+\r?$/gm;
const field = (name: string) =>
  new RegExp(
    String.raw`^${name}: (?:'([^']*(?:''[^']*)*)'|("(?:[^"\\]|\\[^])*")|([^\s'"|>][^\n]*))`,
    'm',
  );
const fields = { value: field('value'), key: field('key'), timestamp: field('timestamp') };

/** Whether content is what kafkactl prints as YAML: messages with their fields by name. */
export function isYamlDump(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, lookedAt));
  return head.search(starts) === 0;
}

/** Reads the messages of such a dump; one without a value that can be read is given as it is. */
export function* readYaml(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly record: ConsumedRecord; readonly share: number }> {
  const text = new TextDecoder().decode(bytes);
  const encoder = new TextEncoder();
  const all = [...text.matchAll(starts)].map(({ index }) => index);
  for (const [at, start] of all.entries()) {
    const end = all[at + 1] ?? text.length;
    const message = text.slice(start, end);
    const of = (field: keyof typeof fields) => scalarIn(fields[field].exec(message));
    const key = of('key');
    const [, partition, offset] = position.exec(message) ?? [];
    const dumpedFrom = dumpedPosition(partition, offset);
    const record = {
      ...{ topic: name, partition: 0, offset: String(at + 1) },
      timestampMs: timestampIn(of('timestamp') ?? ''),
      key: key === undefined || key === '' ? null : encoder.encode(key),
      value: orNull(encoder.encode(of('value') ?? message)),
      ...(dumpedFrom === undefined ? {} : { dumpedFrom }),
    };
    yield { record, share: end / text.length };
  }
}

function scalarIn(found: RegExpExecArray | null): string | undefined {
  if (found === null) return undefined;
  const [, single, double, plain] = found;
  if (single !== undefined) return unfolded(single).replaceAll("''", "'");
  if (double === undefined) return plain?.trim();
  try {
    const text: unknown = JSON.parse(unfolded(double.replace(/\\\r?\n\s*\\?/g, '')));
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A line break stands for a blank, two for a line break. */
function unfolded(text: string): string {
  return text.replace(/\s*\r?\n([ \t]*\r?\n)*[ \t]*/g, (found) => {
    const breaks = found.split('\n').length - 1;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  });
}
