import type { Json } from '../base/json.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { isNothing } from './jsonValues.ts';

/** When and as what an execution ran: by it a time of the run is told from a time that the business knows. */
export interface OwnTime {
  readonly beginMs: Milliseconds | null;
  readonly sid: string;
}

/** What a value is like that differs in every run. `id`: told from others, so that equality between places counts. */
export type VolatileShape = 'time' | 'id' | 'sid' | 'session' | 'duration' | 'text';

const day = 86_400_000;
/** Zones, and logs that are written without one. */
const nearMs = 2 * day;
/** Until when a token is valid, since when a document is kept. */
const farMs = 400 * day;

/** In 2001, in seconds. */
const leastSeconds = 1e9;
const mostStamp = 5e12;

const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/;
/** The sid of a service: three letters, eight digits, its place. */
const serviceSid = /[a-z]{3}[\da-f]{8}@[a-z\d]{8,32}/;
const hexId =
  /(?=[\da-f]{0,63}\d)(?=[\da-f]{0,63}[a-f])(?:[\da-f]{64}|[\da-f]{40}|[\da-f]{32}|[\da-f]{24})/;
const idForm = new RegExp(`^(?:urn:uuid:|\\{)?(?:${uuid.source}|${hexId.source})\\}?$`, 'i');
const sidForm = new RegExp(`^${serviceSid.source}$`);
const clock = String.raw`\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}(?:[.,]\d{1,9})?秒?|分)?(?:\s?Z|\s?[+-]\d{2}:?\d{2})?`;
const date = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const dateTime = new RegExp(`${date}(?:[T ]{0,2}${clock})?`);
const dateTimeForm = new RegExp(`^${dateTime.source}$`);
const clockForm = new RegExp(`^${clock}$`);
/** `20261129`, with the time behind it, and what is counted behind that. */
const packedDate =
  /^[A-Za-z]{0,6}[-_]?(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_]?(\d{4,18})$/;
const durationName =
  /(?:^|_|[a-z](?=[A-Z]))(?:duration|elapsed|latency|took|cost_?time|used_?time|time_?cost)(?:_?ms|_?s|_?seconds)?$|耗时|用时/i;
const sessionName =
  /session|nonce|csrf|xsrf|signature|(?:^|_)sign$|ticket|jwt|cookie|captcha|otp$|access_?token/i;

/** Whether a value of this name says how long something took. */
export function isDurationName(name: string): boolean {
  return durationName.test(name);
}

/** Whether a secret of this name is another in every run. */
export function isSessionName(name: string): boolean {
  return sessionName.test(name);
}

/** What a value that stands alone is like; null where nothing says that it is another in every run. */
export function volatileShape(value: Json, name: string, own: OwnTime): VolatileShape | null {
  if (typeof value === 'number') {
    if (isDurationName(name)) return 'duration';
    return isOwnStamp(value, own) ? 'time' : null;
  }
  if (typeof value !== 'string' || value === '' || value.length > 120) return null;
  if (value === own.sid || sidForm.test(value)) return 'sid';
  if (idForm.test(value)) return isNoId(value) ? null : 'id';
  if (/^\d{10,13}(?:\.\d+)?$/.test(value) && isOwnStamp(Number(value), own)) return 'time';
  if (isDurationName(name) && /^\d+(?:\.\d+)?\s?(?:ms|s|秒)?$/.test(value)) return 'duration';
  return isOwnTime(value, own) ? 'time' : null;
}

/** Milliseconds or seconds since the epoch, of about when the execution ran. */
function isOwnStamp(value: number, { beginMs }: OwnTime): boolean {
  // Less are counts and amounts.
  if (value < leastSeconds || value > mostStamp) return false;
  if (beginMs === null) return value > 1000 * leastSeconds;
  return Math.abs(value - beginMs) < farMs || Math.abs(value * 1000 - beginMs) < nearMs;
}

function isOwnTime(text: string, own: OwnTime): boolean {
  const found = dateTimeForm.exec(text) ?? packedDate.exec(text);
  if (found !== null) return isOwnDay(found, own);
  return clockForm.test(text);
}

/** A date of other days is one of the business: of an invoice, of a contract. */
function isOwnDay([, year, month, date_]: RegExpExecArray, { beginMs }: OwnTime): boolean {
  if (beginMs === null) return true;
  return Math.abs(Date.UTC(Number(year), Number(month) - 1, Number(date_)) - beginMs) < nearMs;
}

const pieces = new RegExp(
  `\\b${serviceSid.source}\\b|\\b${uuid.source}\\b|\\b${hexId.source}\\b|${dateTime.source}|\\b\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?|\\b\\d{13}\\b|\\b\\d+(?:\\.\\d+)?\\s?(?:ms\\b|毫秒)`,
  'gi',
);

/** A text with signs in place of what differs in every run. */
export function foldedText(text: string, own: OwnTime): string {
  const whole = own.sid === '' ? text : text.replaceAll(own.sid, '<sid>');
  // Each of the pieces has one.
  if (!/\d/.test(whole)) return whole;
  return whole.replace(pieces, (piece) => {
    const found = dateTime.exec(piece);
    if (found !== null) return isOwnDay(found, own) ? '<time>' : piece;
    if (/^\d{13}$/.test(piece)) return isOwnStamp(Number(piece), own) ? '<time>' : piece;
    if (/^\d+(?:\.\d+)?\s?(?:ms|毫秒)$/i.test(piece)) return '<ms>';
    if (piece.includes(':')) return '<time>';
    return isNoId(piece) ? piece : '<id>';
  });
}

/** A UUID of zeros stands where none is. */
function isNoId(id: string): boolean {
  return !/[1-9a-f]/i.test(id);
}

const volatileShapes: ReadonlySet<string> = new Set<VolatileShape>(['time', 'id', 'sid']);

/** Whether a rough form is that of an ID or a time, which any other one may follow. */
export function isVolatile(shape: string): boolean {
  return volatileShapes.has(shape);
}

/** A rough form: what a value keeps that is another in each run, and loses when it goes wrong. */
export function roughShape(value: Json | undefined, own: OwnTime): string {
  if (value === undefined || isNothing(value)) return 'nothing';
  if (typeof value !== 'string') return Array.isArray(value) ? 'list' : typeof value;
  const known = volatileShape(value, '', own);
  if (known !== null) return known;
  if (value.length > 40 || /\s/.test(value.trim())) return 'text';
  return value
    .replace(/\d+/g, '9')
    .replace(/[a-z]+/g, 'a')
    .replace(/[A-Z]+/g, 'A')
    .replace(/\p{Script=Han}+/gu, '字');
}
