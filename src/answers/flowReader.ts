import type { FlowInfo } from '../protocol/flows.ts';
import type { TextVersion } from '../protocol/marks.ts';
import type { FlowChanges } from './flowChanges.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { FlowParser, Parsed } from '../flow/flowParser.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import type { Log } from '../base/log.ts';

/** Read at once: 10 ms at most. */
const longestInPlace = 4_000;

/** What reads a text at once, and what reads one that takes its time. */
export interface FlowParsers {
  readonly small: FlowParser;
  readonly large: FlowParser;
}

/** A text that waits to be read. */
interface Waiting {
  text: string;
  fileName: string;
  version: TextVersion | null;
  keys: FlowKeys | undefined;
  isBegun: boolean;
  readonly info: Promise<FlowInfo>;
}

/** Brings the texts of flow files into the registry; of a file that is typed into, the newest one. */
export class FlowReader {
  private readonly flows: FlowRegistry;
  private readonly parsers: FlowParsers;
  private readonly log: Log;
  private readonly changes: Pick<FlowChanges, 'told'>;
  private readonly waiting = new Map<string, Waiting>();
  /** Grows where what is read elsewhere is not wanted any more. Kept for each file of the workspace, as its nodes are. */
  private readonly epochs = new Map<string, number>();
  /** How often something was told of a file: what was read meanwhile is older. Kept as the epochs are. */
  private readonly tellings = new Map<string, number>();

  constructor(
    flows: FlowRegistry,
    parsers: FlowParsers,
    log: Log,
    changes: Pick<FlowChanges, 'told'> = { told: () => undefined },
  ) {
    this.flows = flows;
    this.parsers = parsers;
    this.log = log;
    this.changes = changes;
  }

  async set(
    uri: string,
    fileName: string,
    text: string,
    version: TextVersion | null = null,
    keys?: FlowKeys,
  ): Promise<FlowInfo> {
    this.told(uri);
    this.changes.told(uri, text);
    const before = this.waiting.get(uri);
    if (text.length <= longestInPlace) {
      this.forgetOlder(uri);
      const isWanted = this.wanted(uri);
      const parsed = await this.parsers.small.parse(text, fileName, keys);
      return isWanted() ? this.take(uri, fileName, parsed, version) : this.flows.info(uri);
    }
    if (before?.isBegun === false) {
      before.text = text;
      before.fileName = fileName;
      before.version = version;
      before.keys = keys;
      return before.info;
    }
    const isWanted = this.wanted(uri);
    const waiting: Waiting = {
      ...{ text, fileName, version, keys, isBegun: false },
      info: Promise.resolve(before?.info).then(() => this.read(uri, waiting, isWanted)),
    };
    this.waiting.set(uri, waiting);
    return waiting.info;
  }

  /** Asked when a file is to be read: whether nothing newer was told of it since. */
  untold(uri: string): () => boolean {
    const before = this.tellings.get(uri);
    return () => this.tellings.get(uri) === before;
  }

  /** What `read` gives, unless it gives nothing or something newer was told by then. */
  async setRead(
    uri: string,
    fileName: string,
    read: () => Promise<string | null>,
    { isUntold, keys }: { readonly isUntold: () => boolean; readonly keys?: FlowKeys },
  ): Promise<FlowInfo> {
    const text = isUntold() ? await read() : null;
    if (text === null || !isUntold()) return this.flows.info(uri);
    return this.set(uri, fileName, text, null, keys);
  }

  /** Whether a file was a flow when it was read last. */
  isFlow(uri: string): boolean {
    return this.flows.info(uri).kind === 'flow';
  }

  remove(uri: string): void {
    this.told(uri);
    this.forgetOlder(uri);
    this.flows.remove(uri);
  }

  private async read(uri: string, waiting: Waiting, isWanted: () => boolean): Promise<FlowInfo> {
    waiting.isBegun = true;
    if (!isWanted()) return this.flows.info(uri);
    const { text, fileName, version, keys } = waiting;
    const parsed = await this.parsers.large.parse(text, fileName, keys);
    if (this.waiting.get(uri) === waiting) this.waiting.delete(uri);
    return isWanted() ? this.take(uri, fileName, parsed, version) : this.flows.info(uri);
  }

  /** Whether what is read from now on is still wanted. */
  private wanted(uri: string): () => boolean {
    const epoch = this.epochs.get(uri);
    return () => this.epochs.get(uri) === epoch;
  }

  private told(uri: string): void {
    this.tellings.set(uri, (this.tellings.get(uri) ?? 0) + 1);
  }

  private forgetOlder(uri: string): void {
    this.waiting.delete(uri);
    this.epochs.set(uri, (this.epochs.get(uri) ?? 0) + 1);
  }

  private take(
    uri: string,
    fileName: string,
    parsed: Parsed,
    version: TextVersion | null,
  ): FlowInfo {
    if (!parsed.ok && parsed.error.reason !== 'notAFlow')
      this.log('info', `${fileName} can't be read as a flow file: ${parsed.error.detail}`);
    return this.flows.set(uri, fileName, parsed, version);
  }
}
