import { connect as connectPlain, isIP } from 'node:net';
import type { OnReadOpts, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { AnswerFrames } from './answerFrames.ts';
import { isKnownVersion } from './fetchLayout.ts';
import { withIpv6Addresses } from './ipv6Names.ts';
import type { KeptAnswers } from './keptAnswers.ts';

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

/** What a socket reads at once; where it is not used it takes no memory. */
const readBytes = 256 * 1_024;

/** Makes the sockets of a client; `onLost` hears of each that was in use and was closed from outside. */
export function createSocketWatch(
  onLost: (end: SocketEnd) => void,
  kept: KeptAnswers,
): SocketWatch {
  let last: SocketEnd | undefined;
  return {
    lastEnd: () => last,
    socketFactory: ({ host: named, port, ssl, onConnect }) => {
      const host = withIpv6Addresses(named);
      const tls = toTlsOptions(ssl);
      const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
      const watch = new WatchedSocket(tls !== undefined, address, kept, (end) => {
        last = end;
        onLost(end);
      });
      const to = { host, port, onread: watch.onread };
      const socket =
        tls === undefined
          ? connectPlain(to, onConnect)
          : connectTls({ ...to, ...namedUnlessAddress(host), ...tls }, onConnect);
      socket.setKeepAlive(true, 60_000);
      socket.setNoDelay(true);
      watch.watch(socket);
      return socket;
    },
  };
}

function namedUnlessAddress(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

function toTlsOptions(ssl: unknown): ConnectionOptions | undefined {
  return typeof ssl === 'object' && ssl !== null ? ssl : undefined;
}

/** What goes through a socket of kafkajs, and how it ended. */
class WatchedSocket {
  private readonly isTls: boolean;
  private readonly address: string;
  private readonly onEnd: (end: SocketEnd) => void;
  private readonly frames: AnswerFrames;
  private socket: Socket | undefined;
  private isConnected = false;
  private hasReceived = false;
  private isOver = false;
  private asked = 0;
  private answered = 0;
  private lastMs = performance.now();
  private isAfterPause = false;

  constructor(isTls: boolean, address: string, kept: KeptAnswers, onEnd: (end: SocketEnd) => void) {
    this.isTls = isTls;
    this.address = address;
    this.onEnd = onEnd;
    // As the socket itself would tell of what it read.
    const onAnswer = (frame: Buffer) => this.socket?.emit('data', frame);
    this.frames = new AnswerFrames({ kept, onAnswer });
  }

  /** Each time the bytes come to the same place: the garbage of a new one each time has V8 collect all of its heap. */
  get onread(): OnReadOpts {
    return {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length, bytes) => {
        this.received(Buffer.from(bytes.buffer, bytes.byteOffset, length));
        return true;
      },
    };
  }

  /** Listens before kafkajs does: a socket that it ended itself is already ended here. */
  watch(socket: Socket): void {
    this.socket = socket;
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = (...args: unknown[]) => {
      if (args[0] instanceof Uint8Array) this.sent(args[0]);
      return write(...args);
    };
    const ended = () => {
      this.ended(socket);
    };
    socket.once('connect', () => (this.isConnected = true));
    socket.once('end', ended);
    socket.once('error', ended);
  }

  /** kafkajs writes each request at once. */
  private sent(request: Uint8Array): void {
    const nowMs = performance.now();
    if (this.asked === this.answered) this.isAfterPause = nowMs - this.lastMs > pauseMs;
    this.asked++;
    this.lastMs = nowMs;
    this.frames.asked(request, isKnownVersion);
  }

  private received(bytes: Buffer): void {
    const isAlert = !this.hasReceived && !this.isTls && tlsRecords.has(bytes[0] ?? 0);
    this.hasReceived = true;
    this.lastMs = performance.now();
    if (isAlert) {
      this.isOver = true;
      this.onEnd({ address: this.address, kind: 'tlsAnswer' });
      // kafkajs would take the record for a length of hundreds of megabytes and wait for them.
      this.socket?.destroy(new Error('The broker answered in TLS'));
      return;
    }
    this.answered = Math.min(this.asked, this.answered + this.frames.take(bytes));
  }

  private ended(socket: Socket): void {
    if (this.isOver || !this.isConnected || socket.writableEnded) return;
    this.isOver = true;
    const { address, hasReceived } = this;
    // Brokers close connections that nobody uses, after ten minutes or what they are told: nothing is lost by that.
    if (hasReceived && this.isIdle) return;
    if (hasReceived) this.onEnd({ address, kind: 'closed' });
    else this.onEnd({ address, kind: this.isTls ? 'tlsRefused' : 'silence' });
  }

  /** Whether nothing was asked that is not answered yet. */
  private get isIdle(): boolean {
    return this.asked === this.answered || this.isAfterPause;
  }
}
