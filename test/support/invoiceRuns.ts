import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from './paths.ts';

/** The flow file of the sample workspace that both ran by. */
export const vendorFlow = 'vendor-onboarding.json';
/** Where the two differ first. */
export const vendorCause = 'plugin::ad631d8f-0b4e-4327-80f5-1d7e3a590b21';

interface Entry {
  readonly node_name: string;
  readonly data: { readonly input: object; readonly output: { readonly result?: string } };
}

interface Run {
  readonly sid: string;
  readonly flow_id: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly status: { readonly code: number };
  readonly trace: readonly Entry[];
}

/** What the failed one made of an entry of the good one; steps behind it did not run. */
const otherwise: Readonly<Record<string, (entry: Entry) => object>> = {
  'Check VAT number': ({ data }) => {
    const found = JSON.parse(data.output.result ?? '{}') as object;
    return { data: { ...data, output: { result: JSON.stringify({ ...found, name: null }) } } };
  },
  'Create vendor in SAP': ({ data }) => ({
    data: { ...data, input: { ...data.input, vendor: null }, output: {} },
    ...{ running_status: false, next_log_ids: [] },
    logs: ['{"level": "ERROR", "message": "Field NAME1 must not be empty"}'],
  }),
};

/**
 * Two records of the sample workspace as a trace file: a run that went well, and one of the same vendor a day later, of
 * which a step gave no name, so that another had none to enter.
 */
export function vendorRuns(): string {
  const traces = join(repositoryRoot, 'media/sample-workspace/traces/vendor-onboarding.jsonl');
  const runs = readFileSync(traces, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Run);
  const good = runs.find(({ status, trace }) => status.code === 0 && trace.length === 7);
  if (good === undefined) throw new Error('The sample workspace has changed');
  const at = good.trace.findIndex(({ node_name: name }) => name === 'Create vendor in SAP');
  const failed = {
    ...good,
    sid: good.sid.replace('0007@', '0107@'),
    ...{
      answer: '',
      status: { code: 21_300, message: 'RPA node failed(Field NAME1 must not be empty)' },
    },
    trace: good.trace
      .slice(0, at + 1)
      .map((entry) => ({ ...entry, ...otherwise[entry.node_name]?.(entry) })),
  };
  const dayLater = JSON.stringify(failed)
    .replaceAll(good.sid, failed.sid)
    .replaceAll(/"(start_time|end_time)":(\d{13})/g, (_, field: string, ms: string) => {
      return `"${field}":${String(Number(ms) + 24 * 3_600_000)}`;
    });
  return [JSON.stringify(good), dayLater].join('\n');
}
