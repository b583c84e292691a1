import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import { isWeb, parsedAddress, type StoredTarget, storedTarget } from '../protocol/storedTarget.ts';
import type { FetchConsent, FetchFailure, LargeValueSettings } from '../protocol/storedText.ts';
import { askStore, bodyOf } from './askStore.ts';
import { lookupRefusingNear, NearAddressError, refuseNear } from './nearAddresses.ts';

/** A text that was fetched. */
export interface FetchedText {
  readonly text: string;
  readonly bytes: number;
}

type Fetched<T> = Result<T, FetchFailure>;

/** Stores answer at once or send to where they moved; more than these is a circle. */
const mostRedirects = 4;

/**
 * Fetches a text over HTTP within the limits; `signal` cancels it. Only http(s), only from the host that the
 * reader was told, and redirects only within it: the address comes from a record, and whoever wrote that must
 * not reach into this machine's network. Addresses of this machine itself need the reader's second word, if
 * it isn't his setting that names them.
 */
export async function fetchText(
  address: string,
  consent: FetchConsent,
  limits: LargeValueSettings,
  clock: Clock,
  signal: AbortSignal,
): Promise<Fetched<FetchedText>> {
  const target = storedTarget(address, limits.hostRewrite);
  if (!target.ok) return target;
  const { host } = target.value.url;
  if (host !== consent.host) return err({ reason: 'otherHost', host });
  const timeout = new AbortController();
  const both = AbortSignal.any([signal, timeout.signal]);
  const timer = clock.after(limits.timeoutMs, () => {
    timeout.abort();
  });
  try {
    const response = await follow(target.value, consent.near, both);
    return response.ok ? await readBody(response.value, limits.maxBytes, both) : response;
  } catch (error) {
    if (signal.aborted) return err({ reason: 'cancelled' });
    if (timeout.signal.aborted) {
      return err({ reason: 'timeout', host, seconds: limits.timeoutMs / 1000 });
    }
    if (error instanceof NearAddressError) {
      return err({ reason: 'near', host, address: error.address, place: error.place });
    }
    const detail = withoutCredentials(detailOf(error), [address]);
    return err({ reason: 'unreachable', host, detail });
  } finally {
    timer.dispose();
  }
}

async function follow(
  { url: first, isRewritten }: StoredTarget,
  agreed: string | null,
  signal: AbortSignal,
): Promise<Fetched<IncomingMessage>> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const response = await ask(url, isRewritten, agreed, signal);
    const { host } = url;
    const { statusCode: status = 0, headers } = response;
    if (status >= 200 && status <= 299) return ok(response);
    response.destroy();
    const { location } = headers;
    if (status < 300 || status > 399 || location === undefined) {
      return err({ reason: 'status', host, status });
    }
    const next = parsedAddress(location, url);
    if (next === null || !isSameHost(url, next) || redirects === mostRedirects) {
      return err({ reason: 'redirect', host, target: next?.host ?? '' });
    }
    next.username = url.username;
    next.password = url.password;
    url = next;
  }
}

function ask(
  url: URL,
  isRewritten: boolean,
  agreed: string | null,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (isRewritten) return askStore(url, undefined, signal);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  // Nobody looks up what is an address already.
  if (isIP(bare) !== 0) refuseNear(bare, agreed);
  return askStore(url, lookupRefusingNear(agreed), signal);
}

/** The same host and port; http may become https, never the other way. */
function isSameHost(from: URL, to: URL): boolean {
  if (!isWeb(to) || (from.protocol === 'https:' && to.protocol === 'http:')) return false;
  return from.hostname === to.hostname && from.port === to.port;
}

/** Counts what is read, because a server may say nothing of the size, or something wrong, or send it compressed. */
async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Fetched<FetchedText>> {
  const told = Number(response.headers['content-length'] ?? Number.NaN);
  const bytesTold = Number.isFinite(told) ? told : null;
  if (bytesTold !== null && bytesTold > maxBytes) {
    response.destroy();
    return err({ reason: 'tooLarge', bytes: bytesTold, maxBytes });
  }
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> = bodyOf(response);
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

/** The code of the network's error; where several addresses were tried, that of the first. */
function detailOf(error: unknown): string {
  const cause = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return code === '' ? cause.message : code;
}
