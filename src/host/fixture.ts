import { hash } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import { maskMark } from '../trace/masked.ts';
import { valuesByName } from './copiedValues.ts';
import { fileNamePart, safeFileName } from './fileNamePart.ts';

/** The part of an inspected node that a test replays. */
export type RanNode = Extract<InspectorContent, { readonly kind: 'node' }>;

/** Where the values of a fixture come from. */
export interface FixtureOrigin {
  readonly sid: string;
  /** The file of the flow, without its folder; empty where none is known. */
  readonly flowFile: string;
}

/** What a node got, was set to and gave once, for tests of the robot's own; the same run gives the same text. */
export function fixtureText({ row, data }: RanNode, { sid, flowFile }: FixtureOrigin): string {
  const byName = row.type === 'iteration' ? valuesByName : lastByName;
  const values = {
    input: byName(data.input),
    config: byName(data.config),
    output: byName(data.output),
  };
  const fixture = {
    rpaTraceFixture: 1,
    ...(flowFile === '' ? {} : { flow: flowFile }),
    // How it ended is the step's: of an execution that failed most steps are good.
    node: {
      ...{ id: row.nodeId, name: row.name, type: row.type },
      ...{ status: row.status, error: row.error },
    },
    execution: { sid },
    ...values,
    // A test has to put a value of its own there.
    masked: maskedPaths(values),
  };
  return `${JSON.stringify(sorted(fixture), null, 2)}\n`;
}

/** A step that was tried again has its values once for each attempt: what it got last is what it did last. */
function lastByName(values: RanNode['data']['input']): Readonly<Record<string, Json>> {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

/** `invoice-entry.click-save.3f9d2b1a.fixture.json`: by flow, node and run, so that the same run has one file. */
export function fixtureName({ row }: RanNode, { sid, flowFile }: FixtureOrigin): string {
  const flow = flowFile.replace(/\.\w+$/, '');
  const own = fileNamePart(row.name) || fileNamePart(row.nodeId);
  const parts = [fileNamePart(flow), own].filter((part) => part !== '');
  const name = [...parts, hash(JSON.stringify([sid, row.key])).slice(0, 8), 'fixture.json'].join(
    '.',
  );
  return safeFileName(name);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    fields
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, own]) => [name, sorted(own)]),
  );
}

function maskedPaths(value: Json, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(maskMark) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, own]) =>
    maskedPaths(own, path === '' ? name : `${path}.${name}`),
  );
}
