import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** What the sockets of one client have seen: what kafkajs's own errors leave out. */
export interface SocketWatch {
  readonly socketFactory: ISocketFactory;
  /** The last thing that a socket ended with before kafkajs could say more. */
  lastEnd(): SocketEnd | undefined;
}

/** How a connection ended that we did not end. */
export interface SocketEnd {
  readonly address: string;
  /** `silence`: the broker closed without having sent a byte. `tlsAnswer`: it speaks TLS, we do not. */
  readonly kind: 'tlsAnswer' | 'tlsRefused' | 'silence' | 'closed';
}

/** The first byte of a TLS alert and of a TLS handshake; a Kafka answer starts with a zero of its length. */
const tlsRecords = new Set([0x15, 0x16]);

/** A broker closes a connection that was idle for ten minutes; one that has been quiet this long is not missed. */
const idleMs = 60_000;

/** Makes the sockets of a client; `onLost` hears of each that was in use and was closed from outside. */
export function createSocketWatch(onLost: (end: SocketEnd) => void): SocketWatch {
  let last: SocketEnd | undefined;
  return {
    lastEnd: () => last,
    socketFactory: ({ host, port, ssl, onConnect }) => {
      const tls = toTlsOptions(ssl);
      const socket =
        tls === undefined
          ? connectPlain({ host, port }, onConnect)
          : connectTls(
              { host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...tls },
              onConnect,
            );
      socket.setKeepAlive(true, 60_000);
      socket.setNoDelay(true);
      watch(socket, tls !== undefined, `${host}:${port}`, (end) => {
        last = end;
        onLost(end);
      });
      return socket;
    },
  };
}

function toTlsOptions(ssl: unknown): ConnectionOptions | undefined {
  return typeof ssl === 'object' && ssl !== null ? ssl : undefined;
}

function watch(socket: Socket, tls: boolean, address: string, onEnd: (end: SocketEnd) => void) {
  let quietSince = Date.now();
  let connected = false;
  let received = false;
  let over = false;
  const ended = () => {
    // These listeners come before those of kafkajs: a socket that it ended itself is already ended here.
    if (over || !connected || socket.writableEnded) return;
    over = true;
    if (received && Date.now() - quietSince > idleMs) return;
    if (received) onEnd({ address, kind: 'closed' });
    else onEnd({ address, kind: tls ? 'tlsRefused' : 'silence' });
  };
  socket.once('connect', () => (connected = true));
  socket.on('data', (data: Uint8Array) => {
    if (!received && !tls && tlsRecords.has(data[0] ?? 0)) {
      over = true;
      onEnd({ address, kind: 'tlsAnswer' });
      // kafkajs would take the record for a length of hundreds of megabytes and wait for them.
      socket.destroy(new Error('The broker answered in TLS'));
    }
    received = true;
    quietSince = Date.now();
  });
  socket.once('end', ended);
  socket.once('error', ended);
}
