import { parseFlow } from '../flow/parseFlow.ts';
import type { FlowInfo } from '../protocol/flows.ts';
import type { TextVersion } from '../protocol/marks.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { FlowParser } from '../flow/flowParser.ts';
import type { Log } from '../base/log.ts';

/** Read at once: 10 ms at most, and in order with all else that is asked. */
const longestInPlace = 4_000;

/** A text that waits to be read. */
interface Waiting {
  text: string;
  fileName: string;
  version: TextVersion | null;
  isBegun: boolean;
  readonly info: Promise<FlowInfo>;
}

/** Brings the texts of flow files into the registry; of a file that is typed into, the newest one. */
export class FlowReader {
  private readonly flows: FlowRegistry;
  private readonly parser: FlowParser;
  private readonly log: Log;
  private readonly waiting = new Map<string, Waiting>();
  /** Grows where what is read elsewhere is not wanted any more. Kept for each file of the workspace, as its nodes are. */
  private readonly epochs = new Map<string, number>();

  constructor(flows: FlowRegistry, parser: FlowParser, log: Log) {
    this.flows = flows;
    this.parser = parser;
    this.log = log;
  }

  async set(
    uri: string,
    fileName: string,
    text: string,
    version: TextVersion | null = null,
  ): Promise<FlowInfo> {
    const before = this.waiting.get(uri);
    if (text.length <= longestInPlace) {
      this.forgetOlder(uri);
      return this.take(uri, fileName, parseFlow(text, fileName), version);
    }
    if (before?.isBegun === false) {
      before.text = text;
      before.fileName = fileName;
      before.version = version;
      return before.info;
    }
    const epoch = this.epochs.get(uri);
    const waiting: Waiting = {
      ...{ text, fileName, version, isBegun: false },
      info: Promise.resolve(before?.info).then(() => this.read(uri, waiting, epoch)),
    };
    this.waiting.set(uri, waiting);
    return waiting.info;
  }

  remove(uri: string): void {
    this.forgetOlder(uri);
    this.flows.remove(uri);
  }

  private async read(uri: string, waiting: Waiting, epoch: number | undefined): Promise<FlowInfo> {
    waiting.isBegun = true;
    const isWanted = () => this.epochs.get(uri) === epoch;
    if (!isWanted()) return this.flows.info(uri);
    const { text, fileName, version } = waiting;
    const parsed = await this.parser.parse(text, fileName);
    if (this.waiting.get(uri) === waiting) this.waiting.delete(uri);
    return isWanted() ? this.take(uri, fileName, parsed, version) : this.flows.info(uri);
  }

  private forgetOlder(uri: string): void {
    this.waiting.delete(uri);
    this.epochs.set(uri, (this.epochs.get(uri) ?? 0) + 1);
  }

  private take(
    uri: string,
    fileName: string,
    parsed: ReturnType<typeof parseFlow>,
    version: TextVersion | null,
  ): FlowInfo {
    if (!parsed.ok && parsed.error.reason !== 'notAFlow')
      this.log('info', `${fileName} can't be read as a flow file: ${parsed.error.detail}`);
    return this.flows.set(uri, fileName, parsed, version);
  }
}
