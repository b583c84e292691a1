import type { Clue } from '../clue.ts';
import { serviceCode as lookUp } from '../codes/serviceCode.ts';
import type { Facts } from '../facts.ts';

/** The service's own code, looked up in its own table: codes collide between services. */
export function serviceCode({ execution }: Facts): Clue | null {
  const { service, code } = execution.summary;
  if (code === 0) return null;
  const known = lookUp(service, code);
  return {
    rule: 'serviceCode',
    category: known?.category ?? 'unknown',
    cause: null,
    code: { service: known?.service ?? service, code, name: known?.name ?? '' },
    evidence: [{ source: { kind: 'code' }, value: String(code), runKey: null }],
    // A code such as 21300 wraps anything: it is certain that it stands there, not what it means.
    confidence: known === undefined || known.category === 'unknown' ? 'possible' : 'likely',
  };
}
