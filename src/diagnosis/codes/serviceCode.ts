import type { Category } from '../category.ts';
import table from './serviceCodes.json' with { type: 'json' };

/** A code of a service: its identifier and what kind of trouble it stands for. */
export interface ServiceCode {
  readonly service: string;
  readonly code: number;
  readonly name: string;
  readonly category: Category;
}

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[] | undefined>>>>;

/** Whose table holds the codes of a record's `sub`. Codes collide between services, so the service comes first. */
const tableOfSub: Readonly<Record<string, string>> = {
  workflow: 'workflow',
  'rpa-server': 'rpa',
  rpa: 'rpa',
  'spark-link': 'link',
  aitools: 'aitools',
  spl: 'aitools',
  Agent: 'agent',
  knowledge: 'knowledge',
  memory: 'memory-database',
};

/** What a service means by a code; undefined for 0 and for codes that no table has. */
export function serviceCode(sub: string, code: number): ServiceCode | undefined {
  for (const service of [tableOfSub[sub] ?? 'workflow', 'common']) {
    const row = (table as Table)[service]?.[String(code)];
    const [name, category] = row ?? [];
    if (name !== undefined && category !== undefined) {
      return { service, code, name, category: category as Category };
    }
  }
  return undefined;
}
