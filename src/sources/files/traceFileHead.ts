/** The extension of a file that holds executions and what belongs to them: packed with gzip, a head and then records. */
export const traceFileExtension = 'rpatrace';

/** A flow file as it was when its executions were saved, masked. */
export interface KeptFlow {
  readonly name: string;
  readonly text: string;
}

/** What stands before the records of a trace file, on its first line. */
export interface TraceFileHead {
  readonly flows: readonly KeptFlow[];
}

/** The longest head that is read: a console refuses to import a flow of more than 20 MB. */
export const mostHeadBytes = 64 * 1024 * 1024;
/** Executions of more flows than these are saved from no list. */
export const mostKeptFlows = 20;

const begin = '{"rpaTraceFile":1,';
const beginBytes = new TextEncoder().encode(begin);

/** The first line of a trace file, with its line break. */
export function traceFileHead({ flows }: TraceFileHead): string {
  return `${begin}${JSON.stringify({ flows }).slice(1)}\n`;
}

/** Whether a piece of a file is such a head: no record begins like it. */
export function isTraceFileHead(piece: Uint8Array): boolean {
  return beginBytes.every((byte, at) => piece[at] === byte);
}

/** Reads the first line of a file; null where it is no head. Whoever wrote it, what comes out is texts. */
export function readTraceFileHead(line: string): TraceFileHead | null {
  if (!line.startsWith(begin)) return null;
  try {
    const head: unknown = JSON.parse(line);
    const flows: unknown = Reflect.get(Object(head), 'flows');
    return { flows: Array.isArray(flows) ? flows.slice(0, mostKeptFlows).flatMap(keptFlow) : [] };
  } catch {
    return null;
  }
}

function keptFlow(given: unknown): readonly KeptFlow[] {
  if (typeof given !== 'object' || given === null) return [];
  const name: unknown = Reflect.get(given, 'name');
  const text: unknown = Reflect.get(given, 'text');
  return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
}
