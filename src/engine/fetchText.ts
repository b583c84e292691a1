import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import { shownAddress, withoutCredentials } from '../base/shownAddress.ts';
import type { FetchFailure, LargeValueSettings } from '../protocol/storedText.ts';

/** A text that was fetched. */
export interface FetchedText {
  readonly text: string;
  readonly bytes: number;
}

type Fetched<T> = Result<T, FetchFailure>;

/** Stores answer at once or send to where they moved; more than these is a circle. */
const mostRedirects = 4;

/**
 * Fetches a text over HTTP within the limits; `signal` cancels it. Only http(s), and redirects only within
 * the host: the address comes from a record, and whoever wrote that must not reach into this machine's network.
 */
export async function fetchText(
  address: string,
  limits: LargeValueSettings,
  clock: Clock,
  signal: AbortSignal,
): Promise<Fetched<FetchedText>> {
  const target = targetOf(address, limits.hostRewrite);
  if (!target.ok) return target;
  const timeout = new AbortController();
  const both = AbortSignal.any([signal, timeout.signal]);
  const timer = clock.after(limits.timeoutMs, () => {
    timeout.abort();
  });
  try {
    const response = await follow(target.value, both);
    return response.ok ? await readBody(response.value, limits.maxBytes, both) : response;
  } catch (error) {
    if (signal.aborted) return err({ reason: 'cancelled' });
    const { host } = target.value;
    if (timeout.signal.aborted) {
      return err({ reason: 'timeout', host, seconds: limits.timeoutMs / 1000 });
    }
    const detail = withoutCredentials(detailOf(error), [address]);
    return err({ reason: 'unreachable', host, detail });
  } finally {
    timer.dispose();
  }
}

function targetOf(address: string, rewrite: LargeValueSettings['hostRewrite']): Fetched<URL> {
  const url = parse(address);
  if (url === null || !isWeb(url)) return err({ reason: 'badAddress' });
  const { host } = url;
  const target = hostsOf(url).flatMap((name) => ownValue(rewrite, name) ?? [])[0];
  if (target === undefined) return ok(url);
  if (!isHost(target) || parse(`${url.protocol}//${target}`) === null) {
    return err({ reason: 'badRewrite', host, target: shownAddress(target) });
  }
  // Without a port of its own the new host is asked on the port of the old one.
  url.host = target;
  return ok(url);
}

/** How a setting may name the host of an address, the most exact first. */
function hostsOf({ hostname, port, protocol }: URL): string[] {
  const asked = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return [`${hostname}:${asked}`, hostname];
}

function parse(address: string, base?: URL): URL | null {
  return URL.canParse(address, base?.href) ? new URL(address, base) : null;
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isHost(text: string): boolean {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

async function follow(first: URL, signal: AbortSignal): Promise<Fetched<Response>> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const response = await ask(url, signal);
    const { host } = url;
    if (response.ok) return ok(response);
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return err({ reason: 'status', host, status: response.status });
    }
    const next = parse(location, url);
    if (next === null || !isSameHost(url, next) || redirects === mostRedirects) {
      return err({ reason: 'redirect', host, target: next?.host ?? '' });
    }
    next.username = url.username;
    next.password = url.password;
    url = next;
  }
}

/** `fetch` refuses addresses with a user in them; that goes into the header it stands for. */
function ask(url: URL, signal: AbortSignal): Promise<Response> {
  const { username, password } = url;
  const plain = new URL(url);
  plain.username = plain.password = '';
  const headers: Record<string, string> = { accept: 'text/plain, */*' };
  if (username !== '' || password !== '') {
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    headers['authorization'] = `Basic ${Buffer.from(user, 'utf8').toString('base64')}`;
  }
  return fetch(plain, { redirect: 'manual', credentials: 'omit', headers, signal });
}

/** The same host and port; http may become https, never the other way. */
function isSameHost(from: URL, to: URL): boolean {
  if (!isWeb(to) || (from.protocol === 'https:' && to.protocol === 'http:')) return false;
  return from.hostname === to.hostname && from.port === to.port;
}

/** Counts what is read, because a server may say nothing of the size, or something wrong, or send it compressed. */
async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Fetched<FetchedText>> {
  const told = Number(response.headers.get('content-length') ?? Number.NaN);
  const bytesTold = Number.isFinite(told) ? told : null;
  if (bytesTold !== null && bytesTold > maxBytes) {
    await response.body?.cancel();
    return err({ reason: 'tooLarge', bytes: bytesTold, maxBytes });
  }
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return ok({ text: '', bytes });
  for await (const chunk of body) {
    signal.throwIfAborted();
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) return err({ reason: 'tooLarge', bytes: null, maxBytes });
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return ok({ text: parts.join(''), bytes });
}

/** The code of the network's error, which `fetch` hides in its cause. */
function detailOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return code === '' ? cause.message : code;
}
