import { request as askHttp, type IncomingMessage } from 'node:http';
import { request as askHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/**
 * Asks for an address, once and without following. Not by `fetch`: that asks wherever a name leads to, while
 * `lookup` decides for each connection. A user in the address goes into the header it stands for.
 */
export function askStore(
  url: URL,
  lookup: LookupFunction | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? askHttps : askHttp;
    const headers = { accept: 'text/plain, */*', 'accept-encoding': 'gzip, deflate, br' };
    // Its own connection, which ends with it.
    const request = ask(url, { agent: false, headers, lookup, signal });
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
}

/** What the store sends, unpacked; throws where it is packed in a way that was not asked for. */
export function bodyOf(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding'] ?? '';
  const unpack = unpacking(encoding);
  if (unpack === undefined) {
    response.destroy();
    throw new Error(`content-encoding: ${encoding}`);
  }
  // A damaged body ends what is read of it.
  return unpack === null ? response : pipeline(response, unpack, () => undefined);
}

/** Null for what is not packed, undefined for what can't be unpacked. */
function unpacking(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case '':
    case 'identity':
      return null;
    default:
      return undefined;
  }
}
