import { ownAddress } from './ownAddress.ts';

/** Who makes the session ids. */
export interface SidOptions {
  /** The service: `spf` for workflows, `rpa`, `link`, `spl`… Default: SERVICE_SUB, else `svc`. */
  readonly sub?: string | undefined;
  /** Two letters of the place. Default: SERVICE_LOCATION, else `hf`. */
  readonly location?: string | undefined;
  /** Port of the service; its first two digits are used. Default: SERVICE_PORT, else 7880. */
  readonly port?: number | string | undefined;
  /** Address of the machine; its last two bytes are used. Default: the first one that is not internal. */
  readonly ip?: string | undefined;
  readonly pid?: number | undefined;
  /** What the counter begins with. */
  readonly index?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/**
 * Makes session ids of the upstream form, `spf00090000@hf1a2094e57960009782`: service, process, a counter,
 * `@`, place, milliseconds, machine, port. Unlike upstream's the counter advances, so that ids made in one
 * millisecond differ.
 */
export function createSidGenerator(options: SidOptions = {}): () => string {
  const { env } = process;
  const sub = options.sub ?? (env['SERVICE_SUB'] || 'svc');
  const location = options.location ?? (env['SERVICE_LOCATION'] || 'hf');
  const port = String(options.port ?? (env['SERVICE_PORT'] || '7880')).slice(0, 2);
  const [third = '0', fourth = '0'] = (options.ip ?? ownAddress()).split('.').slice(-2);
  const head = `${sub}${hex((options.pid ?? process.pid) & 0xff, 4)}`;
  const tail = `${hex(Number(third), 2)}${hex(Number(fourth), 2)}${port}2`;
  const now = options.now ?? Date.now;
  let index = (options.index ?? 0) & 0xffff;
  return () => {
    const sid = `${head}${hex(index, 4)}@${location}${hex(now(), 11)}${tail}`;
    index = (index + 1) & 0xffff;
    return sid;
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
