/** How decoding and opening grow with runs of one piece, by where they stand in a record; the worst of all pieces. */
import { countWork } from '../support/countWork.ts';
import {
  hostileForms,
  hostileRecords,
  hostileRuns,
  type HostileRun,
} from '../support/hostileRuns.ts';
import { readWhole } from '../support/readWhole.ts';
import { timeOf } from './growth.ts';
import { heading, note, report } from './report.ts';

const small = 10_000;
const large = 100_000;
const largest = 1_000_000;
const rounds = 3;
const fields = Object.entries(hostileRecords);

heading('Reading a record with 100 KB of one piece, worst of all pieces');
fields.forEach(([field, recordWith], index) => {
  const runs = [...hostileForms, ...hostileRuns().filter((_, at) => at % fields.length === index)];
  const slowest = worst(runs, (run) => milliseconds(run, recordWith, large));
  report(field, slowest.value, 'ms');
  note(slowest.run.name);
  const steepest = worst(runs, (run) => exponent(run, recordWith));
  // 1 is linear, 2 the square; what is done once for a record makes it less.
  report('  exponent from 10 KB to 100 KB', steepest.value, '', { atMost: 1.3 });
  note(`  ${steepest.run.name}`);
  report('  with 1 MB of the slowest', milliseconds(slowest.run, recordWith, largest), 'ms');
});

heading('Steps for each character, counted and not timed');
for (const [field, recordWith] of fields) {
  const counted = worst(hostileRuns().slice(0, 95), (run) => {
    const text = run.ofLength(1_000);
    return countWork(() => readWhole(recordWith(text))).units / text.length;
  });
  report(field, counted.value, '');
}

type RecordOf = (typeof hostileRecords)[string];

function worst(
  runs: readonly HostileRun[],
  measure: (run: HostileRun) => number,
): { readonly run: HostileRun; readonly value: number } {
  const measured = runs.map((run) => ({ run, value: measure(run) }));
  return measured.reduce((most, next) => (next.value > most.value ? next : most));
}

function milliseconds(run: HostileRun, recordWith: RecordOf, length: number): number {
  const record = recordWith(run.ofLength(length));
  const times = Array.from({ length: length === largest ? 1 : rounds }, () =>
    timeOf(() => readWhole(record), 1),
  );
  return Math.min(...times);
}

function exponent(run: HostileRun, recordWith: RecordOf): number {
  const ratio = milliseconds(run, recordWith, large) / milliseconds(run, recordWith, small);
  return Math.log(ratio) / Math.log(large / small);
}
