import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { FrameCounter } from './frameCounter.ts';
import { withIpv6Addresses } from './ipv6Names.ts';

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

/**
 * A broker may close an idle connection just when something is asked on it. What was asked after a pause of this
 * length is kafkajs's to ask again, over a new connection; a consumer that reads is never idle so long.
 */
const pauseMs = 500;

/** Makes the sockets of a client; `onLost` hears of each that was in use and was closed from outside. */
export function createSocketWatch(onLost: (end: SocketEnd) => void): SocketWatch {
  let last: SocketEnd | undefined;
  return {
    lastEnd: () => last,
    socketFactory: ({ host: named, port, ssl, onConnect }) => {
      const host = withIpv6Addresses(named);
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
      const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
      watch(socket, tls !== undefined, address, (end) => {
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
  const traffic = watchTraffic(socket);
  let connected = false;
  let received = false;
  let over = false;
  const ended = () => {
    // These listeners come before those of kafkajs: a socket that it ended itself is already ended here.
    if (over || !connected || socket.writableEnded) return;
    over = true;
    // Brokers close connections that nobody uses, after ten minutes or what they are told: nothing is lost by that.
    if (received && traffic.isIdle()) return;
    if (received) onEnd({ address, kind: 'closed' });
    else onEnd({ address, kind: tls ? 'tlsRefused' : 'silence' });
  };
  socket.once('connect', () => (connected = true));
  socket.on('data', (data: Buffer) => {
    if (!received && !tls && tlsRecords.has(data[0] ?? 0)) {
      over = true;
      onEnd({ address, kind: 'tlsAnswer' });
      // kafkajs would take the record for a length of hundreds of megabytes and wait for them.
      socket.destroy(new Error('The broker answered in TLS'));
    }
    received = true;
    traffic.received(data);
  });
  socket.once('end', ended);
  socket.once('error', ended);
}

/** Tells whether something was asked that is not answered yet; kafkajs writes each request at once. */
function watchTraffic(socket: Socket) {
  const frames = new FrameCounter();
  let asked = 0;
  let answered = 0;
  let lastMs = performance.now();
  let isAfterPause = false;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]) => {
    const nowMs = performance.now();
    if (asked === answered) isAfterPause = nowMs - lastMs > pauseMs;
    asked++;
    lastMs = nowMs;
    return write(...args);
  };
  return {
    received(data: Buffer) {
      answered = Math.min(asked, answered + frames.take(data));
      lastMs = performance.now();
    },
    isIdle: () => asked === answered || isAfterPause,
  };
}
