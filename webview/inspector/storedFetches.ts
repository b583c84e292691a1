import type {
  FetchConsent,
  FetchFailure,
  StoredTextAnswer,
} from '../../src/protocol/storedText.ts';
import type { NamedValue } from '../../src/trace/execution.ts';
import { fetchFailureSetting, fetchFailureText } from '../../src/texts/fetchFailureTexts.ts';
import type { Translate } from '../../src/texts/translate.ts';

/** Who fetches large values, and what else the reader may want then. */
export interface StoredValuePort {
  /** From where a value would come; null where that is no host. */
  hostOf(address: string): string | null;
  fetch(
    id: string,
    name: string,
    address: string,
    consent: FetchConsent,
  ): Promise<StoredTextAnswer>;
  cancel(id: string): void;
  openSetting(setting: string): void;
}

/** How fetching goes; an address that nobody asked for has no state. */
export type FetchState =
  | { readonly kind: 'fetching'; readonly id: string }
  | {
      readonly kind: 'failed';
      readonly text: string;
      readonly setting: string | null;
      /** It needs a second word. */
      readonly near: Extract<FetchFailure, { reason: 'near' }> | null;
    }
  | { readonly kind: 'fetched'; readonly value: NamedValue; readonly bytes: number };

/** In memory a text takes twice its bytes and more; what is dropped can be fetched again. */
const mostBytes = 32 * 1024 * 1024;

/** The large values that the reader fetched, by the address they stood at. */
export class StoredFetches {
  /** Changes when something was fetched or dropped. */
  fetched: ReadonlyMap<string, NamedValue> = new Map();
  private readonly states = new Map<string, FetchState>();
  /** The near addresses that the reader agreed to, by the host they stand for. */
  private readonly agreed = new Map<string, string>();
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  stateOf(address: string): FetchState | null {
    return this.states.get(address) ?? null;
  }

  async fetch(
    name: string,
    address: string,
    consent: FetchConsent,
    port: StoredValuePort,
    t: Translate,
  ): Promise<void> {
    const id = crypto.randomUUID();
    this.set(address, { kind: 'fetching', id });
    try {
      const { host } = consent;
      const near = consent.near ?? this.agreed.get(host) ?? null;
      const answer = await port.fetch(id, name, address, { host, near });
      // One word for one store, however many of its values are read.
      if (near !== null && answer.ok) this.agreed.set(host, near);
      this.set(address, answer.ok ? { kind: 'fetched', ...answer } : failed(answer.error, t));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.set(address, { kind: 'failed', text, setting: null, near: null });
    }
  }

  private set(address: string, state: FetchState): void {
    this.states.delete(address);
    this.states.set(address, state);
    if (state.kind === 'fetched') this.keepWithinBound();
    this.onChange();
  }

  private keepWithinBound(): void {
    const all = [...this.states].flatMap(([address, state]) =>
      state.kind === 'fetched' ? [{ address, ...state }] : [],
    );
    let bytes = all.reduce((sum, state) => sum + state.bytes, 0);
    for (const oldest of all.slice(0, -1)) {
      if (bytes <= mostBytes) break;
      this.states.delete(oldest.address);
      bytes -= oldest.bytes;
    }
    const kept = all.filter(({ address }) => this.states.has(address));
    this.fetched = new Map(kept.map(({ address, value }) => [address, value]));
  }
}

function failed(error: FetchFailure, t: Translate): FetchState {
  return {
    kind: 'failed',
    text: fetchFailureText(error, t),
    setting: fetchFailureSetting(error),
    near: error.reason === 'near' ? error : null,
  };
}
