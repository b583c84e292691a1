import { invoiceEntered, robotTimedOut, saveButtonMissing } from './invoiceStories.ts';
import { orderRowMissing, ordersEntered } from './orderStories.ts';
import { createRandom } from './random.ts';
import { statementFlow, statementMs } from './sampleFlows.ts';
import { statementFetched } from './statementStories.ts';
import type { Random } from './random.ts';
import { finalRecord, snapshotRecord } from './storyTeller.ts';
import type { Story } from './storyTeller.ts';
import { approvalAsked, robotNotAllowed, vendorCreated } from './vendorStories.ts';
import type { WireRecord } from './wireRecord.ts';

/** How the robot is set up. */
export interface SampleRobotOptions {
  /** The same seed and start tell the same story, byte for byte. */
  readonly seed: number;
  /** When the live part begins, milliseconds since the epoch; the history lies before it. */
  readonly startMs: number;
  /** The time that the flow file gives a node, in milliseconds; null where nobody has the file. */
  readonly timeoutOf?: (nodeId: string) => number | null;
  /** What time it is where the robot is played: what is late, or was paused, begins no earlier. Without: nothing is late. */
  readonly now?: () => number;
}

/** One record and how long after its predecessor it is sent; 0 for the history, which comes at once. */
export interface ToldStep {
  readonly afterMs: number;
  /** Written by who sends it: what writes is in the engine already, and this is a bundle of its own. */
  readonly record: WireRecord;
  /** Time of the event itself; for the history in the past. */
  readonly timestampMs: number;
}

type Tell = (random: Random, index: number, beginMs: number) => Story;

const historyCount = 25;
const snapshotEveryMs = 400;
/** How often the bank statement is tried, while its flow file stays as it is. */
const statementEveryMs = 25_000;

const good: readonly Tell[] = [
  invoiceEntered,
  ordersEntered,
  vendorCreated,
  (random, index, beginMs) => invoiceEntered(random, index, beginMs, true),
  approvalAsked,
  ordersEntered,
  invoiceEntered,
  (random, index, beginMs) => approvalAsked(random, index, beginMs, 'unchecked'),
];
/** Two of these for eight good ones: a fifth fails. */
const bad: readonly Tell[] = [saveButtonMissing, orderRowMissing, robotTimedOut, robotNotAllowed];

/**
 * Tells of robots at work without end: first what ran in the last hours, the newest a failed 发票录入, then
 * an execution every six to eight seconds, each growing by snapshots. The caller waits `afterMs` before
 * each step, so that the times in the records are those of the clock.
 */
export function* toldSteps(options: SampleRobotOptions): Generator<ToldStep> {
  const random = createRandom(options.seed);
  const deck = createDeck(random);
  yield* history(options.startMs, random, deck);
  let nowMs = options.startMs;
  let nextMs = nowMs + 2_000;
  let index = historyCount;
  let pending: Sent[] = [];
  const statements = createStatements(options);
  for (;;) {
    const statement = statements(nowMs, index);
    if (statement !== null) {
      index++;
      pending = [...pending, ...liveRecords(statement)].sort((a, b) => a.atMs - b.atMs);
    }
    const due = pending[0];
    if (due === undefined || nextMs <= due.atMs) {
      const story = deck()(random, index++, Math.max(nextMs, nowMs));
      pending = [...pending, ...liveRecords(story)].sort((a, b) => a.atMs - b.atMs);
      nextMs = Math.max(nextMs, nowMs) + random.int(6_000, 8_000);
      continue;
    }
    pending.shift();
    yield {
      ...{ afterMs: Math.max(0, due.atMs - nowMs), record: due.record(), timestampMs: due.atMs },
    };
    // A run that was begun after a change of the flow file says so, however late timers are.
    nowMs = Math.max(due.atMs, options.now?.() ?? 0);
  }
}

/**
 * A task of its own, for who wants to see a fix verified: it fails, always, until the flow file gives it more time; what is
 * changed there is tried at once. Nobody who has not its file sees it. Its chance is its own: the other stories stay as they are.
 */
function createStatements({ seed, timeoutOf }: SampleRobotOptions) {
  const random = createRandom(seed + 1);
  let triedMs: number | null = null;
  let beganMs = -Infinity;
  return (nowMs: number, index: number): Story | null => {
    const timeoutMs = timeoutOf?.(statementFlow.nodes.fetch.id) ?? null;
    // One that goes on is waited for.
    if (timeoutMs === null || nowMs < beganMs + statementMs) return null;
    if (timeoutMs === triedMs && nowMs < beganMs + statementEveryMs) return null;
    [triedMs, beganMs] = [timeoutMs, nowMs + 500];
    return statementFetched(random, index, beganMs, timeoutMs);
  };
}

/** A record that is made when its time comes: most of a story's snapshots would be waste before. */
interface Sent {
  readonly atMs: number;
  readonly record: () => WireRecord;
}

function liveRecords(story: Story): Sent[] {
  const sent: Sent[] = [];
  for (let atMs = story.beginMs + 5; atMs < story.endMs; atMs += snapshotEveryMs) {
    sent.push({ atMs, record: () => snapshotRecord(story, atMs) });
  }
  return [...sent, ...finishedRecords(story)];
}

function finishedRecords(story: Story): Sent[] {
  const calls = story.calls.map((call) => ({
    atMs: call.sentMs ?? call.endMs,
    record: () => call,
  }));
  return [...calls, { atMs: story.endMs, record: () => finalRecord(story) }];
}

function* history(startMs: number, random: Random, deck: () => Tell): Generator<ToldStep> {
  // Denser towards now, as what one looks at first.
  const beginOf = (index: number) => {
    const age = 3 * 3_600_000 * ((historyCount - index) / historyCount) ** 2;
    return Math.round(startMs - 15_000 - age);
  };
  for (let index = 0; index < historyCount; index++) {
    const tell = index === historyCount - 1 ? saveButtonMissing : deck();
    const story = tell(random, index, beginOf(index));
    for (const { atMs, record } of finishedRecords(story).sort((a, b) => a.atMs - b.atMs)) {
      yield { afterMs: 0, record: record(), timestampMs: atMs };
    }
  }
}

/** Deals what runs next: ten at a time in a new order, two of them failing, the kinds of failure in turn. */
function createDeck(random: Random): () => Tell {
  let cards: Tell[] = [];
  let failures = 0;
  return () => {
    if (cards.length === 0) {
      const failing = [bad[failures % bad.length], bad[(failures + 1) % bad.length]];
      failures += 2;
      cards = random.shuffle([...good, ...failing.filter((tell) => tell !== undefined)]);
    }
    return cards.pop() ?? invoiceEntered;
  };
}
