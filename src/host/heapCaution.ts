import { type Caution, usualExecutions } from '../protocol/caution.ts';
import type { EngineLoss } from '../protocol/engineLoss.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import { type SourceKind, traitsOf } from '../sources/table.ts';

/** Lives longer than this were not ended by what was read first. */
const shortLifeMs = 10 * 60_000;
/** With each death a quarter of it: a few deaths lead from any window to a small one. */
const shrink = 4;
/** Whatever the settings say, there is room for what somebody looks at. */
const leastBytes = 4 * 1024 * 1024;
const leastExecutions = 500;
const leastRecords = 10;
/** What stands for a start at the beginning of a topic. */
const usualRecords = 8_000;

/**
 * Notices that engines run out of memory over the same source, and how much less the next one shall read. One such
 * death may have had another cause; the same range read again in the same way ends the next engine as well.
 */
export class HeapCaution {
  private deaths = 0;

  /** An engine died. */
  lost({ cause }: Pick<EngineLoss, 'cause'>, livedMs: number): void {
    if (cause !== 'memory') return;
    this.deaths = livedMs > shortLifeMs ? 1 : this.deaths + 1;
  }

  /** Another source, or the reader wants all again; answers whether there was anything to forget. */
  forget(): boolean {
    const was = this.deaths > 1;
    this.deaths = 0;
    return was;
  }

  /** What the next engine is told; undefined where it may read as the settings say. */
  of(spec: SourceSpec | undefined, storeBytes: number): Caution | undefined {
    if (this.deaths < 2) return undefined;
    const share = shrink ** (this.deaths - 1);
    const part = (whole: number, least: number) => Math.max(least, Math.floor(whole / share));
    const asked = spec === undefined ? 0 : recordsAsked(spec);
    return {
      storeBytes: Math.min(storeBytes, part(storeBytes, leastBytes)),
      maxExecutions: part(usualExecutions, leastExecutions),
      lastRecords:
        asked === 0 ? null : part(Number.isFinite(asked) ? asked : usualRecords, leastRecords),
    };
  }
}

/** The source as it is read with caution. */
export function readCautiously<K extends SourceKind>(
  spec: SourceSpec<K>,
  caution: Caution | undefined,
): SourceSpec<K> {
  const { limit } = traitsOf<K>(spec.kind);
  if (limit === null || caution?.lastRecords == null) return spec;
  const count = Math.min(limit.asked(spec), caution.lastRecords);
  return { ...spec, ...limit.limited(spec, count) };
}

/** How many records of the past a source is asked for; none where it can't be asked for fewer. */
function recordsAsked<K extends SourceKind>(spec: SourceSpec<K>): number {
  return traitsOf<K>(spec.kind).limit?.asked(spec) ?? 0;
}
