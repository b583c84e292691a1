import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Socket } from 'node:net';
import type { ISocketFactory } from 'kafkajs';

/**
 * What the last socket met that kafkajs has no words for:
 * - `error`: the system or TLS refused it, with Node's code;
 * - `tlsAnswer`: it speaks TLS, we do not; `foreign`: what answers is no Kafka, with what it said;
 * - `silence`: it hung up without a byte; `closed`: it hung up after it had answered;
 * - `mute`: it took the connection and says nothing; `unreached`: it did not take it yet.
 */
export interface SocketClue {
  readonly kind: 'error' | 'tlsAnswer' | 'foreign' | 'silence' | 'closed' | 'mute' | 'unreached';
  readonly address: string;
  readonly code: string;
  readonly detail: string;
}

/** The sockets of one client, and what they met. */
export interface SocketClues {
  /** Those of one connection to the brokers. */
  sockets(): ClientSockets;
  /** Undefined when nothing was met since `forget`. */
  last(): SocketClue | undefined;
  forget(): void;
}

/** The sockets that one client has made. */
export interface ClientSockets {
  readonly socketFactory: ISocketFactory;
  /** Destroys them, and those that it makes from now on. */
  destroy(): void;
}

const keepAliveMs = 60_000;
/** The first byte of a TLS alert and of a TLS handshake. */
const tlsRecords = new Set([0x15, 0x16]);
/** A broker answers the first question in some milliseconds. One that takes longer is told of while it is waited for. */
const answerMs = 1_500;
/** So much of what is no Kafka is told. */
const toldLetters = 40;

/** Makes the sockets as kafkajs does, but for a robot that ends while it connects; `onMute` hears of one that waits in vain. */
export function createSocketClues(onMute: (clue: SocketClue) => void): SocketClues {
  let last: SocketClue | undefined;
  /** Addresses that spoke Kafka once: a few, as the client knows a few brokers. */
  const answered = new Set<string>();
  const watched = (socket: Socket, isTls: boolean, address: string) => {
    watch(socket, isTls, (kind, { code = '', detail = '' } = {}) => {
      if (kind === 'closed') answered.add(address);
      // The client asks on without asking again what the broker speaks.
      const isKnown = kind === 'silence' && answered.has(address);
      last = { kind: isKnown ? 'closed' : kind, address, code, detail };
    });
    const tellMute = () => {
      const kind = socket.connecting ? 'unreached' : 'mute';
      last = { kind, address, code: '', detail: '' };
      onMute(last);
    };
    let timer: NodeJS.Timeout | undefined;
    socket.once('connect', () => {
      timer = setTimeout(tellMute, answerMs);
      timer.unref();
    });
    socket.once('close', () => {
      clearTimeout(timer);
    });
    socket.once('data', () => {
      clearTimeout(timer);
      if (last?.kind === 'mute') last = undefined;
    });
    return tellMute;
  };
  return {
    last: () => last,
    forget: () => (last = undefined),
    sockets() {
      const open = new Map<Socket, () => void>();
      let isOver = false;
      return {
        socketFactory({ host, port, ssl, onConnect }) {
          if (isOver) throw new Error(givenUp);
          const servername = isIP(host) === 0 ? { servername: host } : {};
          // The types say it is always there; without TLS it is null.
          const isTls = Boolean(ssl as unknown);
          const socket = isTls
            ? connectTls({ host, port, ...servername, ...ssl }, onConnect)
            : connectPlain({ host, port }, onConnect);
          socket.setKeepAlive(true, keepAliveMs);
          socket.unref();
          open.set(socket, watched(socket, isTls, `${host}:${port}`));
          socket.once('close', () => open.delete(socket));
          return socket;
        },
        destroy() {
          isOver = true;
          for (const [socket, tellMute] of open) {
            tellMute();
            socket.destroy(new Error(givenUp));
          }
        },
      };
    },
  };
}

const givenUp = 'given up, as nothing waits for it any more';

type Tell = (kind: SocketClue['kind'], more?: { code?: string; detail?: string }) => void;

/** These listeners come before those of kafkajs: a socket that it ended itself is already ended here. */
function watch(socket: Socket, isTls: boolean, tell: Tell): void {
  let isOver = false;
  let hasAnswered = false;
  const once = (...said: Parameters<Tell>) => {
    if (!isOver) tell(...said);
    isOver = true;
  };
  socket.once('data', (data: Buffer) => {
    hasAnswered = true;
    const first = data[0] ?? 0;
    // An answer of Kafka begins with its length, of which the first byte is 0 below 16 MB.
    if (first === 0) return;
    if (!isTls && tlsRecords.has(first)) once('tlsAnswer');
    else once('foreign', { detail: firstWords(data) });
    // kafkajs would take it for a length of gigabytes and wait for them.
    socket.destroy(new Error('The answer is not one of Kafka'));
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    if (error.message !== givenUp) once('error', { code: error.code ?? '', detail: error.message });
  });
  socket.once('end', () => {
    if (!socket.writableEnded) once(hasAnswered ? 'closed' : 'silence');
  });
}

/** The begin of the first line, so far as people can read it. */
function firstWords(data: Buffer): string {
  const line = data.toString('latin1', 0, 2 * toldLetters).split(/[\r\n]/, 1)[0] ?? '';
  const readable = line.replace(/[^\x20-\x7e]+/g, ' ').trim();
  return readable.slice(0, toldLetters);
}
