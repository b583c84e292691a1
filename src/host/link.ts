import { markHidden } from '../base/plainText.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type LinkedEntry, linkedSections } from '../protocol/handOn.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';

/** What a link leads to. It names no brokers and no connection: it is opened over one that its reader has. */
export interface TraceLink extends RecordPosition {
  /** Tells whether the record is the one that was meant; empty: whichever stands there. */
  readonly sid: string;
  readonly nodeId: string | null;
  /** Which run of the node, by what names its row; null: whichever has the value. */
  readonly run: string | null;
  /** A value of the node, as `Copy Path` gives it. */
  readonly path: string | null;
  /** Which of several values of that name; null: it is looked for. */
  readonly at: LinkedEntry | null;
}

/** Why a link is not opened. */
export type LinkFault =
  'noLink' | 'tooLong' | 'broken' | 'unknownPart' | 'hiddenSigns' | 'noRecord' | 'badTopic';

/** Who asks for it, whoever made the link. */
export const extensionId = 'rpa-trace.rpa-trace';
const openPath = '/open';

/** A link goes into chats and tickets; some of those cut at 2,000 signs. */
const longestLink = 4_000;
const parts = {
  ...({ topic: 249, partition: 10, offset: 19, sid: 200, node: 300, run: 300, path: 500 } as const),
  ...({ section: 20, entry: 9 } as const),
} as const;
/** What leads nowhere without another. */
const needs: Readonly<Partial<Record<Part, Part>>> = { run: 'node', path: 'node', section: 'path' };
const lastOffset = 2n ** 63n - 1n;
type Part = keyof typeof parts;

/** The link to a record, for the VS Code that it is copied from: others open it by "Open Link…". */
export function linkText(link: TraceLink, uriScheme: string): string {
  const { topic, partition, offset, sid, nodeId, run, path, at } = link;
  const begin = `${uriScheme}://${extensionId}${openPath}?`;
  let text = `${begin}${[
    inQuery(['topic', topic]),
    inQuery(['partition', String(partition)]),
    inQuery(['offset', offset]),
  ].join('&')}`;
  const more = [
    ...[...fitting('sid', sid), ...fitting('node', nodeId), ...fitting('run', run)],
    ...[...fitting('path', path), ...fitting('section', at?.section ?? null)],
  ];
  // A sign of Chinese takes 15: what makes the link too long is left out too.
  for (const [name, value] of more) {
    // Neither leads anywhere without the other.
    const entry = name === 'section' && at !== null ? `&entry=${String(at.entry)}` : '';
    const longer = `${text}&${inQuery([name, value])}${entry}`;
    const other = needs[name];
    const leadsOn = other === undefined || text.includes(`&${other}=`);
    if (longer.length <= longestLink && leadsOn) text = longer;
  }
  return text;
}

/** VS Code hands a query over decoded, in which a sign of a value would look like one between values: twice, then. */
function inQuery([name, value]: readonly [Part, string]): string {
  return `${name}=${encodeURIComponent(encodeURIComponent(value))}`;
}

/** What would be refused is left out: the record is found without. */
function fitting(name: Part, value: string | null): readonly (readonly [Part, string])[] {
  const fits = value !== null && value !== '' && value.length <= parts[name];
  return fits && markHidden(value) === value ? [[name, value]] : [];
}

/** Reads a link as somebody pasted it. */
export function readLinkText(text: string): Result<TraceLink, LinkFault> {
  const trimmed = text.trim();
  if (trimmed.length > longestLink) return err('tooLong');
  const found = /^[a-z][\w+.-]*:\/\/(?<id>[^/?#]+)(?<path>\/[^?#]*)\?(?<query>[^#]*)$/i.exec(
    trimmed,
  );
  const { id = '', path = '', query = '' } = found?.groups ?? {};
  if (id.toLowerCase() !== extensionId) return err('noLink');
  const decoded = decodedText(query);
  return decoded === null ? err('broken') : readLink(path, decoded);
}

/** Reads what VS Code hands over: the query is decoded once. */
export function readLink(path: string, query: string): Result<TraceLink, LinkFault> {
  if (path !== openPath) return err('noLink');
  if (query.length > longestLink) return err('tooLong');
  const given = new Map<string, string>();
  for (const piece of query.split('&')) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, Math.max(0, at));
    const value = decodedText(piece.slice(at + 1));
    if (value === null || given.has(name)) return err('broken');
    // A later version may mean more by one than what this one would open.
    if (!isPart(name)) return err('unknownPart');
    if (value.length > parts[name]) return err('tooLong');
    if (markHidden(value) !== value) return err('hiddenSigns');
    given.set(name, value);
  }
  return readParts(given);
}

function readParts(given: ReadonlyMap<string, string>): Result<TraceLink, LinkFault> {
  const text = (name: Part) => given.get(name) ?? '';
  const [topic, partition, offset] = [text('topic'), text('partition'), text('offset')];
  if (!/^\d{1,10}$/.test(partition) || Number(partition) > 2 ** 31 - 1) return err('noRecord');
  // As Kafka writes it: it is compared as a text, and what is no 64 bits would wrap around.
  if (!/^(?:0|[1-9]\d{0,18})$/.test(offset) || BigInt(offset) > lastOffset) return err('noRecord');
  // What Kafka allows.
  if (!/^[\w.-]+$/.test(topic)) return err('badTopic');
  const at = entryOf(text('section'), text('entry'));
  // A later version may have others.
  if (at === undefined) return err('unknownPart');
  return ok({
    ...{ topic, partition: Number(partition), offset, sid: text('sid') },
    nodeId: given.get('node') ?? null,
    run: given.get('run') ?? null,
    path: given.get('path') ?? null,
    at,
  });
}

/** Which value is meant; null where that isn't said, undefined where it says nothing. */
function entryOf(given: string, entry: string): LinkedEntry | null | undefined {
  if (given === '' && entry === '') return null;
  const section = linkedSections.find((one) => one === given);
  return section === undefined || !/^\d+$/.test(entry)
    ? undefined
    : { section, entry: Number(entry) };
}

function isPart(name: string): name is Part {
  return Object.hasOwn(parts, name);
}

function decodedText(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
