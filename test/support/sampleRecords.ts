import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from './paths.ts';

/** Two runs of the same flow, as the newest services write them. */
export const sampleFiles = {
  failed: '03-workflow-rpa-node-failed.g3.json',
  succeeded: '03c-workflow-success.g3.json',
  oldSucceeded: '03c-workflow-success.g1.json',
  robot: '01-rpa-server-success.json',
  link: '05-link-http-run-success.json',
} as const;

/** Which sample a record is made after. */
export type SampleName = keyof typeof sampleFiles;

interface Sample {
  readonly text: string;
  readonly sid: string;
  readonly beginMs: number;
}

/** When the record `0` of each sample begins. */
export const sampleBeginMs = Date.UTC(2026, 9, 1);

const samples = new Map<SampleName, Sample>();

/** The sid of the record that `sampleRecord(name, n)` makes. */
export function sampleSid(n: number): string {
  return `spf${String(n).padStart(8, '0')}@hf1a2094e57960009782`;
}

/**
 * A record of its own after a sample: as large and as deep, with a sid and times that no other `n` has;
 * a higher `n` began later, one second each.
 */
export function sampleRecord(name: SampleName, n: number): string {
  const { text, sid, beginMs } = sampleOf(name);
  const shiftMs = sampleBeginMs - beginMs + n * 1_000;
  // As the services do: the sid stands in every entry, and the times are numbers.
  return text
    .replaceAll(sid, sampleSid(n))
    .replaceAll(/"(start_time|end_time)": (\d{13})/g, (_, field: string, ms: string) => {
      return `"${field}": ${String(Number(ms) + shiftMs)}`;
    });
}

/** Workflows that succeed and fail, robots and tools, as a busy topic mixes them: 1 to 12 KB each, from the `first` on. */
export function mixedRecords(count: number, first = 0): string[] {
  const names: readonly SampleName[] = ['succeeded', 'robot', 'failed', 'oldSucceeded', 'link'];
  return Array.from({ length: count }, (_, index) => {
    const n = first + index;
    const name = names[n % names.length] ?? 'succeeded';
    return sampleRecord(name, n);
  });
}

function sampleOf(name: SampleName): Sample {
  const known = samples.get(name);
  if (known !== undefined) return known;
  const path = join(repositoryRoot, 'test', 'fixtures', 'records', sampleFiles[name]);
  const text = readFileSync(path, 'utf8');
  const root = JSON.parse(text) as Record<'start_time' | 'end_time', number> & { sid: string };
  // The robot's times are swapped.
  const sample = { text, sid: root.sid, beginMs: Math.min(root.start_time, root.end_time) };
  samples.set(name, sample);
  return sample;
}
