import { printedError } from './printedError.ts';
import type { RecordSender } from './recordSender.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** Takes what the library has to say, and never throws, whatever the robot's own log does. */
export function guardedLog(log: TelemetryLog): TelemetryLog {
  return (level, message) => {
    try {
      // One that is asynchronous would end the process by what it rejects.
      const said = (log as (level: string, message: string) => unknown)(level, message);
      if (said instanceof Promise) said.catch(() => undefined);
    } catch {
      // Who would be told? The robot goes on.
    }
  };
}

/**
 * A sender of the robot's own, which may be asynchronous though it should answer at once: what it rejects later would
 * end the process, as nobody waits for it.
 */
export function guardedSender(sender: RecordSender, log: TelemetryLog): RecordSender {
  return {
    send(topic, value, options) {
      const taken: unknown = sender.send(topic, value, options);
      if (!(taken instanceof Promise)) return taken !== false;
      taken.catch((error: unknown) => {
        log('error', `a record was not sent: ${printedError(error)}`);
      });
      return true;
    },
    flush: async (timeoutMs, isLast) => sender.flush?.(timeoutMs, isLast),
    close: async (timeoutMs) => sender.close?.(timeoutMs),
    takeUnsent: () => sender.takeUnsent?.() ?? [],
  };
}
