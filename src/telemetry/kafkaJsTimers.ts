const isMended = Symbol.for('rpa-trace-telemetry.mended');

/**
 * While nothing waits to be written, kafkajs 2.2 sets a timer with a negative time over and over: a thousand
 * wake-ups a second for each connection, and from Node 24 on a warning on the robot's stderr. Here it sets one
 * only when something waits. A release without this part is left as it is.
 */
export async function mendKafkaJsTimers(): Promise<void> {
  try {
    const { default: queue } = await import('kafkajs/src/network/requestQueue/index.js');
    const prototype: typeof queue.prototype & { [isMended]?: true } = queue.prototype;
    if (prototype[isMended] === true) return;
    const schedule = prototype.scheduleCheckPendingRequests;
    prototype.scheduleCheckPendingRequests = function () {
      if (this.pending.length > 0) schedule.call(this);
    };
    prototype[isMended] = true;
  } catch {
    // Then it works as its authors left it.
  }
}
