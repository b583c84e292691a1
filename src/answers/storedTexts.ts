import type { Clock } from '../base/clock.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import { RequestError } from '../protocol/packet.ts';
import type {
  LargeValueSettings,
  StoredTextAnswer,
  StoredTextQuery,
} from '../protocol/storedText.ts';
import type { ExecutionKey, RunKey } from '../trace/execution.ts';
import { fetchText } from './fetchText.ts';

/** What is needed of the world. */
export interface StoredTextsWorld {
  readonly clock: Clock;
  /** The record that a row is drawn from. */
  readonly recordOf: (key: ExecutionKey, row: RunKey | null) => Promise<OpenedRecord>;
}

/** Each may take as many bytes as the setting allows, and whoever reads clicks one after the other. */
const mostAtOnce = 4;

/** Fetches large values that a service stored elsewhere: when the reader asks, and never else. */
export class StoredTexts {
  private readonly world: StoredTextsWorld;
  private readonly running = new Map<string, AbortController>();
  private settings: LargeValueSettings | null = null;

  constructor(world: StoredTextsWorld) {
    this.world = world;
  }

  /** Null: nothing may be fetched, and what is under way is given up. */
  configure(settings: LargeValueSettings | null): void {
    this.settings = settings;
    if (settings === null) this.close();
  }

  /** The hosts that the user's setting replaces: so that the page tells the host before it is asked. */
  get hostRewrite(): LargeValueSettings['hostRewrite'] {
    return this.settings?.hostRewrite ?? {};
  }

  async fetch(query: StoredTextQuery): Promise<StoredTextAnswer> {
    const { settings, running } = this;
    if (settings === null) return { ok: false, error: { reason: 'notTrusted' } };
    if (running.size >= mostAtOnce) return { ok: false, error: { reason: 'busy' } };
    const controller = new AbortController();
    running.set(query.id, controller);
    try {
      const record = await this.world.recordOf(query.key, query.row);
      const address = record.storedAddress(query.address);
      if (address === undefined) {
        throw new RequestError({
          reason: 'notFound',
          message: 'The record holds no such address',
        });
      }
      const { clock } = this.world;
      const { consent } = query;
      const fetched = await fetchText(address, consent, settings, clock, controller.signal);
      if (!fetched.ok) return fetched;
      const { text, bytes } = fetched.value;
      return { ok: true, value: record.fetchedValue(query.name, text), bytes };
    } finally {
      running.delete(query.id);
    }
  }

  cancel(id: string): void {
    this.running.get(id)?.abort();
  }

  close(): void {
    for (const controller of this.running.values()) controller.abort();
  }
}
