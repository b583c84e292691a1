import { createSidGenerator } from '../../telemetry/sid.ts';

/** The session id of a service: it holds the time of its making. */
export function sidOf(sub: 'spf' | 'rpa' | 'link' | 'spl', index: number, ms: number): string {
  const machine = { location: 'hf', port: 7_880, ip: '10.1.0.9', pid: 0x9c };
  return createSidGenerator({ ...machine, sub, index, now: () => ms })();
}
