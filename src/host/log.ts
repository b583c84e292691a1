/** A line in the output channel "RPA Trace". */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
